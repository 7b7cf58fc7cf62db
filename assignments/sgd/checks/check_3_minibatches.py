"""Part 3: minibatches. The toy problem data.Quadratic records which examples are asked for."""

import numpy as np

from autograder.grading import check, expect, rounding
from expectations import (
    expect_batches,
    expect_descent,
    expect_global_generators_untouched,
    expect_kept_models,
    expect_separate,
    toy_problem,
)

SIZES = ((17, 5), (15, 5))  # n and B: B does not divide n, and does


@check(
    part="3.1",
    points=2,
    hint="handout, task 3.1",
    requires=("R3.1a", "R2d:sgd_minibatch", "R0a:sgd_minibatch"),
    judged_by="check_random_batches_follow_their_gradients",
)
def check_random_batches_are_drawn_with_replacement(student, rng, data):
    """Algorithm 3 draws B examples a step with replacement, one rng.integers call each.

    Why: The variance of a batch's gradient falls as 1/B only if its examples are drawn
    independently.
    Oracle: A second generator of the same seed, asked as the handout says, beside the recorded
    calls of the gradient; n / B steps an epoch are rounded up, where there is something to round.
    """
    for n, B in SIZES:
        toy, seed = toy_problem(data, rng, n), int(rng.integers(2**31))
        student.sgd_minibatch(
            expect.calls(toy.grad_fn, at_most=500),
            toy.W0,
            n,
            alpha=0.1,
            B=B,
            num_epochs=3,
            monitor_period=4,
            rng=np.random.default_rng(seed),
        )

        again, steps = np.random.default_rng(seed), {17: 12, 15: 9}[n]
        expect_batches(toy.batches, [again.integers(n, size=B).tolist() for _ in range(steps)])


@check(
    part="3.1",
    points=2,
    needs="check_random_batches_are_drawn_with_replacement",
    hint="handout, the list of models before task 2.1",
    requires=("R2a:sgd_minibatch", "R3.1a", "R0a:sgd_minibatch"),
)
def check_random_batches_follow_their_gradients(student, oracle, rng, data):
    """Algorithm 3 lists the right models, also if the period divides the number of steps.

    Why: The step uses the mean over the batch: with the sum, alpha would have to change with B.
    Oracle: A loop in Python floats over the toy problem, one entry at a time, with the draws of a
    second generator of the same seed.
    """
    for period in (5, 4):  # of 12 steps
        toy, seed = toy_problem(data, rng, 17), int(rng.integers(2**31))
        models = student.sgd_minibatch(
            toy.grad_fn, toy.W0, 17, 0.3, 5, 3, period, rng=np.random.default_rng(seed)
        )

        again = np.random.default_rng(seed)
        batches = [again.integers(17, size=5).tolist() for _ in range(12)]
        path = oracle.quadratic_path(toy.W0, toy.targets, 0.3, batches)
        expect_descent(toy, models, path, batches, period)


@check(
    part="3.1",
    points=1,
    hint="handout, task 3.1 and the rules before task 2.1",
    requires=("R0b:sgd_minibatch", "R2b:sgd_minibatch", "R0a:sgd_minibatch"),
)
def check_random_batches_touch_nothing_else(student, rng):
    """Algorithm 3 leaves global random states and W0 alone; its models share no memory.

    Why: Drawing from a global generator changes the results of other code that uses it.
    Oracle: The global generators, seeded before the run, draw what they draw without it; another
    number is added to each listed model and to W0.
    """
    seed = int(rng.integers(2**31))
    settings = {"n": 5, "B": 2, "num_epochs": 2, "monitor_period": 4}
    expect_separate(student, "sgd_minibatch", (0, 4, 6), seed=seed, **settings)
    W0, draws = np.ones((2, 3)), np.random.default_rng(seed)
    expect_global_generators_untouched(
        student, rng, "sgd_minibatch", W0, alpha=0.1, rng=draws, **settings
    )


@check(
    part="3.1",
    points=1,
    needs="check_random_batches_are_drawn_with_replacement",
    hint="handout, the list of models: which models have to be kept?",
    requires=("R2c:sgd_minibatch", "R2a:sgd_minibatch"),
)
def check_random_batches_keep_only_listed_models(student, rng, budgets):
    """Algorithm 3 with 1000 steps keeps the 11 models it lists, and not all 1000.

    Why: A model that is not asked for takes as much memory as one that is.
    Oracle: Bytes counted by the allocators during the run, against a formula for the listed models
    and a few arrays more; the models in closed form, as every step has the same gradient.
    """
    p = int(rng.integers(103, 110))
    settings = {"n": 60 * p - 7, "B": 60, "num_epochs": 10, "seed": int(rng.integers(2**31))}
    budget = "minibatch_models"
    expect_kept_models(student, budgets, budget, "sgd_minibatch", p, **settings)


@check(
    part="3.2",
    points=2,
    hint="handout, task 3.2",
    requires=("R3.2a", "R3.2b", "R2d:sgd_minibatch_sequential"),
    judged_by="check_batches_in_order_follow_their_gradients",
)
def check_batches_in_order_are_consecutive_slices(student, rng, data):
    """Algorithm 4 scans the examples in slices of B, and the shorter rest in every epoch.

    Why: A slice is a view of the data and an array of indices a copy: the difference that
    experiment C measures.
    Oracle: The recorded calls of the gradient against rows written out by hand for n = 17 and n =
    15, B = 5.
    """
    for n, B in SIZES:
        toy = toy_problem(data, rng, n)
        student.sgd_minibatch_sequential(
            expect.calls(toy.grad_fn, at_most=500),
            toy.W0,
            n,
            alpha=0.1,
            B=B,
            num_epochs=2,
            monitor_period=3,
        )

        epoch = [[0, 1, 2, 3, 4], [5, 6, 7, 8, 9], [10, 11, 12, 13, 14]]
        expect_batches(toy.batches, 2 * [*epoch, *([[15, 16]] if n == 17 else [])])
        expect.that(all(toy.slices), "idx is an array of indices: X[idx] would copy the batch")


@check(
    part="3.2",
    points=2,
    needs="check_batches_in_order_are_consecutive_slices",
    hint="handout, the list of models before task 2.1",
    requires=("R2a:sgd_minibatch_sequential", "R3.2a", "R0a:sgd_minibatch_sequential"),
)
def check_batches_in_order_follow_their_gradients(student, oracle, rng, data):
    """Algorithm 4 lists the right models, also if the period divides the number of steps.

    Why: The examples of a dropped rest would not be used in any epoch.
    Oracle: A loop in Python floats over the toy problem, one entry at a time, with batches written
    out by hand.
    """
    epoch = [[0, 1, 2], [3, 4, 5], [6, 7, 8], [9, 10, 11], [12, 13, 14], [15, 16]]
    for period in (5, 9):  # of 18 steps
        toy = toy_problem(data, rng, 17)
        models = student.sgd_minibatch_sequential(toy.grad_fn, toy.W0, 17, 0.3, 3, 3, period)

        path = oracle.quadratic_path(toy.W0, toy.targets, 0.3, 3 * epoch)
        expect_descent(toy, models, path, 3 * epoch, period)


@check(
    part="3.2",
    points=1,
    hint="handout, the list of models: each is an array of its own",
    requires=("R2b:sgd_minibatch_sequential", "R0a:sgd_minibatch_sequential"),
)
def check_batches_in_order_list_models_of_their_own(student):
    """The models of Algorithm 4 share no memory with one another or with W0.

    Why: An array updated in place changes in every list that holds it.
    Oracle: Another number is added to each of these arrays: one that changes by more than its own
    shares memory with another one.
    """
    settings = {"n": 5, "B": 2, "num_epochs": 2, "monitor_period": 4}
    expect_separate(student, "sgd_minibatch_sequential", (0, 4, 6), **settings)


@check(
    part="3.2",
    points=1,
    needs="check_batches_in_order_follow_their_gradients",
    hint="handout, task 3.2: your loss, gradient and error rate must be right as well",
    requires=("R3.2a", "R2a:sgd_minibatch_sequential", "R1.2a", "R1.3a"),
)
def check_three_epochs_learn_to_read_digits(student, oracle, rng, data):
    """Three epochs of Algorithm 4 with your own gradient misread under 9 % of the digits.

    Why: Parts that pass alone must also work together, on real data.
    Oracle: A threshold, far from what a sum in place of the mean reaches (15 %) and a wrong sign
    (90 %); the models themselves from gradients worked out class by class, in a random direction.
    """
    digits = data.digits()
    settings = {
        "W0": np.zeros((10, 64)),
        "n": len(digits.X),
        "alpha": 0.5,
        "B": 30,
        "num_epochs": 3,
        "monitor_period": 50,
    }
    models = student.programs.trained(
        "sgd_minibatch_sequential", digits.X, digits.Y, 1e-4, settings
    )

    models = expect.items(models, 4, what="the list of models")
    for i, model in enumerate(models):
        expect.array(model, shape=(10, 64), what=f"model {i} of the list")
    misread = (digits.X @ models[-1].T).argmax(axis=1) != digits.Y.argmax(axis=1)
    error = student.error_rate(models[-1], digits.X, digits.Y)
    expect.number(error, low=0.0, high=0.09, what="the error rate on the training digits")
    within = rounding(terms=len(misread), why="a quotient of counts")
    expect.close(error, misread.mean(), within=within, what="the error rate of the last")
    direction = rng.standard_normal((10, 64))
    expect.close(
        np.array([np.vdot(model, direction) for model in models]),
        oracle.trained_along(direction, digits.X, digits.Y, 0.5, 1e-4, 30, (0, 50, 100, 150)),
        within=rounding(terms=640, condition=10, why="150 steps"),
        what="the four listed models, in a random direction",
    )


@check(
    part="3.2",
    points=1,
    needs="check_batches_in_order_are_consecutive_slices",
    hint="handout, the list of models: which models have to be kept?",
    requires=("R2c:sgd_minibatch_sequential", "R2a:sgd_minibatch_sequential"),
)
def check_batches_in_order_keep_only_listed_models(student, rng, budgets):
    """Algorithm 4 with 1000 steps keeps the 11 models it lists, and not all 1000.

    Why: A thousand models of 63 kB fit into memory, a thousand models of a real network do not.
    Oracle: Bytes counted by the allocators during the run, against a formula for the listed models
    and a few arrays more; the models in closed form, as every step has the same gradient.
    """
    p = int(rng.integers(103, 110))
    settings = {"n": 60 * p - 7, "B": 60, "num_epochs": 10}
    budget, algorithm = "minibatch_models", "sgd_minibatch_sequential"
    expect_kept_models(student, budgets, budget, algorithm, p, **settings)


@check(
    part="3.3",
    points=1,
    hint="handout, task 3.3",
    requires=("R3.3a", "R3.3b", "R2d:sgd_shuffled"),
    judged_by="check_reshuffling_draws_one_permutation_an_epoch",
)
def check_reshuffled_epochs_use_every_example_once(student, rng, data):
    """Random reshuffling uses every example once an epoch, and each epoch in a new order.

    Why: Reshuffling visits every example equally often and still breaks the order of the data: both
    need a new order in each epoch.
    Oracle: The recorded calls of the gradient: each epoch, sorted, must be 0 to n-1, and three
    epochs three different orders.
    """
    for n, B in SIZES:
        toy = toy_problem(data, rng, n)
        student.sgd_shuffled(
            expect.calls(toy.grad_fn, at_most=500),
            toy.W0,
            n,
            alpha=0.1,
            B=B,
            num_epochs=3,
            monitor_period=4,
            rng=np.random.default_rng(int(rng.integers(2**31))),
        )

        lengths = 3 * ([5, 5, 5, 2] if n == 17 else [5, 5, 5])
        expect.equal(len(toy.batches), len(lengths), what="the number of steps")
        lengths_seen = np.array([len(batch) for batch in toy.batches])
        expect.equal(lengths_seen, np.array(lengths), what="the number of examples, by step")
        epochs = np.concatenate(toy.batches).reshape(3, n)
        for epoch in epochs:
            expect.equal(np.sort(epoch), np.arange(n), what="the examples of an epoch, sorted")
        distinct = len({tuple(epoch) for epoch in epochs.tolist()})
        expect.equal(distinct, 3, what="the number of different orders in 3 epochs")


@check(
    part="3.3",
    points=1,
    needs="check_reshuffled_epochs_use_every_example_once",
    hint="handout, task 3.3, and the list of models before task 2.1",
    requires=("R3.3a", "R3.3b", "R2a:sgd_shuffled", "R0a:sgd_shuffled"),
)
def check_reshuffling_draws_one_permutation_an_epoch(student, oracle, rng, data):
    """Random reshuffling takes one rng.permutation(n) an epoch, and lists the right models.

    Why: The same seed must give the same run on every machine, or a result cannot be repeated.
    Oracle: A second generator of the same seed, asked for one permutation an epoch; a loop in
    Python floats over the toy problem with it.
    """
    for period in (5, 4):  # of 12 steps
        toy, seed = toy_problem(data, rng, 17), int(rng.integers(2**31))
        models = student.sgd_shuffled(
            toy.grad_fn, toy.W0, 17, 0.1, 5, 3, period, rng=np.random.default_rng(seed)
        )

        again = np.random.default_rng(seed)
        want = np.concatenate([again.permutation(17) for _ in range(3)])
        expect.equal(np.concatenate(toy.batches), want, what="the sequence of examples")
        epochs = want.reshape(3, 17).tolist()
        batches = [epoch[i : i + 5] for epoch in epochs for i in (0, 5, 10, 15)]
        path = oracle.quadratic_path(toy.W0, toy.targets, 0.1, batches)
        expect_descent(toy, models, path, batches, period)


@check(
    part="3.3",
    points=1,
    hint="handout, task 3.3 and the rules before task 2.1",
    requires=("R0b:sgd_shuffled", "R2b:sgd_shuffled", "R0a:sgd_shuffled"),
)
def check_reshuffling_touches_nothing_else(student, rng):
    """Random reshuffling leaves global random states and W0 alone; its models share no memory.

    Why: Drawing from a global generator changes the results of other code that uses it.
    Oracle: The global generators, seeded before the run, draw what they draw without it; another
    number is added to each listed model and to W0.
    """
    seed = int(rng.integers(2**31))
    settings = {"n": 5, "B": 2, "num_epochs": 2, "monitor_period": 4}
    expect_separate(student, "sgd_shuffled", (0, 4, 6), seed=seed, **settings)
    W0, draws = np.ones((2, 3)), np.random.default_rng(seed)
    expect_global_generators_untouched(
        student, rng, "sgd_shuffled", W0, alpha=0.1, rng=draws, **settings
    )


@check(
    part="3.3",
    points=1,
    needs="check_reshuffled_epochs_use_every_example_once",
    hint="handout, the list of models: which models have to be kept?",
    requires=("R2c:sgd_shuffled", "R2a:sgd_shuffled"),
)
def check_reshuffling_keeps_only_listed_models(student, rng, budgets):
    """Random reshuffling with 1000 steps keeps the 11 models it lists, and not all 1000.

    Why: An order of all examples is small beside a model of each step.
    Oracle: Bytes counted by the allocators during the run, against a formula for the listed models
    and a few arrays more; the models in closed form, as every step has the same gradient.
    """
    p = int(rng.integers(103, 110))
    settings = {"n": 60 * p - 7, "B": 60, "num_epochs": 10, "seed": int(rng.integers(2**31))}
    budget = "minibatch_models"
    expect_kept_models(student, budgets, budget, "sgd_shuffled", p, **settings)
