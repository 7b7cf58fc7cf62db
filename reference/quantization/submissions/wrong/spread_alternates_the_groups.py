"""Neighbouring entries take turns with the scales of a row.

caught by: check_groups_of_the_worked_example, check_packed_matrix_keeps_its_codes
message: the scale of each entry, for the zeros
appended to: uniform.py
"""


def spread(scales, zeros, d, group):
    zeros = np.zeros_like(scales) if zeros is None else zeros
    turns = np.arange(d) % scales.shape[1]
    return scales[:, turns].astype(np.float64), zeros[:, turns].astype(np.float64)
