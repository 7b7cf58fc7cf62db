"""Rows of X with outliers are multiplied in floats instead of columns.

caught by: (later)
message: (later)
appended to: compensation.py
"""


def w8a8_split(X, W, threshold):
    outlier = np.abs(X).max(axis=1, keepdims=True) > threshold
    return np.where(outlier, X @ W.T, w8a8(X, W))
