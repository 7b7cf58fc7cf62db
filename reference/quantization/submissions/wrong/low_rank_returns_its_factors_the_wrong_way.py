"""The factor of r rows is the first one.

caught by: check_low_rank_is_the_nearest
message: A has shape
appended to: compression.py
"""


def low_rank(W, r):
    U, singular, Vt = np.linalg.svd(W, full_matrices=False)
    return Vt[:r], U[:, :r] * singular[:r]
