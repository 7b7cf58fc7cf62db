"""Part 6: the data of the lab, as far as they can be judged without having been there."""

import itertools
import math

from autograder.grading import check, expect, rounding

METHODS = ("random", "grid", "bayesian", "hyperband")
BUDGET = 357  # epochs of Hyperband with R = 27 and eta = 3, by hand
CASES = {
    "coverage": [{"method": name} for name in ("grid", "random", "halton")],
    "luck": [{"n": n} for n in (5, 10, 20, 40, 59, 80)],
    "races": [
        {"family": family, "method": method}
        for family in ("in order", "cross early", "cross late")
        for method in ("random", "halving", "hyperband")
    ],
    "curse": [{"n": n} for n in (1, 5, 20, 100)],
    "searches": [{"method": name, "seed": seed} for name in METHODS for seed in range(5)],
    "spread": [{"repeated": name} for name in ("the search", "the training")],
    "optimisers": [{"optimiser": f"{name} momentum"} for name in ("without", "with")],
    "borders": [{"space": name} for name in ("narrow", "wide")],
}
LOWEST = {1: 0.0, 5: -1.16296, 20: -1.86748, 100: -2.50759}  # mean of the lowest of n normals


@check(part="6.1", points=1, hint="handout, section 7", requires="R7.3")
def check_lab_measured_every_case(measurements):
    """measurements.json holds every case of experiments A to H, at full size.

    Why: A comparison without one of its cases may lead to the opposite conclusion.
    Oracle: The list of cases in section 7 of the handout.
    """
    measurements.complete(CASES)


@check(part="6.1", points=1, hint="handout, section 7", requires="R7.4")
def check_lab_tells_machine_and_units(measurements):
    """The lab's data tell the machine and the unit of every number.

    Why: A number without its unit and its machine cannot be compared with another.
    Oracle: The form alone: the handout lists the facts that the file must have.
    """
    measurements.described()


@check(part="6.1", points=1, hint="handout, section 7: experiments A, B and D", requires="R7.5")
def check_lab_agrees_with_what_can_be_computed(measurements):
    """Distances of the grid, the luck of random trials and the winner's curse are as computed.

    Why: Results that are known in advance show that the measurement is right.
    Oracle: Means of a uniform number in a cell, 1 - 0.95^n, the mean of the lowest of n normal
    numbers. Six standard errors of as many repeats are allowed: less than 1e-7 of right files fail.
    """
    grid = _mean(measurements.row("coverage", method="grid"), "squared_distance")
    why = "six standard errors of 400 repeats"
    what = "the mean squared distance of the grid"
    expect.close(grid, 1 / 192, rtol=0.0, atol=1.4e-3, why=why, what=what)
    loss = _mean(measurements.row("coverage", method="random"), "squared_distance")
    expect.that(loss < grid, f"random points are as far as the grid: {loss:.2g} and {grid:.2g}")
    for n in (5, 10, 20, 40, 59, 80):
        row, chance = measurements.row("luck", n=n), 1 - 0.95**n
        what = f"the luck of {n} trials"
        expect.close(row.number("predicted"), chance, within=rounding(terms=n), what=what)
        six = 6 * math.sqrt(chance * (1 - chance) / 2000)
        why = "six standard errors of 2000 repeats"
        expect.close(row.number("found"), chance, rtol=0.0, atol=six, why=why, what=what)
    for n, lowest in LOWEST.items():
        row = measurements.row("curse", n=n)
        for column, share in (("reported", math.sqrt(0.5)), ("true", math.sqrt(0.5) / 2)):
            what = f"what the best of {n} has {column} in the mean"
            why = "six standard errors of 2000 repeats"
            mean = _mean(row, column)
            expect.close(mean, share * lowest, rtol=0.0, atol=0.1, why=why, what=what)


@check(part="6.1", points=1, hint="handout, section 7: experiments C, E and G", requires="R7.5")
def check_lab_shows_what_must_hold(measurements):
    """Searches keep to their budget, a best so far never rises, and a curve is in its band.

    Why: What cannot happen points to a mistake.
    Oracle: The epochs of the schedule by hand; the mean and the pairs of the scores in the file.
    """
    for case in CASES["races"]:
        row = measurements.row("races", **case)
        _expect_epochs(row, row.number("epochs"), exactly=case["method"] == "hyperband")
        predicted = row.number("predicted_epochs")
        expect.that(predicted == BUDGET, f"{row.name}: {predicted:g} epochs are predicted")
    for case in CASES["searches"]:
        row = measurements.row("searches", **case)
        _expect_epochs(row, row.numbers("epochs")[-1], exactly=case["method"] == "hyperband")
        for column, sign in (("best", -1), ("epochs", 1), ("elapsed", 1)):
            values = row.numbers(column)
            turned = any(sign * (b - a) < 0 for a, b in itertools.pairwise(values))
            way = "falls" if sign > 0 else "rises"
            expect.that(not turned, f"{row.name}: {column} {way}")
    for case in CASES["optimisers"]:
        _expect_curve(measurements.row("optimisers", **case))


def _expect_epochs(row, spent, exactly):
    """Hyperband spends its budget, the others no more."""
    kept = spent == BUDGET if exactly else spent <= BUDGET
    expect.that(kept, f"{row.name}: {spent:g} epochs were trained of a budget of {BUDGET}")


def _expect_curve(row):
    """The first two of the curve are those of its scores, and all are within the band."""
    scores, curve = row.numbers("scores"), row.numbers("curve")
    lower, upper = row.numbers("lower"), row.numbers("upper")
    same = len(curve) == len(lower) == len(upper) >= 2 and len(scores) >= 2
    expect.that(same, f"{row.name}: curve, lower and upper are not of one length")
    pairs = [min(pair) for pair in itertools.combinations(scores, 2)]
    for k, values in ((1, scores), (2, pairs)):
        want = math.fsum(values) / len(values)
        what = f"{row.name}: the expected best of {k}"
        within = rounding(terms=len(values), size=1.0, why="errors of at most 1")
        expect.close(curve[k - 1], want, within=within, what=what)
    inside = all(a <= c <= b for a, c, b in zip(lower, curve, upper, strict=True))
    expect.that(inside, f"{row.name}: the curve leaves its band")


def _mean(row, column):
    """Of a list of numbers."""
    values = row.numbers(column)
    expect.that(values, f"{row.name}: {column} is empty")
    return math.fsum(values) / len(values)
