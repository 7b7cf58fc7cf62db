"""As many rows are drawn as there are examples, and the first of them are used.

caught by: check_estimate_is_the_error_on_the_drawn_sample
message: of a later call
"""


def estimate_error(W, X, Y, nsamples, rng, delta=0.05):
    drawn = rng.integers(len(X), size=len(X))
    sample = drawn[:nsamples]
    half_width = float(np.sqrt(np.log(2 / delta) / (2 * nsamples)))
    return error_rate(W, X[sample], Y[sample]), half_width
