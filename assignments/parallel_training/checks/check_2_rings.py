"""Part 2: collectives on a ring."""

import numpy as np

from autograder.grading import check
from expectations import (
    SLOW,
    WAITS,
    chunks,
    expect_collected,
    expect_exact,
    expect_gathered,
    expect_reduced,
    expect_refused,
    expect_same_bits,
    expect_traffic,
    given,
    pieces,
    run_cases,
    slow_sizes,
)

EXAMPLE = np.array([[1.0, 2.0, 3.0, 4.0], [10.0, 20.0, 30.0, 40.0], [100.0, 200.0, 300.0, 400.0]])


def _arrays(rng, data, N):
    """Arrays (N, n) whose n is a multiple of N, is none, is less than N, and is 0."""
    return [data.whole_numbers(rng, N, n) for n in (2 * N, 3 * N + N // 2, N - 1, 0)]


@check(part="2.1", points=1, hint="handout, the worked example of section 4", requires="R2.1a")
def check_scatter_of_the_worked_example(student, cluster):
    """Three ranks with four numbers each have (111, 222), (333) and (444) at the end.

    Why: Each chunk has to arrive, complete, at the rank of its number.
    Oracle: By hand; the table of the handout.
    """
    run = cluster.run(student.ring_reduce_scatter, size=3, inputs=lambda rank: (EXAMPLE[rank],))
    wants = [np.array([111.0, 222.0]), np.array([333.0]), np.array([444.0])]
    for rank, (value, want) in enumerate(zip(run.values, wants, strict=True)):
        expect_exact(value, want, f"the chunk of rank {rank}")


@check(
    part="2.1",
    points=1,
    hint="handout, task 2.1: follow one chunk round the ring",
    requires=("R2.1a", "R2a:ring_reduce_scatter", "R2b:ring_reduce_scatter"),
)
def check_scatter_sums_on_any_ring(student, oracle, rng, data, cluster):
    """1, 2, 3, 5 and 8 ranks have their chunks of the sum, of any length, none lost or doubled.

    Why: Rings of two ranks hide a wrong order, and lengths that N divides hide a wrong cut.
    Oracle: Whole numbers up to 2^40, which are added exactly in any order; none fits in float32.
    """
    for N in data.SIZES:
        arrays = _arrays(rng, data, N)
        run = run_cases(student, cluster, "ring_reduce_scatter", [given(X) for X in arrays])
        wants = [chunks(oracle, oracle.reduced(X, "sum"), N) for X in arrays]
        expect_collected(run, wants, "the chunk")


@check(
    part="2.1",
    points=1,
    hint='handout, task 2.1: op="max"',
    requires=("R2.1a", "R2a:ring_reduce_scatter"),
)
def check_scatter_of_the_largest(student, oracle, rng, data, cluster):
    """With op="max" ranks have the largest entries, in float32; another op raises ValueError.

    Why: Gradients are clipped by the largest entry of all ranks; a silent sum would go unnoticed.
    Oracle: Columns of whole numbers, sorted; all are negative, so that a 0 cannot be the largest.
    """
    X = data.negative(rng, 3, 8, np.float32)
    run = run_cases(student, cluster, "ring_reduce_scatter", [given(X, "max")])
    expect_collected(run, [chunks(oracle, oracle.reduced(X, "max"), 3)], "the largest")
    expect_refused(student, cluster, "ring_reduce_scatter")


@check(
    part="2.1",
    points=1,
    needs="check_scatter_sums_on_any_ring",
    hint="handout, task 2.1: isend, receive, and then wait",
    requires="R2c:ring_reduce_scatter",
)
def check_scatter_where_sends_wait(student, oracle, rng, data, cluster):
    """Chunks are right also where a send waits until its receiver is there.

    Why: On many real networks a ring on which all send first stands still for ever.
    Oracle: Whole numbers, added exactly; the grader's network waits as gloo does.
    """
    X = data.whole_numbers(rng, 3, 7)
    run = run_cases(student, cluster, "ring_reduce_scatter", [given(X)], network=WAITS)
    expect_collected(run, [chunks(oracle, oracle.reduced(X, "sum"), 3)], "the chunk")


@check(
    part="2.1",
    points=2,
    needs="check_scatter_sums_on_any_ring",
    hint="handout, task 2.1: whole arrays are N times too expensive",
    requires="R2.1b",
)
def check_scatter_sends_each_chunk_once(student, oracle, rng, data, cluster, budgets):
    """On a ring of 5 each rank sends all chunks but its own, one a message, to the next rank.

    Why: The cost of a ring does not grow with N; whole arrays, sums at one rank and padding do.
    Oracle: The bytes and messages that the grader's network counts, against the formula.
    """
    N, n = 5, 37
    X = data.whole_numbers(rng, N, n)
    run = run_cases(student, cluster, "ring_reduce_scatter", [given(X)])
    expect_collected(run, [chunks(oracle, oracle.reduced(X, "sum"), N)], "the chunk")
    own = [stop - start for start, stop in oracle.parts(n, N)]
    expect_traffic(run, budgets, "scatter", n, 1, own)


@check(part="2.2", points=1, hint="handout, the worked example of section 4", requires="R2.2a")
def check_gather_of_the_worked_example(student, cluster):
    """Three ranks with (111, 222), (333) and (444) all have (111, 222, 333, 444) at the end.

    Why: All-gather is the second half of an all-reduce, and collects shards of a model.
    Oracle: By hand; the table of the handout.
    """
    chunks = [np.array([111.0, 222.0]), np.array([333.0]), np.array([444.0])]
    expect_gathered(student, cluster, [chunks])


@check(
    part="2.2",
    points=1,
    hint="handout, task 2.2: the order of ranks",
    requires=("R2.2a", "R2a:ring_all_gather", "R2b:ring_all_gather"),
)
def check_gather_of_any_lengths(student, rng, data, cluster):
    """Rings of 1, 2 and 5 gather chunks of equal lengths, of any lengths, and of none.

    Why: Shards differ in length, and arrive in another order than that of the ranks.
    Oracle: The chunks one after the other; whole numbers up to 2^40.
    """
    for N in (1, 2, 5):
        lengths = [[3] * N, rng.integers(0, 5, N), [0] * N, rng.permutation([0, 7, *[1] * N])[:N]]
        expect_gathered(student, cluster, [pieces(rng, data, each) for each in lengths])


@check(
    part="2.2",
    points=1,
    needs="check_gather_of_any_lengths",
    hint="handout, task 2.1: isend, receive, and then wait",
    requires="R2c:ring_all_gather",
)
def check_gather_where_sends_wait(student, rng, data, cluster):
    """Chunks are gathered also where a send waits until its receiver is there.

    Why: On many real networks a ring on which all send first stands still for ever.
    Oracle: The chunks one after the other; the grader's network waits as gloo does.
    """
    expect_gathered(student, cluster, [pieces(rng, data, [2, 0, 3])], network=WAITS)


@check(
    part="2.2",
    points=1,
    needs="check_gather_of_any_lengths",
    hint="handout, task 2.2: pass on what has just arrived",
    requires="R2.2b",
)
def check_gather_sends_each_chunk_once(student, rng, data, cluster, budgets):
    """On a ring of 5 each rank sends all chunks but the next one's, one a message.

    Why: A rank that sends everything it has so far sends N / 2 times too much.
    Oracle: The bytes and messages that the grader's network counts, against the formula.
    """
    lengths = [int(length) for length in rng.permutation(np.arange(1, 6))]
    run = expect_gathered(student, cluster, [pieces(rng, data, lengths)])
    expect_traffic(run, budgets, "gather", sum(lengths), 1, lengths[1:] + lengths[:1])


@check(
    part="2.3",
    points=1,
    hint="handout, task 2.3",
    requires=(
        "R2.3a",
        "R2a:ring_all_reduce",
        "R2b:ring_all_reduce",
        "R0a:ring_all_reduce",
    ),
)
def check_all_reduce_on_any_ring(student, oracle, rng, data, cluster):
    """1, 2 and 5 ranks all have the sum, of any length; x may not be written to.

    Why: It is one line, if both halves are right, and the gradients of all ranks go through it.
    Oracle: Whole numbers up to 2^40, which are added exactly in any order; none fits in float32.
    """
    for N in (1, 2, 5):
        expect_reduced(student, oracle, cluster, "ring_all_reduce", _arrays(rng, data, N))


@check(part="2.3", points=1, hint="handout, task 2.3", requires=("R2.3a", "R2a:ring_all_reduce"))
def check_all_reduce_of_the_largest(student, oracle, rng, data, cluster):
    """With op="max" all ranks have the largest entries, in int64; another op raises ValueError.

    Why: `op` has to reach the reduce-scatter; a silent sum would go unnoticed.
    Oracle: Columns of whole numbers, sorted; all are negative, so that a 0 cannot be the largest.
    """
    X = data.negative(rng, 3, 8, np.int64)
    expect_reduced(student, oracle, cluster, "ring_all_reduce", [X], "max")
    expect_refused(student, cluster, "ring_all_reduce")


@check(part="2.3", points=1, hint="handout, task 2.3: the same bits", requires="R2.3b")
def check_all_reduce_gives_the_same_bits(student, rng, data, cluster):
    """On a ring of 5 all ranks have the same bits of sums that are rounded.

    Why: Where ranks add in different orders, their models drift apart, a bit in each step.
    Oracle: The result of rank 0, bit by bit, and the sum up to rounding.
    """
    expect_same_bits(student.ring_all_reduce, cluster, data.of_all_sizes(rng, 5, 21))


@check(
    part="2.3",
    points=1,
    needs="check_all_reduce_on_any_ring",
    hint="handout, task 2.1: isend, receive, and then wait",
    requires="R2c:ring_all_reduce",
)
def check_all_reduce_where_sends_wait(student, oracle, rng, data, cluster):
    """The sum is right also where a send waits until its receiver is there.

    Why: On many real networks a ring on which all send first stands still for ever.
    Oracle: Whole numbers, added exactly; the grader's network waits as gloo does.
    """
    arrays = [data.whole_numbers(rng, 3, 4)]
    expect_reduced(student, oracle, cluster, "ring_all_reduce", arrays, network=WAITS)


@check(
    part="2.3",
    points=1,
    needs="check_all_reduce_on_any_ring",
    hint="handout, section 4: a ring",
    requires="R2.3c",
)
def check_all_reduce_sends_two_shares(student, oracle, rng, data, cluster, budgets):
    """On a ring of 5 each rank sends all chunks twice but for two, in 2 (N - 1) messages.

    Why: No program can send less; passing whole arrays round sends N / 2 times as much.
    Oracle: The bytes and messages that the grader's network counts, against the formula.
    """
    X = data.whole_numbers(rng, 5, 37)
    run = expect_reduced(student, oracle, cluster, "ring_all_reduce", [X])
    expect_traffic(run, budgets, "ring", 37, 2, oracle.chunks_not_sent(37, 5))


@check(
    part="2.3",
    points=1,
    needs="check_all_reduce_on_any_ring",
    hint="handout, section 4: the cluster",
    requires="R2.3c",
)
def check_all_reduce_keeps_all_links_busy(student, oracle, rng, data, cluster, budgets):
    """On a ring of 5 the last rank ends after 2 (N - 1) times the longest chunk's message.

    Why: A ring is fast because all ranks send at the same time; at one rank they would queue.
    Oracle: The virtual clock of the grader's network, against the formula; no real time counts.
    """
    X = data.whole_numbers(rng, 5, 37)
    run = expect_reduced(student, oracle, cluster, "ring_all_reduce", [X], network=SLOW)
    budgets.counted("ring_time", max(run.clock_s), sizes=slow_sizes(5, 37))
