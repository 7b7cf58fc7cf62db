"""Numbers go up or down with equal chances, even those that are codes already.

caught by: check_stochastic_codes_have_a_draw_for_each_entry
message: the codes of equal numbers
appended to: uniform.py
"""


def quantize_stochastic(x, scale, zero, bits, symmetric, rng):
    steps = np.floor(np.asarray(x, np.float64) / scale) + (rng.random(x.shape) < 0.5)
    return _clipped(steps, zero, bits, symmetric)
