"""Part 1 on other inputs: the visible checks' claims for shapes and types they do not try."""

import numpy as np

from autograder.grading import check, expect


@check(part="1.1", points=2, hint="handout, task 1.1")
def check_loss_on_other_shapes_and_types(student, oracle, rng, data):
    """The loss is right for other shapes, a single example, and float32."""
    for n, d, c in ((1, 3, 5), (31, 2, 3), (6, 9, 2)):
        W, X, Y = data.random_problem(rng, n=n, d=d, c=c)
        loss = student.softmax_xent_loss(W, X, Y, 1.7)
        want = oracle.softmax_xent_loss(W, X, Y, 1.7)
        expect.close(loss, want, rtol=1e-10, why="float64", what=f"the loss, (n, d, c) = {n, d, c}")

    W, X, Y = data.random_problem(rng, n=12, d=8, c=3, dtype="float32")
    loss = student.softmax_xent_loss(W, X, Y, 0.5)
    want = oracle.softmax_xent_loss(W, X, Y, 0.5)
    expect.close(loss, want, rtol=1e-5, why="float32, sums of 12 terms", what="the loss in float32")


@check(part="1.2", points=2, hint="handout, task 1.2")
def check_gradient_on_other_shapes_and_types(student, oracle, rng, data):
    """The gradient is right for other shapes, a single example, spaced rows, and float32."""
    for n, d, c in ((1, 3, 5), (31, 2, 3), (6, 9, 2)):
        W, X, Y = data.random_problem(rng, n=n, d=d, c=c)
        want = oracle.softmax_xent_grad(W, X, Y, 1.7)
        what = f"the gradient, (n, d, c) = {n, d, c}"
        for gradient in (
            student.softmax_xent_grad(W, X, Y, 1.7),
            student.programs.on_spaced_rows("softmax_xent_grad", W, X, Y, 1.7),
        ):
            expect.close(gradient, want, rtol=1e-10, atol=1e-12, why="float64", what=what)

    W, X, Y = data.random_problem(rng, n=12, d=8, c=3, dtype="float32")
    gradient = student.softmax_xent_grad(W, X, Y, 0.5)
    expect.array(gradient, shape=W.shape, dtype=np.float32, what="the gradient in float32")
    want = oracle.softmax_xent_grad(W, X, Y, 0.5)
    why = "float32, sums of 12 terms"
    expect.close(gradient, want, rtol=1e-5, why=why, what="the gradient in float32")


@check(part="1.3", points=1, hint="handout, task 1.3")
def check_error_rate_on_other_shapes(student, oracle, rng, data):
    """The error rate is right for other shapes, and exactly 0 or 1 where it should be."""
    for n, d, c in ((1, 3, 5), (31, 2, 3), (6, 9, 2)):
        W, X, Y = data.random_problem(rng, n=n, d=d, c=c)
        want = oracle.error_rate(W, X, Y)
        what = f"the error rate, (n, d, c) = {n, d, c}"
        expect.close(student.error_rate(W, X, Y), want, rtol=1e-12, why="counts", what=what)

    examples = np.eye(4)[[0, 1, 2, 3, 3]]
    all_right = student.error_rate(np.eye(4), examples, examples)
    all_wrong = student.error_rate(-np.eye(4), examples, examples)
    expect.close(all_right, 0.0, rtol=0.0, why="counts", what="the error rate of a perfect model")
    expect.close(all_wrong, 1.0, rtol=0.0, why="counts", what="the error rate of its opposite")


@check(part="1.4", points=2, hint="handout, task 1.4")
def check_tester_reports_the_largest_error(student, oracle):
    """check_gradient returns the largest error over its directions, and NaN for NaN."""
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
        why = "differences of a linear loss with eps = 1e-5 are exact to about 1e-10"
        what = f"check_gradient over {n_dirs} directions"
        expect.close(error, want, rtol=1e-5, why=why, what=what)

    broken = student.check_gradient(
        loss_fn, lambda V: np.full(V.shape, np.nan), W, np.random.default_rng(4)
    )
    is_nan = isinstance(broken, (float, np.floating)) and np.isnan(broken)
    expect.that(is_nan, f"check_gradient of a gradient that is NaN is {broken!r}, expected NaN")
