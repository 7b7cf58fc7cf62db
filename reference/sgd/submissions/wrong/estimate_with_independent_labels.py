"""Examples and labels are drawn independently of each other.

caught by: check_estimate_is_the_error_on_the_drawn_sample
message: the estimate
"""


def estimate_error(W, X, Y, nsamples, rng, delta=0.05):
    half_width = float(np.sqrt(np.log(2 / delta) / (2 * nsamples)))
    x, y = rng.integers(len(X), size=nsamples), rng.integers(len(X), size=nsamples)
    return error_rate(W, X[x], Y[y]), half_width
