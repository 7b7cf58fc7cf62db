"""Only the high half of a byte gets its sign back.

caught by: check_nibbles_of_the_worked_example, check_every_byte_has_its_two_codes
message: the codes of the bytes of [-
appended to: uniform.py
"""


def unpack_nibbles(packed, d, signed):
    if signed:
        high = packed.view(np.int8) >> 4
        low = (packed & 0x0F).astype(np.int8)
    else:
        low, high = packed & 0x0F, packed >> 4
    return np.stack([low, high], axis=2).reshape(len(packed), -1)[:, :d]
