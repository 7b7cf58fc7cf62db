"""The sample by np.take, the interval in other words."""


def estimate_error(W, X, Y, nsamples, rng, delta=0.05):
    chosen = rng.integers(0, len(X), nsamples)
    scores = np.take(X, chosen, axis=0) @ W.T
    hits = np.take(Y, chosen, axis=0)[np.arange(nsamples), np.argmax(scores, axis=1)]
    return 1 - hits.sum() / nsamples, ((np.log(2) - np.log(delta)) / nsamples / 2) ** 0.5
