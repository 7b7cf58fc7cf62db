"""One random number decides for all entries.

caught by: (later)
message: (later)
appended to: uniform.py
"""


def quantize_stochastic(x, scale, zero, bits, symmetric, rng):
    steps = np.floor(np.asarray(x, np.float64) / scale + rng.random())
    return _clipped(steps, zero, bits, symmetric)
