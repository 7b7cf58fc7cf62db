"""The scales of the entries are returned in float32.

caught by: check_groups_of_the_worked_example, check_packed_matrix_keeps_its_codes
message: the scale of each entry, for the zeros
appended to: uniform.py
"""


def spread(scales, zeros, d, group):
    zeros = np.zeros_like(scales) if zeros is None else zeros
    of = np.arange(d) // group
    return scales[:, of], zeros[:, of]
