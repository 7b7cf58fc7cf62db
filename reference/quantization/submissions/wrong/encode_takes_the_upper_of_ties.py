"""In the middle between two values the upper one counts.

caught by: check_codes_are_those_of_the_nearest_values
message: the codes of the worked example are not exactly as expected
appended to: compression.py
"""


def encode(x, codebook):
    middles = (codebook[1:] + codebook[:-1]) / 2
    return np.searchsorted(middles, x, side="right").astype(np.uint8)
