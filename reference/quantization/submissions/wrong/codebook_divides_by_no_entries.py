"""A value without entries becomes NaN.

caught by: check_codebook_of_means
message: the codebook of four numbers has
appended to: compression.py
"""


def kmeans_codebook(x, k, steps):
    entries = np.ravel(x)
    codebook = np.linspace(entries.min(), entries.max(), k)
    for _ in range(steps):
        codes = encode(entries, codebook)
        with np.errstate(all="ignore"):
            sums = np.bincount(codes, weights=entries, minlength=k)
            codebook = sums / np.bincount(codes, minlength=k)
    return codebook
