"""A last group that is shorter is added to the group before it.

caught by: check_groups_of_the_worked_example, check_each_group_has_its_own_parameters
message: the scales has shape
appended to: uniform.py
"""


def group_parameters(W, bits, group, symmetric):
    starts = np.arange(0, max(W.shape[1] - group + 1, 1), group)
    low, high = (ends.reduceat(W, starts, axis=1) for ends in (np.minimum, np.maximum))
    scale, zero = parameters(low, high, bits, symmetric)
    return scale.astype(np.float32), None if symmetric else zero.astype(np.uint8)
