"""Part 1 on other spaces and sizes."""

import numpy as np

from autograder.grading import check, expect, rounding
from expectations import expect_configurations, expect_value, expect_whole


@check(part="1.1", points=1, hint="handout, task 1.1", requires="R1.1a")
def check_values_of_other_ranges(student, oracle, rng):
    """Values are right for other ranges: of two whole numbers, negative, tiny, of one choice.

    Why: A formula for ranges that begin at 0 or 1 is not one for all.
    Oracle: Shares counted in exact rationals; the exponential of an interpolated logarithm.
    """
    low = float(rng.uniform(-900.0, -100.0))
    for span in (
        ("uniform", low, low + 0.5),
        ("log-uniform", 1e-12, 1e-3),
        ("log-uniform", 3.0, 4.0),
        ("integer", -2, -1),
        ("integer", 0, 59),
        ("choice", True),
        ("choice", "a", 2, 0.5),
    ):
        for u in (int(rng.integers(60)) + rng.uniform(0.1, 0.9, size=3)) / 60:
            want = oracle.value_at(span, float(u))
            got = student.value_at(span, float(u))
            if want is True:
                expect.equal(got, True, what=f"the value of {span}")
            else:
                expect_value(got, want, f"the value of {span} at {u:g}")


@check(part="1.2", points=1, hint="handout, task 1.2", requires=("R1.2a", "R1.2b", "R1.2c"))
def check_searches_of_other_sizes(student, oracle, rng, data):
    """Random configurations and grids are right for other sizes, one and none among them.

    Why: The numbers of hyperparameters, of values and of configurations are independent.
    Oracle: One value after another; a recursion over the names; the same draws.
    """
    for n, k in ((1, 1), (0, 3), (9, 4)):
        space = data.space(rng)
        U = data.inside_shares(rng, n, 4)
        got = student.configurations(space, U)
        expect_configurations(got, oracle.configurations(space, U), "the configurations")
        expect_configurations(student.grid(space, k), oracle.grid(space, k), "the grid")
        plain, seed = {"a": ("uniform", -1.0, 1.0)}, int(rng.integers(2**31))
        got = student.random_search(plain, n, np.random.default_rng(seed))
        draws = np.random.default_rng(seed).random((n, 1))
        want = oracle.configurations(plain, draws)
        expect_configurations(got, want, "the random configurations")


@check(part="1.3", points=1, hint="handout, task 1.3", requires="R1.3a")
def check_halton_of_other_sizes(student, oracle, rng):
    """Halton's points are right for other numbers and up to nine dimensions.

    Why: The next primes are 13, 17, 19 and 23.
    Oracle: Sums of digits over powers of the base, in exact rationals.
    """
    for n, d in ((1, 1), (int(rng.integers(200, 300)), 1), (int(rng.integers(20, 40)), 9)):
        points = student.halton(n, d)
        within = rounding(terms=10)
        expect.close(points, oracle.halton(n, d), within=within, what=f"{n} points in {d}-D")


@check(part="1.4", points=1, hint="handout, task 1.4", requires=("R1.4a", "R1.4b"))
def check_ledger_through_many_events(student, rng):
    """Sixty reservations and settlements, some of them refused, leave what they should.

    Why: A ledger is right after every event or not at all.
    Oracle: A list of what each ticket has reserved, and sums over it.
    """
    budget = int(rng.integers(150, 250))
    events, answers = [], [("", budget)]
    spent, open_, costs = 0, {}, []
    for _ in range(60):
        left = budget - spent - sum(open_.values())
        if rng.random() < 0.55 or not costs:
            cost = int(rng.integers(-2, 60))
            error = "ValueError" if cost < 0 else "OverBudget" if cost > left else ""
            events.append(("reserve", cost, 0))
            if not error:
                open_[len(costs)] = cost
                costs.append(cost)
        else:
            ticket = int(rng.integers(len(costs)))
            used = int(rng.integers(-1, costs[ticket] + 2))
            events.append(("settle", ticket, used))
            if ticket not in open_:
                error = "KeyError"
            elif not 0 <= used <= open_[ticket]:
                error = "ValueError"
            else:
                error = ""
                spent += used
                del open_[ticket]
        answers.append((error, budget - spent - sum(open_.values())))
    got = student.programs.ledger(budget, events)
    for number, (answer, want) in enumerate(
        zip(expect.items(got, len(answers), what="the answers"), answers, strict=True)
    ):
        error, left = expect.items(answer, 2, what="an answer")
        expect.equal(error, want[0], what=f"the error of event {number}")
        expect_whole(left, want[1], f"what is left after event {number}")
