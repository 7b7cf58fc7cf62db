"""A column has outliers if its mean magnitude is above the threshold.

caught by: check_outliers_are_in_one_product_only
message: of the product with threshold
appended to: compensation.py
"""


def w8a8_split(X, W, threshold):
    outlier = np.abs(X).mean(axis=0) > threshold
    return X[:, outlier] @ W[:, outlier].T + w8a8(X[:, ~outlier], W[:, ~outlier])
