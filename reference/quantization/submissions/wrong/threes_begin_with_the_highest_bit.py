"""The bits of a code and of a byte stand from the highest on.

caught by: check_threes_of_the_worked_example
message: the bytes of [
appended to: uniform.py
"""


def pack_threes(codes):
    bits = np.unpackbits(codes[..., None] << 5, axis=-1, count=3)
    return np.packbits(bits.reshape(len(codes), -1), axis=-1)


def unpack_threes(packed, d):
    bits = np.unpackbits(packed, axis=-1, count=3 * d).reshape(len(packed), d, 3)
    return bits @ np.array([4, 2, 1], np.uint8)
