"""Stochastic codes are cast to a byte before they are clipped.

caught by: check_stochastic_codes_have_a_draw_for_each_entry
message: the stochastic codes of
appended to: uniform.py
"""


def quantize_stochastic(x, scale, zero, bits, symmetric, rng):
    steps = np.floor(np.asarray(x, np.float64) / scale + rng.random(x.shape)) + zero
    codes = np.clip(steps, -(2.0**62), 2.0**62).astype(np.int64)
    codes = codes.astype(np.int8 if symmetric else np.uint8)
    return np.clip(codes, *code_range(bits, symmetric))
