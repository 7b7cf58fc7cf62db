"""Stochastic rounding draws from the global generator of numpy.

caught by: (later)
message: (later)
appended to: uniform.py
"""


def quantize_stochastic(x, scale, zero, bits, symmetric, rng):
    u = np.random.random(x.shape)
    return _clipped(np.floor(np.asarray(x, np.float64) / scale + u), zero, bits, symmetric)
