"""Codes are unpacked in a loop over columns.

caught by: check_packing_has_no_loop_over_columns
message: the budget is
appended to: uniform.py
"""


def unpack_nibbles(packed, d, signed):
    codes = np.empty((len(packed), d), np.uint8)
    for r, row in enumerate(packed.tolist()):
        for k in range(d):
            codes[r, k] = row[k // 2] >> (4 * (k % 2)) & 15
    return (codes ^ 8).astype(np.int8) - np.int8(8) if signed else codes
