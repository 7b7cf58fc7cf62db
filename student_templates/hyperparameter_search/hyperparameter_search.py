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
    raise NotImplementedError("part 4.1: an honest choice")


# Task 4.2
def tuning_curve(scores: Array, ks: Sequence[int]) -> Array:
    """Estimate the expected best of k random trials, for each k of ks, from n >= k of them.

    It is the mean of the lowest score over all subsets of k of the n scores, which is unbiased.
    scores (n,), finite; 1 <= k <= n, else ValueError. Returns a float array like ks.
    Work: one sort, and O(n) for each k.
    Ref: Dodge et al., EMNLP 2019; unbiased: Tang et al., ACL 2020.
    """
    raise NotImplementedError("part 4.2: the tuning curve")


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
    raise NotImplementedError("part 4.3: a band for the tuning curve")


# Task 4.4
def at_border(config: Config, space: dict[str, tuple[Any, ...]], within: float = 0.05) -> list[str]:
    """Return the names of hyperparameters whose value is close to an end of its range.

    The place of a value in its range is (value - low) / (high - low), for a log-uniform range of
    the logarithms; close is at most `within` from 0 or 1. A choice has no ends. Names are in the
    order of the space.
    """
    raise NotImplementedError("part 4.4: values at the border")


# Part 5: predict the cost before paying it
def predict_epochs(R: int, eta: int, resume: bool) -> int:
    """Predict the epochs that Hyperband trains in all.

    resume : whether a trial goes on from its state at each rung, or starts again from nothing
    """
    raise NotImplementedError("part 5.1: epochs")


def predict_cholesky_operations(n: int) -> int:
    """Predict the multiplications, divisions and roots of a Cholesky factorisation, n x n.

    They are those of the algorithm in the handout.
    """
    raise NotImplementedError("part 5.2: operations")


def predict_kernel_bytes(m: int, n: int) -> int:
    """Predict the bytes of the kernel matrix of m and n points, in float64."""
    raise NotImplementedError("part 5.2: bytes")
