"""Part 4: schedules, clipping and averaging."""

import numpy as np

from autograder.grading import check, expect, rounding


@check(part="4.1", points=2, hint="handout, task 4.1", requires=("R4.1a", "R4.1b"))
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


@check(part="4.2", points=1, hint="handout, task 4.2", requires="R4.2a")
def check_clipping_of_three_numbers(student):
    """Gradients 3, 4 and 12 in two arrays have norm 13; clipped to 6.5 they are halved.

    Why: One factor for all arrays keeps the direction; a factor for each would turn it.
    Oracle: By hand: 9 + 16 + 144 = 169.
    """
    grads = [np.array([3.0, 4.0]), np.array([[12.0]])]
    norm, clipped = student.programs.clipped(grads, 6.5)

    expect.close(norm, 13.0, within=rounding(terms=3), what="the norm that is returned")
    for i, g in enumerate(grads):
        expect.close(clipped[i], g / 2, within=rounding(terms=3), what=f"grads[{i}] afterwards")


@check(part="4.2", points=1, hint="handout, task 4.2", requires="R4.2a")
def check_clipping_scales_all_arrays_alike(student, oracle, rng, data):
    """Clipping multiplies all entries of three arrays by c over the norm of all of them.

    Why: The direction of the step is that of the gradient, only its length is bounded.
    Oracle: hypot of all entries as Python floats.
    """
    grads = data.random_arrays(rng, [(3, 4), (5,), (2, 2)])
    want, c = oracle.global_norm(grads), float(rng.uniform(1.0, 2.0))
    norm, clipped = student.programs.clipped(grads, c)

    within = rounding(terms=21, why="21 squares")
    expect.close(norm, want, within=within, what="the norm that is returned")
    for i, g in enumerate(grads):
        expect.close(clipped[i], c / want * g, within=within, what=f"grads[{i}] afterwards")


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
        returned, after = student.programs.clipped(case, c)

        expect.close(returned, norm, within=rounding(terms=10, size=1.0), what="the norm")
        for i, g in enumerate(case):
            expect.equal(after[i], g, what=f"grads[{i}], whose norm is within c")


@check(part="4.3", points=2, hint="handout, task 4.3", requires="R4.3a")
def check_average_is_the_mean_of_the_iterates(student, oracle, rng, data):
    """The average of 30 iterates is their mean, from any start, after every update.

    Why: Averaging takes away the noise that a constant step size leaves.
    Oracle: The mean from exactly rounded sums of all iterates that count.
    """
    (w0,), iterates = data.random_arrays(rng, [(2, 3)]), data.random_arrays(rng, 30 * [(2, 3)])
    for start in (0, 12):
        averages = student.programs.averages(w0, iterates, start)

        for k, want in enumerate(oracle.averages(w0, iterates, start)):
            within = rounding(terms=30, size=1.0, why="a mean of up to 30")
            what = f"the average after {k} updates with start = {start}"
            expect.close(averages[k], want, within=within, what=what)


@check(
    part="4.3",
    points=2,
    needs="check_average_is_the_mean_of_the_iterates",
    hint="handout, task 4.3: what has to be kept?",
    requires="R4.3c",
)
def check_average_takes_no_more_memory_with_more_updates(student, budgets):
    """An average of eight times the iterates takes the same memory.

    Why: An average over a million steps must not keep a million models.
    Oracle: Bytes counted by the allocators at four numbers of updates; the exponent is the slope
    of a line through their logarithms.
    """

    def inputs(updates, rng):
        return rng.standard_normal((20, 50)), updates

    budgets.growth(
        "average_memory",
        student.programs.average_of_many,
        inputs=inputs,
        sizes=(100, 200, 400, 800),
    )
