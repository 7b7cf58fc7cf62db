"""Part 1 on other inputs: the visible checks' claims for shapes and types they do not try."""

import numpy as np

from autograder.grading import check, expect, rounding
from expectations import expect_largest_error


@check(
    part="1.1",
    points=1,
    hint="handout, task 1.1",
    requires=("R1.1c", "R1.1a", "R0a:softmax_xent_loss"),
)
def check_loss_on_other_shapes_and_types(student, oracle, rng, data):
    """The loss is right for other shapes, a single example, and float32.

    Why: Code written for one shape often works for that shape only, such as a single example.
    Oracle: One number at a time in Python floats with math.fsum, exact for float32 inputs too.
    """
    for n, d, c in ((1, 3, 5), (31, 2, 3), (6, 9, 2)):
        W, X, Y = data.random_problem(rng, n=n, d=d, c=c)
        loss = student.softmax_xent_loss(W, X, Y, 1.7)
        want = oracle.softmax_xent_loss(W, X, Y, 1.7)
        within = rounding(terms=max(n, d * c))
        expect.close(loss, want, within=within, what=f"the loss, (n, d, c) = {n, d, c}")

    W, X, Y = data.random_problem(rng, n=12, d=8, c=3, dtype="float32")
    loss = student.softmax_xent_loss(W, X, Y, 0.5)
    want = oracle.softmax_xent_loss(W, X, Y, 0.5)
    within = rounding(terms=W.size, dtype="float32")
    expect.close(loss, want, within=within, what="the loss in float32")


@check(
    part="1.2",
    points=1,
    hint="handout, task 1.2",
    requires=("R1.2b", "R1.2c", "R1.2a", "R0a:softmax_xent_grad"),
)
def check_gradient_on_other_shapes_and_types(student, oracle, rng, data):
    """The gradient is right for other shapes, a single example, spaced rows, and float32.

    Why: float32 halves the memory and doubles the speed, unless a constant in float64 widens it on
    the way.
    Oracle: Entry by entry in Python floats with math.fsum.
    """
    for n, d, c in ((1, 3, 5), (31, 2, 3), (6, 9, 2)):
        W, X, Y = data.random_problem(rng, n=n, d=d, c=c)
        want = oracle.softmax_xent_grad(W, X, Y, 1.7)
        what = f"the gradient, (n, d, c) = {n, d, c}"
        for gradient in (
            student.softmax_xent_grad(W, X, Y, 1.7),
            student.programs.on_spaced_rows("softmax_xent_grad", W, X, Y, 1.7),
        ):
            within = rounding(
                terms=max(n, d, c), condition=4, why="scores of size 4 in an exponent"
            )
            expect.close(gradient, want, within=within, what=what)

    W, X, Y = data.random_problem(rng, n=12, d=8, c=3, dtype="float32")
    gradient = student.softmax_xent_grad(W, X, Y, 0.5)
    expect.array(gradient, shape=W.shape, dtype=np.float32, what="the gradient in float32")
    want = oracle.softmax_xent_grad(W, X, Y, 0.5)
    within = rounding(terms=12, dtype="float32")
    expect.close(gradient, want, within=within, what="the gradient in float32")


@check(part="1.3", points=1, hint="handout, task 1.3", requires=("R1.3a", "R0a:error_rate"))
def check_error_rate_on_other_shapes(student, oracle, rng, data):
    """The error rate is right for other shapes, and exactly 0 or 1 where it should be.

    Why: The ends 0 and 1 show slips that a value in between hides, such as a share in percent.
    Oracle: A loop over examples; for the ends a model that is the identity, and its negative.
    """
    for n, d, c in ((1, 3, 5), (31, 2, 3), (6, 9, 2)):
        W, X, Y = data.random_problem(rng, n=n, d=d, c=c)
        want = oracle.error_rate(W, X, Y)
        what = f"the error rate, (n, d, c) = {n, d, c}"
        within = rounding(terms=n, why="a quotient of counts")
        expect.close(student.error_rate(W, X, Y), want, within=within, what=what)

    examples = np.eye(4)[[0, 1, 2, 3, 3]]
    all_right = student.error_rate(np.eye(4), examples, examples)
    all_wrong = student.error_rate(-np.eye(4), examples, examples)
    within = rounding(terms=5, size=1.0, why="quotients of counts")
    expect.close(all_right, 0.0, within=within, what="the error rate of a perfect model")
    expect.close(all_wrong, 1.0, within=within, what="the error rate of its opposite")


@check(
    part="1.4",
    points=1,
    hint="handout, task 1.4",
    requires=("R1.4a", "R1.4b", "R0a:check_gradient"),
)
def check_tester_with_other_numbers_of_directions(student, oracle, rng):
    """check_gradient finds the largest error over one direction and over many.

    Why: Code written for five directions of a (3, 4) model may work for nothing else.
    Oracle: The exact slopes of a linear loss along the directions that a second generator of the
    same seed draws.
    """
    for shape, n_dirs, eps in (((2, 5), 1, 1e-5), ((4, 3), 40, 1e-4)):
        slopes = rng.uniform(1, 3, size=shape)
        claimed = slopes + 0.3 * rng.standard_normal(shape)
        W = rng.standard_normal(shape)
        W.setflags(write=False)
        seed = int(rng.integers(2**31))
        # slopes and an error that stand out from the rounding of differences of width eps
        while (
            np.abs(oracle.slopes(slopes, seed, n_dirs)).min() < 3e-6 / eps
            or max(oracle.direction_errors(slopes, claimed, seed, n_dirs)) < 0.1
        ):
            seed = int(rng.integers(2**31))
        expect_largest_error(student, oracle, slopes, claimed, W, seed, n_dirs=n_dirs, eps=eps)
