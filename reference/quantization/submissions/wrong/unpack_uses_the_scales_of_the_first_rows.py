"""The scales and zeros are those of the first rows, whichever rows are asked for.

caught by: check_packed_matrix_keeps_its_codes
message: the entries of slice
appended to: uniform.py
"""


def unpack(packed, rows=slice(None)):
    d, signed = packed.shape[1], packed.zeros is None
    codes = packed.codes[rows]
    if packed.bits <= 4:
        codes = unpack_nibbles(codes, d, signed)
    elif signed:
        codes = codes.view(np.int8)
    scale, zero = spread(packed.scales, packed.zeros, d, packed.group)
    return dequantize(codes, scale[: len(codes)], zero[: len(codes)])
