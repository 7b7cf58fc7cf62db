"""The candidates are shares of the largest number instead of the largest magnitude.

caught by: check_clips_have_the_least_error
message: the clip of
appended to: uniform.py
"""


def clip_for_least_error(x, bits, steps):
    x = np.asarray(x, np.float64)
    errors, most = [], x.max()
    for k in range(1, steps + 1):
        scale, zero = parameters(-most * k / steps, most * k / steps, bits, symmetric=True)
        errors.append(((x - scale * quantize(x, scale, zero, bits, symmetric=True)) ** 2).sum())
    return float(most * (steps - int(np.argmin(errors[::-1]))) / steps)
