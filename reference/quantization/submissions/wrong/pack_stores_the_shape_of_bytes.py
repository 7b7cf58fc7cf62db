"""The shape is that of the stored bytes.

caught by: (later)
message: (later)
appended to: uniform.py
"""


def pack(codes, scales, zeros, bits, group):
    stored = pack_nibbles(codes) if bits <= 4 else codes.view(np.uint8)
    return Packed(stored, scales, zeros, stored.shape, bits, group)
