"""The values move one time less.

caught by: check_codebook_of_means
message: the codebook of four numbers
appended to: compression.py
"""


def kmeans_codebook(x, k, steps, kmeans_codebook=kmeans_codebook):
    return kmeans_codebook(x, k, max(steps - 1, 0))
