"""The fitted share may be below 0 or above 1.

caught by: check_predicted_cores
message: expected
not recognised: its first wrong number comes out of many mistakes; the check ends there
"""


def fit_amdahl(threads, seconds):
    b, a = np.polyfit(1 / np.asarray(threads, float), np.asarray(seconds, float), 1)
    return float(a / (a + b))
