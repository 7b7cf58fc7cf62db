"""Codes of three bits are stored two a byte.

caught by: check_threes_of_the_worked_example
message: the bytes of [
appended to: uniform.py
"""


def pack_threes(codes):
    return pack_nibbles(codes)


def unpack_threes(packed, d):
    return unpack_nibbles(packed, d, signed=False)
