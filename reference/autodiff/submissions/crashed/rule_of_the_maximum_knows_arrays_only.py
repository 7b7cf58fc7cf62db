"""The rule of the maximum compares what it is given, be it a Dual, with an array.

caught by: check_hessian_products_of_functions
message: raised
appended to: linear.py
"""


def shares(y, x, axis):
    largest = x == plain(y).reshape(kept(x.shape, axis))
    return largest / largest.sum(axis=axis, keepdims=True, dtype=float)
