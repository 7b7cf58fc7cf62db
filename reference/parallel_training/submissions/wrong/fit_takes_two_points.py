"""Only the first and the last time are looked at.

caught by: check_predicted_cores
message: is off by
"""


def fit_amdahl(threads, seconds):
    first, last = 1 / threads[0], 1 / threads[-1]
    b = (seconds[0] - seconds[-1]) / (first - last)
    a = seconds[0] - b * first
    return float(np.clip(a / (a + b), 0, 1))
