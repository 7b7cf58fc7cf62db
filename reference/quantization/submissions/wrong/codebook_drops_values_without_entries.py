"""Values without entries are left out of the codebook.

caught by: check_codebook_of_means
message: the codebook of four numbers has shape
appended to: compression.py
"""


def kmeans_codebook(x, k, steps):
    entries = np.ravel(x)
    codebook = np.linspace(entries.min(), entries.max(), k)
    for _ in range(steps):
        codes = encode(entries, codebook)
        counts = np.bincount(codes, minlength=len(codebook))
        sums = np.bincount(codes, weights=entries, minlength=len(codebook))
        codebook = sums[counts > 0] / counts[counts > 0]
    return codebook
