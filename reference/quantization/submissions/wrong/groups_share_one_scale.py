"""All groups of the matrix have the scale of the whole matrix.

caught by: check_groups_of_the_worked_example
message: the scales
appended to: uniform.py
"""


def group_parameters(W, bits, group, symmetric):
    shape = len(W), -(-W.shape[1] // group)
    low, high = (np.full(shape, end, np.float64) for end in (W.min(), W.max()))
    scale, zero = parameters(low, high, bits, symmetric)
    return scale.astype(np.float32), None if symmetric else zero.astype(np.uint8)
