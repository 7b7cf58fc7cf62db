"""Part 2 on other rings, and with other lengths and types."""

import numpy as np

from autograder.grading import check
from expectations import (
    SLOW,
    WAITS,
    chunks,
    expect_collected,
    expect_exchanged,
    expect_gathered,
    expect_reduced,
    expect_same_bits,
    expect_traffic,
    expect_tree,
    given,
    pieces,
    run_cases,
    slow_sizes,
)


@check(
    part="2.1",
    points=2,
    hint="handout, task 2.1",
    requires=("R2.1a", "R2.1b", "R2a:ring_reduce_scatter", "R2b:ring_reduce_scatter"),
)
def check_scatter_on_other_rings(student, oracle, rng, data, cluster):
    """On rings of 4 and 7, ranks have their chunks of sums in int64 and in float32.

    Why: A ring is right for all N, all n and all types, or it is not right.
    Oracle: Whole numbers, which are added exactly in any order.
    """
    for N, dtype, most in ((4, np.float32, 2**20), (7, np.int64, 2**40)):
        arrays = [
            data.read_only(data.whole_numbers(rng, N, n, most).astype(dtype))
            for n in (1, N + 1, int(rng.integers(20, 40)))
        ]
        run = run_cases(student, cluster, "ring_reduce_scatter", [given(X) for X in arrays])
        wants = [chunks(oracle, oracle.reduced(X, "sum"), N) for X in arrays]
        expect_collected(run, wants, "the chunk")


@check(
    part="2.2",
    points=1,
    hint="handout, task 2.2",
    requires=("R2.2a", "R2.2b", "R2a:ring_all_gather", "R2b:ring_all_gather"),
)
def check_gather_on_other_rings(student, rng, data, cluster, budgets):
    """On a ring of 8, with int64 on one of 3, chunks are gathered, and each is sent once.

    Why: A ring is right for all N, all lengths and all types, or it is not right.
    Oracle: The chunks one after the other; the network's count of bytes and messages.
    """
    lengths = [int(length) for length in rng.integers(0, 9, 8)]
    run = expect_gathered(student, cluster, [pieces(rng, data, lengths)])
    expect_traffic(run, budgets, "gather", sum(lengths), 1, lengths[1:] + lengths[:1])
    whole = [data.read_only(x.astype(np.int64)) for x in pieces(rng, data, (4, 0, 1))]
    expect_gathered(student, cluster, [whole], network=WAITS)


@check(
    part="2.3",
    points=1,
    hint="handout, task 2.3",
    requires=("R2.3a", "R2.3b", "R2.3c", "R2a:ring_all_reduce", "R2b:ring_all_reduce"),
)
def check_all_reduce_on_other_rings(student, oracle, rng, data, cluster, budgets):
    """On rings of 3 and 8, all ranks have the sum, in the bytes and the time of the formula.

    Why: A ring is right for all N, all n and all types, or it is not right.
    Oracle: Whole numbers, added exactly, in float64 and int64; the network's count and clock; the
    bits of rank 0.
    """
    X = data.whole_numbers(rng, 8, 37)
    run = expect_reduced(student, oracle, cluster, "ring_all_reduce", [X], network=SLOW)
    expect_traffic(run, budgets, "ring", 37, 2, oracle.chunks_not_sent(37, 8))
    budgets.counted("ring_time", max(run.clock_s), sizes=slow_sizes(8, 37))
    whole = data.read_only(data.whole_numbers(rng, 3, 5).astype(np.int64))
    expect_reduced(student, oracle, cluster, "ring_all_reduce", [whole], network=WAITS)
    expect_same_bits(student.ring_all_reduce, cluster, data.of_all_sizes(rng, 3, 10))


@check(part="2.4", points=1, hint="handout, task 2.4", requires=("R2.4a", "R2.4b"))
def check_tree_of_other_sizes(student, oracle, rng, data, cluster, budgets):
    """With 6 ranks messages and sums are those of the docstring, and with 3 the bits are the same.

    Why: Two ranks beyond a power of two are other partners than one.
    Oracle: Whole numbers, added exactly; the ranks of the docstring; the bits of rank 0.
    """
    expect_tree(student, oracle, cluster, budgets, data.whole_numbers(rng, 6, 5), 4)
    expect_same_bits(student.tree_all_reduce, cluster, data.of_all_sizes(rng, 3, 10))


@check(part="2.5", points=1, hint="handout, task 2.5", requires=("R2.5a", "R2.5b"))
def check_all_to_all_of_other_sizes(student, rng, data, cluster, budgets):
    """With 4 and 8 ranks all have what was for them, in rounds, also where a send waits.

    Why: In each round every rank sends to one and receives from another.
    Oracle: The chunks themselves, sorted by receiver; the virtual clock against the formula.
    """
    expect_exchanged(student, cluster, rng, data, rng.integers(0, 5, (4, 4)), network=WAITS)
    lengths = np.full((8, 8), 2)
    run = expect_exchanged(student, cluster, rng, data, lengths, network=SLOW)
    budgets.counted("all_to_all_time", max(run.clock_s), sizes=slow_sizes(8, 2))
