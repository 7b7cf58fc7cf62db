"""Hyperparameter search: what was found, how sure it is, and what it costs.

Notation, the same in the handout and in the other files:

    n        number of trials                    R, eta     most epochs of a trial, and the factor
    k        trials of which the best counts                between two rungs
    scores   one for each trial, minimised       rng        numpy.random.Generator

Arguments are never changed (they may be read-only); random numbers come from `rng` only.
"""

import math
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np

# Parts 1 to 3 are in the other files
from bayesian import (
    GP,
    bayes_opt,
    expected_improvement,
    lower_confidence_bound,
    maximise,
    normal_cdf,
    probability_of_improvement,
    rbf_kernel,
)
from racing import ASHA, Evaluation, Search, brackets, hyperband, rungs, successive_halving
from spaces import Ledger, OverBudget, configurations, grid, halton, random_search, value_at

### BEGIN SOLUTION
from racing import rank  # isort: skip
### END SOLUTION

__all__ = [
    "ASHA",
    "GP",
    "Evaluation",
    "Ledger",
    "OverBudget",
    "Search",
    "bayes_opt",
    "brackets",
    "configurations",
    "expected_improvement",
    "grid",
    "halton",
    "hyperband",
    "lower_confidence_bound",
    "maximise",
    "normal_cdf",
    "probability_of_improvement",
    "random_search",
    "rbf_kernel",
    "rungs",
    "successive_halving",
    "value_at",
]

Array = np.ndarray
Config = dict[str, Any]


# Task 4.1
class Choice(NamedTuple):
    """The trial that was chosen, and what it scored."""

    trial: int
    validation: float
    test: float


def honest_choice(
    configs: Sequence[Config],
    validate: Callable[[Config], float],
    test: Callable[[Config], float],
) -> Choice:
    """Choose the configuration with the lowest validation score, and test that one.

    validate is called once for each configuration, in their order; then test once, for the chosen
    one. NaN is worse than any number; of equal scores the first is chosen.
    """
    ### BEGIN SOLUTION part 4.1: an honest choice
    scores = [validate(config) for config in configs]
    best = min(range(len(scores)), key=lambda trial: rank(scores[trial]))
    return Choice(best, scores[best], test(configs[best]))
    ### END SOLUTION


# Task 4.2
def tuning_curve(scores: Array, ks: Sequence[int]) -> Array:
    """Estimate the expected best of k random trials, for each k of ks, from n >= k of them.

    It is the mean of the lowest score over all subsets of k of the n scores, which is unbiased.
    scores (n,), finite; 1 <= k <= n, else ValueError. Returns a float array like ks.
    Work: one sort, and O(n) for each k.
    Ref: Dodge et al., EMNLP 2019; unbiased: Tang et al., ACL 2020.
    """
    ### BEGIN SOLUTION part 4.2: the tuning curve
    ordered = np.sort(scores)
    return np.array([_mean_lowest(ordered, k) for k in ks], float)
    ### END SOLUTION


### BEGIN SOLUTION
def _mean_lowest(ordered: Array, k: int) -> float:
    """The mean of the lowest over all subsets of k.

    The score of place j, from 0, is the lowest of C(n-1-j, k-1) of the C(n, k) subsets: of a share
    k/n for j = 0, and of the factor (n-k-j) / (n-1-j) more for each next j.
    """
    n = len(ordered)
    if not 1 <= k <= n:
        raise ValueError(f"there are no subsets of {k} of {n} scores")
    j = np.arange(n - k)
    shares = k / n * np.cumprod(np.append(1.0, (n - k - j) / (n - 1 - j)))
    return float(shares @ ordered[: n - k + 1])


### END SOLUTION


# Task 4.3
def tuning_band(
    scores: Array, ks: Sequence[int], alpha: float, low: float, high: float
) -> tuple[Array, Array]:
    """Bound the expected best of k new trials for all k at once, with probability 1 - alpha.

    The distribution function F of one trial is within eps = sqrt(log(2 / alpha) / (2 n)) of the
    share of scores that are at most t, for all t at once; nor is it below 0 or above 1. Scores lie
    in [low, high], and the expected best of k is
        low + integral from low to high of (1 - F(t))^k dt
    Returns (lower, upper), arrays like ks.
    Ref: Dvoretzky, Kiefer and Wolfowitz 1956, with the constant of Massart 1990; used for tuning by
    Lourie, Cho and He, 2023.
    """
    ### BEGIN SOLUTION part 4.3: a band for the tuning curve
    n = len(scores)
    eps = math.sqrt(math.log(2 / alpha) / (2 * n))
    widths = np.diff(np.concatenate([[low], np.sort(scores), [high]]))
    share = np.arange(n + 1) / n  # of the scores, below each piece between two of them
    above = 1 - np.clip([share + eps, share - eps], 0, 1)
    lower, upper = (np.array([low + widths @ tail**k for k in ks]) for tail in above)
    return lower, upper
    ### END SOLUTION


# Task 4.4
def at_border(config: Config, space: dict[str, tuple[Any, ...]], within: float = 0.05) -> list[str]:
    """Return the names of hyperparameters whose value is close to an end of its range.

    The place of a value in its range is (value - low) / (high - low), for a log-uniform range of
    the logarithms; close is at most `within` from 0 or 1. A choice has no ends. Names are in the
    order of the space.
    """
    ### BEGIN SOLUTION part 4.4: values at the border
    places = {
        name: _place(span, config[name]) for name, span in space.items() if span[0] != "choice"
    }
    return [name for name, place in places.items() if min(place, 1 - place) <= within]
    ### END SOLUTION


### BEGIN SOLUTION
def _place(span: tuple[Any, ...], value: float) -> float:
    """Where a value is in its range, from 0 to 1."""
    kind, low, high = span
    if kind == "log-uniform":
        return math.log(value / low) / math.log(high / low)
    return float((value - low) / (high - low))


### END SOLUTION


# Part 5: predict the cost before paying it
def predict_epochs(R: int, eta: int, resume: bool) -> int:
    """Predict the epochs that Hyperband trains in all.

    resume : whether a trial goes on from its state at each rung, or starts again from nothing
    """
    ### BEGIN SOLUTION part 5.1: epochs
    total = 0
    for bracket in brackets(R, eta):
        before = 0
        for trials, epochs in bracket:
            total += trials * (epochs - before)
            before = epochs if resume else 0
    return total
    ### END SOLUTION


def predict_cholesky_operations(n: int) -> int:
    """Predict the multiplications, divisions and roots of a Cholesky factorisation, n x n.

    They are those of the algorithm in the handout.
    """
    ### BEGIN SOLUTION part 5.2: operations
    return n * (n + 1) * (n + 2) // 6
    ### END SOLUTION


def predict_kernel_bytes(m: int, n: int) -> int:
    """Predict the bytes of the kernel matrix of m and n points, in float64."""
    ### BEGIN SOLUTION part 5.2: bytes
    return 8 * m * n
    ### END SOLUTION
