"""Codes are returned in int64.

caught by: (later)
message: (later)
appended to: compression.py
"""


def encode(x, codebook):
    return np.searchsorted((codebook[1:] + codebook[:-1]) / 2, x)
