"""Part 1 on other inputs: the visible checks' claims for shapes and types they do not try."""

import numpy as np

from autograder.grading import check, expect, rounding


@check(
    part="1.1",
    points=2,
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
    points=2,
    hint="handout, task 1.2",
    requires=("R1.2b", "R1.2c", "R1.2a", "R0a:softmax_xent_grad"),
)
def check_gradient_on_other_shapes_and_types(student, oracle, rng, data):
    """The gradient is right for other shapes, a single example, spaced rows, and float32.

    Why: float32 halves the memory and doubles the speed, unless a constant in float64 widens it on
    the way.
    Oracle: Entry by entry in Python floats with math.fsum; for newness, numpy's own test of shared
    memory on the results of two calls.
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
    shared = student.programs.gradients_sharing_memory(W, X, Y, 0.5)
    expect.that(not shared, "two calls give arrays that share memory, not a new one each")


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
    expect.close(all_right, 0.0, rtol=0.0, why="counts", what="the error rate of a perfect model")
    expect.close(all_wrong, 1.0, rtol=0.0, why="counts", what="the error rate of its opposite")


@check(
    part="1.4",
    points=2,
    hint="handout, task 1.4",
    requires=("R1.4a", "R1.4b", "R0b:check_gradient"),
)
def check_tester_reports_the_largest_error(student, oracle):
    """check_gradient returns the largest error over its directions, and NaN for NaN.

    Why: max() in Python may lose a NaN, and the mean of errors hides the one direction that shows
    the slip.
    Oracle: The exact slopes of a linear loss along the directions that a second generator of the
    same seed draws; a loss that is constant has no slope, and the contract says 0.
    """
    rng = np.random.default_rng(5777)
    slopes, slip = rng.standard_normal((3, 4)), 0.3 * rng.standard_normal((3, 4))
    W = rng.standard_normal((3, 4))

    def loss_fn(V):
        return float(np.sum(slopes * V))

    for seed, n_dirs in ((1, 5), (2, 1), (3, 40)):
        error = student.check_gradient(
            loss_fn, lambda V: slopes + slip, W, np.random.default_rng(seed), n_dirs=n_dirs
        )
        want = oracle.largest_direction_error(slopes, slopes + slip, seed, n_dirs)
        within = rounding(terms=12, condition=1e6, why="losses of size 5 differ by about 1e-5")
        what = f"check_gradient over {n_dirs} directions"
        expect.close(error, want, within=within, what=what)

    broken = student.check_gradient(
        loss_fn, lambda V: np.full(V.shape, np.nan), W, np.random.default_rng(4)
    )
    is_nan = isinstance(broken, (float, np.floating)) and np.isnan(broken)
    expect.that(is_nan, f"check_gradient of a gradient that is NaN is {broken!r}, expected NaN")
    flat = student.check_gradient(
        lambda V: 1.0, lambda V: np.zeros(V.shape), W, np.random.default_rng(4)
    )
    expect.close(flat, 0.0, rtol=0.0, why="0 of 0", what="check_gradient of a constant loss")
