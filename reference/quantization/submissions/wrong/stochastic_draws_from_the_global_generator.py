"""Stochastic rounding draws from the global generator of numpy.

caught by: check_stochastic_codes_have_a_draw_for_each_entry
message: quantize_stochastic used a global generator, and not rng alone
appended to: uniform.py
"""


def quantize_stochastic(x, scale, zero, bits, symmetric, rng):
    u = np.random.random(x.shape)
    return _clipped(np.floor(np.asarray(x, np.float64) / scale + u), zero, bits, symmetric)
