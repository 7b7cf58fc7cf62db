"""Part 1: spaces, ways to choose from them, and the ledger of a budget."""

import numpy as np

from autograder.grading import check, expect, rounding
from expectations import expect_configurations, expect_untouched, expect_value, expect_whole

# the space of the handout's worked example
EXAMPLE = {
    "momentum": ("uniform", 0.5, 1.0),
    "step_size": ("log-uniform", 0.01, 1.0),
    "layers": ("integer", 1, 3),
    "optimiser": ("choice", "sgd", "adam"),
}


@check(part="1.1", points=1, hint="handout, the worked example of section 4", requires="R1.1a")
def check_values_of_the_worked_example(student):
    """The values of the worked example's four ranges at u = 1/4, 1/2 and 3/4 are right.

    Why: All ways to search are points of the unit cube, and this function gives them a meaning.
    Oracle: By hand: half of the way from 0.01 to 1 is 0.1, if ratios count.
    """
    by_hand = {
        "momentum": (0.625, 0.75, 0.875),
        "step_size": (0.01 * 10**0.5, 0.1, 0.1 * 10**0.5),
        "layers": (1, 2, 3),
        "optimiser": ("sgd", "adam", "adam"),
    }
    for name, wanted in by_hand.items():
        for u, want in zip((0.25, 0.5, 0.75), wanted, strict=True):
            what = f"the value of {EXAMPLE[name]} at {u:g}"
            expect_value(student.value_at(EXAMPLE[name], u), want, what)


@check(part="1.1", points=2, hint="handout, task 1.1", requires="R1.1a")
def check_values_of_random_ranges(student, oracle, rng, data):
    """Values of random ranges of each kind are those of exact shares and of logarithms.

    Why: A log-uniform step size that is drawn uniformly is almost never below a tenth of its end.
    Oracle: Shares counted in exact rationals; the exponential of an interpolated logarithm.
    """
    for span in data.space(rng).values():
        for (u,) in data.inside_shares(rng, 4, 1).tolist():
            expect_value(
                student.value_at(span, u), oracle.value_at(span, u), f"the value of {span} at {u:g}"
            )


@check(part="1.1", points=1, hint="handout, task 1.1: whole numbers", requires="R1.1a")
def check_whole_numbers_and_choices_have_equal_shares(student, rng):
    """Each whole number and each choice has the same share of [0, 1]; u = 0 and u = 1 have one.

    Why: An upper end that is never drawn, or a middle that is drawn twice as often, is a common
    slip of rounding.
    Oracle: Counted on a lattice of points in the middle of equal cells.
    """
    low, count = int(rng.integers(-3, 5)), int(rng.integers(3, 6))
    words = [f"word {i}" for i in range(count)]
    for span, values in (
        (("integer", low, low + count - 1), list(range(low, low + count))),
        (("choice", *words), words),
    ):
        lattice = [(i + 0.5) / (4 * count) for i in range(4 * count)]
        for u, want in zip(lattice, [v for v in values for _ in range(4)], strict=True):
            expect_value(student.value_at(span, u), want, f"the value of {span} at {u:g}")
        for u, want in ((0.0, values[0]), (1.0, values[-1])):
            expect_value(student.value_at(span, u), want, f"the value of {span} at {u:g}")


@check(
    part="1.1",
    points=1,
    hint="handout, task 1.1: what is rounded?",
    requires=("R1.1b", "R1.1c"),
)
def check_values_stay_within_their_range(student, rng):
    """Values at u = 0 and 1 are the ends, never beyond them, and an unknown kind raises ValueError.

    Why: exp(log(high)) may be above high by a rounding, where the objective may not be defined.
    Oracle: The ends themselves; no source is needed.
    """
    for _ in range(30):
        low = 10 ** float(rng.uniform(-7.0, 2.0))
        high = low * 10 ** float(rng.uniform(0.1, 6.0))
        for kind in ("uniform", "log-uniform"):
            for u, end in ((0.0, low), (1.0, high)):
                what = f"the value of ({kind!r}, {low!r}, {high!r}) at {u:g}"
                value = expect.number(student.value_at((kind, low, high), u), what=what)
                expect.that(low <= value <= high, f"{what} is {value!r}, outside the range")
                expect.close(value, end, within=rounding(terms=10), what=what)
    for kind in ("log_uniform", "Uniform", ""):
        error = student.programs.raised("value_at", (kind, 1.0, 2.0), 0.5)
        expect.equal(error, "ValueError", what=f"the error for a range of the kind {kind!r}")


@check(part="1.2", points=1, hint="handout, task 1.2", requires="R1.2a")
def check_configurations_are_rows_of_the_cube(student, oracle, rng, data):
    """Row i of U becomes configuration i, and column j the j-th hyperparameter.

    Why: One function serves random, quasi-random and grid search, and Bayesian optimisation.
    Oracle: One value after another, by exact shares and interpolated logarithms.
    """
    space, U = data.space(rng), data.inside_shares(rng, 5, 4)
    want = oracle.configurations(space, U)
    expect_configurations(student.configurations(space, U), want, "the configurations")


@check(
    part="1.2",
    points=1,
    hint="handout, task 1.2: which numbers are drawn?",
    requires=("R1.2b", "R0b:random_search"),
)
def check_random_search_draws_from_rng(student, oracle, rng, data):
    """Random configurations are those at rng.random((n, d)), and no other generator is used.

    Why: Who cannot repeat a search cannot compare it with another one.
    Oracle: The same draws by a second generator of the same seed; what the global generators draw
    next, as if nothing had been drawn.
    """
    space = {
        name: span for name, span in data.space(rng).items() if span[0].endswith("uniform")
    } | {"batch": ("uniform", 1.0, 9.0)}
    seed = int(rng.integers(2**31))
    answer = student.programs.effects("random_search", space, 6, {"seed": seed})
    got = expect_untouched(answer, [space, 6], "random_search")
    U = np.random.default_rng(seed).random((6, len(space)))
    expect_configurations(got, oracle.configurations(space, U), "the random configurations")


@check(part="1.2", points=1, hint="handout, task 1.2: the values of a grid", requires="R1.2c")
def check_grid_of_the_worked_example(student):
    """A grid with two values of each range of the worked example has 16 configurations.

    Why: The last name varies fastest, and no value stands at the end of its range.
    Oracle: By hand: a quarter and three quarters of the way; layers 1 and 3.
    """
    moments, layers, names = (0.625, 0.875), (1, 3), ("sgd", "adam")
    steps = (0.01 * 10**0.5, 0.1 * 10**0.5)
    want = [
        {"momentum": m, "step_size": s, "layers": k, "optimiser": o}
        for m in moments
        for s in steps
        for k in layers
        for o in names
    ]
    expect_configurations(student.grid(EXAMPLE, 2), want, "the grid")


@check(
    part="1.2",
    points=1,
    needs="check_grid_of_the_worked_example",
    hint="handout, task 1.2: the values of a grid",
    requires=("R1.2c", "R0a:grid"),
)
def check_grid_lists_nothing_twice(student, oracle, rng, data):
    """A grid of five values has each whole number and choice once, and leaves the space alone.

    Why: What is listed twice is trained twice, and paid twice.
    Oracle: A recursion over the names, with exact shares; the space as the caller sees it.
    """
    space = data.space(rng)
    answer = student.programs.effects("grid", space, 5)
    got = expect_untouched(answer, [space, 5], "grid")
    expect_configurations(got, oracle.grid(space, 5), "the grid")


@check(part="1.3", points=1, hint="handout, task 1.3", requires="R1.3a")
def check_first_points_of_halton(student):
    """The first four points in two dimensions are (1/2, 1/3), (1/4, 2/3), (3/4, 1/9), (1/8, 4/9).

    Why: Point 0 would be the corner (0, 0): every search would begin there.
    Oracle: Written down by hand, digits mirrored at the point.
    """
    want = np.array([[1 / 2, 1 / 3], [1 / 4, 2 / 3], [3 / 4, 1 / 9], [1 / 8, 4 / 9]])
    expect.close(student.halton(4, 2), want, within=rounding(terms=4), what="the points 1 to 4")


@check(
    part="1.3",
    points=2,
    hint="handout, task 1.3: bases and digits",
    requires="R1.3a",
)
def check_halton_is_mirrored_digits(student, oracle, rng):
    """Some sixty points in five dimensions are the mirrored digits in bases 2, 3, 5, 7 and 11.

    Why: Bases that share a factor give points on a few lines.
    Oracle: Sums of digits over powers of the base, in exact rationals.
    """
    n = int(rng.integers(55, 66))
    points = student.halton(n, 5)
    expect.close(points, oracle.halton(n, 5), within=rounding(terms=8), what="the points")


LEDGER = (  # event, and what is left after it, from a budget of 100
    (("reserve", 81, 0), "", 19),
    (("reserve", 20, 0), "OverBudget", 19),
    (("reserve", 9, 0), "", 10),
    (("settle", 0, 31), "", 60),
    (("reserve", 60, 0), "", 0),
    (("settle", 1, 9), "", 0),
)


@check(part="1.4", points=2, hint="handout, the worked example of a ledger", requires="R1.4a")
def check_ledger_of_the_worked_example(student):
    """A ledger of 100 epochs has 60 left after three reservations, two of them settled, and then 0.

    Why: Who reserves the longest run and gives back what it did not use never spends too much.
    Oracle: By hand; the table of the handout.
    """
    _expect_ledger(student, 100, LEDGER)


def _expect_ledger(student, budget, script):
    """What each event answers and leaves."""
    events = [event for event, _, _ in script]
    answers = student.programs.ledger(budget, events)
    expected = [("", budget), *((error, left) for _, error, left in script)]
    names = ["the start", *(f"{e[0]} {e[1:]}" for e in events)]
    for answer, want, name in zip(
        expect.items(answers, len(expected), what="the answers"), expected, names, strict=True
    ):
        error, left = expect.items(answer, 2, what="an answer")
        expect.equal(error, want[0], what=f"the error of {name}")
        expect_whole(left, want[1], f"what is left after {name}")


@check(
    part="1.4",
    points=1,
    needs="check_ledger_of_the_worked_example",
    hint="handout, task 1.4",
    requires="R1.4b",
)
def check_ledger_refuses_and_stays_as_it_is(student, rng):
    """A refused reservation or settlement raises the right error and changes nothing.

    Why: A ledger that is changed by what it refuses is wrong from then on.
    Oracle: By hand: what is left before a refusal is left after it.
    """
    budget, cost = int(rng.integers(50, 90)), int(rng.integers(10, 40))
    left, used = budget - cost, int(rng.integers(1, 9))
    script = (
        (("reserve", budget + 1, 0), "OverBudget", budget),
        (("reserve", -3, 0), "ValueError", budget),
        (("reserve", cost, 0), "", left),
        (("settle", 0, cost + 1), "ValueError", left),
        (("settle", 0, -1), "ValueError", left),
        (("reserve", left + 1, 0), "OverBudget", left),
        (("settle", 0, used), "", budget - used),
        (("settle", 0, used), "KeyError", budget - used),
        (("reserve", budget - used, 0), "", 0),
        (("reserve", 0, 0), "", 0),
        (("reserve", 1, 0), "OverBudget", 0),
    )
    _expect_ledger(student, budget, script)


@check(
    part="1.4",
    points=2,
    needs="check_ledger_of_the_worked_example",
    hint="handout, task 1.4: tickets",
    requires="R1.4a",
)
def check_ledger_knows_its_tickets(student, rng):
    """Four reservations, two of the same cost, are settled in another order, each for itself.

    Why: Runs end in another order than they started, and two of the same price are two runs.
    Oracle: Sums by hand: the budget less what was used.
    """
    a, b, c = (int(x) for x in rng.choice(np.arange(5, 30), size=3, replace=False))
    budget = a + 2 * b + c + int(rng.integers(1, 9))
    left = budget - a - 2 * b - c
    script = (
        (("reserve", a, 0), "", budget - a),
        (("reserve", b, 0), "", budget - a - b),
        (("reserve", b, 0), "", budget - a - 2 * b),
        (("reserve", c, 0), "", left),
        (("settle", 3, c), "", left),
        (("settle", 1, 2), "", left + b - 2),
        (("settle", 2, b), "", left + b - 2),
        (("settle", 0, 0), "", left + b - 2 + a),
        (("settle", 1, 0), "KeyError", left + b - 2 + a),
    )
    _expect_ledger(student, budget, script)
