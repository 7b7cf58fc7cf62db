"""Only the estimate is returned.

caught by: check_estimate_is_the_error_on_the_drawn_sample
message: expected a list or tuple of 2
not recognised: one share of 30 draws says too little; the check's message says what is missing
"""


def estimate_error(W, X, Y, nsamples, rng, delta=0.05):
    sample = rng.integers(len(X), size=nsamples)
    return error_rate(W, X[sample], Y[sample])
