"""Parts 5 and 6: a network trained by your engine, and what that costs."""

import numpy as np

from autograder.grading import check, expect, rounding
from expectations import bytes_of_chain, flops_of_loss, judged_network


@check(part="5.1", points=2, hint="handout, task 5.1", requires=("R5.1a", "R0a:mlp"))
def check_logits_and_gradients_of_a_network(student, oracle, data, rng):
    """Logits and gradients of networks of two and three layers agree with complex steps.

    Why: Here all parts of the engine meet: products, biases that are broadcast, relu, the loss.
    Oracle: A forward pass of its own in complex numbers, one entry of the parameters at a time.
    """
    for sizes in ((4, 5, 3), (3, 4, 5, 2), (4, 3)):
        params, X, labels = data.network(rng, 6, sizes)
        scores = student.programs.logits(params, X)
        within = rounding(terms=20, condition=100, why="sums that may cancel")
        what = f"the logits for sizes {sizes}"
        expect.close(scores, oracle.logits(params, X), within=within, what=what)
        got = student.programs.gradient_of_a_network(params, X, labels)
        got = expect.items(got, len(params), what="the gradients")
        for k, want in enumerate(oracle.mlp_gradients(params, X, labels)):
            what = f"the gradient by parameter {k} for sizes {sizes}"
            expect.close(got[k], want, within=within, what=what)


@check(
    part="5.2",
    points=2,
    hint="handout, task 5.2",
    requires=("R5.2a", "R5.2b", "R0a:train_mlp", "R0b:train_mlp"),
)
def check_training_takes_the_right_steps(student, oracle, data, rng):
    """Two epochs give the parameters and losses of steps along exact gradients.

    Why: A step that is taken twice, or along a gradient that still holds the last one, also
    lowers the loss: only the trajectory shows the difference.
    Oracle: Gradients by complex steps; the permutations of a second generator of the same seed.
    """
    params, X, labels = data.network(rng, 11, (3, 4, 2))
    seed = int(rng.integers(2**31))
    settings = {"alpha": 0.1, "B": 4, "num_epochs": 2, "seed": seed}
    result = student.programs.train(params, X, labels, settings)

    again = np.random.default_rng(seed)
    orders = [again.permutation(11).tolist() for _ in range(2)]
    batches = [order[start : start + 4] for order in orders for start in range(0, 11, 4)]
    want, wanted_losses = oracle.trained(params, X, labels, 0.1, batches)
    within = rounding(terms=30, condition=1e3, why="six steps")
    trained, losses = expect.items(result, 2, what="(params, losses)")
    for name, all_got, all_want in (("loss", losses, wanted_losses), ("parameter", trained, want)):
        all_got = expect.items(all_got, len(all_want), what=f"the list with every {name}")
        for k, (g, w) in enumerate(zip(all_got, all_want, strict=True)):
            expect.close(g, w, within=within, what=f"{name} {k} of the training")
    draw = student.programs.draw_after_training(params, X, labels, settings)
    expect.equal(draw, again.uniform(), what="what rng draws after two permutations")


def _orders(n, settings):
    """The batches of a training, from a second generator of the same seed."""
    rng, B = np.random.default_rng(settings["seed"]), settings["B"]
    orders = [rng.permutation(n).tolist() for _ in range(settings["num_epochs"])]
    return [order[start : start + B] for order in orders for start in range(0, n, B)]


def _expect_trained(result, directions, want):
    """The parameters along these directions and the losses of a long training are right."""
    trained, losses = expect.items(result, 2, what="(params, losses)")
    trained = expect.items(trained, len(directions), what="the trained parameters")
    slopes, wanted = want
    within = rounding(terms=3000, condition=1e3, size=1.0, why="hundreds of steps")
    for k, (p, v, slope) in enumerate(zip(trained, directions, slopes, strict=True)):
        p = expect.array(p, shape=v.shape, what=f"parameter {k}")
        expect.close(float(np.sum(p * v)), slope, within=within, what=f"parameter {k}, along v,")
    for k, loss in enumerate(expect.items(losses, len(wanted), what="the list of losses")):
        expect.close(loss, wanted[k], within=within, what=f"the loss of step {k}")


@check(
    part="5.2",
    points=1,
    needs="check_training_takes_the_right_steps",
    hint="handout, task 5.2",
    requires=("R5.2a",),
)
def check_the_network_learns_to_read_digits(student, oracle, data):
    """Five epochs with 32 hidden units misread under 8 % of the test digits.

    Why: The purpose of the engine is to train a network on real data.
    Oracle: A threshold between what was measured: the reference misreads 4 to 6 %, one layer
    without relu 9 %. Parameters along random directions, and losses: the same steps by hand.
    """
    digits = data.digits()
    params, rng = [], np.random.default_rng(1)  # as init_mlp makes them
    for m, k in ((64, 32), (32, 10)):
        params += [rng.standard_normal((m, k)) * np.sqrt(2 / m), np.zeros(k)]
    settings = {"alpha": 0.2, "B": 32, "num_epochs": 5, "seed": 2}
    result = student.programs.train(params, digits.X, digits.labels, settings)

    directions = [data.distinct(rng, *p.shape) for p in params]
    orders = _orders(1498, settings)
    asked = params, digits.X, digits.labels, 0.2, orders, directions
    _expect_trained(result, directions, oracle.trained_by_hand(*asked))
    trained = result[0]
    scores = expect.array(student.programs.logits(trained, digits.X_test), shape=(299, 10))
    hidden = np.maximum(digits.X_test @ trained[0] + trained[1], 0)
    within = rounding(terms=96, condition=10, why="sums over 64 and 32")
    by_hand = hidden @ trained[2] + trained[3]
    expect.close(scores, by_hand, within=within, what="the logits of the test digits")
    misread = float((scores.argmax(axis=1) != digits.labels_test).mean())
    expect.number(misread, high=0.08, what="the share of misread test digits")


@check(
    part="5.2",
    points=1,
    needs="check_training_takes_the_right_steps",
    hint="handout, task 5.2: what is kept of a step?",
    requires=("R5.2c",),
)
def check_training_keeps_nothing_of_a_step(student, oracle, budgets, data, rng):
    """Thirty steps of training take the memory of a few.

    Why: A loss that is listed as a Tensor keeps its whole tape, and a long training runs out of
    memory.
    Oracle: Bytes counted by the allocators during the call, beside what the system saw.
    """
    n, d, h = 2000, 50, 100

    def inputs(rng):
        params, X, labels = data.network(rng, n, (d, h, 10))
        settings = {"alpha": 0.01, "B": 1000, "num_epochs": 15, "seed": int(rng.integers(2**31))}
        return params, X, labels, settings

    directions = [data.distinct(rng, *p.shape) for p in inputs(rng)[0]]

    def expected(params, X, labels, settings):
        asked = params, X, labels, settings["alpha"], _orders(n, settings), directions
        return oracle.trained_by_hand(*asked)

    budgets.memory(
        "training_memory",
        student.programs.train,
        inputs=inputs,
        sizes={"B": 1000, "h": h, "d": d},
        expected=expected,
        verify=lambda _, result, want: _expect_trained(result, directions, want),
    )


@check(part="6.1", points=1, hint="handout, task 6.1: the shapes of the products", requires="R6.1a")
def check_predicted_forward_flops(student, oracle, rng, data, accounting):
    """predict_forward_flops gives the operations counted in the products of the loss.

    Why: A count of operations says what a measured time has to be compared with.
    Oracle: A counter in numpy's products while your own engine runs, and a count term by term.
    """

    def counted(B, d, h, c):
        network = data.network(rng, B, (d, h, c))
        return flops_of_loss(student, oracle, accounting, network, oracle.forward_flops(B, d, h, c))

    accounting.compare(
        student.predict_forward_flops,
        configurations=_shapes(rng, 2),
        measure=counted,
        unit="FLOPs",
    )


@check(part="6.1", points=2, hint="handout, task 6.1: which products?", requires="R6.1b")
def check_predicted_backward_flops(student, oracle, rng, data, accounting):
    """predict_backward_flops gives what backward adds to the operations of the loss.

    Why: Backward costs twice the forward pass, less the gradient by X, which is not needed.
    Oracle: The counter with backward less the counter without, and a count term by term.
    """

    def counted(B, d, h, c):
        network = data.network(rng, B, (d, h, c))
        forward = oracle.forward_flops(B, d, h, c)
        both = forward + oracle.backward_flops(B, d, h, c)
        judged = judged_network(oracle, [data.distinct(rng, *p.shape) for p in network[0]])
        program = student.programs.gradient_of_a_network
        whole = accounting.flops(program, *network, at_least=both, **judged)
        return whole - flops_of_loss(student, oracle, accounting, network, forward)

    accounting.compare(
        student.predict_backward_flops,
        configurations=_shapes(rng, 2),
        measure=counted,
        unit="FLOPs",
    )


@check(
    part="6.2",
    points=1,
    hint="handout, task 6.2: what does the tape hold?",
    requires="R6.2a",
    unjudged={"predict_saved_bytes(*).measured: changed": "10 % and 64 KiB are allowed"},
)
def check_predicted_bytes_of_a_chain(student, rng, data, accounting):
    """predict_saved_bytes is within 10 % and 64 KiB of what your engine is seen to allocate.

    Why: The tape, not the parameters, decides which batch fits into memory.
    Oracle: tracemalloc, which follows every allocation while your own engine runs.
    """
    _compare_bytes(student, rng, data, accounting, student.predict_saved_bytes, False)


@check(
    part="6.2",
    points=2,
    hint="handout, task 6.2: two kinds of arrays",
    requires="R6.2b",
    unjudged={"predict_checkpointed_bytes(*).measured: changed": "10 % and 64 KiB are allowed"},
)
def check_predicted_bytes_of_a_checkpointed_chain(student, rng, data, accounting):
    """predict_checkpointed_bytes is within 10 % and 64 KiB of what checkpoints are seen to take.

    Why: The best segment follows from the two terms: the inputs of all, the inside of one.
    Oracle: tracemalloc, which follows every allocation while your own engine runs.
    """
    _compare_bytes(student, rng, data, accounting, student.predict_checkpointed_bytes, True)


def _compare_bytes(student, rng, data, accounting, prediction, use_checkpoints):
    def traced(N, n):
        return bytes_of_chain(student, data, rng, accounting, N, n, use_checkpoints)

    accounting.compare(
        prediction,
        # each array is under 256 KiB: from there on numpy reuses temporaries on some systems
        configurations=[
            {"N": int(rng.integers(80, 110)), "n": int(rng.integers(14_000, 18_000))},
            {"N": int(rng.integers(25, 40)), "n": int(rng.integers(9000, 12_000))},
        ],
        measure=traced,
        unit="bytes",
        relative=0.1,
        absolute=64 * 1024,
    )


def _shapes(rng, count):
    """Sizes of networks, all different."""
    sizes = (rng.choice(np.arange(3, 50), size=4, replace=False).tolist() for _ in range(count))
    return [dict(zip("Bdhc", each, strict=True)) for each in sizes]
