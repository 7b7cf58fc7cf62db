"""The columns with large weights are multiplied in floats.

caught by: check_outliers_are_in_one_product_only
message: row 0 of the product with threshold 106
appended to: compensation.py
"""


def w8a8_split(X, W, threshold):
    outlier = np.abs(W).max(axis=0) > threshold
    return X[:, outlier] @ W[:, outlier].T + w8a8(X[:, ~outlier], W[:, ~outlier])
