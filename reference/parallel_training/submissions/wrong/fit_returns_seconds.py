"""The serial share is in seconds.

caught by: check_predicted_cores
message: is off by
not recognised: its first wrong number comes out of many mistakes; the check ends there
"""


def fit_amdahl(threads, seconds):
    _, a = np.polyfit(1 / np.asarray(threads, float), np.asarray(seconds, float), 1)
    return float(np.clip(a, 0, 1))
