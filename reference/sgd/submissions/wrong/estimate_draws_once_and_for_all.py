"""The first sample is remembered and used for ever.

caught by: check_estimate_is_the_error_on_the_drawn_sample
message: of a later call
not recognised: one share of 30 draws, again and again, says too little
"""

_samples: dict[int, np.ndarray] = {}


def estimate_error(W, X, Y, nsamples, rng, delta=0.05):
    half_width = float(np.sqrt(np.log(2 / delta) / (2 * nsamples)))
    if nsamples not in _samples:
        _samples[nsamples] = rng.integers(len(X), size=nsamples)
    sample = _samples[nsamples]
    return error_rate(W, X[sample], Y[sample]), half_width
