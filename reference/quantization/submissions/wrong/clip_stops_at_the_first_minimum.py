"""The search goes down from the largest clip and stops where the error rises for the first time.

caught by: check_clips_of_the_worked_example
message: the clip of
not recognised: the few numbers of a small example say too little
appended to: uniform.py
"""


def clip_for_least_error(x, bits, steps):
    x = np.asarray(x, np.float64)
    most, best, least = np.abs(x).max(), steps, np.inf
    for k in range(steps, 0, -1):
        scale, zero = parameters(-most * k / steps, most * k / steps, bits, symmetric=True)
        error = ((x - scale * quantize(x, scale, zero, bits, symmetric=True)) ** 2).sum()
        if error > least:
            break
        best, least = (k, error) if error < least else (best, least)
    return float(most * best / steps)
