"""Part 4: layers in shards. Ranks get right collectives from programs_ranks.py."""

import numpy as np

from autograder.grading import check
from expectations_steps import (
    expect_given,
    expect_parallel,
    expect_zero3,
    layer_of,
    run_columns,
    run_rows,
    run_zero3,
)


@check(part="4.4", points=2, hint="handout, task 4.4", requires="R4.4a")
def check_network_in_shards_equals_the_whole(student, oracle, rng, data, cluster):
    """Three ranks have the results and gradients of a whole network of four layers.

    Why: Each rank has examples of its own, so gradients of weights are summed, and dx is not.
    Oracle: The whole network, one example and one entry at a time; gradients cut into shards.
    """
    shapes = ((3, 4), (4, 2), (2, 5), (5, 3))  # 12, 8, 10 and 15 entries
    weights = data.arrays(rng, shapes)
    X, dY = data.examples(rng, 3, 2, d=3, k=3)
    y, dWs, dx = oracle.network(weights, X, dY)
    run = run_zero3(student, cluster, oracle, data, weights, X, dY)
    shards = [oracle.flat([dW], 3).reshape(3, -1) for dW in dWs]
    expect_zero3(run, y, dx, shards)


@check(
    part="4.4",
    points=1,
    needs="check_network_in_shards_equals_the_whole",
    hint="handout, task 4.4: what is gathered, and when?",
    requires=("R4.4b", "R0c:zero3_gradient"),
)
def check_each_layer_is_gathered_twice(student, oracle, rng, data, cluster, budgets):
    """Each layer costs two all-gathers and one reduce-scatter of its padded shards.

    Why: Half as much again as ZeRO-1: this is the price of keeping no layer.
    Oracle: Bytes, counted by the network.
    """
    weights = data.arrays(rng, ((3, 4), (4, 3), (3, 3)))  # shards of 3, 3 and 3 on four ranks
    X, dY = data.examples(rng, 4, 1, d=3, k=3)
    y, dWs, dx = oracle.network(weights, X, dY)
    run = run_zero3(student, cluster, oracle, data, weights, X, dY)
    shards = [oracle.flat([dW], 4).reshape(4, -1) for dW in dWs]
    expect_zero3(run, y, dx, shards)
    sizes = {"N": 4, "shards": 9, "itemsize": 8}
    budgets.counted("zero3_bytes", sum(run.sent_bytes), sizes=sizes)
    expect_given(run, "reduce_scatter and all_gather")


def _deep(rng, N, d, b=2, layers=12):
    """A deep network (layers, d, d) and examples (N, b, d) of all ranks."""
    weights = rng.standard_normal((layers, d, d)) / np.sqrt(d)
    return weights, rng.standard_normal((N, b, d)), rng.standard_normal((N, b, d))


def _of_memory(data, weights, X, dY):
    """Inputs, sizes and the judge of a run with a deep network."""
    N, b, d = X.shape
    layers = len(weights)
    flats = data.read_only(weights.reshape(layers, N, -1))
    size = {"layer": d * d * 8, "shards": layers * d * d * 8 / N}
    size["activations"] = (layers + 4) * b * d * 8

    def verify(run):
        y, dWs, dx = _whole(weights, X.reshape(-1, d), dY.reshape(-1, d), N)
        expect_zero3(run, y, dx, dWs.reshape(layers, N, -1))

    return {
        "size": N,
        "inputs": lambda r: (list(flats[:, r]), [(d, d)] * layers, X[r], dY[r]),
        "sizes": size,
        "verify": verify,
    }


def _whole(weights, X, dY, N):
    """As the oracle's network, with array operations: the layers are too large for loops."""
    hidden = [X]
    for W in weights:
        hidden.append(np.tanh(hidden[-1] @ W))
    dW, dh = np.empty_like(weights), dY
    for layer in reversed(range(len(weights))):
        dz = dh / np.cosh(np.arctanh(hidden[layer + 1])) ** 2
        dW[layer] = hidden[layer].T @ dz
        dh = dz @ weights[layer].T
    return hidden[-1].reshape(N, -1, dh.shape[1]), dW, dh.reshape(N, -1, dh.shape[1])


@check(
    part="4.4",
    points=1,
    needs="check_network_in_shards_equals_the_whole",
    hint="handout, task 4.4: what is kept?",
    requires="R4.4b",
    unjudged={"zero3_gradient(*).asked.*: *": "what ranks send shows in their results"},
)
def check_no_layer_is_kept(student, rng, data, budgets):
    """With twelve layers, a rank never has more than four of them, beside its shards.

    Why: Who keeps what was gathered has the whole model again, and nothing is saved.
    Oracle: Bytes at their peak, counted on each rank, the operating system as witness.
    """
    budgets.memory_of_ranks(
        "zero3_memory",
        student.programs.zero3_gradient,
        **_of_memory(data, *_deep(rng, N=4, d=128)),
        watched=_of_memory(data, *_deep(rng, N=2, d=768)),
    )


@check(part="4.5", points=1, hint="handout, task 4.5: what is summed?", requires="R4.5a")
def check_columns_of_a_layer(student, oracle, rng, data, cluster):
    """Three ranks with columns of W have their part of y, dW and db, and dx of the whole layer.

    Why: Each rank's columns pull at the same x, so dx is their sum.
    Oracle: The whole layer, one entry at a time, cut into columns. dy is random.
    """
    layer = layer_of(rng, data, n=4, d=5, k=6)
    y, dx, dW, db = oracle.linear(*layer)
    cuts = (slice(0, 2), slice(2, 4), slice(4, 6))
    run = run_columns(student, cluster, layer, cuts)
    expect_parallel(run, [(y[:, c], dx, dW[:, c], db[c]) for c in cuts])


@check(part="4.5", points=1, hint="handout, task 4.5: how often is b added?", requires="R4.5a")
def check_rows_of_a_layer(student, oracle, rng, data, cluster):
    """Three ranks with rows of W have their gradients, and the whole y, with the bias once.

    Why: A bias that every rank adds before the sum counts three times; at 0, where it starts,
    no result shows it.
    Oracle: The whole layer, one entry at a time, cut into rows. b and dy are random.
    """
    layer = layer_of(rng, data, n=4, d=6, k=5)
    y, dx, dW, db = oracle.linear(*layer)
    cuts = (slice(0, 2), slice(2, 4), slice(4, 6))
    run = run_rows(student, cluster, layer, cuts)
    expect_parallel(run, [(y, dx[:, c], dW[c], db) for c in cuts])


@check(
    part="4.5",
    points=1,
    needs=("check_columns_of_a_layer", "check_rows_of_a_layer"),
    hint="handout, task 4.5: one all_reduce each",
    requires=("R4.5b", "R0c:column_parallel", "R0c:row_parallel"),
)
def check_layers_in_parts_have_one_all_reduce(student, oracle, rng, data, cluster, budgets):
    """On four ranks columns all-reduce dx (3, 4), and rows y (3, 4), and nothing else.

    Why: These collectives are in the way of every layer: a rank can do nothing meanwhile.
    Oracle: Bytes, counted by the network.
    """
    cuts = [slice(k, k + 1) for k in range(4)]
    sizes = {"N": 4, "n": 3, "d": 4, "itemsize": 8}
    layer = layer_of(rng, data, n=3, d=4, k=4)
    y, dx, dW, db = oracle.linear(*layer)
    columns = run_columns(student, cluster, layer, cuts)
    expect_parallel(columns, [(y[:, c], dx, dW[:, c], db[c]) for c in cuts])
    rows = run_rows(student, cluster, layer, cuts)
    expect_parallel(rows, [(y, dx[:, c], dW[c], db) for c in cuts])
    for run in (columns, rows):
        budgets.counted("parallel_bytes", sum(run.sent_bytes), sizes=sizes)
        expect_given(run, "all_reduce")
