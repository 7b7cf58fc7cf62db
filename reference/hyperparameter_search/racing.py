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


### BEGIN SOLUTION
def rank(score: float) -> tuple[bool, float]:
    """What scores are compared by: the lower the better, NaN last."""
    return (True, 0.0) if math.isnan(score) else (False, score)


### END SOLUTION


# Task 2.1
def rungs(R: int, eta: int, r: int = 1) -> list[int]:
    """Return the epochs at which scores are compared: r, r eta, r eta^2, ..., R.

    R >= r >= 1, eta >= 2, whole numbers. Raises ValueError if R is not r eta^k for a whole k >= 0.
    """
    ### BEGIN SOLUTION part 2.1: rungs
    ladder = [r]
    while ladder[-1] < R:
        ladder.append(ladder[-1] * eta)
    if ladder[-1] != R:
        raise ValueError(f"R = {R} is not {r} times a power of {eta}")
    return ladder
    ### END SOLUTION


def brackets(R: int, eta: int) -> list[list[tuple[int, int]]]:
    """Return Hyperband's table: for each bracket its rungs, as pairs (trials, epochs).

    R = eta^S. Bracket s = S, S - 1, ..., 0 starts n = ceil((S + 1) eta^s / (s + 1)) trials with
    R / eta^s epochs; at each further rung floor(n / eta^i) trials have eta times the epochs.
    Raises ValueError if R is no power of eta.
    Ref: Li, Jamieson, DeSalvo, Rostamizadeh and Talwalkar, JMLR 2018, algorithm 1.
    """
    ### BEGIN SOLUTION part 2.1: brackets
    ladder = rungs(R, eta)
    S = len(ladder) - 1
    table = []
    for s in range(S, -1, -1):
        n = -(-(S + 1) * eta**s // (s + 1))  # rounded up
        table.append([(n // eta**i, epochs) for i, epochs in enumerate(ladder[S - s :])])
    return table
    ### END SOLUTION


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
    ### BEGIN SOLUTION part 2.2: successive halving
    left = list(range(len(configs)))
    states: dict[int, Any] = {}
    history = []
    for epochs in ladder:
        scores = {}
        for trial in left:
            scores[trial], states[trial] = train(configs[trial], epochs, states.pop(trial, None))
            history.append(Evaluation(trial, epochs, scores[trial]))
        ranking = sorted(left, key=lambda trial: rank(scores[trial]))  # keeps the order of ties
        left = sorted(ranking[: max(1, len(ranking) // eta)])
        states = {trial: states[trial] for trial in left}
    return Search(list(configs), history, ranking[0])
    ### END SOLUTION


# Task 2.3
def hyperband(sample: Callable[[int], list[Config]], train: Train, R: int, eta: int) -> Search:
    """Run successive halving on each bracket of Hyperband's table, in its order.

    sample(n) returns n new configurations; it is called once a bracket. Trials are numbered on
    through the brackets. Of the winners of all brackets, at R epochs each, the best has won.
    """
    ### BEGIN SOLUTION part 2.3: Hyperband
    configs: list[Config] = []
    history: list[Evaluation] = []
    winners = {}
    for bracket in brackets(R, eta):
        ladder = [epochs for _, epochs in bracket]
        search = successive_halving(sample(bracket[0][0]), train, ladder, eta)
        first = len(configs)
        configs += search.configs
        history += [e._replace(trial=first + e.trial) for e in search.history]
        at_the_end = {e.trial: e.score for e in search.history if e.epochs == R}
        winners[first + search.best] = at_the_end[search.best]
    return Search(configs, history, min(winners, key=lambda trial: rank(winners[trial])))
    ### END SOLUTION


# Task 2.4
class ASHA:
    """Successive halving that never waits: workers ask for a job whenever they are free (optional).

    `next_job` looks from the highest rung down for a trial to promote: one that is among the best
    floor(m / eta) of the m trials that have finished at a rung, and that has not been promoted from
    it yet; of several the best. The last rung promotes none. If there is none, a new trial starts.
    Ref: Li et al., MLSys 2020, algorithm 2.
    """

    def __init__(self, ladder: Sequence[int], eta: int) -> None:
        ### BEGIN SOLUTION part 2.4: promotions without waiting
        self._ladder, self._eta = list(ladder), eta
        self._finished: list[dict[int, float]] = [{} for _ in ladder]
        self._promoted: list[set[int]] = [set() for _ in ladder]
        self._trials = 0
        ### END SOLUTION

    def next_job(self) -> tuple[int, int]:
        """Return the job of a free worker: (trial, epochs in total)."""
        ### BEGIN SOLUTION part 2.4: promotions without waiting
        for k in range(len(self._ladder) - 2, -1, -1):
            finished = self._finished[k]
            ranking = sorted(finished, key=lambda trial: (rank(finished[trial]), trial))
            for trial in ranking[: len(ranking) // self._eta]:
                if trial not in self._promoted[k]:
                    self._promoted[k].add(trial)
                    return trial, self._ladder[k + 1]
        self._trials += 1
        return self._trials - 1, self._ladder[0]
        ### END SOLUTION

    def report(self, trial: int, epochs: int, score: float) -> None:
        """Note that a job has finished."""
        ### BEGIN SOLUTION part 2.4: promotions without waiting
        self._finished[self._ladder.index(epochs)][trial] = score
        ### END SOLUTION
