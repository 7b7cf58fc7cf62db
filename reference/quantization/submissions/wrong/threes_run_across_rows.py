"""A byte may hold the end of one row and the beginning of the next one.

caught by: check_threes_come_back
message: the bytes of
appended to: uniform.py
"""


def pack_threes(codes):
    bits = np.unpackbits(codes[..., None], axis=-1, count=3, bitorder="little")
    whole = np.packbits(bits.ravel(), bitorder="little")
    width = -(-3 * codes.shape[1] // 8)
    stored = np.zeros(len(codes) * width, np.uint8)
    stored[: len(whole)] = whole
    return stored.reshape(len(codes), width)


def unpack_threes(packed, d):
    bits = np.unpackbits(packed.ravel(), bitorder="little")[: 3 * d * len(packed)]
    return np.packbits(bits.reshape(len(packed), d, 3), axis=-1, bitorder="little")[..., 0]
