"""What the checks of several parts share: the priced objective, and what they expect alike."""

import math
import random

import numpy as np

from autograder.grading import expect, rounding


class Priced:
    """Training at a price: `train(config, epochs, state)`, whose ledger the grader keeps.

    Each epoch is paid once. `curves` (n, epochs + 1) are the scores of the trials after 0, 1, ...
    epochs; trials are numbered in the order in which they start from nothing. A state is a text
    that says nothing; it can be used once, and for the configuration that it came from.
    """

    def __init__(self, rng, configs, curves, budget):
        self.configs, self.curves, self.left = configs, curves, budget
        self.calls = []  # (trial, epochs)
        self._rng, self._started = rng, 0
        self._states = {}  # those that can be used: trial and epochs

    @property
    def spent(self):
        """The epochs that were trained."""
        reached = {}
        total = 0
        for trial, epochs in self.calls:
            total += epochs - reached.get(trial, 0)
            reached[trial] = epochs
        return total

    def train(self, config, epochs, state=None):
        """The score after so many epochs in total, and the state to go on from."""
        epochs = _whole_number(epochs, "the epochs that train was asked for")
        trial, before = self._run_of(config, state)
        most = self.curves.shape[1] - 1
        paid = f"trial {trial} has been trained for {before} epochs already, and {epochs}"
        expect.that(epochs > before, f"{paid} were asked for: an epoch would be paid twice")
        expect.that(epochs <= most, f"{epochs} epochs were asked for; there are {most} at most")
        over = f"{epochs - before} epochs were asked for, and {self.left} of the budget are left"
        expect.that(epochs - before <= self.left, over)
        self.left -= epochs - before
        self.calls.append((trial, epochs))
        token = f"{int(self._rng.integers(2**62)):016x}"
        self._states[token] = trial, epochs
        return float(self.curves[trial, epochs]), token

    def _run_of(self, config, state):
        """The trial that goes on, and the epochs it has."""
        if state is None:
            trial = self._started
            before = [i for i, known in enumerate(self.configs[:trial]) if _same(config, known)]
            right = trial < len(self.configs) and _same(config, self.configs[trial])
            again = f"trial {before[0]} starts again from nothing" if before else ""
            expect.that(right or not before, f"{again}: its epochs would be paid twice")
            expect.that(
                right, f"a run starts with a configuration that is not that of trial {trial}"
            )
            self._started += 1
            return trial, 0
        known = isinstance(state, str) and state in self._states
        expect.that(known, "train was given a state that was used before, or that is none of its")
        trial, before = self._states.pop(state)
        told = f"the state of trial {trial} was used for another configuration"
        expect.that(_same(config, self.configs[trial]), told)
        return trial, before


def _same(config, wanted):
    """Whether a configuration has these plain values."""
    if not isinstance(config, dict) or set(config) != set(wanted):
        return False
    return all(np.ndim(config[name]) == 0 and config[name] == wanted[name] for name in wanted)


def _whole_number(got, what):
    """A whole number, also one of numpy's."""
    value = expect.number(got, what=what)
    expect.that(value == int(value), f"{what}: {value} is not a whole number")
    return int(value)


def expect_whole(got, want, what):
    """Exactly this whole number."""
    value = _whole_number(got, what)
    expect.that(value == want, f"{what} is {value}, expected {want}")


def expect_search(search, priced, want):
    """A search trained the trials `want`, pairs (trial, epochs), and says so.

    The last item of `want` is the trial that won.
    """
    *jobs, winner = want
    made = [list(call) for call in priced.calls]
    expect.equal(made, [list(job) for job in jobs], what="the trials and epochs that were trained")
    configs, history, best = expect.items(search, 3, what="what a search returns")
    listed = expect.items(configs, len(priced.configs), what="the configurations of the search")
    expect.equal(list(listed), priced.configs, what="the configurations of the search")
    entries = expect.items(history, len(jobs), what="the history of the search")
    for number, (entry, (trial, epochs)) in enumerate(zip(entries, jobs, strict=True)):
        what = f"entry {number} of the history"
        got = expect.items(entry, 3, what=what)
        expect_whole(got[0], trial, f"the trial of {what}")
        expect_whole(got[1], epochs, f"the epochs of {what}")
        expect_score(got[2], float(priced.curves[trial, epochs]), f"the score of {what}")
    expect_whole(best, winner, "the trial that won")


def expect_score(got, want, what):
    """Exactly this score, which may be NaN or infinite."""
    if not math.isfinite(want):
        same = isinstance(got, (float, np.floating)) and str(float(got)) == str(want)
        expect.that(same, f"{what} is {got!r}, expected {want}")
    else:
        value = expect.number(got, what=what)
        expect.that(value == want, f"{what} is {value:.6g}, expected {want:.6g}")


def expect_halving(student, oracle, rng, configs, curves, ladder, eta):
    """Successive halving keeps the right trials, each trained on from its own state."""
    *levels, (winner,) = oracle.halving(curves, ladder, eta)
    want = [(trial, e) for level, e in zip(levels, ladder, strict=True) for trial in level]
    before = [0, *ladder[:-1]]
    cost = sum(len(level) * (e - b) for level, e, b in zip(levels, ladder, before, strict=True))
    priced = Priced(rng, configs, curves, cost)
    train = expect.calls(priced.train, at_most=2 * len(want) + 10)
    search = student.successive_halving(configs, train, ladder, eta)
    expect_search(search, priced, [*want, winner])
    return priced


def expect_hyperband(student, oracle, rng, data, R, eta, curves, budgets=None):
    """Hyperband runs the brackets of its table and spends the epochs of its schedule, no more."""
    table = oracle.brackets(R, eta)
    total = sum(bracket[0][0] for bracket in table)
    configs, sampled = data.configs(rng, total), []
    *levels, (winner,) = oracle.hyperband(curves[:total], R, eta)
    rungs = [epochs for bracket in table for _, epochs in bracket]
    want = [(trial, e) for level, e in zip(levels, rungs, strict=True) for trial in level]
    cost = oracle.epochs(R, eta, True)
    priced = Priced(rng, configs, curves, cost)

    def sample(n):
        """So many new configurations."""
        n = _whole_number(n, "the number of configurations that were sampled")
        first = sum(sampled)
        sampled.append(n)
        return configs[first : first + n]

    search = student.hyperband(
        expect.calls(sample, at_most=50), expect.calls(priced.train, at_most=2000), R, eta
    )
    starts = [bracket[0][0] for bracket in table]
    expect.equal(sampled, starts, what="the numbers of configurations sampled, by bracket")
    expect_search(search, priced, [*want, winner])
    if budgets is not None:
        budgets.counted("search_epochs", priced.spent, sizes={"E": cost})


def expect_configurations(got, want, what):
    """These configurations, in their order, with the names in the order of the space."""
    for number, (config, wanted) in enumerate(
        zip(expect.items(got, len(want), what=what), want, strict=True)
    ):
        named = f"configuration {number}"
        expect.that(isinstance(config, dict), f"{named} is no dict")
        expect.equal(list(config), list(wanted), what=f"the names in {named}")
        for name, value in wanted.items():
            expect_value(config[name], value, f"{name} of {named}")


def expect_value(got, want, what):
    """A float up to rounding; a whole number or a choice exactly."""
    if isinstance(want, float):
        within = rounding(terms=4, condition=10, size=max(abs(want), 1e-9), why="powers and logs")
        expect.close(got, want, within=within, what=what)
    elif isinstance(want, int):
        expect_whole(got, want, what)
    else:
        expect.equal(got, want, what=what)


def expect_untouched(answer, given, what):
    """What a function returned, whose arguments and the global generators were left alone."""
    result, after, drawn = expect.items(answer, 3, what="what a call leaves behind")
    for number, (left, before) in enumerate(
        zip(expect.items(after, len(given), what="the arguments"), given, strict=True)
    ):
        expect.equal(left, before, what=f"argument {number} of {what}, afterwards,")
    undrawn = random.Random(1).random(), np.random.RandomState(1).random_sample()
    for number, wanted in zip(expect.items(drawn, 2, what="draws"), undrawn, strict=True):
        same = expect.number(number, what="a draw") == wanted
        expect.that(same, f"{what} used a global generator, and not rng alone")
    return result


def expect_posterior(answer, want, evidence, what="the posterior"):
    """Mean, variance and log marginal likelihood, those of exact elimination."""
    mean, variance, likelihood = expect.items(answer, 3, what=what)
    within = rounding(terms=20, condition=1e4, why="the noise is 1e-4 of the prior or more")
    expect.close(mean, want[0], within=within, what=f"the mean of {what}")
    within = rounding(terms=20, condition=1e4, size=1.0, why="1 less what is explained")
    expect.close(variance, want[1], within=within, what=f"the variance of {what}")
    within = rounding(terms=20, condition=1e4, size=10.0, why="a sum of logarithms and squares")
    expect.close(likelihood, evidence, within=within, what="the log marginal likelihood")


class Recorded:
    """An acquisition or objective on the unit cube, which notes where it is asked for."""

    def __init__(self, function, d):
        self.function, self.d = function, d
        self.points, self.values = [], []

    def of_many(self, P):
        """The values at the rows of P."""
        with expect.usable("what acquisition was called with"):
            P = np.asarray(P, float)
            rows = len(P)
        expect.array(P, shape=(rows, self.d), what="the points P of acquisition(P)")
        self._require_inside(P)
        expect.that(len(self.points) + rows <= 5000, "acquisition was asked for over 5000 points")
        values = self.function(P)
        self.points += list(P)
        self.values += list(values)
        return values

    def of_one(self, x):
        """The value at one point."""
        expect.array(x, shape=(self.d,), what="the point x of objective(x)")
        self._require_inside(x)
        self.points.append(x)
        self.values.append(float(self.function(x)))
        return self.values[-1]

    def _require_inside(self, P):
        told = f"asked for a point outside [0, 1]^{self.d}"
        expect.that(np.all(P >= 0) and np.all(P <= 1), told)


def expect_run(answer, recorded, warmup, total, budgets=None):
    """A run returned all points and values, and began with these points."""
    if budgets is not None:
        budgets.counted("evaluations", len(recorded.points), sizes={"T": total})
    made = f"{len(recorded.points)} evaluations were made, expected {total}"
    expect.that(len(recorded.points) == total, made)
    X, y = expect.items(answer, 2, what="(X, y)")
    expect.equal(X, np.array(recorded.points), what="X, of all points that were evaluated,")
    expect.that(isinstance(y, np.ndarray) and y.shape == (total,), "y is not an array (n_total,)")
    for number, (got, want) in enumerate(zip(y, recorded.values, strict=True)):
        expect_score(float(got), want, f"y[{number}]")
    starts = np.array(recorded.points[: len(warmup)])
    expect.equal(starts, warmup, what="the first points, rng.random((n_warmup, d)),")
