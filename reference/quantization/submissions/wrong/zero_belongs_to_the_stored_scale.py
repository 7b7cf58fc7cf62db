"""The zero is computed from the scale after it is rounded to float32.

caught by: check_each_group_has_its_own_parameters
message: the zeros for groups of
appended to: uniform.py
"""


def group_parameters(W, bits, group, symmetric):
    starts = np.arange(0, W.shape[1], group)
    low, high = (ends.reduceat(W, starts, axis=1) for ends in (np.minimum, np.maximum))
    scale = parameters(low, high, bits, symmetric)[0].astype(np.float32)
    zero = np.clip(np.rint(-np.minimum(low, 0) / scale.astype(np.float64)), 0, 2**bits - 1)
    return scale, None if symmetric else zero.astype(np.uint8)
