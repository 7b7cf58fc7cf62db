"""Part 1: the model, its gradient, the error rate, and a tester of gradients."""

import math

import numpy as np

from autograder.grading import check, expect, rounding
from expectations import (
    error_found,
    expect_both_sides,
    expect_global_generators_untouched,
    expect_largest_error,
    expect_nan,
    gradient_along_a_direction,
    gradient_inputs,
)

# The worked example of the handout, section 4
W_BY_HAND = np.log(2) * np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]])
X_BY_HAND = np.array([[1.0, 0.0, 2.0], [0.0, 2.0, 1.0]])
Y_BY_HAND = np.array([[1.0, 0.0], [1.0, 0.0]])
GAMMA_BY_HAND = 0.1
for _array in (W_BY_HAND, X_BY_HAND, Y_BY_HAND):
    _array.setflags(write=False)


@check(
    part="1.1",
    points=1,
    hint="handout, section 4: the worked example",
    requires=("R1.1a", "R0a:softmax_xent_loss"),
)
def check_loss_of_the_worked_example(student):
    """The loss of the handout's worked example is 1.05550, as computed by hand.

    Why: An example done by hand shows whether a mistake is in the formula or in the code.
    Oracle: By hand in the handout, where every exponential is a whole number; no code of ours is
    asked.
    """
    loss = student.softmax_xent_loss(W_BY_HAND, X_BY_HAND, Y_BY_HAND, GAMMA_BY_HAND)

    by_hand = np.log(7.5) / 2 + GAMMA_BY_HAND * np.log(2) ** 2
    expect.close(loss, by_hand, within=rounding(terms=3), what="the loss")


@check(
    part="1.1",
    points=3,
    needs="check_loss_of_the_worked_example",
    hint="handout, task 1.1",
    requires=("R1.1a", "R0a:softmax_xent_loss"),
)
def check_loss_agrees_with_a_plain_loop(student, oracle, rng, data):
    """The loss agrees with a loop over examples and classes, with weak and strong gamma.

    Why: Array operations must give what the sum over examples says, also where the regulariser is
    absent or outweighs the data.
    Oracle: One number at a time with exactly rounded sums (math.fsum), without any array operation.
    """
    W, X, Y = data.random_problem(rng, n=13, d=5, c=4)

    for gamma in (0.0, 0.3, 20.0):
        loss = student.softmax_xent_loss(W, X, Y, gamma)
        want = oracle.softmax_xent_loss(W, X, Y, gamma)
        within = rounding(terms=W.size)
        expect.close(loss, want, within=within, what=f"the loss for gamma = {gamma}")


@check(
    part="1.1",
    points=2,
    needs="check_loss_of_the_worked_example",
    hint="handout, task 1.1",
    requires=("R1.1b", "R0a:softmax_xent_loss"),
)
def check_loss_is_exact_for_large_scores(student, oracle, rng, data):
    """The loss is exact, without overflow, for scores in the thousands.

    Why: exp(710) is infinite in float64, yet the loss for large scores is an ordinary number, if
    the largest score is subtracted first.
    Oracle: A loop in Python floats that subtracts the score of the right class first; math.exp
    raises an error where numpy would go on with infinity.
    """
    W, X, Y = data.random_problem(rng, n=7, d=5, c=4)

    for largest in (5e3, 1e5):
        steep = W * (largest / np.abs(X @ W.T).max())
        loss = student.programs.strictly("softmax_xent_loss", steep, X, Y, 0.01)
        want = oracle.softmax_xent_loss(steep, X, Y, 0.01)
        what = f"the loss for scores up to {largest:g}"
        expect.close(loss, want, within=rounding(terms=W.size), what=what)


@check(
    part="1.1",
    points=1,
    needs="check_loss_of_the_worked_example",
    hint="handout, task 1.1",
    requires=("R1.1c", "R1.1a", "R0a:softmax_xent_loss"),
)
def check_loss_of_a_single_example_and_in_float32(student, oracle, rng, data):
    """The loss is right for a single example, for a thousand, and in float32.

    Why: An axis of length 1 is easily lost, and large data are kept in float32.
    Oracle: One number at a time in Python floats with math.fsum, exact for float32 inputs too.
    """
    sizes = {
        "of a single example": (1, 4, 3, "float64"),
        "of many examples": (int(rng.integers(1000, 1100)), 3, 2, "float64"),
        "in float32": (8, 6, 5, "float32"),
    }
    for name, (n, d, c, dtype) in sizes.items():
        W, X, Y = data.random_problem(rng, n=n, d=d, c=c, dtype=dtype)
        loss = student.softmax_xent_loss(W, X, Y, 0.6)
        want = oracle.softmax_xent_loss(W, X, Y, 0.6)
        within = rounding(terms=max(n, d * c), dtype=dtype)
        expect.close(loss, want, within=within, what=f"the loss {name}")


@check(
    part="1.2",
    points=1,
    hint="handout, section 4: the worked example",
    requires=("R1.2a", "R0a:softmax_xent_grad"),
)
def check_gradient_of_the_worked_example(student):
    """The gradient of the handout's worked example is the one computed by hand.

    Why: A gradient checked by hand shows sign, factor and regulariser at a glance, before random
    numbers hide them.
    Oracle: By hand in the handout, in fractions; no code of ours is asked.
    """
    gradient = student.softmax_xent_grad(W_BY_HAND, X_BY_HAND, Y_BY_HAND, GAMMA_BY_HAND)

    of_class_0 = np.array([-1 / 6, -4 / 5, -11 / 15])
    by_hand = np.stack([of_class_0, -of_class_0]) + GAMMA_BY_HAND * W_BY_HAND
    expect.close(gradient, by_hand, within=rounding(terms=3), what="the gradient")


@check(
    part="1.2",
    points=4,
    needs="check_gradient_of_the_worked_example",
    hint="handout, task 1.2",
    requires=("R1.2a", "R0a:softmax_xent_grad"),
)
def check_gradient_is_the_derivative_of_the_loss(student, oracle, rng, data):
    """The gradient agrees with central differences of the loss in every entry of W.

    Why: A gradient is right when it is the slope of its loss, which can be tested without knowing
    its formula.
    Oracle: Central differences of the loss that the plain loop gives: the formula of the gradient
    does not occur in them.
    """
    W, X, Y = data.random_problem(rng, n=11, d=6, c=4)
    gradient = student.softmax_xent_grad(W, X, Y, 0.3)

    want = oracle.gradient_by_differences(W, X, Y, 0.3)
    why = "central differences with step 1e-4 are exact to about 1e-8"
    expect.close(gradient, want, rtol=1e-6, atol=1e-7, why=why, what="the gradient")


@check(
    part="1.2",
    points=2,
    needs="check_gradient_of_the_worked_example",
    hint="handout, task 1.2",
    requires=("R1.2c", "R1.2a", "R0a:softmax_xent_grad"),
)
def check_gradient_is_a_mean_over_the_batch(student, oracle, rng, data):
    """The gradient of a batch is the mean over its examples, be they single, spaced or repeated.

    Why: Stochastic gradients are worth something because the mean over batches is the gradient of
    all examples.
    Oracle: A loop for the whole batch, entry by entry in Python floats; your own gradients of its
    parts, combined by the definition of a mean.
    """
    W, X, Y = data.random_problem(rng, n=12, d=5, c=3)
    gamma, repeated = 0.7, [*range(12), 0, 0, 0, 0]

    whole = student.softmax_xent_grad(W, X, Y, gamma)
    within = rounding(terms=12, condition=4, why="scores of size 4 in an exponent")
    want = oracle.softmax_xent_grad(W, X, Y, gamma)
    expect.close(whole, want, within=within, what="the gradient of 12 examples")
    single = student.softmax_xent_grad(W, X[:1], Y[:1], gamma)
    spaced = student.programs.on_spaced_rows("softmax_xent_grad", W, X[1:], Y[1:], gamma)
    shapes = [
        expect.array(part, shape=W.shape, what=what)
        for part, what in (
            (single, "the gradient of a single example"),
            (spaced, "the gradient of spaced rows"),
        )
    ]
    expect.close(
        (shapes[0] + 11 * shapes[1]) / 12,
        want,
        within=within,
        what="the mean of the gradients of one example and of 11 others, spaced in memory,",
    )
    expect.close(
        student.softmax_xent_grad(W, X[repeated], Y[repeated], gamma),
        (12 * want + 4 * shapes[0]) / 16,
        within=rounding(terms=16, condition=4, why="scores of size 4 in an exponent"),
        what="the gradient of a batch in which the first example stands five times",
    )


@check(
    part="1.2",
    points=1,
    needs="check_gradient_of_the_worked_example",
    hint="handout, task 1.2",
    requires=("R1.2d", "R0a:softmax_xent_grad"),
)
def check_gradient_is_exact_for_large_scores(student, oracle, rng, data):
    """The gradient is exact, without overflow, for scores in the thousands.

    Why: inf / inf is not a number, and one such entry spoils every model after it.
    Oracle: A loop in Python floats, entry by entry, with probabilities relative to the largest
    score and exactly rounded sums.
    """
    W, X, Y = data.random_problem(rng, n=7, d=5, c=4)

    for largest in (5e3, 1e5):
        steep = W * (largest / np.abs(X @ W.T).max())
        gradient = student.programs.strictly("softmax_xent_grad", steep, X, Y, 0.001)
        want = oracle.softmax_xent_grad(steep, X, Y, 0.001)
        within = rounding(terms=7, condition=500, why="scores in an exponent, beside gamma W")
        what = f"the gradient for scores up to {largest:g}"
        expect.close(gradient, want, within=within, what=what)


@check(
    part="1.2",
    points=1,
    needs="check_gradient_of_the_worked_example",
    hint="handout, task 1.2: W's dtype, and a new array in every call",
    requires=("R1.2b", "R1.2a", "R0a:softmax_xent_grad"),
)
def check_gradient_is_a_new_array_of_the_type_of_the_model(student, oracle, rng, data):
    """The gradient is a new array in every call, in float32 if W is.

    Why: float32 halves the memory and doubles the speed, unless a constant in float64 widens it on
    the way; and a gradient that shares memory with the next one changes with it.
    Oracle: Entry by entry in Python floats with math.fsum; the gradients of two calls, where 1 was
    added to the second.
    """
    W, X, Y = data.random_problem(rng, n=9, d=7, c=4, dtype="float32")
    answer = student.programs.two_gradients(W, X, Y, 0.4)

    want = oracle.softmax_xent_grad(W, X, Y, 0.4)
    first, second = expect.items(answer, 2, what="the gradients of two calls")
    for gradient in (first, second):
        expect.array(gradient, shape=W.shape, dtype=np.float32, what="the gradient in float32")
    shared = np.array_equal(first, second)
    expect.that(not shared, "two calls give arrays that share memory, not a new one each")
    within = rounding(terms=12, dtype="float32")
    expect.close(first, want, within=within, what="the gradient in float32")
    expect.close(second, want + 1, within=within, what="the next gradient in float32, plus 1,")


@check(
    part="1.2",
    points=3,
    needs="check_gradient_is_the_derivative_of_the_loss",
    hint="handout, task 1.2: no Python loop over examples or classes",
    requires=("R1.2e", "R1.2a"),
)
def check_gradient_is_vectorised(student, oracle, rng, budgets):
    """The gradient takes a number of interpreter steps that does not grow with its arrays.

    Why: A bytecode of Python costs about as much as dozens of multiplications within an array
    operation, so a loop over examples wastes nearly all of the machine.
    Oracle: A counter of the bytecodes of your functions, and a clock beside it; each value is
    compared with the slope of the loss along a random direction, worked out without the transposed
    product.
    """
    # loops that take no steps, such as map over a C function, show in the time of thin arrays
    many_classes = {"B": 2, "d": 2, "c": int(rng.integers(198_000, 202_000))}
    many_examples = {"B": int(rng.integers(19_900, 20_001)), "d": 3, "c": 5}
    for name, sizes in (("gradient_steps", many_classes), ("example_steps", many_examples)):
        budgets.operations(
            name,
            student.softmax_xent_grad,
            inputs=gradient_inputs(**sizes),
            sizes=sizes,
            **gradient_along_a_direction(oracle, rng, **sizes),
        )


@check(
    part="1.2",
    points=3,
    needs="check_gradient_is_the_derivative_of_the_loss",
    hint="handout, task 1.2: which arrays are as large as X?",
    requires="R1.2f",
)
def check_gradient_makes_no_array_as_large_as_the_batch(student, oracle, rng, budgets):
    """The gradient of 24 000 examples needs a few (B, c) and (c, d) arrays, and no copy of X.

    Why: Memory traffic, not arithmetic, limits large problems: a copy of X costs more than the
    products that use it.
    Oracle: Bytes counted by the allocators of numpy and Python for 3000 examples, and what the
    system saw for 24 000; values are compared with the slope of the loss along a random direction.
    """
    few, many = ({"B": B + int(rng.integers(100)), "d": 784, "c": 10} for B in (3000, 24_000))
    counted, watched = (
        {
            "inputs": gradient_inputs(**sizes),
            "sizes": sizes,
            **gradient_along_a_direction(oracle, rng, **sizes),
        }
        for sizes in (few, many)
    )
    budgets.memory("gradient_memory", student.softmax_xent_grad, **counted, watched=watched)


@check(
    part="1.2",
    points=4,
    needs="check_gradient_is_the_derivative_of_the_loss",
    hint="handout, task 1.2: two matrix products are enough",
    requires=("R1.2g", "R1.2a"),
)
def check_gradient_takes_the_time_of_two_matrix_products(student, oracle, rng, budgets):
    """The gradient of 30 000 examples of 60 features takes little longer than its products.

    Why: Two matrix products are the least that the gradient takes, and they run at the speed of the
    hardware.
    Oracle: CPU time in turns with a public list of array operations on the same machine; the value
    is compared with the slope of the loss along a random direction.
    """
    sizes = {"B": int(rng.integers(29_700, 30_001)), "d": 60, "c": 10}
    budgets.time(
        "gradient_time",
        student.softmax_xent_grad,
        inputs=gradient_inputs(**sizes),
        **gradient_along_a_direction(oracle, rng, **sizes),
    )


@check(part="1.3", points=1, hint="handout, task 1.3", requires="R1.3a")
def check_error_rate_of_four_examples(student):
    """The error rate is 0.75 when one of four examples is put into its class.

    Why: The error rate is what one wants to be small; the loss is only what can be differentiated.
    Oracle: Counted by hand: four examples, their predicted classes stand in a comment of the check.
    """
    W = np.array([[1.0, 0.0], [0.0, 1.0], [-1.0, -1.0]])
    X = np.array([[2.0, 1.0], [1.0, 3.0], [-1.0, -2.0], [5.0, 4.0]])  # predicted: 0, 1, 2, 0
    Y = np.array([[1.0, 0, 0], [1.0, 0, 0], [0, 1.0, 0], [0, 0, 1.0]])  # classes: 0, 0, 1, 2

    within = rounding(terms=4, why="3 of 4")
    expect.close(student.error_rate(W, X, Y), 0.75, within=within, what="the error rate")


@check(
    part="1.3",
    points=2,
    needs="check_error_rate_of_four_examples",
    hint="handout, task 1.3",
    requires=("R1.3a", "R1.3b", "R0a:error_rate"),
)
def check_error_rate_agrees_with_a_plain_loop(student, oracle, rng, data):
    """The error rate agrees with a loop over examples, also where two classes score the same.

    Why: Equal scores do occur, as for W = 0, and results can be compared only if all programs break
    ties in the same way.
    Oracle: A loop over examples that takes the first largest score of a Python list; for ties the
    scores are whole numbers, so that they are exactly equal.
    """
    W, X, Y = data.random_problem(rng, n=29, d=3, c=5)
    expect.close(
        student.error_rate(W, X, Y),
        oracle.error_rate(W, X, Y),
        within=rounding(terms=29, why="a quotient of two counts"),
        what="the error rate",
    )

    # rows 0 and 1 of the model are equal, and rows 2 and 3, so two classes always score the same;
    # of the whole numbers their scores are exactly equal, and two thirds are of the first of them
    whole_numbers = np.round(4 * X)
    rows = np.array([[1.0, -2.0, 3.0], [0.0, 2.0, 1.0]])
    labels = 2 * (whole_numbers @ rows.T).argmax(axis=1) + (np.arange(29) % 3 == 2)
    model, labels = np.repeat(rows, 2, axis=0), np.eye(4)[labels]
    expect.close(
        student.error_rate(model, whole_numbers, labels),
        oracle.error_rate(model, whole_numbers, labels),
        within=rounding(terms=29, why="a quotient of two counts"),
        what="the error rate with equal scores",
    )


@check(
    part="1.4",
    points=2,
    hint="handout, task 1.4",
    requires="R1.4c",
    judged_by="check_tester_reports_the_largest_error",
)
def check_tester_accepts_right_gradients(student, oracle, rng):
    """check_gradient returns less than 1e-6 for two losses with their right gradients.

    Why: A test that rejects right gradients cannot be trusted.
    Oracle: Losses whose gradients are known from calculus: sum(A sin W) and sum(A W^2).
    """
    A, W = _toy(rng)

    seed = _seed_of_telling_directions(oracle, rng, A * np.cos(W))
    waves = student.check_gradient(
        lambda V: float(np.sum(A * np.sin(V))),
        lambda V: A * np.cos(V),
        W,
        np.random.default_rng(seed),
    )
    expect.number(waves, low=0.0, high=1e-6, what="check_gradient of sum(A sin W), which is right")
    seed = _seed_of_telling_directions(oracle, rng, 2 * A * W)
    bowl = student.check_gradient(
        lambda V: float(np.sum(A * V**2)), lambda V: 2 * A * V, W, np.random.default_rng(seed)
    )
    expect.number(bowl, low=0.0, high=1e-6, what="check_gradient of sum(A W^2), which is right")


@check(
    part="1.4",
    points=2,
    needs="check_tester_accepts_right_gradients",
    hint="handout, task 1.4",
    requires="R1.4c",
    judged_by="check_tester_reports_the_largest_error",
)
def check_tester_rejects_wrong_gradients(student, oracle, rng):
    """check_gradient returns more than 1e-3 for gradients that are wrong in several ways.

    Why: The tester must find the mistakes of task 1.2, also where the gradient is tiny.
    Oracle: Gradients known from calculus, then changed in five known ways at three scales: none of
    them is right, so each must be found.
    """
    A, W = _toy(rng)
    seed = _seed_of_telling_directions(oracle, rng, A * np.cos(W))
    first_row = np.array([[1.0], [0.0], [0.0]])
    wrong = {
        "of the wrong sign": lambda V: -A * np.cos(V),
        "twice too large": lambda V: 2 * A * np.cos(V),
        "1 % too large": lambda V: 1.01 * A * np.cos(V),
        "without its last two rows": lambda V: first_row * A * np.cos(V),
        "with a part of W added": lambda V: A * np.cos(V) + 0.3 * V,
    }

    for scale in (1.0, 1e-5, 1e-20):
        for slip, grad in wrong.items():
            error = student.check_gradient(
                lambda V, s=scale: float(s * np.sum(A * np.sin(V))),
                lambda V, s=scale, g=grad: s * g(V),
                W,
                np.random.default_rng(seed),
            )
            what = f"check_gradient of a gradient {slip} (loss scaled by {scale:g})"
            expect.number(error, low=1e-3, what=what)


@check(
    part="1.4",
    points=2,
    needs="check_tester_accepts_right_gradients",
    hint="handout, task 1.4",
    requires=("R1.4a", "R0a:check_gradient", "R0b:check_gradient"),
    judged_by="check_tester_reports_the_largest_error",
)
def check_tester_looks_on_both_sides_of_the_model(student, oracle, rng):
    """check_gradient evaluates the loss at W + eps D and W - eps D, n_dirs times, |D| = 1.

    Why: The error of one-sided differences falls as eps, that of central ones as its square, which
    decides whether 1e-6 can be reached.
    Oracle: The models at which your tester asks for the loss, recorded, beside the directions that
    a second generator of the same seed gives.
    """
    _, W = _toy(rng)
    seed = int(rng.integers(2**31))
    asked = []

    def loss_fn(V):
        asked.append(V)
        return float(np.sum(np.exp(V)))

    student.check_gradient(loss_fn, np.exp, W, np.random.default_rng(seed), n_dirs=3, eps=1e-2)
    expect_both_sides(asked, W, 1e-2, oracle.directions(seed, 3, W.shape))
    expect_global_generators_untouched(
        student, rng, "check_gradient", W, np.random.default_rng(seed), n_dirs=2
    )


@check(
    part="1.4",
    points=1,
    needs="check_tester_looks_on_both_sides_of_the_model",
    hint="handout, task 1.4: the largest error, and NaN if any number is",
    requires=("R1.4b", "R1.4a", "R0a:check_gradient"),
)
def check_tester_reports_the_largest_error(student, oracle, rng):
    """check_gradient returns the largest of its errors, 0 for 0 of 0, and NaN for one NaN.

    Why: max() in Python may lose a NaN, and the mean of errors hides the one direction that shows
    the slip.
    Oracle: The exact slopes of a linear loss along the directions that a second generator of the
    same seed draws; a loss that is constant has no slope, and the contract says 0.
    """
    slopes, W = _toy(rng)
    claimed = slopes + 0.3 * rng.standard_normal(slopes.shape)
    seed = _seed_of_telling_directions(oracle, rng, slopes, claimed)
    expect_largest_error(student, oracle, slopes, claimed, W, seed)

    losses = iter([1.0, 2.0, 3.0, 4.0, 5.0, math.nan, 7.0, 8.0, 9.0, 10.0])
    broken = error_found(
        student,
        oracle,
        lambda V: float(np.sum(slopes * V)),
        lambda V: np.full(V.shape, math.nan),
        W,
        seed,
        nan_after=1,
    )
    expect_nan(broken, "of a gradient that is NaN")
    torn = error_found(
        student, oracle, lambda V: next(losses, 11.0), lambda V: slopes, W, seed, nan_after=3
    )
    expect_nan(torn, "of a loss that is NaN once, at its sixth model of ten,")
    flat = error_found(student, oracle, lambda V: 1.0, lambda V: np.zeros(V.shape), W, seed)
    expect.close(flat, 0.0, rtol=0.0, why="0 of 0", what="check_gradient of a constant loss")


def _toy(rng):
    """The coefficients of a toy loss, and a model, read-only."""
    A, W = rng.uniform(1, 3, size=(3, 4)), rng.standard_normal((3, 4))
    W.setflags(write=False)
    return A, W


def _seed_of_telling_directions(oracle, rng, gradient, claimed=None):
    """A seed whose 5 directions are far from orthogonal to the gradient.

    With a claimed gradient: whose largest error is neither in the first direction nor in the last.
    """
    while True:
        seed = int(rng.integers(2**31))
        if np.abs(oracle.slopes(gradient, seed, 5)).min() < 0.02 * np.linalg.norm(gradient):
            continue
        if (
            claimed is None
            or 0 < np.argmax(oracle.direction_errors(gradient, claimed, seed, 5)) < 4
        ):
            return seed
