"""Symmetric codes of 8 bits come back as uint8.

caught by: check_packed_matrix_keeps_its_codes
message: the entries of all rows of
appended to: uniform.py
"""


def unpack(packed, rows=slice(None)):
    d, signed = packed.shape[1], packed.zeros is None
    codes = packed.codes[rows]
    if packed.bits <= 4:
        codes = unpack_nibbles(codes, d, signed)
    zeros = None if packed.zeros is None else packed.zeros[rows]
    return dequantize(codes, *spread(packed.scales[rows], zeros, d, packed.group))
