"""Scales are stored in float64 and zeros in int64.

caught by: check_groups_of_the_worked_example, check_each_group_has_its_own_parameters
message: the scales has dtype float
appended to: uniform.py
"""


def group_parameters(W, bits, group, symmetric):
    starts = np.arange(0, W.shape[1], group)
    low, high = (ends.reduceat(W, starts, axis=1) for ends in (np.minimum, np.maximum))
    scale, zero = parameters(low, high, bits, symmetric)
    return scale, None if symmetric else zero
