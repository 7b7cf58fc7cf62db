"""Groups are made of neighbouring rows instead of neighbouring columns.

caught by: check_groups_of_the_worked_example
message: the scales has shape
appended to: uniform.py
"""


def group_parameters(W, bits, group, symmetric):
    starts = np.arange(0, W.shape[0], group)
    low, high = (ends.reduceat(W, starts, axis=0).T for ends in (np.minimum, np.maximum))
    scale, zero = parameters(low, high, bits, symmetric)
    return scale.astype(np.float32), None if symmetric else zero.astype(np.uint8)
