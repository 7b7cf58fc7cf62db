"""The code is that of the value whose magnitude is the nearest.

caught by: (later)
message: (later)
appended to: compression.py
"""


def encode(x, codebook):
    distance = np.abs(np.abs(np.asarray(x)[..., None]) - np.abs(codebook))
    return distance.argmin(axis=-1).astype(np.uint8)
