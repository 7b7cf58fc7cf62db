"""All groups of a row have the scale of the row.

caught by: check_groups_of_the_worked_example
message: the scales
appended to: uniform.py
"""


def group_parameters(W, bits, group, symmetric):
    shape = len(W), -(-W.shape[1] // group)
    low, high = (np.broadcast_to(end(axis=1, keepdims=True), shape) for end in (W.min, W.max))
    scale, zero = parameters(low, high, bits, symmetric)
    return scale.astype(np.float32), None if symmetric else zero.astype(np.uint8)
