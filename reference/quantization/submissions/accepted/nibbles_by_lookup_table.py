"""Bytes are packed and unpacked by tables of all 256 of them.

appended to: uniform.py
"""

_BYTES = np.arange(256)
_HALVES = np.stack([_BYTES % 16, _BYTES // 16], axis=1).astype(np.uint8)
_SIGNED = np.where(_HALVES < 8, _HALVES, _HALVES - 16.0).astype(np.int8)
_PAIRS = (_BYTES[:16, None] + 16 * _BYTES[None, :16]).astype(np.uint8)


def pack_nibbles(codes):
    rows, d = codes.shape
    filled = np.zeros((rows, d + d % 2), np.intp)
    filled[:, :d] = codes
    filled %= 16
    return _PAIRS[filled[:, 0::2], filled[:, 1::2]]


def unpack_nibbles(packed, d, signed):
    table = _SIGNED if signed else _HALVES
    return table[packed].reshape(len(packed), 2 * packed.shape[1])[:, :d]


def unpack_threes(packed, d):
    first = 3 * np.arange(d)
    filled = np.pad(packed, ((0, 0), (0, 1))).astype(np.uint16)
    pairs = filled[:, first // 8] | filled[:, first // 8 + 1] << 8
    return (pairs >> (first % 8).astype(np.uint16) & 7).astype(np.uint8)
