"""Part 2 on other sizes, schedules and curves."""

import numpy as np

from autograder.grading import check, expect
from expectations import expect_halving, expect_hyperband, expect_whole


@check(part="2.1", points=2, hint="handout, task 2.1", requires=("R2.1a", "R2.1c"))
def check_brackets_of_other_schedules(student, oracle):
    """Brackets are exact for other R and eta, and rungs from other starts.

    Why: The formula has two roundings; some schedules show only one of them.
    Oracle: Exact rationals.
    """
    for R, eta in ((59049, 3), (59049, 9), (4, 2), (1024, 2), (7, 7), (216, 6)):
        table = student.brackets(R, eta)
        wanted = oracle.brackets(R, eta)
        got = expect.items(table, len(wanted), what=f"brackets({R}, {eta})")
        for s, (bracket, want) in enumerate(zip(got, wanted, strict=True)):
            for pair, numbers in zip(
                expect.items(bracket, len(want), what=f"bracket {s}"), want, strict=True
            ):
                for number, wanted_number in zip(
                    expect.items(pair, 2, what="a pair"), numbers, strict=True
                ):
                    expect_whole(number, wanted_number, f"a number of bracket {s}")
    for R, eta, r in ((7 * 3**9, 3, 7), (12, 2, 3), (11, 5, 11)):
        ladder = student.rungs(R, eta, r)
        want = [r * eta**k for k in range(30) if r * eta**k <= R]
        for number, wanted_number in zip(
            expect.items(ladder, len(want), what="the rungs"), want, strict=True
        ):
            expect_whole(number, wanted_number, "a rung")


@check(
    part="2.2",
    points=2,
    hint="handout, task 2.2",
    requires=(
        "R2.2a",
        "R2.2b",
        "R2.2c",
        "R2a:successive_halving",
        "R2b:successive_halving",
    ),
)
def check_halving_of_other_sizes(student, oracle, rng, data):
    """Halving is right for one trial, for rungs that are no powers, with runs that diverge late.

    Why: Numbers of trials, rungs and eta are independent of each other.
    Oracle: The grader's ledger; the trials that are left, counted in pairs.
    """
    for n, eta, ladder in (
        (1, 3, [2, 5]),
        (5, 4, [1, 2, 3, 7]),
        (int(rng.integers(30, 50)), 2, [3, 4, 10]),
        (int(rng.integers(10, 20)), 5, [6]),
    ):
        configs = data.configs(rng, n)
        curves = np.array(data.curves(rng, n, ladder[-1]))
        late = rng.random(n) < 0.3
        curves[late, ladder[-1] // 2 :] = np.nan
        curves = np.round(curves, 1)
        expect_halving(student, oracle, rng, configs, curves, ladder, eta)


@check(
    part="2.3",
    points=2,
    hint="handout, task 2.3",
    requires=("R2.3a", "R2.3b", "R2.3c", "R2.3d", "R2a:hyperband", "R2b:hyperband"),
)
def check_hyperband_of_other_schedules(student, oracle, rng, data, budgets):
    """Hyperband is right for other schedules, with runs that diverge and ties.

    Why: The trial numbers run on through the brackets, however many trials each has.
    Oracle: The grader's ledger; the trials that are left in each bracket, counted in pairs.
    """
    for R, eta, n in ((8, 2, 60), (25, 5, 60), (1, 3, 5), (81, 3, 150)):
        curves = np.array(data.curves(rng, n, R))
        curves[rng.random(n) < 0.2, R // 3 + 1 :] = np.nan
        curves = np.round(curves, 2)
        expect_hyperband(student, oracle, rng, data, R, eta, curves, budgets)


@check(part="2.4", points=2, hint="handout, task 2.4", requires=("R2.4a", "R2.4b"))
def check_promotions_of_other_sizes(student, oracle, rng, data):
    """Promotions are right for other rungs, for worst-first curves, ties and equal speeds.

    Why: When trials get better one after another, every promotion is one that is regretted later.
    Oracle: A replay in which betters are counted in pairs.
    """
    for eta, ladder, worst_first in ((3, [1, 3, 9], True), (4, [2, 8], False), (2, [5], False)):
        curves = np.array(data.curves(rng, 70, ladder[-1]))
        if worst_first:
            curves -= np.arange(70)[:, None]
        else:
            curves = np.round(curves, 1)
        events = [int(e) for e in rng.integers(0, 4, size=60)]
        jobs = student.programs.promotions(ladder, eta, curves, events)
        wanted = oracle.asha_jobs(curves, ladder, eta, events)
        for number, (job, want) in enumerate(
            zip(expect.items(jobs, len(wanted), what="the jobs"), wanted, strict=True)
        ):
            for got, whole in zip(expect.items(job, 2, what="a job"), want, strict=True):
                expect_whole(got, whole, f"a number of job {number}")
