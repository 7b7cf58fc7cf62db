"""Codes are packed by a loop that numpy.vectorize hides.

caught by: (later)
message: (later)
appended to: uniform.py
"""

_pair = np.vectorize(lambda low, high: (low & 15) | (high & 15) << 4, otypes=[np.uint8])


def pack_nibbles(codes):
    rows, d = codes.shape
    even = np.zeros((rows, d + d % 2), np.int64)
    even[:, :d] = codes
    return _pair(even[:, ::2], even[:, 1::2])
