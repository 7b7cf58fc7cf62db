"""Signed codes come back without their sign.

caught by: check_nibbles_of_the_worked_example, check_every_byte_has_its_two_codes
message: the codes of the bytes of [-
appended to: uniform.py
"""


def unpack_nibbles(packed, d, signed):
    codes = np.stack([packed & 0x0F, packed >> 4], axis=2).reshape(len(packed), -1)[:, :d]
    return codes.astype(np.int8) if signed else codes
