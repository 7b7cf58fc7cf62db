"""Of equal errors the smaller clip counts.

caught by: check_clips_of_the_worked_example
message: the clip of
not recognised: the few numbers of a small example say too little
appended to: uniform.py
"""


def clip_for_least_error(x, bits, steps):
    x = np.asarray(x, np.float64)
    errors, most = [], np.abs(x).max()
    for k in range(1, steps + 1):
        scale, zero = parameters(-most * k / steps, most * k / steps, bits, symmetric=True)
        errors.append(((x - scale * quantize(x, scale, zero, bits, symmetric=True)) ** 2).sum())
    return float(most * (int(np.argmin(errors)) + 1) / steps)
