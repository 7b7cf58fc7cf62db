"""Part 3: momentum and Adam on minibatches. data.Examples records which examples are asked for."""

import numpy as np

from autograder.grading import check, expect, recipe
from expectations import expect_models

# n = 17 and B = 5: three full batches and a rest of two
EPOCH = [[0, 1, 2, 3, 4], [5, 6, 7, 8, 9], [10, 11, 12, 13, 14], [15, 16]]
MOMENTUM = {"alpha": 0.1, "beta": 0.7}
ADAM = {"alpha": 0.1, "rho1": 0.7, "rho2": 0.9, "eps": 1e-3}


@check(
    part="3.1", points=2, hint="handout, task 3.1", requires=("R3a:sgd_mss_with_momentum", "R3.1a")
)
def check_momentum_scans_the_batches_in_order(student, rng, data):
    """SGD with momentum scans the examples in slices of B, and the shorter rest in every epoch.

    Why: One gradient a step, of rows that are one block of memory: the scan of assignment 1.
    Oracle: The recorded calls of the gradient against rows written out by hand.
    """
    toy = data.Examples(rng, n=17)
    gradient = expect.calls(toy.grad_fn, at_most=100)
    student.sgd_mss_with_momentum(
        gradient, toy.W0, 17, **MOMENTUM, B=5, num_epochs=2, monitor_period=3
    )

    expect.equal(toy.batches, 2 * EPOCH, what="the rows that were asked for, step by step")
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
    neither the epoch nor the total.
    """
    toy = data.Examples(rng, n=17)
    models = student.sgd_mss_with_momentum(
        toy.grad_fn, toy.W0, 17, **MOMENTUM, B=5, num_epochs=3, monitor_period=5
    )

    problem = toy.W0, toy.curvatures, toy.targets
    expect_models(models, oracle.models("SGDMomentum", *problem, 3 * EPOCH, 5, MOMENTUM))


@check(
    part="3.1",
    points=1,
    hint="handout, the list of models before task 3.1",
    requires="R3c:sgd_mss_with_momentum",
)
def check_minibatch_momentum_lists_models_of_their_own(student):
    """The models of SGD with momentum share no memory with one another or with W0.

    Why: An optimiser in place changes the same array in every step: a list needs copies of it.
    Oracle: numpy's own test of shared memory on every pair of listed models and W0, and W0 compared
    with what it was.
    """
    settings = {"n": 7, **MOMENTUM, "B": 3, "num_epochs": 2, "monitor_period": 2}
    _expect_separate(student, "sgd_mss_with_momentum", settings)


def _expect_separate(student, algorithm, settings):
    """No two listed models share memory, and W0 is neither listed nor changed."""
    pairs = student.programs.models_sharing_memory(algorithm, settings)
    expect.that((-1, -1) not in pairs, "W0 was changed, which is the caller's array")
    names = ["W0" if i < 0 else f"model {i} of the list" for i in (pairs[0] if pairs else ())]
    expect.that(not pairs, " and ".join(names) + " share memory")


@check(
    part="3.1",
    points=1,
    needs="check_momentum_scans_the_batches_in_order",
    hint="handout, the list of models: which models have to be kept?",
    requires="R3d:sgd_mss_with_momentum",
)
def check_minibatch_momentum_keeps_only_listed_models(student, budgets):
    """SGD with momentum and 1000 steps keeps the 11 models it lists, and not all 1000.

    Why: A thousand models of 63 kB fit into memory, a thousand models of a real network do not.
    Oracle: Bytes counted by the allocators during the run, against a formula for the 11 listed
    models and a few arrays more.
    """

    def inputs(rng):
        W0 = recipe("standard_normal", seed=int(rng.integers(2**31)), shape=(10, 784))
        settings = {"n": 6000, "alpha": 1e-3, "beta": 0.9, "B": 60}
        settings |= {"num_epochs": 10, "monitor_period": 100, "W0": W0}
        return "sgd_mss_with_momentum", W0, settings

    count = budgets.memory(
        "momentum_models",
        student.programs.descend,
        inputs=inputs,
        sizes={"T": 1000, "p": 100, "c": 10, "d": 784},
    )
    expect.equal(count, 11, what="the number of models in the list")


@check(
    part="3.2",
    points=2,
    hint="handout, task 3.2",
    requires=("R3.2a", "R3a:adam", "R3b:adam", "R0a:adam"),
)
def check_minibatch_adam_follows_its_gradients(student, oracle, rng, data):
    """Adam on minibatches lists the right models, and counts its steps through all epochs.

    Why: With t counted by epochs, or starting again with each, the corrections are wrong.
    Oracle: A loop over single entries, with batches written out by hand; the period divides
    neither the epoch nor the total.
    """
    toy = data.Examples(rng, n=17)
    gradient = expect.calls(toy.grad_fn, at_most=100)
    models = student.adam(gradient, toy.W0, 17, **ADAM, B=5, num_epochs=3, monitor_period=5)

    problem = toy.W0, toy.curvatures, toy.targets
    expect_models(models, oracle.models("Adam", *problem, 3 * EPOCH, 5, ADAM))
    expect.equal(toy.batches, 3 * EPOCH, what="the rows that were asked for, step by step")
    expect.that(all(toy.slices), "idx is an array of indices: X[idx] would copy the batch")


@check(part="3.3", points=2, hint="handout, task 3.3", requires=("R3.3a", "R3.3b"))
def check_svrg_draws_its_examples(student, rng, data):
    """SVRG asks for all rows once an epoch, and for each drawn example twice.

    Why: Only the same example at two points has noise that cancels; it costs n + 2 m gradients.
    Oracle: A second generator of the same seed, beside the recorded calls of the gradient.
    """
    toy, seed = data.Examples(rng, n=11), int(rng.integers(2**31))
    gradient = expect.calls(toy.grad_fn, at_most=200)
    student.svrg(gradient, toy.W0, 11, 0.1, m=8, num_epochs=3, rng=np.random.default_rng(seed))

    again, want = np.random.default_rng(seed), []
    for _ in range(3):
        want.append(list(range(11)))
        for _ in range(8):
            want += 2 * [again.integers(11, size=1).tolist()]
    expect.equal(toy.batches, want, what="the rows that were asked for, call by call")


@check(
    part="3.3",
    points=2,
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
    snapshots = student.svrg(
        toy.grad_fn, toy.W0, 11, 0.2, m=9, num_epochs=3, rng=np.random.default_rng(seed)
    )

    again = np.random.default_rng(seed)
    draws = [[int(again.integers(11, size=1)[0]) for _ in range(9)] for _ in range(3)]
    want = oracle.svrg_snapshots(toy.W0, toy.curvatures, toy.targets, 0.2, draws)
    expect_models(snapshots, want)
