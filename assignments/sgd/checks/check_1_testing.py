"""Part 1: the error rate, and the tester of gradients."""

import numpy as np

from autograder.grading import check, expect, rounding


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
    requires=("R1.3a", "R1.3b", "R0a"),
)
def check_error_rate_agrees_with_a_plain_loop(student, oracle, rng, data):
    """The error rate agrees with a loop over examples, also where two classes score the same.

    Why: Equal scores do occur, as for W = 0, and results can be compared only if everybody breaks
    ties alike.
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

    Why: A test that rejects right work teaches one to ignore tests.
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

    Why: A tester is worth what it catches: the slips of task 1.2 must show, also where the gradient
    is tiny.
    Oracle: Gradients known from calculus, then spoilt in five known ways at two scales: none of
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
    requires=("R1.4a", "R0a"),
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
