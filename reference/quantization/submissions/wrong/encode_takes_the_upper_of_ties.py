"""In the middle between two values the upper one counts.

caught by: (later)
message: (later)
appended to: compression.py
"""


def encode(x, codebook):
    middles = (codebook[1:] + codebook[:-1]) / 2
    return np.searchsorted(middles, x, side="right").astype(np.uint8)
