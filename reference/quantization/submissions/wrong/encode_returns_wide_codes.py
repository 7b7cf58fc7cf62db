"""Codes of a codebook are returned in int64.

caught by: check_codes_are_those_of_the_nearest_values
message: the codes of the worked example have dtype int
appended to: compression.py
"""


def encode(x, codebook):
    return np.searchsorted((codebook[1:] + codebook[:-1]) / 2, x)
