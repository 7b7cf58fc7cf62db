"""The upper bits of a negative code run into its neighbour.

caught by: check_nibbles_of_the_worked_example, check_every_byte_has_its_two_codes
message: the bytes of [-
appended to: uniform.py
"""


def pack_nibbles(codes):
    nibbles = codes.astype(np.uint8)
    packed = nibbles[:, ::2].copy()
    packed[:, : nibbles.shape[1] // 2] |= nibbles[:, 1::2] << 4
    return packed
