"""The entries are shared out equally among the groups of a row.

caught by: check_packed_matrix_keeps_its_codes
message: of each entry, in groups of
appended to: uniform.py
"""


def spread(scales, zeros, d, group):
    zeros = np.zeros_like(scales) if zeros is None else zeros
    of = np.arange(d) * scales.shape[1] // d
    return scales[:, of].astype(np.float64), zeros[:, of].astype(np.float64)
