"""The factors are multiplied as they are.

caught by: (later)
message: (later)
appended to: compensation.py
"""


def w8a8(X, W):
    return X.astype(np.float64) @ W.T
