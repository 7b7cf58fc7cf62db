"""Codes are packed by a loop that numpy.vectorize hides.

caught by: check_packing_has_no_loop_over_columns, check_packing_has_no_loop_over_rows
message: interpreter steps; the budget is 500
appended to: uniform.py
"""

_pair = np.vectorize(lambda low, high: (low & 15) | (high & 15) << 4, otypes=[np.uint8])


def pack_nibbles(codes):
    rows, d = codes.shape
    even = np.zeros((rows, d + d % 2), np.int64)
    even[:, :d] = codes
    return _pair(even[:, ::2], even[:, 1::2])
