"""Numbers are clipped, but the scale stays that of the largest magnitude.

caught by: check_clips_of_the_worked_example, check_clips_have_the_least_error
message: the clip of
appended to: uniform.py
"""


def clip_for_least_error(x, bits, steps):
    x = np.asarray(x, np.float64)
    errors, most = [], np.abs(x).max()
    scale, zero = parameters(-most, most, bits, symmetric=True)
    for k in range(1, steps + 1):
        clipped = np.clip(x, -most * k / steps, most * k / steps)
        codes = quantize(clipped, scale, zero, bits, symmetric=True)
        errors.append(((x - scale * codes) ** 2).sum())
    return float(most * (steps - int(np.argmin(errors[::-1]))) / steps)
