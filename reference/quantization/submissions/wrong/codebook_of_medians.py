"""The values move to the medians of their entries.

caught by: check_codebook_of_means
message: the codebook of
appended to: compression.py
"""


def kmeans_codebook(x, k, steps):
    entries = np.ravel(x)
    codebook = np.linspace(entries.min(), entries.max(), k)
    for _ in range(steps):
        codes = encode(entries, codebook)
        codebook = np.array(
            [
                np.median(entries[codes == i]) if (codes == i).any() else codebook[i]
                for i in range(k)
            ]
        )
    return codebook
