"""Part 3: minibatches. The toy problem data.Quadratic records which examples are asked for."""

import numpy as np

from autograder.grading import check, expect, recipe
from expectations import expect_batches, expect_models


@check(
    part="3.1",
    points=3,
    hint="handout, task 3.1",
    requires=("R3.1a", "R2d:sgd_minibatch", "R0a:sgd_minibatch"),
)
def check_random_batches_are_drawn_with_replacement(student, rng, data):
    """Algorithm 3 draws B examples a step with replacement, one rng.integers call each.

    Why: The variance of a batch's gradient falls as 1/B only if its examples are drawn
    independently.
    Oracle: A second generator of the same seed, asked as the handout says, beside the recorded
    calls of the gradient.
    """
    toy, seed = data.Quadratic(rng, n=17), int(rng.integers(2**31))
    student.sgd_minibatch(
        expect.calls(toy.grad_fn, at_most=500),
        toy.W0,
        17,
        alpha=0.1,
        B=5,
        num_epochs=3,
        monitor_period=4,
        rng=np.random.default_rng(seed),
    )

    again = np.random.default_rng(seed)  # 4 steps an epoch: 17 / 5, rounded up
    expect_batches(toy.batches, [again.integers(17, size=5).tolist() for _ in range(12)])


@check(
    part="3.1",
    points=2,
    needs="check_random_batches_are_drawn_with_replacement",
    hint="handout, the list of models before task 2.1",
    requires=("R2a:sgd_minibatch", "R3.1a", "R0a:sgd_minibatch"),
)
def check_random_batches_follow_their_gradients(student, oracle, rng, data):
    """Algorithm 3 lists the right models when the period divides neither epoch nor total.

    Why: The step uses the mean over the batch: with the sum, alpha would have to change with B.
    Oracle: A loop in Python floats over the toy problem, one entry at a time, with the draws of a
    second generator of the same seed.
    """
    toy, seed = data.Quadratic(rng, n=17), int(rng.integers(2**31))
    models = student.sgd_minibatch(
        toy.grad_fn,
        toy.W0,
        17,
        alpha=0.3,
        B=5,
        num_epochs=3,
        monitor_period=5,
        rng=np.random.default_rng(seed),
    )

    again = np.random.default_rng(seed)
    batches = [again.integers(17, size=5).tolist() for _ in range(12)]
    expect_models(models, oracle.quadratic_models(toy.W0, toy.targets, 0.3, batches, 5))


@check(
    part="3.2",
    points=3,
    hint="handout, task 3.2",
    requires=("R3.2a", "R3.2b", "R2d:sgd_minibatch_sequential"),
)
def check_batches_in_order_are_consecutive_slices(student, rng, data):
    """Algorithm 4 scans the examples in slices of B, and the shorter rest in every epoch.

    Why: A slice is a view of the data and an array of indices a copy: the difference that
    experiment C measures.
    Oracle: The recorded calls of the gradient against rows written out by hand for n = 17 and B =
    5.
    """
    toy = data.Quadratic(rng, n=17)
    student.sgd_minibatch_sequential(
        expect.calls(toy.grad_fn, at_most=500),
        toy.W0,
        17,
        alpha=0.1,
        B=5,
        num_epochs=2,
        monitor_period=3,
    )

    epoch = [[0, 1, 2, 3, 4], [5, 6, 7, 8, 9], [10, 11, 12, 13, 14], [15, 16]]
    expect_batches(toy.batches, 2 * epoch)
    expect.that(all(toy.slices), "idx is an array of indices: X[idx] would copy the batch")


@check(
    part="3.2",
    points=2,
    needs="check_batches_in_order_are_consecutive_slices",
    hint="handout, the list of models before task 2.1",
    requires=("R2a:sgd_minibatch_sequential", "R3.2a", "R0a:sgd_minibatch_sequential"),
)
def check_batches_in_order_follow_their_gradients(student, oracle, rng, data):
    """Algorithm 4 lists the right models when the period divides neither epoch nor total.

    Why: The examples of a dropped rest would not be used in any epoch.
    Oracle: A loop in Python floats over the toy problem, one entry at a time, with batches written
    out by hand.
    """
    toy = data.Quadratic(rng, n=17)
    models = student.sgd_minibatch_sequential(
        toy.grad_fn, toy.W0, 17, alpha=0.3, B=3, num_epochs=3, monitor_period=5
    )

    epoch = [[0, 1, 2], [3, 4, 5], [6, 7, 8], [9, 10, 11], [12, 13, 14], [15, 16]]
    expect_models(models, oracle.quadratic_models(toy.W0, toy.targets, 0.3, 3 * epoch, 5))


@check(
    part="3.2",
    points=1,
    needs="check_batches_in_order_follow_their_gradients",
    hint="handout, task 3.2: your loss, gradient and error rate must be right as well",
    requires=("R3.2a", "R2a:sgd_minibatch_sequential", "R1.2a", "R1.3a"),
)
def check_three_epochs_learn_to_read_digits(student, data):
    """Three epochs of Algorithm 4 with your own gradient misread under 9 % of the digits.

    Why: Parts that pass alone must also work together, on real data.
    Oracle: A threshold between what was measured: the reference misreads 6 %; with a sum in place
    of the mean it is 15 %, with a wrong sign 90 %.
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
    error = student.error_rate(models[-1], digits.X, digits.Y)
    expect.number(error, low=0.0, high=0.09, what="the error rate on the training digits")


@check(
    part="3.2",
    points=1,
    needs="check_batches_in_order_are_consecutive_slices",
    hint="handout, the list of models: which models have to be kept?",
    requires=("R2c:sgd_minibatch_sequential", "R2a:sgd_minibatch_sequential"),
)
def check_batches_in_order_keep_only_listed_models(student, budgets):
    """Algorithm 4 with 1000 steps keeps the 11 models it lists, and not all 1000.

    Why: A thousand models of 63 kB fit into memory, a thousand models of a real network do not.
    Oracle: Bytes counted by the allocators during the run, against a formula for the 11 listed
    models and a few arrays more.
    """

    def inputs(rng):
        W0 = recipe("standard_normal", seed=int(rng.integers(2**31)), shape=(10, 784))
        settings = {"n": 6000, "alpha": 1e-3, "B": 60, "num_epochs": 10, "monitor_period": 100}
        return "sgd_minibatch_sequential", W0, {"W0": W0, **settings}

    count = budgets.memory(
        "minibatch_models",
        student.programs.descend,
        inputs=inputs,
        sizes={"T": 1000, "p": 100, "c": 10, "d": 784},
    )
    expect.equal(count, 11, what="the number of models in the list")


@check(
    part="3.3", points=2, hint="handout, task 3.3", requires=("R3.3a", "R3.3b", "R2d:sgd_shuffled")
)
def check_reshuffled_epochs_use_every_example_once(student, rng, data):
    """Random reshuffling uses every example once an epoch, and each epoch in a new order.

    Why: Reshuffling visits every example equally often and still breaks the order of the data: both
    need a new order in each epoch.
    Oracle: The recorded calls of the gradient: each epoch, sorted, must be 0 to n-1, and three
    epochs three different orders.
    """
    toy = data.Quadratic(rng, n=17)
    student.sgd_shuffled(
        expect.calls(toy.grad_fn, at_most=500),
        toy.W0,
        17,
        alpha=0.1,
        B=5,
        num_epochs=3,
        monitor_period=4,
        rng=np.random.default_rng(int(rng.integers(2**31))),
    )

    expect.equal(len(toy.batches), 12, what="the number of steps")
    lengths = np.array([len(batch) for batch in toy.batches])
    expect.equal(lengths, np.array(3 * [5, 5, 5, 2]), what="the number of examples, by step")
    epochs = np.concatenate(toy.batches).reshape(3, 17)
    for epoch in epochs:
        expect.equal(np.sort(epoch), np.arange(17), what="the examples of an epoch, sorted")
    distinct = len({tuple(epoch) for epoch in epochs.tolist()})
    expect.equal(distinct, 3, what="the number of different orders in 3 epochs")


@check(
    part="3.3",
    points=2,
    needs="check_reshuffled_epochs_use_every_example_once",
    hint="handout, task 3.3",
    requires="R3.3a",
)
def check_reshuffling_draws_one_permutation_an_epoch(student, rng, data):
    """Random reshuffling takes the order of each epoch from one rng.permutation(n).

    Why: The same seed must give the same run on every machine, or a result cannot be repeated.
    Oracle: A second generator of the same seed, asked for one permutation an epoch.
    """
    toy, seed = data.Quadratic(rng, n=17), int(rng.integers(2**31))
    student.sgd_shuffled(
        toy.grad_fn,
        toy.W0,
        17,
        alpha=0.1,
        B=5,
        num_epochs=3,
        monitor_period=4,
        rng=np.random.default_rng(seed),
    )

    again = np.random.default_rng(seed)
    want = np.concatenate([again.permutation(17) for _ in range(3)])
    expect.equal(np.concatenate(toy.batches), want, what="the sequence of examples")
