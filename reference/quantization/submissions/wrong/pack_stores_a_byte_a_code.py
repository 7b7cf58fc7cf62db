"""Codes of 4 bits are stored as bytes.

caught by: check_packed_matrix_keeps_its_codes
message: the bytes of the codes of
appended to: uniform.py
"""


def pack(codes, scales, zeros, bits, group):
    return Packed(codes.view(np.uint8), scales, zeros, codes.shape, bits, group)


def unpack(packed, rows=slice(None)):
    signed = packed.zeros is None
    codes = packed.codes[rows].view(np.int8 if signed else np.uint8)
    zeros = None if signed else packed.zeros[rows]
    parts = spread(packed.scales[rows], zeros, packed.shape[1], packed.group)
    return dequantize(codes, *parts)
