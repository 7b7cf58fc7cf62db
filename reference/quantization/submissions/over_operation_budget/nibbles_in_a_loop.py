"""Codes are packed in a loop over bytes.

caught by: check_packing_has_no_loop_over_columns
message: the budget is
appended to: uniform.py
"""


def pack_nibbles(codes):
    rows, d = codes.shape
    packed = np.zeros((rows, (d + 1) // 2), np.uint8)
    for r, row in enumerate(codes.tolist()):
        for k, code in enumerate(row):
            packed[r, k // 2] |= (code & 15) << (4 * (k % 2))
    return packed
