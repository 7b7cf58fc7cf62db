"""The factors are multiplied as they are.

caught by: check_outliers_of_the_worked_example, check_products_in_8_bits
message: w8a8 is off by
appended to: compensation.py
"""


def w8a8(X, W):
    return X.astype(np.float64) @ W.T
