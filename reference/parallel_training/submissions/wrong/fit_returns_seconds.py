"""The serial share is in seconds.

caught by: check_predicted_cores
message: is off by
"""


def fit_amdahl(threads, seconds):
    _, a = np.polyfit(1 / np.asarray(threads, float), np.asarray(seconds, float), 1)
    return float(np.clip(a, 0, 1))
