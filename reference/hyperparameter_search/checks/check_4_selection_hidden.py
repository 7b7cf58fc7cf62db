"""Part 4 on other scores and spaces."""

import math

import numpy as np

from autograder.grading import check, expect, rounding
from expectations import expect_score, expect_whole


@check(part="4.1", points=1, hint="handout, task 4.1", requires=("R4.1a", "R4.1b"))
def check_choice_among_other_trials(student, rng):
    """The choice is right for one trial, for equal configurations, where all diverged.

    Why: A trial is known by its number.
    Oracle: Scores placed on purpose; calls recorded in their order.
    """
    for scores, best in (
        ([0.5], 0),
        ([math.inf, 0.5, 0.25, 0.25], 2),
        ([math.nan, math.inf], 1),
        ([math.nan, math.nan], 0),
        ([-1.0, -3.0, -2.0], 1),
    ):
        configs = [{"a": 1.0} for _ in scores]
        calls, tested = [], float(rng.uniform(0.1, 0.9))

        def validate(config, calls=calls, scores=scores):
            expect.equal(config, {"a": 1.0}, what="the configuration that is validated")
            calls.append("validate")
            told = "a configuration is validated twice"
            expect.that(calls.count("validate") <= len(scores), told)
            return scores[calls.count("validate") - 1]

        def test(config, calls=calls, tested=tested):
            expect.equal(config, {"a": 1.0}, what="the configuration that is tested")
            calls.append("test")
            return tested

        answer = student.honest_choice(configs, validate, test)
        want = ["validate"] * len(scores) + ["test"]
        expect.equal(calls, want, what="the order of the calls")
        trial, validation, on_test = expect.items(answer, 3, what="the choice")
        expect_whole(trial, best, "the trial that was chosen")
        expect_score(validation, scores[best], "its validation score")
        expect_score(on_test, tested, "its test score")


@check(part="4.2", points=1, hint="handout, task 4.2", requires="R4.2a")
def check_tuning_curve_of_many_scores(student, oracle, rng):
    """The tuning curve is right for 3000 scores, equal ones among them, and for one.

    Why: Numbers of subsets are beyond floats there; shares of subsets are not.
    Oracle: Subsets counted exactly, as whole numbers.
    """
    for n, ks in ((1, [1]), (7, [7, 3, 1]), (3000, [1500, 10])):
        scores = np.round(rng.standard_normal(n), 1)
        want = oracle.tuning_curve(scores, ks)
        within = rounding(terms=n, size=1.0, why="scores of size 1")
        what = f"the tuning curve of {n} scores"
        expect.close(student.tuning_curve(scores, ks), want, within=within, what=what)


@check(part="4.3", points=1, hint="handout, task 4.3", requires="R4.3a")
def check_band_of_other_scores(student, oracle, rng):
    """The band is right for one score, for 500, for scores at the ends, and for any k.

    Why: With few scores eps is above 1, and the band is all of [low, high].
    Oracle: The mean of a discrete number that takes the values low, scores, high.
    """
    for n, alpha in ((1, 0.05), (12, 1e-4), (500, 0.5)):
        scores = rng.uniform(-1.0, 1.0, size=n)
        scores[0] = -1.0
        scores[-1] = 1.0
        ks = [1, 1000, 4]
        answer = student.tuning_band(scores, ks, alpha, -1.0, 1.0)
        wanted = oracle.tuning_band(scores, ks, alpha, -1.0, 1.0)
        for got, want in zip(expect.items(answer, 2, what="(lower, upper)"), wanted, strict=True):
            within = rounding(terms=n, condition=100, size=2.0, why="powers up to 1000")
            expect.close(got, want, within=within, what=f"a bound of {n} scores")


@check(part="4.4", points=1, hint="handout, task 4.4", requires="R4.4a")
def check_border_of_other_spaces(student, rng):
    """Names are right for other spaces, in the order of the space and not of the configuration.

    Why: The place in a range that begins at 100 is not the value.
    Oracle: Places in the range by construction.
    """
    space = {
        "width": ("integer", 100, 200),
        "kind": ("choice", 1, 2),
        "decay": ("log-uniform", 1e-8, 1e-2),
        "rate": ("uniform", -6.0, 4.0),
    }
    near, far = float(rng.uniform(0.01, 0.09)), float(rng.uniform(0.12, 0.4))
    for width, decay, rate, want in (
        (105, far, near, ["width", "rate"]),
        (150, 1 - near, 1 - far, ["decay"]),
        (195, near, 0.5, ["width", "decay"]),
        (115, 0.5, 1 - near, ["rate"]),
        (185, 1 - far, far, []),
    ):
        config = {
            "rate": -6.0 + 10.0 * rate,
            "decay": 1e-8 * 1e6**decay,
            "kind": 1,
            "width": width,
        }
        names = student.at_border(config, space, 0.1)
        expect.equal(names, want, what=f"the names at the border for {config}")
