"""The interval is always one of 95 %.

caught by: check_half_width_is_that_of_hoeffding
message: delta = 0.2
"""


def estimate_error(W, X, Y, nsamples, rng, delta=0.05):
    sample = rng.integers(len(X), size=nsamples)
    half_width = float(np.sqrt(np.log(2 / 0.05) / (2 * nsamples)))
    return error_rate(W, X[sample], Y[sample]), half_width
