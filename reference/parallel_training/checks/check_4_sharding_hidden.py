"""Part 4 on other numbers of ranks, shapes and types."""

from itertools import pairwise

import numpy as np

from autograder.grading import check, expect
from expectations_steps import (
    expect_adam_goes_on,
    expect_parallel,
    expect_paths,
    expect_shards,
    expect_state,
    expect_zero3,
    layer_of,
    run_adam,
    run_clip,
    run_columns,
    run_rows,
    run_zero3,
)


@check(part="4.1", points=1, hint="handout, task 4.1", requires=("R4.1a", "R4.1b"))
def check_shards_of_few_entries_and_in_float32(student, oracle, rng, data):
    """Shards are right for fewer entries than ranks, and keep float32.

    Why: Then some ranks have padding only, and take part all the same.
    Oracle: Entry after entry by its index.
    """
    for shapes, N in ((((2,), ()), 8), (((3, 3), (2, 1, 2)), 6), (((7,),), 7)):
        arrays = data.arrays(rng, shapes, np.float32)
        want = oracle.flat(arrays, N).astype(np.float32)
        flat = student.flat_padded(arrays, N)
        expect.array(flat, shape=want.shape, dtype=np.float32, what="the flat array")
        expect.equal(flat, want, what=f"the flat array for N = {N}")
        for rank in range(N):
            what = f"the shard of rank {rank} of {N}"
            shard = student.flat_shard(arrays, rank, N)
            wanted = want.reshape(N, -1)[rank]
            expect.array(shard, shape=wanted.shape, dtype=np.float32, what=what)
            expect.equal(shard, wanted, what=what)
        got = expect.items(student.unshard(data.read_only(want), list(shapes)), len(shapes))
        for array, wanted in zip(got, arrays, strict=True):
            expect.array(array, shape=wanted.shape, dtype=np.float32, what="an array")
            expect.equal(array, wanted, what="an array")


@check(part="4.2", points=1, hint="handout, task 4.2", requires="R4.2a")
def check_clipping_on_other_ranks(student, oracle, rng, data, cluster):
    """Clipping is right on 1, 2 and 5 ranks, where one rank has almost all of the norm.

    Why: That rank would clip, and the others would not.
    Oracle: The root of an exactly rounded sum of squares.
    """
    for N in (1, 2, 5):
        shards = rng.standard_normal((N, 4)) * np.linspace(0.0, 9.0, N)[:, None]
        shards[-1] += 3.0
        data.read_only(shards)
        norm = oracle.norm(shards)
        for share in (0.01, 1.5):
            run = run_clip(student, cluster, shards, share * norm)
            expect_shards(run, shards * min(1.0, share), norm, f"on {N} ranks")


@check(part="4.3", points=1, hint="handout, task 4.3", requires=("R4.3a", "R4.3b"))
def check_sharded_adam_on_other_ranks(student, oracle, rng, data, cluster):
    """Adam in shards is right on 1, 2 and 8 ranks, also with the settings that are not given.

    Why: With fewer entries than ranks some shards are padding only.
    Oracle: Adam on one process, an entry at a time; a last run goes on from a state at t = 7.
    """
    usual = (0.9, 0.999, 1e-8)
    for shapes, N in ((((2, 2), (3,)), 1), (((5,), ()), 2), (((2,), (1, 1)), 8)):
        params = data.arrays(rng, shapes)
        grads = [[data.arrays(rng, shapes) for _ in range(N)] for _ in range(4)]
        run = run_adam(student, cluster, params, grads, (0.05,))
        path, *moments = oracle.adam(params, grads, (0.05, *usual))
        states = expect_paths(run, path)
        m, v = (oracle.flat([moment], N).reshape(N, -1) for moment in moments)
        for rank, state in enumerate(states):
            expect.items(state, 3, what="a state")
            expect_state(state, 4, m[rank], v[rank], f"the state of rank {rank}")
    expect_adam_goes_on(student, oracle, rng, data, cluster)


@check(part="4.4", points=1, hint="handout, task 4.4", requires="R4.4a")
def check_networks_in_shards_of_other_sizes(student, oracle, rng, data, cluster):
    """Networks in shards are right on 1, 2 and 5 ranks, with one layer and with twelve.

    Why: Layers of one entry have shards that are padding only on all ranks but one.
    Oracle: The whole network, one example and one entry at a time; gradients cut into shards.
    """
    for N, widths in ((1, (2, 3)), (2, (3, 2, 4)), (5, (2, 1, 1, *[3] * 8, 2, 4))):
        shapes = list(pairwise(widths))
        weights = data.arrays(rng, shapes)
        X, dY = data.examples(rng, N, 2, d=widths[0], k=widths[-1])
        y, dWs, dx = oracle.network(weights, X, dY)
        run = run_zero3(student, cluster, oracle, data, weights, X, dY)
        shards = [oracle.flat([dW], N).reshape(N, -1) for dW in dWs]
        expect_zero3(run, y, dx, shards)


@check(part="4.5", points=1, hint="handout, task 4.5", requires="R4.5a")
def check_parts_of_layers_of_other_sizes(student, oracle, rng, data, cluster):
    """Columns and rows are right on 1, 2 and 4 ranks that have unequal parts.

    Why: Nothing in a layer says that its width is a multiple of the number of ranks.
    Oracle: The whole layer, one entry at a time, cut into parts.
    """
    for ends in ((3,), (1, 4), (2, 3, 4, 7)):
        cuts = [slice(a, b) for a, b in zip((0, *ends[:-1]), ends, strict=True)]
        layer = layer_of(rng, data, n=3, d=2, k=ends[-1])
        y, dx, dW, db = oracle.linear(*layer)
        run = run_columns(student, cluster, layer, cuts)
        expect_parallel(run, [(y[:, c], dx, dW[:, c], db[c]) for c in cuts])
        layer = layer_of(rng, data, n=2, d=ends[-1], k=3)
        y, dx, dW, db = oracle.linear(*layer)
        run = run_rows(student, cluster, layer, cuts)
        expect_parallel(run, [(y, dx[:, c], dW[c], db) for c in cuts])
