"""All examples are scored, and then a sample of the results is averaged.

caught by: check_estimate_touches_only_its_sample
message: the budget is
"""


def estimate_error(W, X, Y, nsamples, rng, delta=0.05):
    half_width = float(np.sqrt(np.log(2 / delta) / (2 * nsamples)))
    wrong = (X @ W.T).argmax(axis=1) != Y.argmax(axis=1)
    return float(np.mean(wrong[rng.integers(len(X), size=nsamples)])), half_width
