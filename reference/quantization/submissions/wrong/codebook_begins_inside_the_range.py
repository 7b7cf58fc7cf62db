"""The values start in the middles of equal intervals.

caught by: check_codebook_of_means
message: the codebook of
appended to: compression.py
"""


def kmeans_codebook(x, k, steps):
    entries = np.ravel(x)
    low, high = entries.min(), entries.max()
    codebook = low + (high - low) * (np.arange(k) + 0.5) / k
    for _ in range(steps):
        codes = encode(entries, codebook)
        counts = np.bincount(codes, minlength=k)
        sums = np.bincount(codes, weights=entries, minlength=k)
        codebook = np.where(counts > 0, sums / np.maximum(counts, 1), codebook)
    return codebook
