"""The code 8 is taken for 8 and not for -8.

caught by: check_every_byte_has_its_two_codes
message: the signed codes in
appended to: uniform.py
"""


def unpack_nibbles(packed, d, signed):
    codes = np.stack([packed & 0x0F, packed >> 4], axis=2).reshape(len(packed), -1)[:, :d]
    if not signed:
        return codes
    codes = codes.astype(np.int8)
    return np.where(codes > 8, codes - 16, codes).astype(np.int8)
