"""Only codes of exactly 4 bits are stored as nibbles.

caught by: check_packed_matrix_keeps_its_codes
message: the bytes of the codes of
appended to: uniform.py
"""


def pack(codes, scales, zeros, bits, group):
    stored = pack_nibbles(codes) if bits == 4 else codes.view(np.uint8)
    return Packed(stored, scales, zeros, codes.shape, bits, group)
