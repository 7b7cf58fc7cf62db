"""Part 3 on other inputs: other batch sizes."""

import numpy as np

from autograder.grading import check
from expectations import expect_descent, toy_problem

SIZES = ((12, 4, 3), (7, 7, 2), (5, 1, 2), (6, 20, 3), (23, 8, 2))  # n, B, number of epochs


@check(
    part="3.1",
    points=1,
    hint="handout, task 3.1",
    requires=("R3.1a", "R2a:sgd_minibatch", "R0a:sgd_minibatch"),
)
def check_random_batches_of_other_sizes(student, oracle, rng, data):
    """Algorithm 3 is right for other batch sizes.

    Why: B = 1, B = n and B > n are where floor and ceiling differ.
    Oracle: A loop in Python floats over the toy problem with the draws of a second generator.
    """
    for n, B, num_epochs in SIZES:
        toy, seed = toy_problem(data, rng, n), int(rng.integers(2**31))
        models = student.sgd_minibatch(
            toy.grad_fn, toy.W0, n, 0.3, B, num_epochs, 4, np.random.default_rng(seed)
        )
        again = np.random.default_rng(seed)
        batches = [again.integers(n, size=B).tolist() for _ in range(num_epochs * -(-n // B))]
        path = oracle.quadratic_path(toy.W0, toy.targets, 0.3, batches)
        expect_descent(toy, models, path, batches, 4)


@check(
    part="3.2",
    points=1,
    hint="handout, task 3.2",
    requires=("R3.2a", "R2a:sgd_minibatch_sequential", "R0a:sgd_minibatch_sequential"),
)
def check_batches_in_order_of_other_sizes(student, oracle, rng, data):
    """Algorithm 4 is right for other batch sizes.

    Why: B = 1, B = n and B > n are where the shorter rest is easily lost.
    Oracle: A loop in Python floats over the toy problem.
    """
    for n, B, num_epochs in SIZES:
        toy = toy_problem(data, rng, n)
        models = student.sgd_minibatch_sequential(toy.grad_fn, toy.W0, n, 0.3, B, num_epochs, 4)
        batches = num_epochs * [list(range(n))[i : i + B] for i in range(0, n, B)]
        path = oracle.quadratic_path(toy.W0, toy.targets, 0.3, batches)
        expect_descent(toy, models, path, batches, 4)


@check(
    part="3.3",
    points=1,
    hint="handout, task 3.3",
    requires=("R3.3a", "R3.3b", "R2a:sgd_shuffled", "R0a:sgd_shuffled"),
)
def check_reshuffling_of_other_sizes(student, oracle, rng, data):
    """Random reshuffling is right for other batch sizes.

    Why: B = 1, B = n and B > n are where pieces of an order are easily lost.
    Oracle: A loop in Python floats over the toy problem with the permutations of a second
    generator.
    """
    for n, B, num_epochs in SIZES:
        toy, seed = toy_problem(data, rng, n), int(rng.integers(2**31))
        models = student.sgd_shuffled(
            toy.grad_fn, toy.W0, n, 0.3, B, num_epochs, 4, np.random.default_rng(seed)
        )
        again, batches = np.random.default_rng(seed), []
        for _ in range(num_epochs):
            order = again.permutation(n).tolist()
            batches += [order[i : i + B] for i in range(0, n, B)]
        path = oracle.quadratic_path(toy.W0, toy.targets, 0.3, batches)
        expect_descent(toy, models, path, batches, 4)
