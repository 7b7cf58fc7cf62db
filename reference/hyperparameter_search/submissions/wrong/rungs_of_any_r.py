"""R need not be a power of eta.

caught by: check_rungs_where_logarithms_fail
message: the error of rungs(100, 3)
appended to: racing.py
not recognised: what gives it away is the name of an error
"""


def rungs(R, eta, r=1):
    return [r * eta**k for k in range(40) if r * eta**k <= R]
