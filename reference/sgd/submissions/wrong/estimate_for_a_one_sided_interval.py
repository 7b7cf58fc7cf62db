"""log(1 / delta) belongs to a bound on one side only.

caught by: check_half_width_is_that_of_hoeffding
message: the half width for 10 samples
"""


def estimate_error(W, X, Y, nsamples, rng, delta=0.05):
    sample = rng.integers(len(X), size=nsamples)
    half_width = float(np.sqrt(np.log(1 / delta) / (2 * nsamples)))
    return error_rate(W, X[sample], Y[sample]), half_width
