"""Part 4 on other inputs: other lengths, dtypes, sizes, and errors."""

import numpy as np

from autograder.grading import check, expect, rounding
from expectations import expect_averages, expect_clipped

KINDS = ("constant", "inverse_sqrt", "linear", "cosine")


@check(part="4.1", points=1, hint="handout, task 4.1", requires=("R4.1a", "R4.1b", "R4.1c"))
def check_schedules_of_other_lengths(student, oracle):
    """Schedules are right for other lengths and warm-ups, and an unknown kind is an error.

    Why: Divisions by zero show without a warm-up, and with nothing but a warm-up.
    Oracle: Exact fractions, and the cosine by the square of its half angle.
    """
    for T, warmup in ((10, 0), (7, 1), (5, 5), (40, 13), (1, 0)):
        for kind in KINDS:
            for t in range(T):
                factor = student.lr_schedule(kind, t, T, warmup)
                want = oracle.schedule(kind, t, T, warmup)
                within = rounding(terms=4, size=1.0, why="1 + cos cancels")
                what = f"the factor {kind!r}, t = {t}, T = {T}, warmup = {warmup}"
                expect.close(factor, want, within=within, what=what)
    expect.close(
        student.lr_schedule("linear", 3, 4),
        0.25,
        within=rounding(terms=2),
        what="the factor without a warm-up",
    )
    for t in (0, 6):
        error = student.programs.raised("lr_schedule", "exponential", t, 10, 4)
        expect.equal(error, "ValueError", what=f"the error for an unknown kind, t = {t}")


@check(part="4.2", points=1, hint="handout, task 4.2", requires=("R4.2a", "R4.2c"))
def check_clipping_of_other_gradients(student, oracle, rng, data):
    """Clipping is right for many arrays and for float32, also for entries of 1e30.

    Why: The square of 1e30 is infinite in float32, and what follows is NaN.
    Oracle: hypot of all entries as Python floats, which scales before it squares.
    """
    shapes = ((3, 2), (5,), (1, 1, 4))
    for dtype, scale in (("float64", 1.0), ("float32", 1.0), ("float32", 1e30)):
        grads = [(scale * g).astype(dtype) for g in data.random_arrays(rng, shapes)]
        norm = oracle.global_norm(grads)
        expect_clipped(student.programs.clipped(grads, norm / 3), norm, grads, 1 / 3, dtype)


@check(part="4.3", points=1, hint="handout, task 4.3", requires=("R4.3a", "R4.3b"))
def check_average_of_other_iterates(student, oracle, rng, data):
    """The average is right for other shapes and starts, also one that is never reached.

    Why: In practice the average begins late, because early iterates are far from the minimum.
    Oracle: The mean from exactly rounded sums of all iterates that count.
    """
    for shape, count, start in (((4,), 6, 1), ((1, 2, 3), 5, 5), ((3, 1), 4, 9), ((2,), 1, 0)):
        (w0,) = data.random_arrays(rng, [shape])
        iterates = data.random_arrays(rng, count * [shape])
        expect_averages(student, oracle, w0, iterates, start)
    many = student.programs.average_of_many(np.zeros(3), 1000)
    within = rounding(terms=1000, why="a mean of 1000")
    expect.close(many, np.full(3, 500.5), within=within, what="the average of 1, 2, ..., 1000")
