"""Only the axes in front are summed, not those of length 1.

caught by: check_unbroadcast_sums_over_copies
message: has shape
appended to: operations.py
"""


def unbroadcast(g, shape):
    return g.sum(axis=tuple(range(np.ndim(g) - len(shape)))) if np.ndim(g) > len(shape) else g
