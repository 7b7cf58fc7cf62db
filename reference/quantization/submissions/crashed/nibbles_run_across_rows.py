"""A byte may hold the end of one row and the beginning of the next.

caught by: check_every_byte_has_its_two_codes
message: ValueError
appended to: uniform.py
"""


def pack_nibbles(codes):
    nibbles = codes.astype(np.uint8).ravel() & 0x0F
    nibbles = np.append(nibbles, np.zeros(len(nibbles) % 2, np.uint8))
    return (nibbles[::2] | nibbles[1::2] << 4).reshape(len(codes), -1)
