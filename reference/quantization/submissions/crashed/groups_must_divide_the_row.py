"""A row is cut into groups of equal length.

caught by: check_groups_of_the_worked_example
message: ValueError
appended to: uniform.py
"""


def group_parameters(W, bits, group, symmetric):
    parts = W.reshape(len(W), -1, group)
    scale, zero = parameters(parts.min(axis=2), parts.max(axis=2), bits, symmetric)
    return scale.astype(np.float32), None if symmetric else zero.astype(np.uint8)
