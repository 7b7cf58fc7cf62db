"""Columns of the transposed right vectors take the place of rows.

caught by: check_low_rank_is_the_nearest
message: A B, rank
appended to: compression.py
"""


def low_rank(W, r):
    U, singular, Vt = np.linalg.svd(W, full_matrices=False)
    return U[:, :r] * singular[:r], Vt.T[:r]
