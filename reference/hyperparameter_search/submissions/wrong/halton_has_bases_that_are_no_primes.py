"""The bases of Halton are 2, 3, 4, 5 and so on.

caught by: check_halton_is_mirrored_digits
message: the points
appended to: spaces.py
"""


def halton(n, d):
    rows = [[_mirrored(i, b) for b in range(2, d + 2)] for i in range(1, n + 1)]
    return np.array(rows).reshape(n, d)
