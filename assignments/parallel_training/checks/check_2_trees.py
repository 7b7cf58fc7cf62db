"""Part 2: a tree, and messages from all to all."""

import numpy as np

from autograder.grading import check
from expectations import (
    SLOW,
    expect_exchanged,
    expect_reduced,
    expect_refused,
    expect_same_bits,
    expect_tree,
    slow_sizes,
)


@check(part="2.4", points=1, hint="handout, section 4: the tree", requires="R2.4a")
def check_tree_on_any_number_of_ranks(student, oracle, rng, data, cluster):
    """1, 2, 3 and 8 ranks all have the sum, and the largest, by a tree.

    Why: A tree for powers of two alone forgets the ranks beyond the largest of these.
    Oracle: Whole numbers up to 2^40, added exactly, or sorted in columns.
    """
    for N in (1, 2, 3, 8):
        arrays = [data.whole_numbers(rng, N, n) for n in (0, 5)]
        expect_reduced(student, oracle, cluster, "tree_all_reduce", arrays)
    negative = [data.negative(rng, 3, 6, np.int64)]
    expect_reduced(student, oracle, cluster, "tree_all_reduce", negative, "max")
    expect_refused(student, cluster, "tree_all_reduce")


@check(part="2.4", points=1, hint="handout, task 2.4: the same bits", requires="R2.4a")
def check_tree_gives_the_same_bits(student, rng, data, cluster):
    """Five ranks all have the same bits of sums that are rounded.

    Why: a + b is b + a, bit by bit: in recursive doubling both partners compute the same.
    Oracle: The result of rank 0, bit by bit, and the sum up to rounding.
    """
    expect_same_bits(student.tree_all_reduce, cluster, data.of_all_sizes(rng, 5, 21))


@check(
    part="2.4",
    points=1,
    needs="check_tree_on_any_number_of_ranks",
    hint="handout, section 4: the tree",
    requires=("R2.4b", "R2.4a"),
)
def check_tree_doubles_its_distance(student, oracle, rng, data, cluster, budgets):
    """Each of five ranks sends its messages to the ranks of recursive doubling, in that order.

    Why: A tree has few messages one after the other: it is fast where the latency counts.
    Oracle: The ranks of the docstring, found number by number; the grader's network counts bytes
    and time, and lets each send wait for its receiver.
    """
    expect_tree(student, oracle, cluster, budgets, data.whole_numbers(rng, 5, 6), 4)


@check(part="2.5", points=1, hint="handout, task 2.5", requires="R2.5a")
def check_all_to_all_of_any_lengths(student, rng, data, cluster):
    """1, 2, 3 and 5 ranks have what each had for them, by rank, of any lengths.

    Why: Rows of a matrix become columns, and examples go to the rank of their expert.
    Oracle: The chunks themselves, sorted by receiver in place of sender.
    """
    for N in (1, 2, 3, 5):
        expect_exchanged(student, cluster, rng, data, rng.integers(0, 4, (N, N)))


@check(
    part="2.5",
    points=1,
    needs="check_all_to_all_of_any_lengths",
    hint="handout, task 2.5: rounds",
    requires="R2.5b",
)
def check_all_to_all_has_rounds(student, rng, data, cluster, budgets):
    """With 5 ranks all messages take N - 1 rounds: no two arrive at one rank at once.

    Why: If all send to rank 0 first, they queue there, and the other links stand idle.
    Oracle: The virtual clock of the grader's network, against the formula; no real time counts.
    """
    lengths = np.full((5, 5), 3)
    run = expect_exchanged(student, cluster, rng, data, lengths, network=SLOW)
    budgets.counted("all_to_all_time", max(run.clock_s), sizes=slow_sizes(5, 3))
