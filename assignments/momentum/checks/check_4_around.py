"""Part 4: schedules, clipping and averaging."""

import numpy as np

from autograder.grading import check, expect, rounding
from expectations import expect_averages, expect_clipped


@check(part="4.1", points=1, hint="handout, task 4.1", requires=("R4.1a", "R4.1b"))
def check_schedules_of_eight_steps(student):
    """The four schedules of eight steps, three of them warm-up, are those of the handout.

    Why: The first step must move, and the one after the warm-up must be a full one: schedules are
    where steps are counted wrongly.
    Oracle: The handout's table, computed by hand; cos(pi k / 5) from the golden ratio.
    """
    golden = (1 + 5**0.5) / 2
    cosines = [1.0, golden / 2, 1 / golden / 2, -1 / golden / 2, -golden / 2]
    after = {
        "constant": [1.0, 1.0, 1.0, 1.0, 1.0],
        "inverse_sqrt": [1.0, 0.5**0.5, 3**-0.5, 0.5, 5**-0.5],
        "linear": [1.0, 0.8, 0.6, 0.4, 0.2],
        "cosine": [(1 + cosine) / 2 for cosine in cosines],
    }
    factors = {kind: [student.lr_schedule(kind, t, 8, 3) for t in range(8)] for kind in after}
    for kind, wanted in after.items():
        for t, want in enumerate([1 / 3, 2 / 3, 1.0, *wanted]):
            within = rounding(terms=4, condition=10, why="1 + cos cancels")
            what = f"the factor {kind!r} in step {t}"
            expect.close(factors[kind][t], want, within=within, what=what)


@check(
    part="4.1",
    points=1,
    needs="check_schedules_of_eight_steps",
    hint="handout, task 4.1: another kind",
    requires="R4.1c",
)
def check_schedules_of_an_unknown_kind_are_errors(student):
    """A kind of schedule that is not one of the four raises ValueError, in the warm-up and after.

    Why: A misspelt name must not train with another schedule for hours.
    Oracle: The handout: ValueError, whatever t is.
    """
    for kind, t in (("exponential", 0), ("exponential", 6), ("Linear", 2), ("", 7)):
        error = student.programs.raised("lr_schedule", kind, t, 8, 3)
        what = f"the error for the schedule {kind!r} in step {t}, with a warm-up of 3,"
        expect.equal(error, "ValueError", what=what)


@check(part="4.2", points=1, hint="handout, task 4.2", requires="R4.2a")
def check_clipping_of_three_numbers(student):
    """Gradients 3, 4 and 12 in two arrays have norm 13; clipped to 6.5 they are halved.

    Why: One factor for all arrays keeps the direction; a factor for each would turn it.
    Oracle: By hand: 9 + 16 + 144 = 169.
    """
    grads = [np.array([3.0, 4.0]), np.array([[12.0]])]
    expect_clipped(student.programs.clipped(grads, 6.5), 13.0, grads, 0.5)


@check(part="4.2", points=1, hint="handout, task 4.2", requires=("R4.2a", "R4.2c"))
def check_clipping_scales_all_arrays_alike(student, oracle, rng, data):
    """Clipping multiplies all entries by c over the norm of all, also of 1e30 in float32.

    Why: The direction of the step is that of the gradient, only its length is bounded; and the
    square of 1e30 is infinite in float32.
    Oracle: hypot of all entries as Python floats, which scales before it squares.
    """
    for dtype, scale in (("float64", 1.0), ("float32", 1e30)):
        arrays = data.random_arrays(rng, [(3, 4), (5,), (2, 2)])
        grads = [(scale * g).astype(dtype) for g in arrays]
        norm, factor = oracle.global_norm(grads), float(rng.uniform(0.2, 0.8))
        answer = student.programs.clipped(grads, factor * norm)
        expect_clipped(answer, norm, grads, factor, dtype)


@check(
    part="4.2",
    points=1,
    hint="handout, task 4.2: when is nothing to be done?",
    requires=("R4.2a", "R4.2b"),
)
def check_clipping_leaves_small_gradients_alone(student, rng, data):
    """Gradients whose norm is at most c stay exactly as they are, and zeros stay zeros.

    Why: Scaling every gradient makes all steps equally long, and descent never converges.
    Oracle: The arrays themselves, compared exactly.
    """
    grads = data.random_arrays(rng, [(3, 2), (4,)])
    for case in (grads, [np.zeros((2, 3)), np.zeros(1)], [np.array([3.0]), np.array([4.0])]):
        norm = float(np.linalg.norm(np.concatenate([g.ravel() for g in case])))
        c = 5.0 if norm == 5.0 else norm + 0.5
        answer = student.programs.clipped(case, c)

        returned, after = expect.items(answer, 2, what="what was observed")
        expect.close(returned, norm, within=rounding(terms=10, size=1.0), what="the norm")
        for i, (array, g) in enumerate(zip(expect.items(after, 2), case, strict=True)):
            expect.equal(array, g, what=f"grads[{i}], whose norm is within c")


@check(part="4.3", points=2, hint="handout, task 4.3", requires=("R4.3a", "R4.3b"))
def check_average_is_the_mean_of_the_iterates(student, oracle, rng, data):
    """The average of 30 iterates is their mean, from any start, after every update.

    Why: Averaging takes away the noise that a constant step size leaves.
    Oracle: The mean from exactly rounded sums of all iterates that count. They come in one array,
    which is read-only for `update` and overwritten after it.
    """
    (w0,), iterates = data.random_arrays(rng, [(2, 3)]), data.random_arrays(rng, 30 * [(2, 3)])
    for start in (0, 12):
        expect_averages(student, oracle, w0, iterates, start)


@check(
    part="4.3",
    points=2,
    needs="check_average_is_the_mean_of_the_iterates",
    hint="handout, task 4.3: what has to be kept?",
    requires="R4.3c",
)
def check_average_takes_no_more_memory_with_more_updates(student, rng, budgets):
    """An average of eight times the iterates takes the same memory.

    Why: An average over a million steps must not keep a million models.
    Oracle: Bytes counted by the allocators at four numbers of updates; the exponent is the slope
    of a line through their logarithms; and what the system saw of the first and the last. The
    average of w0 + 1, w0 + 2, ... is known.
    """
    rows = int(rng.integers(15, 26))

    def inputs(updates, rng):
        return rng.standard_normal((rows, 500)), updates

    def verify(arguments, value, want):
        w0, updates = arguments
        within = rounding(terms=updates, why="a mean of so many")
        what = f"the average of {updates} iterates"
        expect.close(value, w0 + (updates + 1) / 2, within=within, what=what)

    budgets.growth(
        "average_memory",
        student.programs.average_of_many,
        inputs=inputs,
        sizes=(100, 200, 400, 800),
        verify=verify,
    )
