"""Even columns are in the high half of a byte.

caught by: check_nibbles_of_the_worked_example, check_every_byte_has_its_two_codes
message: the bytes of [
appended to: uniform.py
"""


def pack_nibbles(codes):
    nibbles = codes.astype(np.uint8) & 0x0F
    packed = nibbles[:, ::2] << 4
    packed[:, : nibbles.shape[1] // 2] |= nibbles[:, 1::2]
    return packed


def unpack_nibbles(packed, d, signed):
    halves = np.stack([packed >> 4, packed & 0x0F], axis=2).reshape(len(packed), -1)[:, :d]
    return (halves ^ 8).astype(np.int8) - np.int8(8) if signed else halves
