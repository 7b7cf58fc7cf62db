"""The whole length of the interval is returned, not half of it.

caught by: check_half_width_is_that_of_hoeffding
message: got 0.858939, expected 0.429469
"""


def estimate_error(W, X, Y, nsamples, rng, delta=0.05):
    half_width = float(np.sqrt(np.log(2 / delta) / (2 * nsamples)))
    sample = rng.integers(len(X), size=nsamples)
    return error_rate(W, X[sample], Y[sample]), 2 * half_width
