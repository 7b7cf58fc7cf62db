"""Symmetric groups have an array of zeros.

caught by: check_each_group_has_its_own_parameters
message: which are symmetric, are not None
appended to: uniform.py
"""


def group_parameters(W, bits, group, symmetric):
    starts = np.arange(0, W.shape[1], group)
    low, high = (ends.reduceat(W, starts, axis=1) for ends in (np.minimum, np.maximum))
    scale, zero = parameters(low, high, bits, symmetric)
    return scale.astype(np.float32), zero.astype(np.uint8)
