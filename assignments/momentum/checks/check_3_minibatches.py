"""Part 3: momentum and Adam on minibatches. data.Examples records which examples are asked for."""

import numpy as np

from autograder.grading import check, expect, recipe, rounding
from expectations import expect_effects, expect_models, expect_trained, steady

# n = 17 and B = 5: three full batches and a rest of two
EPOCH = [[0, 1, 2, 3, 4], [5, 6, 7, 8, 9], [10, 11, 12, 13, 14], [15, 16]]
MOMENTUM = {"alpha": 0.1, "beta": 0.7}
ADAM = {"alpha": 0.1, "rho1": 0.7, "rho2": 0.9, "eps": 1e-3}


@check(
    part="3.1",
    points=2,
    hint="handout, task 3.1",
    requires=("R3a:sgd_mss_with_momentum", "R3.1a"),
    judged_by="check_minibatch_momentum_follows_its_gradients",
)
def check_momentum_scans_the_batches_in_order(student, rng, data):
    """SGD with momentum scans the examples in slices of B, and the shorter rest in every epoch.

    Why: One gradient a step, of rows that are one block of memory: the scan of assignment 1.
    Oracle: The recorded calls of the gradient against rows written out by hand, for 17 examples and
    for 15, of which no rest is left.
    """
    for epoch in (EPOCH, EPOCH[:3]):
        n = epoch[-1][-1] + 1
        toy = data.Examples(rng, n=n)
        gradient = expect.calls(toy.grad_fn, at_most=100)
        student.sgd_mss_with_momentum(
            gradient, toy.W0, n, **MOMENTUM, B=5, num_epochs=2, monitor_period=3
        )

        expect.equal(toy.batches, 2 * epoch, what="the rows that were asked for, step by step")
        expect.that(all(toy.slices), "idx is an array of indices: X[idx] would copy the batch")


@check(
    part="3.1",
    points=2,
    needs="check_momentum_scans_the_batches_in_order",
    hint="handout, the list of models before task 3.1",
    requires=("R3b:sgd_mss_with_momentum", "R3.1a", "R0a:sgd_mss_with_momentum"),
)
def check_minibatch_momentum_follows_its_gradients(student, oracle, rng, data):
    """SGD with momentum lists the right models, and its velocity runs on from epoch to epoch.

    Why: A velocity that starts again in every epoch forgets what it is there to remember.
    Oracle: A loop over single entries, with batches written out by hand; the period divides
    neither the epoch nor the total, and then the total.
    """
    _expect_listed(student, oracle, rng, data, "sgd_mss_with_momentum", "SGDMomentum", MOMENTUM)


def _expect_listed(student, oracle, rng, data, algorithm, optimiser, options):
    """Steps 0, 5, 10, 12 of three epochs of 17 examples; then 0, 3, 6 of two epochs of 15."""
    for epoch, epochs, period, listed in (
        (EPOCH, 3, 5, (0, 5, 10, 12)),
        (EPOCH[:3], 2, 3, (0, 3, 6)),
    ):
        toy = data.Examples(rng, n=epoch[-1][-1] + 1)
        options_of_run = {**options, "B": 5, "num_epochs": epochs, "monitor_period": period}
        expect_trained(
            student, oracle, toy, algorithm, optimiser, options_of_run, epochs * epoch, listed
        )


@check(
    part="3.1",
    points=1,
    hint="handout, the list of models before task 3.1",
    requires="R3c:sgd_mss_with_momentum",
)
def check_minibatch_momentum_lists_models_of_their_own(student, oracle, rng, data):
    """The models of SGD with momentum share no memory with one another or with W0.

    Why: An optimiser in place changes the same array in every step: a list needs copies of it.
    Oracle: Each model and W0 is filled with a number of its own; what it holds in the end must be
    that number. W0 is compared with what it was, the models with the loop over entries.
    """
    _expect_separate(student, oracle, rng, data, "sgd_mss_with_momentum", "SGDMomentum", MOMENTUM)


def _expect_separate(student, oracle, rng, data, algorithm, optimiser, options):
    """Two epochs of three batches, of which the models of steps 0, 4 and 6 are listed."""
    toy = data.Examples(rng, n=7)
    batches = 2 * [[0, 1, 2], [3, 4, 5], [6]]
    path = oracle.models(optimiser, toy.W0, toy.curvatures, toy.targets, batches, options)
    settings = {"n": 7, **options, "B": 3, "num_epochs": 2, "monitor_period": 4}
    expect_effects(student, algorithm, toy, settings, path[[0, 4, 6]])


@check(
    part="3.1",
    points=1,
    needs="check_momentum_scans_the_batches_in_order",
    hint="handout, the list of models: which models have to be kept?",
    requires="R3d:sgd_mss_with_momentum",
)
def check_minibatch_momentum_keeps_only_listed_models(student, rng, budgets):
    """SGD with momentum and 1000 steps keeps the 11 models it lists, and not all 1000.

    Why: A thousand models of 63 kB fit into memory, a thousand models of a real network do not.
    Oracle: Bytes counted by the allocators during the run, against a formula for the 11 listed
    models and a few arrays more; the closed form for a gradient that stays the same.
    """
    options = {"alpha": 1e-3, "beta": 0.9}
    _expect_few_kept(student, rng, budgets, "sgd_mss_with_momentum", "SGDMomentum", options)


def _expect_few_kept(student, rng, budgets, algorithm, optimiser, options):
    """1000 steps, of which every hundredth model is listed, take little more than these models."""
    rows = int(rng.integers(8, 13))

    def inputs(rng):
        W0, gradient = (
            recipe("standard_normal", seed=int(rng.integers(2**31)), shape=(rows, 784))
            for _ in range(2)
        )
        settings = {"n": 6000, **options, "B": 60, "num_epochs": 10, "monitor_period": 100}
        return algorithm, gradient, settings | {"W0": W0}, rng.integers(rows * 784, size=50)

    def verify(arguments, value, want):
        _, gradient, settings, seen = arguments
        w, g = (part.build().ravel()[seen] for part in (settings["W0"], gradient))
        for k, model in enumerate(expect.items(value, 11, what="the list of models")):
            within = rounding(terms=1000, condition=100, why="1000 steps")
            want = steady(optimiser, w, g, 100 * k, **options)
            expect.close(model, want, within=within, what=f"model {k} of the list, in part")

    budgets.memory(
        "momentum_models",
        student.programs.descend,
        inputs=inputs,
        sizes={"T": 1000, "p": 100, "c": rows, "d": 784},
        verify=verify,
    )


@check(
    part="3.2",
    points=1,
    hint="handout, task 3.2",
    requires=("R3.2a", "R3a:adam", "R3b:adam", "R0a:adam"),
)
def check_minibatch_adam_follows_its_gradients(student, oracle, rng, data):
    """Adam on minibatches lists the right models, and counts its steps through all epochs.

    Why: With t counted by epochs, or starting again with each, the corrections are wrong.
    Oracle: A loop over single entries, with batches written out by hand; the period divides
    neither the epoch nor the total, and then the total.
    """
    _expect_listed(student, oracle, rng, data, "adam", "Adam", ADAM)


@check(
    part="3.2",
    points=1,
    hint="handout, the list of models before task 3.1",
    requires="R3c:adam",
)
def check_minibatch_adam_lists_models_of_their_own(student, oracle, rng, data):
    """The models of Adam share no memory with one another or with W0.

    Why: Adam changes the same array in every step, too: a list needs copies of it.
    Oracle: Each model and W0 is filled with a number of its own; what it holds in the end must be
    that number. W0 is compared with what it was, the models with the loop over entries.
    """
    _expect_separate(student, oracle, rng, data, "adam", "Adam", ADAM)


@check(
    part="3.2",
    points=1,
    needs="check_minibatch_adam_follows_its_gradients",
    hint="handout, the list of models: which models have to be kept?",
    requires="R3d:adam",
)
def check_minibatch_adam_keeps_only_listed_models(student, rng, budgets):
    """Adam with 1000 steps keeps the 11 models it lists, and not all 1000.

    Why: What holds for momentum holds for every optimiser: only its state is larger.
    Oracle: Bytes counted by the allocators during the run, against a formula for the 11 listed
    models and a few arrays more; the closed form for a gradient that stays the same.
    """
    options = {"alpha": 1e-3, "rho1": 0.9, "rho2": 0.99, "eps": 1e-3}
    _expect_few_kept(student, rng, budgets, "adam", "Adam", options)


@check(
    part="3.3",
    points=2,
    hint="handout, task 3.3",
    requires=("R3.3a", "R3.3b"),
    judged_by="check_svrg_follows_its_gradients",
)
def check_svrg_draws_its_examples(student, rng, data):
    """SVRG asks for all rows once an epoch, and for each drawn example twice.

    Why: Only the same example at two points has noise that cancels; it costs n + 2 m gradients.
    Oracle: A second generator of the same seed, beside the recorded calls of the gradient.
    """
    toy, seed = data.Examples(rng, n=11), int(rng.integers(2**31))
    gradient = expect.calls(toy.grad_fn, at_most=200)
    student.svrg(gradient, toy.W0, 11, 0.1, m=8, num_epochs=3, rng=np.random.default_rng(seed))

    _expect_rows(toy, 11, _draws(seed, 11, 8, 3))


def _draws(seed, n, m, epochs):
    """The examples of each epoch."""
    rng = np.random.default_rng(seed)
    return [[int(rng.integers(n, size=1)[0]) for _ in range(m)] for _ in range(epochs)]


def _expect_rows(toy, n, draws):
    """All rows once an epoch, as a slice, and then each example twice."""
    want = []
    for examples in draws:
        want += [list(range(n)), *([i] for i in examples for _ in range(2))]
    expect.equal(toy.batches, want, what="the rows that were asked for, call by call")
    full = toy.slices[:: 1 + 2 * len(draws[0])]
    expect.that(all(full), "the full gradient was asked for by an array of indices, not a slice")


@check(
    part="3.3",
    points=1,
    needs="check_svrg_draws_its_examples",
    hint="handout, task 3.3",
    requires=("R3.3a", "R0a:svrg"),
)
def check_svrg_follows_its_gradients(student, oracle, rng, data):
    """SVRG's snapshots are those of the update with both gradients of an example.

    Why: The difference of the two gradients is what has the small variance.
    Oracle: A loop over single entries, where the difference is curvature times the way walked.
    """
    toy, seed = data.Examples(rng, n=11), int(rng.integers(2**31))
    gradient = expect.calls(toy.grad_fn, at_most=200)
    snapshots = student.svrg(
        gradient, toy.W0, 11, 0.2, m=9, num_epochs=3, rng=np.random.default_rng(seed)
    )

    draws = _draws(seed, 11, 9, 3)
    _expect_rows(toy, 11, draws)
    path = oracle.svrg_models(toy.W0, toy.curvatures, toy.targets, 0.2, draws)
    expect_models(snapshots, [toy.W0, *path[:, -1]])
    # in each epoch the snapshot S, and then W and S in either order: their mean has no order
    points = np.array(toy.points).reshape(3, 19, 2, 3)
    within = rounding(terms=12, condition=100, why="9 steps")
    what = "the snapshot at which the full gradient was taken"
    expect.close(points[:, 0], path[:, 0], within=within, what=what)
    what = "the mean of the two models at which an example's gradients were taken"
    pairs = (points[:, 1::2] + points[:, 2::2]) / 2
    expect.close(pairs, (path[:, :-1] + path[:, :1]) / 2, within=within, what=what)


@check(
    part="3.3",
    points=1,
    needs="check_svrg_draws_its_examples",
    hint="handout, task 3.3: the result",
    requires=("R3.3c", "R0b", "R0a:svrg"),
)
def check_svrg_arrives_at_the_minimum(student, oracle, rng, data):
    """SVRG arrives at the minimum with a constant step; its snapshots are arrays of their own.

    Why: The variance of its gradients goes to zero as the model comes close to the minimum, where
    SGD would go on swinging.
    Oracle: The minimum in closed form; each snapshot and W0 is filled with a number of its own;
    what the global generators draw next, as if nothing had been drawn.
    """
    toy, seed = data.Examples(rng, n=10), int(rng.integers(2**31))
    path = oracle.svrg_models(toy.W0, toy.curvatures, toy.targets, 0.2, _draws(seed, 10, 20, 20))
    settings = {"n": 10, "alpha": 0.2, "m": 20, "num_epochs": 20, "seed": seed}
    found = expect_effects(student, "svrg", toy, settings, [toy.W0, *path[:, -1]])

    within = rounding(terms=20, condition=10, why="weights between 0.5 and 1.5")
    expect.close(found[-1], toy.minimum, within=within, what="the last snapshot")
