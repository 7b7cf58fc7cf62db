"""Part 3 on other inputs: other batch sizes and periods, and what must not be touched."""

import numpy as np

from autograder.grading import check
from expectations import expect_effects, expect_trained

SIZES = ((12, 4, 3, 4), (7, 7, 2, 1), (5, 1, 2, 20), (6, 20, 3, 2))  # n, B, epochs, period
MOMENTUM = {"alpha": 0.2, "beta": 0.5}
ADAM = {"alpha": 0.2, "rho1": 0.5, "rho2": 0.8, "eps": 1e-3}


def _expect_other_sizes(student, oracle, rng, data, algorithm, optimiser, options):
    """The right models at all sizes, each time with a start of its own; none shares memory."""
    for n, B, epochs, period in SIZES:
        toy = data.Examples(rng, n=n, c=3, d=2)
        batches = epochs * [list(range(n))[i : i + B] for i in range(0, n, B)]
        T = len(batches)
        listed = [t for t in range(T + 1) if t % period == 0 or t == T]
        settings = {**options, "B": B, "num_epochs": epochs, "monitor_period": period}
        path = expect_trained(student, oracle, toy, algorithm, optimiser, settings, batches, listed)
    expect_effects(student, algorithm, toy, {"n": n, **settings}, path[listed])


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
    Oracle: A loop over single entries; each model and W0 is filled with a number of its own.
    """
    train = "sgd_mss_with_momentum"
    _expect_other_sizes(student, oracle, rng, data, train, "SGDMomentum", MOMENTUM)


@check(
    part="3.2",
    points=1,
    hint="handout, task 3.2",
    requires=("R3.2a", "R3a:adam", "R3b:adam", "R3c:adam", "R0a:adam"),
)
def check_minibatch_adam_of_other_sizes(student, oracle, rng, data):
    """Adam on minibatches is right for other batch sizes and periods, also called again.

    Why: B = 1, B = n and B > n are where batches are lost; a second call finds what the first left.
    Oracle: A loop over single entries; each model and W0 is filled with a number of its own.
    """
    _expect_other_sizes(student, oracle, rng, data, "adam", "Adam", ADAM)


@check(part="3.3", points=1, hint="handout, task 3.3", requires=("R3.3a", "R3.3c", "R0a:svrg"))
def check_svrg_of_other_sizes(student, oracle, rng, data):
    """SVRG is right for other numbers of examples and steps, and called again.

    Why: A snapshot left over from the last call, or of a fixed epoch, shows in the second call.
    Oracle: A loop over single entries; each snapshot and W0 is filled with a number of its own.
    """
    for n, m, epochs in ((3, 1, 4), (1, 2, 2), (6, 9, 1)):
        toy, seed = data.Examples(rng, n=n, c=3, d=2), int(rng.integers(2**31))
        draw = np.random.default_rng(seed)
        draws = [[int(draw.integers(n, size=1)[0]) for _ in range(m)] for _ in range(epochs)]
        path = oracle.svrg_models(toy.W0, toy.curvatures, toy.targets, 0.3, draws)
        settings = {"n": n, "alpha": 0.3, "m": m, "num_epochs": epochs, "seed": seed}
        expect_effects(student, "svrg", toy, settings, [toy.W0, *path[:, -1]])
