"""Negative axes are counted from the end of a matrix, also those of vectors.

caught by: check_gradients_of_sums_and_means, check_equal_maxima_share_the_gradient
message: cannot reshape
appended to: linear.py
"""


def kept(shape, axis):
    reduced = range(len(shape)) if axis is None else np.atleast_1d(axis) % max(len(shape), 2)
    return tuple(1 if k in reduced else n for k, n in enumerate(shape))
