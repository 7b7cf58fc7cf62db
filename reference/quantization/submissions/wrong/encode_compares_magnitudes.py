"""The code is that of the value whose magnitude is the nearest.

caught by: check_codes_are_those_of_the_nearest_values, check_codebook_of_means
message: the codes of the worked example are not exactly as expected
appended to: compression.py
"""


def encode(x, codebook):
    distance = np.abs(np.abs(np.asarray(x)[..., None]) - np.abs(codebook))
    return distance.argmin(axis=-1).astype(np.uint8)
