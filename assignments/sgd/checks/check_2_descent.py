"""Part 2: gradient descent, and stochastic gradient descent with one example a step.

The algorithms are given the gradient of a toy problem, data.Quadratic, which records what they
ask for: example i pulls W towards targets[i], and the mean of all targets is the minimum.
"""

import numpy as np

from autograder.grading import check, expect
from expectations import (
    expect_batches,
    expect_descent,
    expect_global_generators_untouched,
    expect_kept_models,
    expect_models,
    expect_products,
    expect_separate,
    listed,
    toy_problem,
)


@check(
    part="2.1",
    points=3,
    hint="handout, task 2.1 and the list of models before it",
    requires=("R2.1a", "R2a:gradient_descent", "R0a:gradient_descent"),
    judged_by="check_gradient_descent_uses_all_examples_in_each_step",
)
def check_gradient_descent_shrinks_the_distance_by_a_factor(student, rng, data):
    """Gradient descent multiplies the distance to the minimum by 1 - alpha in each step.

    Why: On a quadratic a step multiplies the distance to the minimum by 1 - alpha: the simplest
    case of linear convergence.
    Oracle: The closed form for the toy problem, minimum + 0.8^k (W0 - minimum), without taking any
    step.
    """
    for period in (5, 4):  # of 12 steps: W_12 follows W_10, and is W_12 itself
        toy = toy_problem(data, rng, 7)
        models = student.gradient_descent(
            expect.calls(toy.grad_fn, at_most=500),
            toy.W0,
            7,
            0.2,
            num_iters=12,
            monitor_period=period,
        )
        expect_models(models, listed(_geometric_path(toy, 12), period))


def _geometric_path(toy, num_iters):
    """The models of gradient descent on the toy problem with alpha = 0.2, in closed form."""
    minimum = toy.targets.mean(axis=0)
    return minimum + 0.8 ** np.arange(num_iters + 1)[:, None, None] * (toy.W0 - minimum)


@check(
    part="2.1",
    points=2,
    needs="check_gradient_descent_shrinks_the_distance_by_a_factor",
    hint="handout, task 2.1",
    requires=("R2.1a", "R2d:gradient_descent"),
)
def check_gradient_descent_uses_all_examples_in_each_step(student, rng, data):
    """Gradient descent asks for all examples once a step, with a slice, so without a copy.

    Why: A slice selects rows without moving them, an array of indices copies all of the data in
    each step.
    Oracle: The calls of the gradient that the check hands over, recorded: which rows, and in which
    form.
    """
    toy = toy_problem(data, rng, 7)
    models = student.gradient_descent(
        toy.grad_fn, toy.W0, 7, alpha=0.2, num_iters=4, monitor_period=2
    )

    expect_descent(toy, models, _geometric_path(toy, 4), 4 * [list(range(7))], 2)
    expect.that(all(toy.slices), "idx is an array of indices: X[idx] would copy all the data")


@check(
    part="2.1",
    points=2,
    hint="handout, the list of models: each is an array of its own",
    requires="R2b:gradient_descent",
)
def check_gradient_descent_lists_models_of_their_own(student):
    """The models of gradient descent share no memory with one another or with W0.

    Why: An array updated in place changes in every list that holds it, the usual reason for a flat
    learning curve.
    Oracle: Another number is added to each of these arrays: one that changes by more than its own
    shares memory with another one.
    """
    settings = {"n": 7, "num_iters": 5, "monitor_period": 2}
    expect_separate(student, "gradient_descent", (0, 2, 4, 5), **settings)


@check(
    part="2.1",
    points=2,
    needs="check_gradient_descent_shrinks_the_distance_by_a_factor",
    hint="handout, task 2.1: which models have to be kept?",
    requires=("R2c:gradient_descent", "R2a:gradient_descent"),
)
def check_gradient_descent_keeps_only_listed_models(student, rng, budgets):
    """Gradient descent of 1000 steps keeps the 11 models it lists, and not all 1000.

    Why: A model of a large network takes gigabytes: what is kept must be chosen, not accumulated.
    Oracle: Bytes counted by the allocators during the run, against a formula for the listed models
    and a few arrays more; the models in closed form, as every step has the same gradient.
    """
    p = int(rng.integers(103, 110))
    settings = {"n": 60_000, "num_iters": 10 * p}
    budget = "gradient_descent_models"
    expect_kept_models(student, budgets, budget, "gradient_descent", p, **settings)


@check(
    part="2.2",
    points=3,
    hint="handout, task 2.2",
    requires=("R2.2a", "R2d:sgd_random", "R0a:sgd_random"),
    judged_by="check_random_steps_follow_their_gradients",
)
def check_random_steps_draw_one_example_each(student, rng, data):
    """Algorithm 1 draws its examples with replacement, one rng.integers(n, size=1) a step.

    Why: With replacement, every step's gradient is right on average whatever was drawn before,
    which the theory of SGD needs.
    Oracle: A second generator of the same seed, asked as the handout says, beside the recorded
    calls of the gradient.
    """
    toy, seed = toy_problem(data, rng, 11), int(rng.integers(2**31))
    student.sgd_random(
        expect.calls(toy.grad_fn, at_most=500),
        toy.W0,
        11,
        alpha=0.1,
        num_epochs=3,
        monitor_period=8,
        rng=np.random.default_rng(seed),
    )

    again = np.random.default_rng(seed)
    expect_batches(toy.batches, [again.integers(11, size=1).tolist() for _ in range(33)])


@check(
    part="2.2",
    points=2,
    needs="check_random_steps_draw_one_example_each",
    hint="handout, the list of models before task 2.1",
    requires=("R2a:sgd_random", "R2.2a", "R0a:sgd_random"),
)
def check_random_steps_follow_their_gradients(student, oracle, rng, data):
    """Algorithm 1 lists the right models, also if the period divides the number of steps.

    Why: A monitor that starts counting again in each epoch draws a learning curve with a wrong
    axis.
    Oracle: A loop in Python floats over the toy problem, one entry at a time, with the draws of a
    second generator of the same seed.
    """
    for period in (7, 11):
        toy, seed = toy_problem(data, rng, 11), int(rng.integers(2**31))
        models = student.sgd_random(
            toy.grad_fn, toy.W0, 11, 0.1, 3, period, rng=np.random.default_rng(seed)
        )

        again = np.random.default_rng(seed)
        batches = [again.integers(11, size=1).tolist() for _ in range(33)]
        path = oracle.quadratic_path(toy.W0, toy.targets, 0.1, batches)
        expect_descent(toy, models, path, batches, period)


@check(
    part="2.2",
    points=1,
    hint="handout, task 2.2 and the rules before task 2.1",
    requires=("R0b:sgd_random", "R2b:sgd_random", "R0a:sgd_random"),
)
def check_random_steps_touch_nothing_else(student, rng):
    """Algorithm 1 leaves global random states and W0 alone; its models share no memory.

    Why: Drawing from a global generator changes the results of other code that uses it.
    Oracle: The global generators, seeded before the run, draw what they draw without it; another
    number is added to each listed model and to W0.
    """
    seed = int(rng.integers(2**31))
    settings = {"n": 5, "num_epochs": 2, "monitor_period": 3}
    expect_separate(student, "sgd_random", (0, 3, 6, 9, 10), seed=seed, **settings)
    W0, draws = np.ones((2, 3)), np.random.default_rng(seed)
    expect_global_generators_untouched(
        student, rng, "sgd_random", W0, alpha=0.1, rng=draws, **settings
    )


@check(
    part="2.2",
    points=2,
    needs="check_random_steps_draw_one_example_each",
    hint="handout, task 2.2: what is done anew in every step?",
    requires="R2.2b",
)
def check_random_step_takes_no_more_work_with_more_examples(student, rng, budgets):
    """An epoch of Algorithm 1 takes twice the interpreter steps for twice the examples.

    Why: The point of SGD is that a step on a million examples costs what it costs on a thousand.
    Oracle: Bytecodes counted at four sizes; the exponent is the slope of a line through their
    logarithms. The CPU time of an epoch over about 5000 examples, beside one over 100: a sum or a
    list over all examples, made by a library, takes no bytecodes.
    """
    budgets.growth(
        "random_step_work",
        student.programs.descend,
        inputs=_one_random_epoch,
        sizes=_from_seed(rng, (50, 100, 200, 400)),
        verify=_expect_two_models,
        timed_at=(100, int(rng.integers(4900, 5100))),
    )


@check(
    part="2.2",
    points=1,
    needs="check_random_steps_draw_one_example_each",
    hint="handout, task 2.2: which lists or arrays grow with n?",
    requires=("R2.2b", "R2c:sgd_random"),
)
def check_random_step_takes_no_more_memory_with_more_examples(student, rng, budgets):
    """An epoch of Algorithm 1 takes the same memory for eight times the examples.

    Why: A list of all steps or all examples made beforehand is as large as what SGD was meant to
    avoid.
    Oracle: Bytes counted by the allocators at four sizes; the exponent is the slope of a line
    through their logarithms.
    """
    budgets.growth(
        "random_step_memory",
        student.programs.descend,
        inputs=_one_random_epoch,
        sizes=_from_seed(rng, (200, 400, 700, 1200)),
        verify=_expect_two_models,
    )


def _from_seed(rng, sizes):
    """The sizes, each up to a tenth larger."""
    return tuple(size + int(rng.integers(size // 10)) for size in sizes)


def _one_random_epoch(n, rng):
    """Arguments of the program `descend`: one epoch over n examples, two models listed."""
    W0, seed = rng.standard_normal((2, 3)), int(rng.integers(2**31))
    settings = {"W0": W0, "n": n, "alpha": 1e-4, "num_epochs": 1, "monitor_period": n, "seed": seed}
    return "sgd_random", W0, settings


def _expect_two_models(arguments, products, _):
    """The first model and the last one, for every step has the same gradient."""
    n = arguments[-1]["n"]
    expect_products(arguments, products, n, n)


@check(
    part="2.3",
    points=1,
    hint="handout, task 2.3",
    requires=("R2.3a", "R2d:sgd_sequential"),
    judged_by="check_sequential_steps_follow_their_gradients",
)
def check_sequential_steps_take_the_examples_in_order(student, rng, data):
    """Algorithm 2 takes examples 0 to n-1, one a step, and again in every epoch.

    Why: Memory read in order is fetched ahead of time, so the scan in order is the fastest way
    through the data.
    Oracle: The recorded calls of the gradient against the numbers 0 to n-1, written down twice.
    """
    toy = toy_problem(data, rng, 9)
    student.sgd_sequential(
        expect.calls(toy.grad_fn, at_most=500), toy.W0, 9, alpha=0.1, num_epochs=2, monitor_period=4
    )

    expect_batches(toy.batches, 2 * [[i] for i in range(9)])


@check(
    part="2.3",
    points=1,
    needs="check_sequential_steps_take_the_examples_in_order",
    hint="handout, the list of models before task 2.1",
    requires=("R2a:sgd_sequential", "R2.3a", "R0a:sgd_sequential"),
)
def check_sequential_steps_follow_their_gradients(student, oracle, rng, data):
    """Algorithm 2 lists the right models, also if the period divides the number of steps.

    Why: Algorithms that differ in their order only must agree in everything else, or their
    comparison says nothing.
    Oracle: A loop in Python floats over the toy problem, one entry at a time.
    """
    batches = [[i] for _ in range(3) for i in range(9)]
    for period in (7, 9):
        toy = toy_problem(data, rng, 9)
        models = student.sgd_sequential(toy.grad_fn, toy.W0, 9, 0.1, 3, period)

        path = oracle.quadratic_path(toy.W0, toy.targets, 0.1, batches)
        expect_descent(toy, models, path, batches, period)


@check(
    part="2.3",
    points=1,
    hint="handout, the list of models: each is an array of its own",
    requires=("R2b:sgd_sequential", "R0a:sgd_sequential"),
)
def check_sequential_steps_list_models_of_their_own(student):
    """The models of Algorithm 2 share no memory with one another or with W0.

    Why: An array updated in place changes in every list that holds it.
    Oracle: Another number is added to each of these arrays: one that changes by more than its own
    shares memory with another one.
    """
    settings = {"n": 5, "num_epochs": 2, "monitor_period": 3}
    expect_separate(student, "sgd_sequential", (0, 3, 6, 9, 10), **settings)


@check(
    part="2.3",
    points=1,
    needs="check_sequential_steps_take_the_examples_in_order",
    hint="handout, the list of models: which models have to be kept?",
    requires=("R2c:sgd_sequential", "R2a:sgd_sequential"),
)
def check_sequential_steps_keep_only_listed_models(student, rng, budgets):
    """Algorithm 2 with 1000 steps keeps the 11 models it lists, and not all 1000.

    Why: One example a step makes the most steps of all algorithms, and so the most models.
    Oracle: Bytes counted by the allocators during the run, against a formula for the listed models
    and a few arrays more; the models in closed form, as every step has the same gradient.
    """
    p = 2 * int(rng.integers(52, 55))
    settings = {"n": 5 * p // 2, "num_epochs": 4}
    expect_kept_models(student, budgets, "minibatch_models", "sgd_sequential", p, **settings)
