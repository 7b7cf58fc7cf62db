"""Parts 5 and 6 on other inputs: other batches, networks and chains."""

import numpy as np

from autograder.grading import check, expect, rounding
from expectations import bytes_of_chain, flops_of_loss, judged_network


@check(part="5.2", points=1, hint="handout, task 5.2", requires=("R5.2a", "R5.2b", "R0a:train_mlp"))
def check_training_with_other_batches(student, oracle, data, rng):
    """Training with batches of 1, of all, and larger than all, and networks of three layers.

    Why: B = 1, B = n and B > n are where the shorter rest is easily lost.
    Oracle: Gradients by complex steps; the permutations of a second generator of the same seed.
    """
    for n, B, sizes in ((5, 1, (3, 4, 2)), (6, 6, (2, 3, 4, 3)), (4, 9, (3, 5, 2))):
        params, X, labels = data.network(rng, n, sizes)
        seed = int(rng.integers(2**31))
        settings = {"alpha": 0.1, "B": B, "num_epochs": 2, "seed": seed}
        result = student.programs.train(params, X, labels, settings)
        again = np.random.default_rng(seed)
        orders = [again.permutation(n).tolist() for _ in range(2)]
        batches = [order[start : start + B] for order in orders for start in range(0, n, B)]
        want, wanted_losses = oracle.trained(params, X, labels, 0.1, batches)
        within = rounding(terms=60, condition=1e3, why="ten steps at most")
        trained, losses = expect.items(result, 2, what="(params, losses)")
        for name, all_got, all_want in (
            ("loss", losses, wanted_losses),
            ("parameter", trained, want),
        ):
            all_got = expect.items(all_got, len(all_want), what=f"the list with every {name}")
            for k, (g, w) in enumerate(zip(all_got, all_want, strict=True)):
                expect.close(g, w, within=within, what=f"{name} {k} of the training")


@check(part="6.1", points=1, hint="handout, task 6.1", requires=("R6.1a", "R6.1b"))
def check_predicted_flops_of_other_networks(student, oracle, rng, data, accounting):
    """predict_forward_flops and predict_backward_flops are right for other networks.

    Why: A formula holds for all shapes, not only for those that were tried.
    Oracle: A counter in numpy's products while your own engine runs, and a count term by term.
    """
    forward, backward = oracle.forward_flops, oracle.backward_flops

    def of_loss(**shape):
        network = data.network(rng, shape["B"], (shape["d"], shape["h"], shape["c"]))
        return flops_of_loss(student, oracle, accounting, network, forward(**shape))

    def of_backward(**shape):
        network = data.network(rng, shape["B"], (shape["d"], shape["h"], shape["c"]))
        both = forward(**shape) + backward(**shape)
        judged = judged_network(oracle, [data.distinct(rng, *p.shape) for p in network[0]])
        program = student.programs.gradient_of_a_network
        whole = accounting.flops(program, *network, at_least=both, **judged)
        return whole - flops_of_loss(student, oracle, accounting, network, forward(**shape))

    shapes = ((1, 9, 4, 2), (30, 2, 17, 7))
    configurations = [dict(zip("Bdhc", shape, strict=True)) for shape in shapes]
    for prediction, measure in (
        (student.predict_forward_flops, of_loss),
        (student.predict_backward_flops, of_backward),
    ):
        accounting.compare(prediction, configurations=configurations, measure=measure, unit="FLOPs")


@check(
    part="6.2",
    points=1,
    hint="handout, task 6.2",
    requires=("R6.2a", "R6.2b"),
    unjudged={"predict_*(*).measured: changed": "10 % and 64 KiB are allowed"},
)
def check_predicted_bytes_of_other_chains(student, rng, data, accounting):
    """predict_saved_bytes and predict_checkpointed_bytes are right for other chains.

    Why: A number of layers that is not a square tests a formula with a square root.
    Oracle: tracemalloc, which follows every allocation while your own engine runs.
    """

    def measure(use_checkpoints):
        def traced(N, n):
            return bytes_of_chain(student, data, rng, accounting, N, n, use_checkpoints)

        return traced

    for prediction, use_checkpoints in (
        (student.predict_saved_bytes, False),
        (student.predict_checkpointed_bytes, True),
    ):
        accounting.compare(
            prediction,
            configurations=[{"N": 20, "n": 20_000}, {"N": 70, "n": 40_000}],
            measure=measure(use_checkpoints),
            unit="bytes",
            relative=0.1,
            absolute=64 * 1024,
        )
