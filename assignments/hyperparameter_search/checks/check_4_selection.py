"""Part 4: what was found, and how sure it is."""

import math

import numpy as np

from autograder.grading import check, expect, rounding
from expectations import expect_score, expect_untouched, expect_whole


class Scored:
    """A validation set and a test set that note what they are asked for; the test set is poisoned.

    It ends the check when it is looked at before all configurations are validated, or twice.
    """

    def __init__(self, configs, scores, tested):
        self.configs, self.scores, self.tested = configs, scores, tested
        self.validated, self.looked = [], []

    def validate(self, config):
        """The validation score of the configuration whose turn it is."""
        number = len(self.validated)
        told = "a configuration is validated after the test set was looked at"
        expect.that(not self.looked, told)
        expect.that(number < len(self.configs), "a configuration is validated twice")
        expect.equal(config, self.configs[number], what=f"the configuration validated as {number}")
        self.validated.append(config)
        return self.scores[number]

    def test(self, config):
        """The test score of a configuration, once."""
        left = len(self.configs) - len(self.validated)
        told = f"the test set was looked at while {left} configurations were not validated yet"
        expect.that(not left, told)
        expect.that(not self.looked, "the test set was looked at twice")
        self.looked.append(config)
        expect.that(config in self.configs, "the test set was asked for an unknown configuration")
        return self.tested[self.configs.index(config)]


def _expect_choice(student, configs, scores, tested, best):
    """The choice is this one, and the test set was looked at once, for it."""
    scored = Scored(configs, scores, tested)
    validate = expect.calls(scored.validate, at_most=100)
    test = expect.calls(scored.test, at_most=100)
    answer = student.honest_choice(configs, validate, test)
    expect.equal(len(scored.validated), len(configs), what="the configurations validated")
    expect.equal(scored.looked, [configs[best]], what="the configurations tested")
    trial, validation, on_test = expect.items(answer, 3, what="the choice")
    expect_whole(trial, best, "the trial that was chosen")
    expect_score(validation, scores[best], "its validation score")
    expect_score(on_test, tested[best], "its test score")


def _trials(rng, n):
    configs = [{"step_size": float(x)} for x in rng.permutation(np.arange(1, n + 1) / 100)]
    return configs, [float(x) for x in rng.uniform(0.2, 0.9, size=n)]


@check(
    part="4.1",
    points=1,
    hint="handout, task 4.1",
    requires=("R4.1a", "R4.1b", "R0a:honest_choice"),
)
def check_choice_is_made_on_validation(student, rng):
    """The configuration with the lowest validation score is chosen, where another tests better.

    Why: Who chooses by the test score has no test set left, and reports the luck of the best.
    Oracle: Scores placed on purpose: the trial that tests best validates worst.
    """
    configs, scores = _trials(rng, 7)
    tested = [1.0 - score for score in scores]
    _expect_choice(student, configs, scores, tested, scores.index(min(scores)))


@check(
    part="4.1",
    points=1,
    needs="check_choice_is_made_on_validation",
    hint="handout, task 4.1: NaN and ties",
    requires="R4.1a",
)
def check_choice_is_never_a_diverged_run(student, rng):
    """NaN at the first or at any place is not chosen, and of two equal scores the first is.

    Why: min() of a list that begins with NaN is NaN.
    Oracle: Scores placed on purpose.
    """
    for case in range(3):
        configs, scores = _trials(rng, 6)
        best = scores.index(min(scores))
        if case == 0:
            scores[0 if best else 1] = math.nan
            scores[5 if best != 5 else 4] = math.nan
        elif case == 1:
            first, second = sorted(int(i) for i in rng.choice(6, size=2, replace=False))
            scores[first] = scores[second] = 0.1
            best = first
        else:
            scores[:5], best = [math.nan] * 5, 5
        tested = [float(x) for x in rng.uniform(0.2, 0.9, size=6)]
        _expect_choice(student, configs, scores, tested, best)


@check(part="4.2", points=1, hint="handout, the worked example of a tuning curve", requires="R4.2a")
def check_tuning_curve_of_four_scores(student):
    """Of the scores 4, 1, 3, 2 one is 2.5 in the mean, the best of two 5/3, of three 5/4.

    Why: One order of the trials gives one path; the mean over all subsets depends on no order.
    Oracle: By hand: of six pairs three have the lowest 1, two 2, and one 3.
    """
    curve = student.tuning_curve(np.array([4.0, 1.0, 3.0, 2.0]), [1, 2, 3, 4])
    want = np.array([2.5, 5 / 3, 1.25, 1.0])
    expect.close(curve, want, within=rounding(terms=4), what="the tuning curve")


@check(
    part="4.2",
    points=1,
    hint="handout, task 4.2: with or without replacement?",
    requires=("R4.2a", "R4.2b", "R0a:tuning_curve"),
)
def check_tuning_curve_is_the_mean_over_subsets(student, oracle, rng, data):
    """The tuning curve of nine scores is the mean over all subsets, for each k; k = 10 raises.

    Why: With replacement the best of k counts some trials twice, and promises too little.
    Oracle: All subsets of nine, listed; for 400 scores they are counted exactly.
    """
    for n, ks in ((9, [1, 2, 5, 8, 9]), (400, [3, 40, 399])):
        scores = data.read_only(np.round(rng.normal(2.0, 1.0, size=n), 2))
        want = oracle.tuning_curve(scores, ks)
        within = rounding(terms=n, size=1.0, why="scores of size 1")
        what = f"the tuning curve of {n} scores"
        expect.close(student.tuning_curve(scores, ks), want, within=within, what=what)
    for k in (0, 10):
        error = student.programs.raised("tuning_curve", np.arange(9.0), [k])
        expect.equal(error, "ValueError", what=f"the error for the best of {k} of 9 scores")


@check(
    part="4.2",
    points=1,
    needs="check_tuning_curve_of_four_scores",
    hint="handout, task 4.2: its price",
    requires="R4.2c",
)
def check_tuning_curve_lists_no_subsets(student, rng, budgets):
    """The work for one k grows no faster than the number of scores, but for the sort.

    Why: Of 160 scores there are 669 920 subsets of three, and of 1000 already 166 million.
    Oracle: Interpreter steps at four numbers of scores; the best of three of 1, ..., n in closed
    form, (n + 1) / 4.
    """

    def inputs(n, rng):
        return rng.permutation(np.arange(1.0, n + 1)), 3

    def verify(arguments, value, want):
        n = len(arguments[0])
        within = rounding(terms=n)
        expect.close(value, np.array([(n + 1) / 4]), within=within, what="the best of three")

    budgets.growth(
        "curve_growth",
        student.programs.curve_of,
        inputs=inputs,
        sizes=(20, 40, 80, 160),
        verify=verify,
    )


@check(part="4.3", points=1, hint="handout, the worked example of a band", requires="R4.3a")
def check_band_of_two_scores(student):
    """For the scores 1/4 and 3/4 in [0, 1] and eps = 1/4 the band for k = 1 and 2 is known by hand.

    Why: The band of the distribution holds at all points at once, so that of the curve does for
    all k.
    Oracle: By hand: above the three pieces 3/4, 1/4 and 0 of a new trial lie below, or 1, 3/4, 1/4.
    """
    alpha = 2 * math.exp(-0.25)  # so that eps = 1/4
    answer = student.tuning_band(np.array([0.75, 0.25]), [1, 2], alpha, 0.0, 1.0)
    lower, upper = expect.items(answer, 2, what="(lower, upper)")
    within = rounding(terms=4, condition=4, why="a root and a logarithm")
    expect.close(lower, np.array([0.3125, 0.171875]), within=within, what="the lower bound")
    expect.close(upper, np.array([0.6875, 0.546875]), within=within, what="the upper bound")


@check(
    part="4.3",
    points=2,
    hint="handout, task 4.3",
    requires=("R4.3a", "R0a:tuning_band"),
)
def check_band_of_random_scores(student, oracle, rng, data):
    """The band of 5 and of 60 scores in a range of its own is that of the bounded distributions.

    Why: eps belongs to all points of the distribution at once; a band for one point is too narrow.
    Oracle: The mean of a discrete number that takes the values low, scores, high: no integral.
    """
    for n in (5, 60):
        low, high = float(rng.uniform(-2.0, 0.0)), float(rng.uniform(3.0, 5.0))
        scores = data.read_only(rng.uniform(low, high, size=n))
        alpha, ks = float(rng.uniform(0.02, 0.3)), [1, 2, 7, 30]
        wanted = oracle.tuning_band(scores, ks, alpha, low, high)
        answer = student.programs.effects("tuning_band", scores, ks, alpha, low, high)
        pair = expect_untouched(answer, [scores, ks, alpha, low, high], "tuning_band")
        for got, want, name in zip(
            expect.items(pair, 2, what="(lower, upper)"), wanted, ("lower", "upper"), strict=True
        ):
            within = rounding(terms=n, condition=4, size=8.0, why="powers up to 30")
            expect.close(got, want, within=within, what=f"the {name} bound of {n} scores")


SPACE = {
    "momentum": ("uniform", 0.0, 1.0),
    "step_size": ("log-uniform", 1e-4, 1.0),
    "layers": ("integer", 1, 5),
    "optimiser": ("choice", "sgd", "adam"),
}


@check(part="4.4", points=2, hint="handout, task 4.4", requires="R4.4a")
def check_values_at_the_border_are_named(student, rng):
    """Values within 5 % of an end are named, on the scale of their range; a choice has no ends.

    Why: A best value at the border says that the space was too small.
    Oracle: Places in the range by construction, on either side of 5 % and of 20 %.
    """
    near, far = float(rng.uniform(0.005, 0.045)), float(rng.uniform(0.06, 0.18))
    for momentum, log_step, layers, within, want in (
        (near, far, 1, None, ["momentum", "layers"]),
        (1 - far, 1 - near, 5, None, ["step_size", "layers"]),
        (0.5, far, 3, 0.2, ["step_size"]),
        (1 - far, 0.5, 2, 0.2, ["momentum"]),
        (0.5, 0.5, 4, None, []),
        (near, near, 5, 0.001, ["layers"]),
    ):
        config = {
            "momentum": momentum,
            "step_size": 1e-4 * 1e4**log_step,
            "layers": layers,
            "optimiser": str(rng.choice(["sgd", "adam"])),
        }
        arguments = (config, SPACE) if within is None else (config, SPACE, within)
        names = student.at_border(*arguments)
        expect.equal(names, want, what=f"the names at the border for {config}, within {within}")
