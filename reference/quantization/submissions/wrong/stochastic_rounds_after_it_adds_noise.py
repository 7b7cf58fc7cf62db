"""Numbers get a random share of a scale and are then rounded to the nearest.

caught by: (later)
message: (later)
appended to: uniform.py
"""


def quantize_stochastic(x, scale, zero, bits, symmetric, rng):
    steps = np.rint(np.asarray(x, np.float64) / scale + rng.random(x.shape))
    return _clipped(steps, zero, bits, symmetric)
