"""The codes are multiplied as bytes.

caught by: check_outliers_of_the_worked_example
message: w8a8 is off by
appended to: compensation.py
"""


def w8a8(X, W):
    (q, s), (p, t) = _rows_in_8_bits(X), _rows_in_8_bits(W)
    return (q @ p.T) * s * t.T
