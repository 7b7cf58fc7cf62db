"""The error is that of the clipped numbers, so clipping costs nothing.

caught by: check_clips_of_the_worked_example, check_clips_have_the_least_error
message: the clip of
appended to: uniform.py
"""


def clip_for_least_error(x, bits, steps):
    x = np.asarray(x, np.float64)
    errors, most = [], np.abs(x).max()
    for k in range(1, steps + 1):
        c = most * k / steps
        scale, zero = parameters(-c, c, bits, symmetric=True)
        codes = quantize(x, scale, zero, bits, symmetric=True)
        errors.append(((np.clip(x, -c, c) - scale * codes) ** 2).sum())
    return float(most * (steps - int(np.argmin(errors[::-1]))) / steps)
