"""Part 3 on other inputs: other batch sizes, what must not be touched, and learning."""

import numpy as np

from autograder.grading import check, expect
from expectations import expect_models, expect_separate

SIZES = ((12, 4, 3), (7, 7, 2), (5, 1, 2), (6, 20, 3), (23, 8, 2))  # n, B, number of epochs


@check(
    part="3.1",
    points=1,
    hint="handout, task 3.1",
    requires=(
        "R3.1a",
        "R2a:sgd_minibatch",
        "R2b:sgd_minibatch",
        "R0a:sgd_minibatch",
        "R0b:sgd_minibatch",
    ),
)
def check_random_batches_of_other_sizes(student, oracle, rng, data):
    """Algorithm 3 is right for other batch sizes, touches nothing else, and learns digits.

    Why: B = 1, B = n and B > n are where floor and ceiling differ.
    Oracle: A loop in Python floats over the toy problem with the draws of a second generator;
    hashed states of the global generators; numpy's own test of shared memory.
    """
    for n, B, num_epochs in SIZES:
        toy, seed = data.Quadratic(rng, n=n), int(rng.integers(2**31))
        models = student.sgd_minibatch(
            toy.grad_fn, toy.W0, n, 0.3, B, num_epochs, 4, np.random.default_rng(seed)
        )
        again = np.random.default_rng(seed)
        batches = [again.integers(n, size=B).tolist() for _ in range(num_epochs * -(-n // B))]
        expect_models(models, oracle.quadratic_models(toy.W0, toy.targets, 0.3, batches, 4))

    settings = {"n": 5, "alpha": 0.1, "B": 2, "num_epochs": 2, "monitor_period": 4, "seed": 9}
    expect_separate(student, "sgd_minibatch", settings)
    used = student.programs.global_randomness_used(
        "sgd_minibatch", settings | {"W0": np.ones((2, 3))}
    )
    expect.that(not used, f"the global generator of {' and '.join(used)} was used, not rng")


@check(part="3.1", points=1, hint="handout, task 3.1", requires=("R3.1a", "R2a:sgd_minibatch"))
def check_random_batches_learn_to_read_digits(student, data):
    """Three epochs of Algorithm 3 with the grader's gradient misread under 10 % of the digits.

    Why: An algorithm that follows a toy problem must also learn from real data.
    Oracle: A gradient of the check's own, so that only the algorithm is judged; a threshold with
    room.
    """
    grad_fn, digits = _digits_gradient(data)
    models = student.sgd_minibatch(
        grad_fn, np.zeros((10, 64)), len(digits.X), 0.5, 30, 3, 1000, np.random.default_rng(1)
    )

    models = expect.items(models, 2, what="the list of models")
    _expect_learnt(models[-1], digits)


@check(
    part="3.2",
    points=1,
    hint="handout, task 3.2",
    requires=(
        "R3.2a",
        "R2a:sgd_minibatch_sequential",
        "R2b:sgd_minibatch_sequential",
        "R0a:sgd_minibatch_sequential",
    ),
)
def check_batches_in_order_of_other_sizes(student, oracle, rng, data):
    """Algorithm 4 is right for other batch sizes, touches nothing else, and learns digits.

    Why: B = 1, B = n and B > n are where the shorter rest is easily lost.
    Oracle: A loop in Python floats over the toy problem; a gradient of the check's own for the
    digits; numpy's own test of shared memory.
    """
    for n, B, num_epochs in SIZES:
        toy = data.Quadratic(rng, n=n)
        models = student.sgd_minibatch_sequential(toy.grad_fn, toy.W0, n, 0.3, B, num_epochs, 4)
        batches = num_epochs * [list(range(n))[i : i + B] for i in range(0, n, B)]
        expect_models(models, oracle.quadratic_models(toy.W0, toy.targets, 0.3, batches, 4))

    settings = {"n": 5, "alpha": 0.1, "B": 2, "num_epochs": 2, "monitor_period": 4}
    expect_separate(student, "sgd_minibatch_sequential", settings)
    grad_fn, digits = _digits_gradient(data)
    models = student.sgd_minibatch_sequential(
        grad_fn, np.zeros((10, 64)), len(digits.X), 0.5, 30, 3, 1000
    )
    _expect_learnt(models[-1], digits)


@check(
    part="3.3",
    points=1,
    hint="handout, task 3.3",
    requires=(
        "R3.3a",
        "R3.3b",
        "R2a:sgd_shuffled",
        "R2b:sgd_shuffled",
        "R0a:sgd_shuffled",
        "R0b:sgd_shuffled",
    ),
)
def check_reshuffling_of_other_sizes(student, oracle, rng, data):
    """Random reshuffling is right for other batch sizes, and touches nothing else.

    Why: B = 1, B = n and B > n are where pieces of an order are easily lost.
    Oracle: A loop in Python floats over the toy problem with the permutations of a second
    generator; hashed states of the global generators; numpy's own test of shared memory.
    """
    for n, B, num_epochs in SIZES:
        toy, seed = data.Quadratic(rng, n=n), int(rng.integers(2**31))
        models = student.sgd_shuffled(
            toy.grad_fn, toy.W0, n, 0.3, B, num_epochs, 4, np.random.default_rng(seed)
        )
        again, batches = np.random.default_rng(seed), []
        for _ in range(num_epochs):
            order = again.permutation(n).tolist()
            batches += [order[i : i + B] for i in range(0, n, B)]
        expect_models(models, oracle.quadratic_models(toy.W0, toy.targets, 0.3, batches, 4))

    settings = {"n": 5, "alpha": 0.1, "B": 2, "num_epochs": 2, "monitor_period": 4, "seed": 9}
    expect_separate(student, "sgd_shuffled", settings)
    used = student.programs.global_randomness_used(
        "sgd_shuffled", settings | {"W0": np.ones((2, 3))}
    )
    expect.that(not used, f"the global generator of {' and '.join(used)} was used, not rng")


def _digits_gradient(data):
    """A gradient for the digits that owes nothing to the submission."""
    digits = data.digits()

    def grad_fn(W, idx):
        X, Y = digits.X[idx], digits.Y[idx]
        odds = np.exp(X @ W.T)
        return (odds / odds.sum(axis=1, keepdims=True) - Y).T @ X / len(X) + 1e-4 * W

    return grad_fn, digits


def _expect_learnt(model, digits):
    """At most one training digit in ten is misread."""
    expect.array(model, shape=(10, 64), what="the final model")
    misread = (digits.X @ model.T).argmax(axis=1) != digits.Y.argmax(axis=1)
    expect.number(float(misread.mean()), high=0.1, what="the error rate on the training digits")
