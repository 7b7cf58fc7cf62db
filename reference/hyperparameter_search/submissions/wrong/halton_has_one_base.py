"""All dimensions of Halton have base 2.

caught by: check_first_points_of_halton, check_halton_is_mirrored_digits
message: the points 1 to 4
appended to: spaces.py
"""


def halton(n, d):
    return np.array([[_mirrored(i, 2)] * d for i in range(1, n + 1)]).reshape(n, d)
