"""Bayesian optimisation: a Gaussian process says where the next evaluation is worth its price.

    X (n, d)    the points that have been evaluated, one a row     gamma     of the kernel
    y (n,)      their values                                       sigma2    variance of the noise
    Z (m, d)    other points                                       best      the lowest value so far

The prior has mean 0 and variance 1: k(x, z) = exp(-gamma ||x - z||^2). Values are minimised, the
acquisitions but the lower confidence bound are maximised. Arguments are never changed.
"""

import math
from collections.abc import Callable

### BEGIN SOLUTION
from functools import partial

### END SOLUTION
import numpy as np

Array = np.ndarray
Rng = np.random.Generator


# Task 3.1
def rbf_kernel(X: Array, Z: Array, gamma: float) -> Array:
    """Return the matrix of k(x, z) = exp(-gamma ||x - z||^2) for the rows of X (m, d) and Z (n, d).

    Entries are at most 1, and exactly 1 where x = z; also far from 0 and close to each other,
    points keep their distances. No loop over points. Memory: O(m n), whatever d is.
    """
    ### BEGIN SOLUTION part 3.1: the kernel
    squares = np.zeros((len(X), len(Z)))
    for x, z in zip(X.T, Z.T, strict=True):  # a coordinate at a time: no array of m n d
        squares += np.subtract.outer(x, z) ** 2
    return np.exp(-gamma * squares)
    ### END SOLUTION


# Task 3.2
class GP:
    """A Gaussian process with the kernel above, and noise of variance sigma2 > 0 on the values.

    Ref: Rasmussen and Williams, "Gaussian Processes for Machine Learning", 2006, algorithm 2.1.
    """

    def __init__(self, gamma: float, sigma2: float) -> None:
        ### BEGIN SOLUTION part 3.2: a Gaussian process
        self.gamma, self.sigma2 = gamma, sigma2
        ### END SOLUTION

    def fit(self, X: Array, y: Array) -> "GP":
        """Condition the prior on the values y (n,) at X (n, d), n >= 0; returns itself.

        What was fitted before is forgotten. The only work of order n^3 is done here:
        K + sigma2 I = L L^T, with a lower triangular L. The caller may change X and y afterwards.
        """
        ### BEGIN SOLUTION part 3.2: a Gaussian process
        n = len(X)
        self.X = X.copy()
        self.L = np.linalg.cholesky(rbf_kernel(X, X, self.gamma) + self.sigma2 * np.eye(n))
        # numpy has no triangular solver, so L is solved once, for all later right-hand sides
        self.whiten = np.linalg.solve(self.L, np.eye(n))
        self.white = self.whiten @ y
        self.weights = self.whiten.T @ self.white  # (K + sigma2 I)^-1 y
        return self
        ### END SOLUTION

    def predict(self, Z: Array) -> tuple[Array, Array]:
        """Return mean (m,) and variance (m,) at Z (m, d) of the function, without noise.

            mean = k^T (K + sigma2 I)^-1 y,    variance = 1 - k^T (K + sigma2 I)^-1 k,  k = k(X, z)
        The variance is never negative, whatever is rounded. Work for each point: O(n^2).
        """
        ### BEGIN SOLUTION part 3.2: a Gaussian process
        K = rbf_kernel(self.X, Z, self.gamma)
        explained = np.sum((self.whiten @ K) ** 2, axis=0)
        return K.T @ self.weights, np.maximum(1 - explained, 0)
        ### END SOLUTION

    def log_marginal_likelihood(self) -> float:
        """Return the log density of y under the prior, noise included.

        -(1/2) y^T (K + sigma2 I)^-1 y - (1/2) log det(K + sigma2 I) - (n/2) log(2 pi)
        """
        ### BEGIN SOLUTION part 3.2: a Gaussian process
        half_log_det = float(np.sum(np.log(np.diag(self.L))))
        n = len(self.white)
        return -0.5 * float(self.white @ self.white) - half_log_det - n / 2 * math.log(2 * math.pi)
        ### END SOLUTION


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
    ### BEGIN SOLUTION part 3.3: expected improvement
    gain, safe = best - xi - mean, np.where(std > 0, std, 1.0)
    z = gain / safe
    density = np.exp(-(z**2) / 2) / math.sqrt(2 * math.pi)
    return np.where(std > 0, gain * normal_cdf(z) + std * density, np.maximum(gain, 0.0))
    ### END SOLUTION


def probability_of_improvement(mean: Array, std: Array, best: float, xi: float = 0.0) -> Array:
    """Return the probability that f < best - xi for f normal with this mean and std >= 0.

    Where std = 0 it is 1 if mean < best - xi, and else 0.
    """
    ### BEGIN SOLUTION part 3.3: probability of improvement
    gain, safe = best - xi - mean, np.where(std > 0, std, 1.0)
    return np.where(std > 0, normal_cdf(gain / safe), gain > 0)
    ### END SOLUTION


def lower_confidence_bound(mean: Array, std: Array, kappa: float) -> Array:
    """Return mean - kappa std: the lower, the more promising."""
    ### BEGIN SOLUTION part 3.3: lower confidence bound
    return mean - kappa * std
    ### END SOLUTION


# Task 3.4
def maximise(acquisition: Callable[[Array], Array], d: int, rng: Rng) -> Array:
    """Return a point (d,) of the unit cube where acquisition is as high as can be found.

    acquisition(P) returns the values (m,) at points P (m, d), all of which lie in [0, 1]^d.
    At most 5000 points in at most 100 calls. The result is the best point that was evaluated; for
    smooth functions in up to three dimensions it comes within 0.1 % of the maximum, which may lie
    on the border of the cube.
    """
    ### BEGIN SOLUTION part 3.4: maximise in the cube
    groups = np.arange(40)
    candidates = rng.random((len(groups), 40, d))
    values = acquisition(candidates.reshape(-1, d)).reshape(len(groups), -1)
    best = values.argmax(axis=1)  # one start from each group: not all of them on one hill
    points, heights = candidates[groups, best], values[groups, best]
    radius = 0.1
    for _ in range(80):
        near = np.clip(points + radius * rng.standard_normal(points.shape), 0.0, 1.0)
        found = acquisition(near)
        better = found > heights
        points = np.where(better[:, None], near, points)
        heights = np.where(better, found, heights)
        radius *= 0.92
    return points[heights.argmax()]
    ### END SOLUTION


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
    ### BEGIN SOLUTION part 3.5: Bayesian optimisation
    X = rng.random((n_warmup, d))
    y = np.array([objective(x) for x in X])
    while len(y) < n_total:
        values = _standardised(y)
        gp = GP(gamma, sigma2).fit(X, values)
        x = maximise(partial(_improvement, gp, float(values.min())), d, rng)
        X, y = np.vstack([X, x]), np.append(y, objective(x))
    return X, y
    ### END SOLUTION


### BEGIN SOLUTION
def _improvement(gp: GP, best: float, P: Array) -> Array:
    """The expected improvement at the points P."""
    mean, variance = gp.predict(P)
    return expected_improvement(mean, np.sqrt(variance), best)


def _standardised(y: Array) -> Array:
    """Values of mean 0 and variance 1, in which a run that diverged is as bad as the worst."""
    finite = np.isfinite(y)
    filled = np.where(finite, y, np.max(y, where=finite, initial=-np.inf) if finite.any() else 0.0)
    return (filled - filled.mean()) / (filled.std() or 1.0)


### END SOLUTION
