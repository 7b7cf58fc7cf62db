"""Racing: many configurations start, and few are trained to the end.

Scores are minimised; NaN, the score of a run that diverged, is worse than any number. Of equal
scores that of the lower trial number is better. A trial is known by its number, 0, 1, ..., which is
its place in the list of configurations, never by its configuration: two may be equal.

A search trains by the function that it is given,

    score, state = train(config, epochs, state)

which trains on from `state` until `epochs` epochs are reached *in total*, from the start if the
state is None. It costs the epochs it adds. A state can be used once, and for the configuration that
it came from.
"""

import math
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

Config = dict[str, Any]
Train = Callable[[Config, int, Any], tuple[float, Any]]


class Evaluation(NamedTuple):
    """The score of one trial after `epochs` epochs in total."""

    trial: int
    epochs: int
    score: float


class Search(NamedTuple):
    """What a search did and found."""

    configs: list[Config]  # of all trials, by number
    history: list[Evaluation]  # in the order in which they were made
    best: int  # the trial that won


# Task 2.1
def rungs(R: int, eta: int, r: int = 1) -> list[int]:
    """Return the epochs at which scores are compared: r, r eta, r eta^2, ..., R.

    R >= r >= 1, eta >= 2, whole numbers. Raises ValueError if R is not r eta^k for a whole k >= 0.
    """
    raise NotImplementedError("part 2.1: rungs")


def brackets(R: int, eta: int) -> list[list[tuple[int, int]]]:
    """Return Hyperband's table: for each bracket its rungs, as pairs (trials, epochs).

    R = eta^S. Bracket s = S, S - 1, ..., 0 starts n = ceil((S + 1) eta^s / (s + 1)) trials with
    R / eta^s epochs; at each further rung floor(n / eta^i) trials have eta times the epochs.
    Raises ValueError if R is no power of eta.
    Ref: Li, Jamieson, DeSalvo, Rostamizadeh and Talwalkar, JMLR 2018, algorithm 1.
    """
    raise NotImplementedError("part 2.1: brackets")


# Task 2.2
def successive_halving(
    configs: Sequence[Config], train: Train, ladder: Sequence[int], eta: int
) -> Search:
    """Train all configurations a little, the best of them more, and the last to the end.

    At each rung of the ladder (epochs, rising) the trials that are left are trained to it, in the
    order of their numbers, each from its own state. Of n trials the best max(1, n // eta) are left
    for the next rung. The best of the last rung has won.
    Memory: the states of the trials that are left.
    Ref: Jamieson and Talwalkar, AISTATS 2016.
    """
    raise NotImplementedError("part 2.2: successive halving")


# Task 2.3
def hyperband(sample: Callable[[int], list[Config]], train: Train, R: int, eta: int) -> Search:
    """Run successive halving on each bracket of Hyperband's table, in its order.

    sample(n) returns n new configurations; it is called once a bracket. Trials are numbered on
    through the brackets. Of the winners of all brackets, at R epochs each, the best has won.
    """
    raise NotImplementedError("part 2.3: Hyperband")


# Task 2.4
class ASHA:
    """Successive halving that never waits: workers ask for a job whenever they are free (optional).

    `next_job` looks from the highest rung down for a trial to promote: one that is among the best
    floor(m / eta) of the m trials that have finished at a rung, and that has not been promoted from
    it yet; of several the best. The last rung promotes none. If there is none, a new trial starts.
    Ref: Li et al., MLSys 2020, algorithm 2.
    """

    def __init__(self, ladder: Sequence[int], eta: int) -> None:
        raise NotImplementedError("part 2.4: promotions without waiting")

    def next_job(self) -> tuple[int, int]:
        """Return the job of a free worker: (trial, epochs in total)."""
        raise NotImplementedError("part 2.4: promotions without waiting")

    def report(self, trial: int, epochs: int, score: float) -> None:
        """Note that a job has finished."""
        raise NotImplementedError("part 2.4: promotions without waiting")
