"""The upper bits of a negative code are added to its neighbour.

caught by: check_nibbles_of_the_worked_example, check_every_byte_has_its_two_codes
message: the bytes of [-
appended to: uniform.py
"""


def pack_nibbles(codes):
    rows, d = codes.shape
    even = np.zeros((rows, d + d % 2), np.uint8)
    even[:, :d] = codes.view(np.uint8)
    return even[:, ::2] + 16 * even[:, 1::2]
