"""Part 4: shards, and Adam in shards. Ranks get right collectives from programs_ranks.py."""

import numpy as np

from autograder.grading import check, expect
from expectations import expect_messages
from expectations_steps import (
    expect_adam_goes_on,
    expect_given,
    expect_paths,
    expect_shards,
    expect_state,
    run_adam,
    run_clip,
)

SHAPES = ((2, 3), (), (4,), (1, 2, 3))  # 17 entries: 4 ranks have shards of 5


@check(part="4.1", points=1, hint="handout, the worked example of flat shards", requires="R4.1a")
def check_shards_of_the_worked_example(student, data):
    """Arrays (2, 3) and (4,) in four shards of 3: the last is one entry and two zeros.

    Why: One length for all shards is what a collective needs, whatever the shapes are.
    Oracle: By hand, with the entries 1 to 10.
    """
    entries = np.arange(1.0, 11.0)
    arrays = [data.read_only(entries[:6].reshape(2, 3)), data.read_only(entries[6:].copy())]
    want = np.append(entries, [0.0, 0.0])
    expect.equal(student.flat_padded(arrays, 4), want, what="the flat array")
    for rank in range(4):
        shard = student.flat_shard(arrays, rank, 4)
        expect.equal(shard, want[3 * rank : 3 * rank + 3], what=f"the shard of rank {rank}")


@check(
    part="4.1",
    points=1,
    hint="handout, task 4.1: row by row, into one array",
    requires=("R4.1a", "R0b:flat_padded"),
)
def check_shards_of_other_shapes(student, oracle, rng, data):
    """Arrays of no, one, two and three axes, in 1, 4, 17 and 20 shards, with no memory in common.

    Why: A shard that is a view keeps the whole array alive, and changes with it.
    Oracle: Entry after entry by its index; numpy says which arrays share memory.
    """
    arrays = data.arrays(rng, SHAPES)
    arrays[0] = data.read_only(np.asfortranarray(arrays[0]))
    for N in (1, 4, 17, 20):
        want = oracle.flat(arrays, N)
        expect.equal(student.flat_padded(arrays, N), want, what=f"the flat array for N = {N}")
        for rank in {0, N // 2, N - 1}:
            shard = student.flat_shard(arrays, rank, N)
            wanted = want.reshape(N, -1)[rank]
            expect.equal(shard, wanted, what=f"the shard of rank {rank} of {N}")
    small = data.arrays(rng, SHAPES, np.float32)
    flat = student.flat_padded(small, 4)
    expect.array(flat, shape=(20,), dtype=np.float32, what="the flat array of float32")
    want = oracle.flat(small, 4).astype(np.float32)
    expect.equal(flat, want, what="the flat array of float32")
    for given, N in ((arrays, 4), ([arrays[2]], 2)):
        shared = student.programs.shared_memory(given, N)
        expect.equal(shared, [False] * (N + 1), what="which results share memory with the arrays")


@check(part="4.1", points=1, hint="handout, task 4.1: and back", requires="R4.1b")
def check_unshard_is_the_inverse(student, oracle, rng, data):
    """Shards one after the other become arrays of the given shapes; the padding is left out.

    Why: What is gathered has to be the parameters again, each in its place.
    Oracle: Arrays filled entry by entry.
    """
    for shapes, N in ((SHAPES, 4), (((3, 5),), 5), (((2,), (), (2, 2)), 9)):
        arrays = data.arrays(rng, shapes)
        flat = data.read_only(oracle.flat(arrays, N))
        got = expect.items(student.unshard(flat, list(shapes)), len(shapes), what="the arrays")
        for i, (array, want) in enumerate(zip(got, arrays, strict=True)):
            expect.array(array, shape=want.shape, what=f"array {i}")
            expect.equal(array, want, what=f"array {i} of shapes {shapes}, from {N} shards,")


@check(part="4.2", points=1, hint="handout, task 4.2", requires="R4.2a")
def check_clipping_uses_the_norm_of_all_shards(student, oracle, rng, data, cluster):
    """Four shards are scaled by one factor, that of the norm of all, and only if it is too large.

    Why: With a factor for each shard the step points somewhere else.
    Oracle: The root of an exactly rounded sum of squares. One shard of the gradient is 0, and in a
    last run all of it.
    """
    shards = rng.standard_normal((4, 3)) * np.array([[1.0], [5.0], [0.0], [0.2]])
    for gradient, share in ((shards, 0.5), (shards, 0.99), (shards, 2.0), (0 * shards, 1.0)):
        gradient = data.read_only(gradient.copy())
        norm = oracle.norm(gradient)
        most = share * (norm or 1.0)
        want = gradient * min(1.0, share)
        run = run_clip(student, cluster, gradient, most)
        what = f"at {share:g} of the norm"
        expect_shards(run, want, norm, what)


@check(
    part="4.2",
    points=1,
    needs="check_clipping_uses_the_norm_of_all_shards",
    hint="handout, task 4.2: what do ranks have to know?",
    requires=("R4.2b", "R0c:clip_shard"),
)
def check_clipping_sends_one_number(student, oracle, rng, data, cluster, budgets):
    """All ranks together send what an all-reduce of one number sends.

    Why: The norm is known without the gradient of others.
    Oracle: Bytes, counted by the network.
    """
    shards = data.read_only(rng.standard_normal((4, 50)))
    norm = oracle.norm(shards)
    run = run_clip(student, cluster, shards, norm / 3)
    expect_shards(run, shards / 3, norm, "at a third of the norm")
    budgets.counted("clip_bytes", sum(run.sent_bytes), sizes={"N": 4, "itemsize": 8})
    expect_given(run, "all_reduce")


@check(
    part="4.3",
    points=1,
    hint="handout, the worked example of Adam's first step",
    requires="R4.3a",
    unjudged={
        "adam_steps(*).measured.1*: *": "check_a_rank_keeps_its_shard_of_the_state judges it",
        "adam_steps(*).measured: previous": "ranks have the same parameters, in other states",
    },
)
def check_first_step_of_adam(student, data, cluster):
    """From 0 the first step moves each entry by lr, against the sign of the mean gradient.

    Why: Without the correction of the bias the first step would be three times as large.
    Oracle: By hand: mhat = g, and the root of vhat = |g|; where both ranks cancel, nothing moves.
    """
    params = [data.read_only(np.zeros((2, 2))), data.read_only(np.zeros(1))]
    ranks = ([[1.0, -3.0], [1.0, 2.0]], [4.0]), ([[3.0, -1.0], [-1.0, -4.0]], [-1.0])
    grads = [[[data.read_only(np.array(g)) for g in rank] for rank in ranks]]
    run = run_adam(student, cluster, params, grads, (0.1,))
    want = [np.array([[-0.1, 0.1], [0.0, 0.1]]), np.array([-0.1])]
    answers = [expect.items(value, 2, what="parameters and state") for value in run.values]
    for path, _ in answers:
        (got,) = expect.items(path, 1, what="the parameters")
        for array, wanted in zip(expect.items(got, 2, what="the parameters"), want, strict=True):
            expect.close(
                array, wanted, rtol=1e-6, why="eps = 1e-8", what="the parameters after a step"
            )


@check(
    part="4.3",
    points=1,
    needs="check_first_step_of_adam",
    hint="handout, task 4.3",
    requires="R4.3a",
    unjudged={
        "adam_steps(*).measured.1*: *": "check_a_rank_keeps_its_shard_of_the_state judges it",
        "adam_steps(*).measured: previous": "ranks have the same parameters, in other states",
    },
)
def check_sharded_adam_equals_adam(student, oracle, rng, data, cluster):
    """Four ranks with 17 entries take three steps, and all have the parameters of one process.

    Why: Sharding changes where things are kept, not what is computed.
    Oracle: Adam on one process, an entry at a time, with the mean of the ranks' gradients.
    """
    params = data.arrays(rng, SHAPES)
    grads = [[data.arrays(rng, SHAPES) for _ in range(4)] for _ in range(3)]
    for settings in ((0.1, 0.8, 0.95, 1e-2), (0.05, 0.5, 0.9, 1e-8)):
        run = run_adam(student, cluster, params, grads, settings)
        path, _, _ = oracle.adam(params, grads, settings)
        expect_paths(run, path)


@check(
    part="4.3",
    points=1,
    needs="check_first_step_of_adam",
    hint="handout, section 2: arguments are never changed",
    requires=("R4.3a", "R0a:zero1_step"),
)
def check_sharded_adam_goes_on_from_a_state(student, oracle, rng, data, cluster):
    """Three ranks go on from a state at t = 7 that may not be written to, and return the next one.

    Why: A step whose state is changed cannot be taken again, as when a run continues from a file.
    Oracle: Adam on one process, an entry at a time, from the moments of all ranks.
    """
    expect_adam_goes_on(student, oracle, rng, data, cluster)


@check(
    part="4.3",
    points=1,
    needs="check_sharded_adam_equals_adam",
    hint="handout, task 4.3: what does a rank keep?",
    requires="R4.3b",
)
def check_a_rank_keeps_its_shard_of_the_state(
    student, oracle, rng, data, cluster, budgets, accounting
):
    """After two steps each of four ranks has t = 2, and the moments of its shard.

    Why: With all of m and v on every rank, everything is right and nothing is saved.
    Oracle: Bytes of the state, counted in the grader; the moments of one process, cut into shards.
    """
    params = data.arrays(rng, SHAPES)
    settings = (0.1, 0.8, 0.95, 1e-3)
    grads = [[data.arrays(rng, SHAPES) for _ in range(4)] for _ in range(2)]
    first = expect.items(student.adam_state(params, 4), 3, what="the first state")
    run = run_adam(student, cluster, params, grads, settings)
    path, *moments = oracle.adam(params, grads, settings)
    states = expect_paths(run, path)
    kept = max(
        accounting.state(expect.items(state, 3, what="a state")) for state in [first, *states]
    )
    budgets.counted("adam_state", kept, sizes={"P": 17, "N": 4, "itemsize": 8})
    expect_state(first, 0, np.zeros(5), np.zeros(5), "the first state")
    m, v = (oracle.flat([moment], 4).reshape(4, 5) for moment in moments)
    for rank, state in enumerate(states):
        expect_state(state, 2, m[rank], v[rank], f"the state of rank {rank}")


@check(
    part="4.3",
    points=1,
    needs="check_sharded_adam_equals_adam",
    hint="handout, task 4.3: two collectives",
    requires=("R4.3c", "R0c:zero1_step"),
    unjudged={
        "adam_steps(*).measured.1*: *": "check_a_rank_keeps_its_shard_of_the_state judges it",
        "adam_steps(*).measured: previous": "ranks have the same parameters, in other states",
    },
)
def check_sharded_adam_sends_as_much_as_an_all_reduce(student, oracle, rng, data, cluster, budgets):
    """A step is one reduce-scatter and one all-gather of padded shards, and no message more.

    Why: So ZeRO-1 costs nothing: what an all-reduce sends, it sends as well.
    Oracle: Messages and bytes, counted by the network.
    """
    params = data.arrays(rng, SHAPES)
    grads = [[data.arrays(rng, SHAPES) for _ in range(5)]]
    settings = (0.1, 0.9, 0.99, 1e-3)
    run = run_adam(student, cluster, params, grads, settings)
    path, _, _ = oracle.adam(params, grads, settings)
    expect_paths(run, path)
    sizes = {"P": 17, "N": 5, "itemsize": 8}
    budgets.counted("zero1_messages", max(run.messages), sizes=sizes)
    budgets.counted("zero1_bytes", sum(run.sent_bytes), sizes=sizes)
    expect_given(run, "reduce_scatter and all_gather")


@check(
    part="4.3",
    points=1,
    needs="check_first_step_of_adam",
    hint="handout, section 2: dtypes",
    requires="R0b:zero1_step",
)
def check_sharded_adam_in_float32(student, oracle, rng, data, cluster):
    """In float32, parameters, state and messages are float32.

    Why: Moments in float64 are twice the memory that sharding was to save.
    Oracle: One process in float64; dtypes as the network and the grader see them.
    """
    params = data.arrays(rng, SHAPES, np.float32)
    grads = [[data.arrays(rng, SHAPES, np.float32) for _ in range(3)] for _ in range(2)]
    settings = (0.1, 0.8, 0.95, 1e-2)
    run = run_adam(student, cluster, params, grads, settings)
    path, *moments = oracle.adam(params, grads, settings)
    states = expect_paths(run, path, np.float32)
    expect_messages(run, np.float32)
    m, v = (oracle.flat([moment], 3).reshape(3, 6) for moment in moments)
    for rank, state in enumerate(states):
        expect.items(state, 3, what="a state")
        expect_state(state, 2, m[rank], v[rank], f"the state of rank {rank}", np.float32)
