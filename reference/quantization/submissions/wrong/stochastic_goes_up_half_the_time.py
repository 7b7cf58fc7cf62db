"""Numbers go up or down with equal chances, even those that are codes already.

caught by: (later)
message: (later)
appended to: uniform.py
"""


def quantize_stochastic(x, scale, zero, bits, symmetric, rng):
    steps = np.floor(np.asarray(x, np.float64) / scale) + (rng.random(x.shape) < 0.5)
    return _clipped(steps, zero, bits, symmetric)
