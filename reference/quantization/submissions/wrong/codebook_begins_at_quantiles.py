"""The values start at quantiles of the entries.

caught by: check_codebook_of_means
message: the codebook of four numbers
appended to: compression.py
"""


def kmeans_codebook(x, k, steps):
    entries = np.ravel(x)
    codebook = np.quantile(entries, np.linspace(0, 1, k))
    for _ in range(steps):
        codes = encode(entries, codebook)
        counts = np.bincount(codes, minlength=k)
        sums = np.bincount(codes, weights=entries, minlength=k)
        codebook = np.where(counts > 0, sums / np.maximum(counts, 1), codebook)
    return codebook
