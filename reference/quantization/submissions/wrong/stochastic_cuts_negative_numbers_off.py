"""Stochastic codes are cut off towards 0, so that negative numbers become too large.

caught by: check_stochastic_codes_have_a_draw_for_each_entry
message: the codes of the worked example
appended to: uniform.py
"""


def quantize_stochastic(x, scale, zero, bits, symmetric, rng):
    steps = np.trunc(np.asarray(x, np.float64) / scale + rng.random(x.shape))
    return _clipped(steps, zero, bits, symmetric)
