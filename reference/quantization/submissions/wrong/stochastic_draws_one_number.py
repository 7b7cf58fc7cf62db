"""One random number decides for all entries.

caught by: check_stochastic_codes_have_a_draw_for_each_entry
message: all have the same code
appended to: uniform.py
"""


def quantize_stochastic(x, scale, zero, bits, symmetric, rng):
    steps = np.floor(np.asarray(x, np.float64) / scale + rng.random())
    return _clipped(steps, zero, bits, symmetric)
