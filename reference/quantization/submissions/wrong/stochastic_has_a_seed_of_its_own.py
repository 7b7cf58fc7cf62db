"""Stochastic rounding draws from a generator with a seed of its own.

caught by: check_stochastic_codes_have_a_draw_for_each_entry
message: the codes of equal numbers
appended to: uniform.py
"""


def quantize_stochastic(x, scale, zero, bits, symmetric, rng):
    u = np.random.default_rng(0).random(x.shape)
    return _clipped(np.floor(np.asarray(x, np.float64) / scale + u), zero, bits, symmetric)
