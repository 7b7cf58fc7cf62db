"""Part 1: the model, its gradient, the error rate, and a tester of gradients."""

import numpy as np

from autograder.grading import check, expect, recipe, rounding

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
def check_gradient_is_a_mean_over_the_batch(student, rng, data):
    """The gradient of a batch is the mean over its parts, repeated examples counted again.

    Why: Stochastic gradients are worth something because the mean over batches is the gradient of
    all examples.
    Oracle: Your own gradients of the parts, combined by the definition of a mean: a relation, with
    no expected value of ours.
    """
    W, X, Y = data.random_problem(rng, n=12, d=5, c=3)
    head, tail = slice(0, 4), slice(4, 12)
    gamma = 0.7

    whole = student.softmax_xent_grad(W, X, Y, gamma)
    of_head = student.softmax_xent_grad(W, X[head], Y[head], gamma)
    of_tail = student.softmax_xent_grad(W, X[tail], Y[tail], gamma)
    repeated = [*range(12), 0, 1, 2, 3]
    with_repeats = student.softmax_xent_grad(W, X[repeated], Y[repeated], gamma)
    expect.close(
        whole,
        (4 * of_head + 8 * of_tail) / 12,
        within=rounding(terms=12),
        what="the gradient of 12 examples, from those of the first 4 and the last 8",
    )
    expect.close(
        with_repeats,
        (12 * whole + 4 * of_head) / 16,
        within=rounding(terms=16),
        what="the gradient of a batch in which four examples stand twice",
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
    points=3,
    needs="check_gradient_is_the_derivative_of_the_loss",
    hint="handout, task 1.2: no Python loop over examples or classes",
    requires=("R1.2e", "R1.2a"),
)
def check_gradient_is_vectorised(student, oracle, budgets):
    """The gradient takes a number of interpreter steps that does not grow with its arrays.

    Why: A bytecode of Python costs about as much as dozens of multiplications within an array
    operation, so a loop over examples wastes nearly all of the machine.
    Oracle: A counter of the bytecodes of your functions, and a clock beside it; the value is
    compared with the slope of the loss along a random direction, worked out without the transposed
    product.
    """
    gradient = student.softmax_xent_grad
    many_classes = {"B": 1000, "d": 30, "c": 300}
    budgets.operations(
        "gradient_steps", gradient, inputs=_batches(**many_classes), sizes=many_classes
    )

    # loops that take no steps, such as map over a C function, show in the time of small examples
    many_examples = {"B": 20_000, "d": 3, "c": 5}
    expected, verify = _slope_along_a_direction(oracle, **many_examples)
    budgets.operations(
        "example_steps",
        gradient,
        inputs=_batches(**many_examples),
        sizes=many_examples,
        expected=expected,
        verify=verify,
    )


@check(
    part="1.2",
    points=3,
    needs="check_gradient_is_the_derivative_of_the_loss",
    hint="handout, task 1.2: which arrays are as large as X?",
    requires="R1.2f",
)
def check_gradient_makes_no_array_as_large_as_the_batch(student, budgets):
    """The gradient of 6000 examples needs a few (B, c) and (c, d) arrays, and no copy of X.

    Why: Memory traffic, not arithmetic, limits large problems: a copy of X costs more than the
    products that use it.
    Oracle: Bytes counted by the allocators of numpy and Python during your call, beside what the
    system saw; the budget is a formula in B, c and d.
    """
    sizes = {"B": 6000, "d": 784, "c": 10}
    inputs = _batches(**sizes)
    budgets.memory("gradient_memory", student.softmax_xent_grad, inputs=inputs, sizes=sizes)


@check(
    part="1.2",
    points=4,
    needs="check_gradient_is_the_derivative_of_the_loss",
    hint="handout, task 1.2: two matrix products are enough",
    requires=("R1.2g", "R1.2a"),
)
def check_gradient_takes_the_time_of_two_matrix_products(student, oracle, budgets):
    """The gradient of 60 000 examples of 60 features takes little longer than its products.

    Why: Two matrix products are the least that the gradient takes, and they run at the speed of the
    hardware.
    Oracle: CPU time in turns with a public list of array operations on the same machine; the value
    is compared with the slope of the loss along a random direction.
    """
    sizes = {"B": 60_000, "d": 60, "c": 10}
    expected, verify = _slope_along_a_direction(oracle, **sizes)
    budgets.time(
        "gradient_time",
        student.softmax_xent_grad,
        inputs=_batches(**sizes),
        expected=expected,
        verify=verify,
    )


def _slope_along_a_direction(oracle, B, c, d):
    """What is expected of a large gradient, and who judges it: one random direction is enough."""
    direction = recipe("standard_normal", seed=5, shape=(c, d))

    def expected(W, X, Y, gamma):
        return oracle.slope(W, X, Y, gamma, direction)

    def verify(args, gradient, slope):
        expect.array(gradient, shape=(c, d), what="the gradient")
        expect.close(
            float(np.vdot(gradient, direction.build())),
            slope,
            within=rounding(terms=B, size=1.0),
            what="the gradient, in a random direction",
        )

    return expected, verify


def _batches(B, d, c):
    """Makes the arguments of a gradient, as recipes: they are as large as MNIST."""

    def inputs(rng):
        seeds = [int(seed) for seed in rng.integers(2**31, size=3)]
        W = recipe("standard_normal", seed=seeds[0], shape=(c, d))
        X = recipe("uniform", seed=seeds[1], shape=(B, d))
        Y = recipe("one_hot", seed=seeds[2], shape=(B,), classes=c)
        return W, X, Y, 0.1

    return inputs


@check(part="1.3", points=1, hint="handout, task 1.3", requires="R1.3a")
def check_error_rate_of_four_examples(student):
    """The error rate is 0.75 when one of four examples is put into its class.

    Why: The error rate is what one wants to be small; the loss is only what can be differentiated.
    Oracle: Counted by hand: four examples, their predicted classes stand in a comment of the check.
    """
    W = np.array([[1.0, 0.0], [0.0, 1.0], [-1.0, -1.0]])
    X = np.array([[2.0, 1.0], [1.0, 3.0], [-1.0, -2.0], [5.0, 4.0]])  # predicted: 0, 1, 2, 0
    Y = np.array([[1.0, 0, 0], [1.0, 0, 0], [0, 1.0, 0], [0, 0, 1.0]])  # classes: 0, 0, 1, 2

    expect.close(student.error_rate(W, X, Y), 0.75, rtol=0.0, why="3 of 4", what="the error rate")


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

    whole_numbers = np.round(4 * X)  # so that equal scores are exactly equal
    pairs = np.repeat(np.array([[1.0, -2.0, 3.0], [0.0, 2.0, 1.0]]), 2, axis=0)
    expect.close(
        student.error_rate(pairs, whole_numbers, Y[:, :4] + Y[:, 4:] * [0, 1, 0, 0]),
        oracle.error_rate(pairs, whole_numbers, Y[:, :4] + Y[:, 4:] * [0, 1, 0, 0]),
        within=rounding(terms=29, why="a quotient of two counts"),
        what="the error rate with equal scores",
    )


@check(part="1.4", points=2, hint="handout, task 1.4", requires="R1.4c")
def check_tester_accepts_right_gradients(student):
    """check_gradient returns less than 1e-6 for two losses with their right gradients.

    Why: A test that rejects right gradients cannot be trusted.
    Oracle: Losses whose gradients are known from calculus: sum(A sin W) and sum(A W^2).
    """
    A, W = _toy()

    waves = student.check_gradient(
        lambda V: float(np.sum(A * np.sin(V))), lambda V: A * np.cos(V), W, np.random.default_rng(5)
    )
    expect.number(waves, low=0.0, high=1e-6, what="check_gradient of sum(A sin W), which is right")
    bowl = student.check_gradient(
        lambda V: float(np.sum(A * V**2)), lambda V: 2 * A * V, W, np.random.default_rng(6)
    )
    expect.number(bowl, low=0.0, high=1e-6, what="check_gradient of sum(A W^2), which is right")


@check(
    part="1.4",
    points=2,
    needs="check_tester_accepts_right_gradients",
    hint="handout, task 1.4",
    requires=("R1.4c", "R1.4b"),
)
def check_tester_rejects_wrong_gradients(student):
    """check_gradient returns more than 1e-3 for gradients that are wrong in several ways.

    Why: The tester must find the mistakes of task 1.2, also where the gradient is tiny.
    Oracle: Gradients known from calculus, then changed in five known ways at two scales: none of
    them is right, so each must be found.
    """
    A, W = _toy()
    first_row = np.array([[1.0], [0.0], [0.0]])
    wrong = {
        "of the wrong sign": lambda V: -A * np.cos(V),
        "twice too large": lambda V: 2 * A * np.cos(V),
        "1 % too large": lambda V: 1.01 * A * np.cos(V),
        "without its last two rows": lambda V: first_row * A * np.cos(V),
        "with a part of W added": lambda V: A * np.cos(V) + 0.3 * V,
    }

    for scale in (1.0, 1e-5):
        for slip, grad in wrong.items():
            error = student.check_gradient(
                lambda V, s=scale: float(s * np.sum(A * np.sin(V))),
                lambda V, s=scale, g=grad: s * g(V),
                W,
                np.random.default_rng(7),
            )
            what = f"check_gradient of a gradient {slip} (loss scaled by {scale:g})"
            expect.number(error, low=1e-3, what=what)


@check(
    part="1.4",
    points=2,
    needs="check_tester_accepts_right_gradients",
    hint="handout, task 1.4",
    requires=("R1.4a", "R0a:check_gradient"),
)
def check_tester_looks_on_both_sides_of_the_model(student):
    """check_gradient evaluates the loss at W + eps D and W - eps D, n_dirs times, |D| = 1.

    Why: The error of one-sided differences falls as eps, that of central ones as its square, which
    decides whether 1e-6 can be reached.
    Oracle: The models at which your tester asks for the loss, recorded: their number, their
    distances from W, and that they cancel.
    """
    _, W = _toy()
    moves = []

    def loss_fn(V):
        moves.append(V - W)
        return float(np.sum(np.exp(V)))

    student.check_gradient(loss_fn, np.exp, W, np.random.default_rng(8), n_dirs=3, eps=1e-3)
    expect.equal(len(moves), 6, what="the number of loss evaluations for n_dirs = 3")
    expect.close(
        np.array([np.linalg.norm(move) for move in moves]),
        np.full(6, 1e-3),
        within=rounding(terms=12, condition=1e3, why="W, of size 1, is subtracted from W + eps D"),
        what="the distances from W of those evaluations",
    )
    expect.close(
        sum(moves),
        np.zeros((3, 4)),
        within=rounding(terms=6, size=float(np.abs(W).max()), why="eps D and -eps D cancel"),
        what="the sum of all moves away from W",
    )


def _toy():
    """The coefficients of a toy loss, and a model, read-only."""
    rng = np.random.default_rng(4787)
    A, W = rng.standard_normal((3, 4)) + 2, rng.standard_normal((3, 4))
    W.setflags(write=False)
    return A, W
