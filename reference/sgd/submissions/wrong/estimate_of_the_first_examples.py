"""The first examples are taken for a sample.

caught by: check_estimate_is_the_error_on_the_drawn_sample
message: the estimate
"""


def estimate_error(W, X, Y, nsamples, rng, delta=0.05):
    half_width = float(np.sqrt(np.log(2 / delta) / (2 * nsamples)))
    return error_rate(W, X[:nsamples], Y[:nsamples]), half_width
