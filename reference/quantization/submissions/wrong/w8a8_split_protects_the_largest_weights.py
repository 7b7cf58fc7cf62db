"""The columns with large weights are multiplied in floats.

caught by: (later)
message: (later)
appended to: compensation.py
"""


def w8a8_split(X, W, threshold):
    outlier = np.abs(W).max(axis=0) > threshold
    return X[:, outlier] @ W[:, outlier].T + w8a8(X[:, ~outlier], W[:, ~outlier])
