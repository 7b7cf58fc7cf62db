"""A column has outliers if its mean magnitude is above the threshold.

caught by: (later)
message: (later)
appended to: compensation.py
"""


def w8a8_split(X, W, threshold):
    outlier = np.abs(X).mean(axis=0) > threshold
    return X[:, outlier] @ W[:, outlier].T + w8a8(X[:, ~outlier], W[:, ~outlier])
