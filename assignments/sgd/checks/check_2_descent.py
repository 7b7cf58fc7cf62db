"""Part 2: gradient descent, and stochastic gradient descent with one example a step.

The algorithms are given the gradient of a toy problem, data.Quadratic, which records what they
ask for: example i pulls W towards targets[i], and the mean of all targets is the minimum.
"""

import numpy as np

from autograder.grading import check, expect, recipe
from expectations import expect_batches, expect_models, expect_separate


@check(
    part="2.1",
    points=3,
    hint="handout, task 2.1 and the list of models before it",
    requires=("R2.1a", "R2a:gradient_descent", "R0a:gradient_descent"),
)
def check_gradient_descent_shrinks_the_distance_by_a_factor(student, rng, data):
    """Gradient descent multiplies the distance to the minimum by 1 - alpha in each step.

    Why: On a quadratic a step multiplies the distance to the minimum by 1 - alpha: the simplest
    case of linear convergence.
    Oracle: The closed form for the toy problem, minimum + 0.8^k (W0 - minimum), without taking any
    step.
    """
    toy = data.Quadratic(rng, n=7)
    models = student.gradient_descent(
        expect.calls(toy.grad_fn, at_most=500), toy.W0, 7, alpha=0.2, num_iters=12, monitor_period=5
    )

    minimum = toy.targets.mean(axis=0)
    after = np.array([0, 5, 10, 12])  # steps: the start, every fifth, the end
    expect_models(models, minimum + 0.8 ** after[:, None, None] * (toy.W0 - minimum))


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
    toy = data.Quadratic(rng, n=7)
    student.gradient_descent(toy.grad_fn, toy.W0, 7, alpha=0.2, num_iters=4, monitor_period=2)

    expect_batches(toy.batches, 4 * [list(range(7))])
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
    Oracle: numpy's own test of shared memory on every pair of listed models and W0, and W0 compared
    with what it was.
    """
    settings = {"n": 7, "alpha": 0.1, "num_iters": 5, "monitor_period": 2}
    expect_separate(student, "gradient_descent", settings)


@check(
    part="2.1",
    points=2,
    needs="check_gradient_descent_shrinks_the_distance_by_a_factor",
    hint="handout, task 2.1: which models have to be kept?",
    requires=("R2c:gradient_descent", "R2a:gradient_descent"),
)
def check_gradient_descent_keeps_only_listed_models(student, budgets):
    """Gradient descent of 1000 steps keeps the 11 models it lists, and not all 1000.

    Why: A model of a large network takes gigabytes: what is kept must be chosen, not accumulated.
    Oracle: Bytes counted by the allocators during the run, against a formula for the 11 listed
    models and a few arrays more.
    """

    def inputs(rng):
        W0 = recipe("standard_normal", seed=int(rng.integers(2**31)), shape=(10, 784))
        settings = {"n": 60000, "alpha": 1e-3, "num_iters": 1000, "monitor_period": 100}
        return "gradient_descent", W0, {"W0": W0, **settings}

    count = budgets.memory(
        "gradient_descent_models",
        student.programs.descend,
        inputs=inputs,
        sizes={"T": 1000, "p": 100, "c": 10, "d": 784},
    )
    expect.equal(count, 11, what="the number of models in the list")


@check(
    part="2.2",
    points=3,
    hint="handout, task 2.2",
    requires=("R2.2a", "R2d:sgd_random", "R0a:sgd_random"),
)
def check_random_steps_draw_one_example_each(student, rng, data):
    """Algorithm 1 draws its examples with replacement, one rng.integers(n, size=1) a step.

    Why: With replacement, every step's gradient is right on average whatever was drawn before,
    which the theory of SGD needs.
    Oracle: A second generator of the same seed, asked as the handout says, beside the recorded
    calls of the gradient.
    """
    toy, seed = data.Quadratic(rng, n=11), int(rng.integers(2**31))
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
    """Algorithm 1 lists the right models when the period divides neither epoch nor total.

    Why: A monitor that starts counting again in each epoch draws a learning curve with a wrong
    axis.
    Oracle: A loop in Python floats over the toy problem, one entry at a time, with the draws of a
    second generator of the same seed.
    """
    toy, seed = data.Quadratic(rng, n=11), int(rng.integers(2**31))
    models = student.sgd_random(
        toy.grad_fn,
        toy.W0,
        11,
        alpha=0.1,
        num_epochs=3,
        monitor_period=7,
        rng=np.random.default_rng(seed),
    )

    again = np.random.default_rng(seed)
    batches = [again.integers(11, size=1).tolist() for _ in range(33)]
    expect_models(models, oracle.quadratic_models(toy.W0, toy.targets, 0.1, batches, 7))


@check(
    part="2.2",
    points=2,
    needs="check_random_steps_draw_one_example_each",
    hint="handout, task 2.2: what is done anew in every step?",
    requires="R2.2b",
)
def check_random_step_takes_no_more_work_with_more_examples(student, budgets):
    """An epoch of Algorithm 1 takes twice the interpreter steps for twice the examples.

    Why: The point of SGD is that a step on a million examples costs what it costs on a thousand.
    Oracle: Bytecodes counted at four sizes; the exponent is the slope of a line through their
    logarithms.
    """
    budgets.growth(
        "random_step_work",
        student.programs.descend,
        inputs=_one_random_epoch,
        sizes=(50, 100, 200, 400),
    )


@check(
    part="2.2",
    points=2,
    needs="check_random_steps_draw_one_example_each",
    hint="handout, task 2.2: which lists or arrays grow with n?",
    requires=("R2.2b", "R2c:sgd_random"),
)
def check_random_step_takes_no_more_memory_with_more_examples(student, budgets):
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
        sizes=(200, 400, 700, 1200),
    )


def _one_random_epoch(n, rng):
    """Arguments of the program `descend`: one epoch over n examples, two models listed."""
    W0, seed = rng.standard_normal((2, 3)), int(rng.integers(2**31))
    settings = {"W0": W0, "n": n, "alpha": 1e-3, "num_epochs": 1, "monitor_period": n, "seed": seed}
    return "sgd_random", W0, settings


@check(part="2.3", points=2, hint="handout, task 2.3", requires=("R2.3a", "R2d:sgd_sequential"))
def check_sequential_steps_take_the_examples_in_order(student, rng, data):
    """Algorithm 2 takes examples 0 to n-1, one a step, and again in every epoch.

    Why: Memory read in order is fetched ahead of time, so the scan in order is the fastest way
    through the data.
    Oracle: The recorded calls of the gradient against the numbers 0 to n-1, written down twice.
    """
    toy = data.Quadratic(rng, n=9)
    student.sgd_sequential(
        expect.calls(toy.grad_fn, at_most=500), toy.W0, 9, alpha=0.1, num_epochs=2, monitor_period=4
    )

    expect_batches(toy.batches, 2 * [[i] for i in range(9)])


@check(
    part="2.3",
    points=2,
    needs="check_sequential_steps_take_the_examples_in_order",
    hint="handout, the list of models before task 2.1",
    requires=("R2a:sgd_sequential", "R2.3a", "R0a:sgd_sequential"),
)
def check_sequential_steps_follow_their_gradients(student, oracle, rng, data):
    """Algorithm 2 lists the right models when the period divides neither epoch nor total.

    Why: Algorithms that differ in their order only must agree in everything else, or their
    comparison says nothing.
    Oracle: A loop in Python floats over the toy problem, one entry at a time.
    """
    toy = data.Quadratic(rng, n=9)
    models = student.sgd_sequential(
        toy.grad_fn, toy.W0, 9, alpha=0.1, num_epochs=3, monitor_period=7
    )

    batches = [[i] for _ in range(3) for i in range(9)]
    expect_models(models, oracle.quadratic_models(toy.W0, toy.targets, 0.1, batches, 7))
