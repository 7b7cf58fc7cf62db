"""Halton's points begin with number 0, the corner.

caught by: check_first_points_of_halton, check_halton_is_mirrored_digits
message: the points 1 to 4
appended to: spaces.py
"""


def halton(n, d):
    bases = list(itertools.islice(_primes(), d))
    return np.array([[_mirrored(i, b) for b in bases] for i in range(n)]).reshape(n, d)
