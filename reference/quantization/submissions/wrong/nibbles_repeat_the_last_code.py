"""The half byte that is left over repeats the last code.

caught by: check_nibbles_of_the_worked_example, check_every_byte_has_its_two_codes
message: the bytes of [
appended to: uniform.py
"""


def pack_nibbles(codes):
    nibbles = codes.astype(np.uint8) & 0x0F
    odd = nibbles.shape[1] % 2
    nibbles = np.pad(nibbles, ((0, 0), (0, odd)), mode="edge") if odd else nibbles
    return nibbles[:, ::2] | nibbles[:, 1::2] << 4
