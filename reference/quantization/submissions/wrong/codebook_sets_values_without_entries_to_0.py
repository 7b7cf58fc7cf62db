"""A value without entries becomes 0.

caught by: check_codebook_of_means
message: the codebook of four numbers
appended to: compression.py
"""


def kmeans_codebook(x, k, steps):
    entries = np.ravel(x)
    codebook = np.linspace(entries.min(), entries.max(), k)
    for _ in range(steps):
        codes = encode(entries, codebook)
        sums = np.bincount(codes, weights=entries, minlength=k)
        codebook = sums / np.maximum(np.bincount(codes, minlength=k), 1)
    return codebook
