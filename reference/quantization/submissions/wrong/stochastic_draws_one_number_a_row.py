"""The entries of a row share a random number.

caught by: check_stochastic_codes_have_a_draw_for_each_entry
message: all have the same code
appended to: uniform.py
"""


def quantize_stochastic(x, scale, zero, bits, symmetric, rng):
    u = rng.random((*x.shape[:-1], 1))
    steps = np.floor(np.asarray(x, np.float64) / scale + u)
    return _clipped(steps, zero, bits, symmetric)
