"""The factor of r rows is the first one.

caught by: (later)
message: (later)
appended to: compression.py
"""


def low_rank(W, r):
    U, singular, Vt = np.linalg.svd(W, full_matrices=False)
    return Vt[:r], U[:, :r] * singular[:r]
