"""Rows of X with outliers are multiplied in floats instead of columns.

caught by: check_outliers_are_in_one_product_only
message: row 0 of the product with threshold 106
appended to: compensation.py
"""


def w8a8_split(X, W, threshold):
    outlier = np.abs(X).max(axis=1, keepdims=True) > threshold
    return np.where(outlier, X @ W.T, w8a8(X, W))
