"""Nothing is clipped.

caught by: (later)
message: (later)
appended to: uniform.py
"""


def clip_for_least_error(x, bits, steps):
    return float(np.abs(np.asarray(x, np.float64)).max())
