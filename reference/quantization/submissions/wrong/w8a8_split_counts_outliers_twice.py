"""Columns with outliers are in both products.

caught by: check_outliers_of_the_worked_example, check_outliers_are_in_one_product_only
message: w8a8_split
appended to: compensation.py
"""


def w8a8_split(X, W, threshold):
    outlier = np.abs(X).max(axis=0) > threshold
    return X[:, outlier] @ W[:, outlier].T + w8a8(X, W)
