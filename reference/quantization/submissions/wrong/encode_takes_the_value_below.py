"""The code is that of the largest value that is not above the entry.

caught by: (later)
message: (later)
appended to: compression.py
"""


def encode(x, codebook):
    codes = np.searchsorted(codebook, x, side="right") - 1
    return np.maximum(codes, 0).astype(np.uint8)
