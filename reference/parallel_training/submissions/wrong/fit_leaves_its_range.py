"""The fitted share may be below 0 or above 1.

caught by: check_predicted_cores
message: expected
"""


def fit_amdahl(threads, seconds):
    b, a = np.polyfit(1 / np.asarray(threads, float), np.asarray(seconds, float), 1)
    return float(a / (a + b))
