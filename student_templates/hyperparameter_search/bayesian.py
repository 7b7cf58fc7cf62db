"""Bayesian optimisation: a Gaussian process says where the next evaluation is worth its price.

    X (n, d)    the points that have been evaluated, one a row     gamma     of the kernel
    y (n,)      their values                                       sigma2    variance of the noise
    Z (m, d)    other points                                       best      the lowest value so far

The prior has mean 0 and variance 1: k(x, z) = exp(-gamma ||x - z||^2). Values are minimised, the
acquisitions but the lower confidence bound are maximised. Arguments are never changed.
"""

import math
from collections.abc import Callable

import numpy as np

Array = np.ndarray
Rng = np.random.Generator


# Task 3.1
def rbf_kernel(X: Array, Z: Array, gamma: float) -> Array:
    """Return the matrix of k(x, z) = exp(-gamma ||x - z||^2) for the rows of X (m, d) and Z (n, d).

    Entries are at most 1, and exactly 1 where x = z; also far from 0 and close to each other,
    points keep their distances. No loop over points. Memory: O(m n), whatever d is.
    """
    raise NotImplementedError("part 3.1: the kernel")


# Task 3.2
class GP:
    """A Gaussian process with the kernel above, and noise of variance sigma2 > 0 on the values.

    Ref: Rasmussen and Williams, "Gaussian Processes for Machine Learning", 2006, algorithm 2.1.
    """

    def __init__(self, gamma: float, sigma2: float) -> None:
        raise NotImplementedError("part 3.2: a Gaussian process")

    def fit(self, X: Array, y: Array) -> "GP":
        """Condition the prior on the values y (n,) at X (n, d), n >= 0; returns itself.

        What was fitted before is forgotten. The only work of order n^3 is done here:
        K + sigma2 I = L L^T, with a lower triangular L. The caller may change X and y afterwards.
        """
        raise NotImplementedError("part 3.2: a Gaussian process")

    def predict(self, Z: Array) -> tuple[Array, Array]:
        """Return mean (m,) and variance (m,) at Z (m, d) of the function, without noise.

            mean = k^T (K + sigma2 I)^-1 y,    variance = 1 - k^T (K + sigma2 I)^-1 k,  k = k(X, z)
        The variance is never negative, whatever is rounded. Work for each point: O(n^2).
        """
        raise NotImplementedError("part 3.2: a Gaussian process")

    def log_marginal_likelihood(self) -> float:
        """Return the log density of y under the prior, noise included.

        -(1/2) y^T (K + sigma2 I)^-1 y - (1/2) log det(K + sigma2 I) - (n/2) log(2 pi)
        """
        raise NotImplementedError("part 3.2: a Gaussian process")


def normal_cdf(z: Array) -> Array:
    """Return the probability that a standard normal number is at most z, entry by entry."""
    return 0.5 * np.vectorize(math.erfc, otypes=[float])(-np.asarray(z) / math.sqrt(2))


# Task 3.3
def expected_improvement(mean: Array, std: Array, best: float, xi: float = 0.0) -> Array:
    """Return the mean of max(best - xi - f, 0) for f normal with this mean and std >= 0.

        (best - xi - mean) Phi(z) + std phi(z),    z = (best - xi - mean) / std
    where std = 0: max(best - xi - mean, 0). Arrays of one shape; returns a new array of it.
    Ref: Jones, Schonlau and Welch, J. Global Optimization 1998.
    """
    raise NotImplementedError("part 3.3: expected improvement")


def probability_of_improvement(mean: Array, std: Array, best: float, xi: float = 0.0) -> Array:
    """Return the probability that f < best - xi for f normal with this mean and std >= 0.

    Where std = 0 it is 1 if mean < best - xi, and else 0.
    """
    raise NotImplementedError("part 3.3: probability of improvement")


def lower_confidence_bound(mean: Array, std: Array, kappa: float) -> Array:
    """Return mean - kappa std: the lower, the more promising."""
    raise NotImplementedError("part 3.3: lower confidence bound")


# Task 3.4
def maximise(acquisition: Callable[[Array], Array], d: int, rng: Rng) -> Array:
    """Return a point (d,) of the unit cube where acquisition is as high as can be found.

    acquisition(P) returns the values (m,) at points P (m, d), all of which lie in [0, 1]^d.
    At most 5000 points in at most 100 calls. The result is the best point that was evaluated; for
    smooth functions in up to three dimensions it comes within 0.1 % of the maximum, which may lie
    on the border of the cube.
    """
    raise NotImplementedError("part 3.4: maximise in the cube")


# Task 3.5
def bayes_opt(
    objective: Callable[[Array], float],
    d: int,
    n_warmup: int,
    n_total: int,
    gamma: float,
    sigma2: float,
    rng: Rng,
) -> tuple[Array, Array]:
    """Minimise a function on the unit cube with n_total evaluations, one at a time.

    The first n_warmup >= 1 points are the rows of rng.random((n_warmup, d)). Each further one
    maximises the expected improvement (xi = 0) over the lowest value so far, for a GP of all values
    so far, which are standardised first: less their mean, over their standard deviation (that of
    np.std; not divided if it is 0). A value that is NaN or infinite, from a run that diverged,
    counts as the largest finite one (as 0 if there is none).
    Returns X (n_total, d) and y (n_total,): all points, and what the objective returned there.
    """
    raise NotImplementedError("part 3.5: Bayesian optimisation")
