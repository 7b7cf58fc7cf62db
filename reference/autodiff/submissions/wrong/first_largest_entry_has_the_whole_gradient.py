"""Of several largest entries the first has the whole gradient.

caught by: check_equal_maxima_share_the_gradient
message: the gradient where some tie
appended to: linear.py
"""


def shares(y, x, axis):
    x = plain(x)
    largest = x == plain(y).reshape(kept(x.shape, axis))
    along = range(x.ndim) if axis is None else np.atleast_1d(axis)
    first = largest
    for k in along:
        first = first & (first.cumsum(axis=k) == 1)
    return first.astype(x.dtype)
