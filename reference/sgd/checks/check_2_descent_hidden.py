"""Part 2 on other inputs: other periods and lengths."""

import numpy as np

from autograder.grading import check
from expectations import expect_descent, toy_problem


@check(
    part="2.1",
    points=1,
    hint="handout, the list of models before task 2.1",
    requires=("R2a:gradient_descent", "R2.1a", "R0a:gradient_descent"),
)
def check_gradient_descent_with_other_periods(student, oracle, rng, data):
    """Gradient descent lists the right models for other periods and numbers of steps.

    Why: Lists go wrong at their ends: a period that divides T, exceeds it, or no step at all.
    Oracle: A loop in Python floats over the toy problem, one entry at a time.
    """
    for num_iters, period in ((6, 3), (5, 1), (3, 10), (4, 4), (0, 2)):
        toy = toy_problem(data, rng, 5)
        models = student.gradient_descent(
            toy.grad_fn, toy.W0, 5, alpha=0.3, num_iters=num_iters, monitor_period=period
        )

        batches = num_iters * [list(range(5))]
        path = oracle.quadratic_path(toy.W0, toy.targets, 0.3, batches)
        expect_descent(toy, models, path, batches, period)


@check(
    part="2.2",
    points=1,
    hint="handout, task 2.2 and the list of models before task 2.1",
    requires=("R2a:sgd_random", "R2.2a", "R0a:sgd_random"),
)
def check_random_steps_with_other_periods(student, oracle, rng, data):
    """Algorithm 1 lists the right models for other periods and numbers of examples.

    Why: Lists go wrong at their ends: n = 1, a period that divides T, or one that exceeds it.
    Oracle: A loop in Python floats over the toy problem with the draws of a second generator.
    """
    for n, num_epochs, period in ((6, 2, 3), (1, 4, 3), (5, 1, 9)):
        toy, seed = toy_problem(data, rng, n), int(rng.integers(2**31))
        models = student.sgd_random(
            toy.grad_fn, toy.W0, n, 0.3, num_epochs, period, np.random.default_rng(seed)
        )
        again = np.random.default_rng(seed)
        batches = [again.integers(n, size=1).tolist() for _ in range(num_epochs * n)]
        path = oracle.quadratic_path(toy.W0, toy.targets, 0.3, batches)
        expect_descent(toy, models, path, batches, period)


@check(
    part="2.3",
    points=1,
    hint="handout, the rules before task 2.1",
    requires=("R2a:sgd_sequential", "R2.3a", "R0a:sgd_sequential"),
)
def check_sequential_steps_with_other_periods(student, oracle, rng, data):
    """Algorithm 2 lists the right models for other periods and numbers of examples.

    Why: Lists go wrong at their ends: n = 1, a period that divides T, or one that exceeds it.
    Oracle: A loop in Python floats over the toy problem.
    """
    for n, num_epochs, period in ((6, 2, 3), (1, 4, 3), (5, 1, 9)):
        toy = toy_problem(data, rng, n)
        models = student.sgd_sequential(
            toy.grad_fn, toy.W0, n, alpha=0.3, num_epochs=num_epochs, monitor_period=period
        )
        batches = num_epochs * [[i] for i in range(n)]
        path = oracle.quadratic_path(toy.W0, toy.targets, 0.3, batches)
        expect_descent(toy, models, path, batches, period)
