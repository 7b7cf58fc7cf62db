"""Part 3 on other inputs: other batch sizes and periods, and what must not be touched."""

import numpy as np

from autograder.grading import check, expect, rounding
from expectations import expect_models

SIZES = ((12, 4, 3, 4), (7, 7, 2, 1), (5, 1, 2, 20), (6, 20, 3, 2))  # n, B, epochs, period
MOMENTUM = {"alpha": 0.2, "beta": 0.5}
ADAM = {"alpha": 0.2, "rho1": 0.5, "rho2": 0.8, "eps": 1e-3}


def _expect_trained(student, oracle, rng, data, algorithm, optimiser, options):
    """The right models at all sizes, each time with a start of its own; none shares memory."""
    for n, B, num_epochs, period in SIZES:
        toy = data.Examples(rng, n=n, c=3, d=2)
        train = getattr(student, algorithm)
        models = train(
            toy.grad_fn, toy.W0, n, **options, B=B, num_epochs=num_epochs, monitor_period=period
        )

        epoch = [list(range(n))[i : i + B] for i in range(0, n, B)]
        expect.equal(toy.batches, num_epochs * epoch, what="the rows that were asked for")
        expect.that(all(toy.slices), "idx is an array of indices: X[idx] would copy the batch")
        problem = toy.W0, toy.curvatures, toy.targets
        expect_models(
            models, oracle.models(optimiser, *problem, num_epochs * epoch, period, options)
        )
    settings = {"n": 5, **options, "B": 2, "num_epochs": 2, "monitor_period": 4}
    shared = student.programs.models_sharing_memory(algorithm, settings)
    expect.that((-1, -1) not in shared, "W0 was changed, which is the caller's array")
    expect.that(not shared, "listed models share memory with one another or with W0")


@check(
    part="3.1",
    points=2,
    hint="handout, task 3.1",
    requires=(
        "R3.1a",
        "R3a:sgd_mss_with_momentum",
        "R3b:sgd_mss_with_momentum",
        "R3c:sgd_mss_with_momentum",
        "R0a:sgd_mss_with_momentum",
    ),
)
def check_minibatch_momentum_of_other_sizes(student, oracle, rng, data):
    """SGD with momentum is right for other batch sizes and periods, also called again.

    Why: B = 1, B = n and B > n are where batches are lost; a second call finds what the first left.
    Oracle: A loop over single entries; numpy's own test of shared memory.
    """
    train = "sgd_mss_with_momentum"
    _expect_trained(student, oracle, rng, data, train, "SGDMomentum", MOMENTUM)


@check(
    part="3.2",
    points=2,
    hint="handout, task 3.2",
    requires=("R3.2a", "R3a:adam", "R3b:adam", "R3c:adam", "R0a:adam"),
)
def check_minibatch_adam_of_other_sizes(student, oracle, rng, data):
    """Adam on minibatches is right for other batch sizes and periods, also called again.

    Why: B = 1, B = n and B > n are where batches are lost; a second call finds what the first left.
    Oracle: A loop over single entries; numpy's own test of shared memory.
    """
    _expect_trained(student, oracle, rng, data, "adam", "Adam", ADAM)


@check(part="3.3", points=1, hint="handout, task 3.3", requires=("R3.3c", "R0a:svrg", "R0b"))
def check_svrg_arrives_at_the_minimum(student, data):
    """SVRG arrives at the minimum with a constant step, where SGD would go on swinging.

    Why: The variance of its gradients goes to zero as the model comes close to the minimum.
    Oracle: The minimum in closed form; whether drawing from the global generators goes on as if
    nothing had been drawn.
    """
    rng = np.random.default_rng(5777)
    toy = data.Examples(rng, n=20)
    snapshots = student.svrg(
        expect.calls(toy.grad_fn, at_most=5000), toy.W0, 20, 0.2, m=40, num_epochs=20, rng=rng
    )

    snapshots = expect.items(snapshots, 21, what="the list of snapshots")
    within = rounding(terms=20, condition=10, why="weights between 0.5 and 1.5")
    expect.close(snapshots[-1], toy.minimum, within=within, what="the last snapshot")
    settings = {"n": 5, "alpha": 0.1, "m": 4, "num_epochs": 2, "seed": 3}
    shared = student.programs.models_sharing_memory("svrg", settings)
    expect.that(not shared, "snapshots share memory with one another or with W0, or W0 changed")
    used = student.programs.global_randomness_used("svrg", settings | {"W0": np.ones((2, 3))})
    expect.that(used is False, "a global generator was used, not rng")
