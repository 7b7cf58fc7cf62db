"""There is one step too many.

caught by: check_codebook_of_means
message: the codebook
appended to: compression.py
"""


def kmeans_codebook(x, k, steps, kmeans_codebook=kmeans_codebook):
    return kmeans_codebook(x, k, steps + 1)
