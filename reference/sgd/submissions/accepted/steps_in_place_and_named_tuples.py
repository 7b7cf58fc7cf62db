"""The step scales the gradient in place, and the estimate is a named tuple."""

from typing import NamedTuple


class Estimate(NamedTuple):
    rate: float
    half_width: float


def _descend(grad_fn, W0, alpha, batches, monitor_period):
    W = W0.copy()
    models = [W]
    for step, batch in enumerate(batches, start=1):
        g = grad_fn(W, batch)
        g *= alpha
        W = W - g
        if step % monitor_period == 0:
            models.append(W)
    if models[-1] is not W:
        models.append(W)
    return models


def estimate_error(W, X, Y, nsamples, rng, delta=0.05):
    sample = rng.integers(len(X), size=nsamples)
    half_width = np.sqrt(np.log(2 / delta) / (2 * nsamples))
    return Estimate(error_rate(W, X[sample], Y[sample]), float(half_width))
