"""Pairs of codes are seen as words of 16 bits, and the sign comes from two shifts.

appended to: uniform.py
"""


def pack_nibbles(codes):
    rows, d = codes.shape
    even = np.zeros((rows, 2 * (-(-d // 2))), np.uint8)
    np.bitwise_and(codes.view(np.uint8), 15, out=even[:, :d])
    words = even.view("<u2")
    return (words | words >> 4).astype(np.uint8)


def unpack_nibbles(packed, d, signed):
    wide = packed.astype("<u2", order="C")
    spread_out = (wide | wide << 4) & 0x0F0F
    codes = spread_out.view(np.uint8)[:, :d]
    if not signed:
        return codes
    return (codes << 4).view(np.int8) >> 4
