"""Of several largest entries each has the whole gradient.

caught by: check_equal_maxima_share_the_gradient
message: the gradient where some tie
appended to: linear.py
"""


def shares(y, x, axis):
    x = plain(x)
    return (x == plain(y).reshape(kept(x.shape, axis))).astype(x.dtype)
