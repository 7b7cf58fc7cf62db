"""Column j shares a byte with the column half a row later.

caught by: check_nibbles_of_the_worked_example, check_every_byte_has_its_two_codes
message: the bytes of [
appended to: uniform.py
"""


def pack_nibbles(codes):
    nibbles, half = codes.astype(np.uint8) & 0x0F, (codes.shape[1] + 1) // 2
    packed = nibbles[:, :half].copy()
    packed[:, : nibbles.shape[1] - half] |= nibbles[:, half:] << 4
    return packed


def unpack_nibbles(packed, d, signed):
    codes = np.concatenate([packed & 0x0F, packed >> 4], axis=1)[:, :d]
    return (codes ^ 8).astype(np.int8) - np.int8(8) if signed else codes
