"""Part 2 on other inputs: other periods and lengths, and what must not be touched."""

import numpy as np

from autograder.grading import check, expect
from expectations import expect_models, expect_separate


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
        toy = data.Quadratic(rng, n=5)
        models = student.gradient_descent(
            toy.grad_fn, toy.W0, 5, alpha=0.3, num_iters=num_iters, monitor_period=period
        )

        batches = num_iters * [list(range(5))]
        expect_models(models, oracle.quadratic_models(toy.W0, toy.targets, 0.3, batches, period))


@check(
    part="2.2",
    points=1,
    hint="handout, task 2.2 and the rules before task 2.1",
    requires=("R0b:sgd_random", "R2b:sgd_random", "R0a:sgd_random"),
)
def check_random_steps_touch_nothing_else(student):
    """Algorithm 1 leaves global random states and W0 alone; its models share no memory.

    Why: Drawing from a global generator changes the results of other code that uses it.
    Oracle: The states of the global generators, hashed before and after; numpy's own test of shared
    memory.
    """
    settings = {"n": 5, "alpha": 0.1, "num_epochs": 2, "monitor_period": 3, "seed": 9}
    expect_separate(student, "sgd_random", settings)
    used = student.programs.global_randomness_used("sgd_random", settings | {"W0": np.ones((2, 3))})
    expect.that(not used, f"the global generator of {' and '.join(used)} was used, not rng")


@check(
    part="2.3",
    points=1,
    hint="handout, the rules before task 2.1",
    requires=("R2a:sgd_sequential", "R2b:sgd_sequential", "R2.3a", "R0a:sgd_sequential"),
)
def check_sequential_steps_with_other_periods(student, oracle, rng, data):
    """Algorithm 2 lists the right models for other periods; they share no memory.

    Why: Lists go wrong at their ends: n = 1, a period that divides T, or one that exceeds it.
    Oracle: A loop in Python floats over the toy problem; numpy's own test of shared memory.
    """
    for n, num_epochs, period in ((6, 2, 3), (1, 4, 3), (5, 1, 9)):
        toy = data.Quadratic(rng, n=n)
        models = student.sgd_sequential(
            toy.grad_fn, toy.W0, n, alpha=0.3, num_epochs=num_epochs, monitor_period=period
        )
        batches = num_epochs * [[i] for i in range(n)]
        expect_models(models, oracle.quadratic_models(toy.W0, toy.targets, 0.3, batches, period))

    settings = {"n": 5, "alpha": 0.1, "num_epochs": 2, "monitor_period": 3}
    expect_separate(student, "sgd_sequential", settings)
