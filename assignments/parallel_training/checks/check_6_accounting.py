"""Part 6: predicted costs against counted ones."""

import math

from autograder.grading import Network, check, expect, rounding
from expectations import named

RING = "n N itemsize rank"
STEP = "P N itemsize stage"
ADAM = "P N stage"
TIME = "n N itemsize latency bandwidth"


def _counted(student, oracle, cluster, n, N, itemsize, network):
    """A run in which ranks send what they send in an all-reduce on a ring, without your code."""
    lengths = oracle.ring_lengths(n, N)
    return cluster.run(
        student.programs.traffic,
        size=N,
        inputs=lambda rank: (lengths[rank], itemsize),
        network=network,
    )


@check(part="6.1", points=1, hint="handout, the worked example of section 4", requires="R6.1a")
def check_predicted_bytes_of_a_ring(student, oracle, cluster, accounting):
    """predict_ring_bytes is what the cluster counts for each rank, also where N does not divide n.

    Why: 2 (N - 1) / N arrays are right for the mean rank, and for each only if N divides n.
    Oracle: The network's count of messages whose lengths follow each chunk on its way, so that a
    wrong ring with a matching formula does not agree with itself.
    """
    runs = {
        (n, N): _counted(student, oracle, cluster, n, N, itemsize, Network())
        for n, N, itemsize in ((37, 5, 8), (2, 3, 4))
    }
    accounting.compare(
        student.predict_ring_bytes,
        configurations=named(
            RING, [*((37, 5, 8, rank) for rank in range(5)), *((2, 3, 4, r) for r in range(3))]
        ),
        measure=lambda n, N, itemsize, rank: runs[n, N].sent_bytes[rank],
        unit="bytes",
    )


@check(
    part="6.1", points=1, hint="handout, section 4: mixed precision", requires=("R6.1b", "R6.1c")
)
def check_predicted_bytes_under_zero(student, oracle, accounting):
    """predict_step_bytes and predict_adam_bytes are exact for stages 0 to 3, also with padding.

    Why: Stage 2 costs no byte more on the network than none, and saves seven eighths of the memory.
    Oracle: Shard after shard of a padded array, phase after phase; array after array of Adam.
    """
    shapes = ((1003, 4, 8), (70, 8, 4), (7, 8, 4))
    accounting.compare(
        student.predict_step_bytes,
        configurations=named(STEP, [(*shape, stage) for shape in shapes for stage in range(4)]),
        measure=oracle.step_bytes,
        unit="bytes",
    )
    accounting.compare(
        student.predict_adam_bytes,
        configurations=named(
            ADAM, [(P, N, stage) for P, N in ((10**9, 8), (1003, 7), (3, 5)) for stage in range(4)]
        ),
        measure=oracle.adam_bytes,
        unit="bytes",
    )


@check(part="6.2", points=1, hint="handout, section 4: the cluster", requires="R6.2a")
def check_predicted_times(student, oracle, cluster, accounting):
    """The predicted times of ring, tree and gathering are those of the cluster's clock.

    Why: Whether a latency or a byte counts decides which of them is the fastest.
    Oracle: The cluster's clock, for messages of a ring; a network in exact rationals that carries
    out the plans of all three, message after message.
    """
    cases = [(37, 5, 8, 1e-5, 1e6), (3, 4, 4, 2e-3, 5e3)]
    clocks = {
        n: max(_counted(student, oracle, cluster, n, N, size, Network(latency, bandwidth)).clock_s)
        for n, N, size, latency, bandwidth in cases
    }
    accounting.compare(
        student.predict_ring_time,
        configurations=named(TIME, cases),
        measure=lambda n, **_: clocks[n],
        unit="seconds",
        relative=1e-9,
    )
    sizes = [(40, 8), (37, 8), (37, 5), (2, 3), (9, 2), (6, 1)]
    network = (8, 1e-5, 1e10)
    for prediction, measure in (
        (student.predict_ring_time, oracle.ring_time),
        (student.predict_tree_time, oracle.tree_time),
        (student.predict_gather_time, oracle.gather_time),
    ):
        accounting.compare(
            prediction,
            configurations=named(TIME, [(*size, *network) for size in sizes]),
            measure=measure,
            unit="seconds",
            relative=1e-9,
        )


@check(part="6.2", points=1, hint="handout, the worked example of section 4", requires="R6.2b")
def check_predicted_crossover(student, oracle, accounting):
    """Ring and tree meet at 880 kB for 8 ranks, 10 us and 10 GB/s; for two ranks they never do.

    Why: Libraries choose between the two by the size of an array.
    Oracle: Where two straight lines meet, each through two times of a network in exact rationals.
    """
    accounting.compare(
        student.predict_crossover,
        configurations=named(
            "N latency bandwidth",
            [(8, 1e-5, 1e10), (4, 3e-6, 2e9), (16, 1e-4, 1e9), (64, 1.0, 7.0)],
        ),
        measure=oracle.crossover,
        unit="bytes",
        relative=1e-9,
    )
    never = student.predict_crossover(2, 1e-5, 1e10)
    expect.that(
        isinstance(never, float) and never == math.inf,
        f"predict_crossover(2, 1e-05, 1e+10) is {never!r}, expected inf: both send the array once",
    )


@check(part="6.3", points=1, hint="handout, task 6.3", requires=("R6.3a", "R6.3b"))
def check_predicted_overlap(student, oracle, rng, accounting):
    """predict_bubble is exact; computing 1, 1 and communicating 1, 1 exposes 1, others as much.

    Why: The sum of communication less that of computing is 0 here, and wrong: the last bucket is
    only ready at the end.
    Oracle: Slots of a chart, counted; the longest way through computing and communicating.
    """
    accounting.compare(
        student.predict_bubble,
        configurations=named("p m", [(4, 8), (4, 16), (2, 3), (5, 2), (1, 4), (12, 1009)]),
        measure=oracle.idle_share,
        unit="shares",
        relative=1e-9,
    )
    cases = [((1.0, 1.0), (1.0, 1.0)), ((1.0, 1.0, 1.0), (0.5, 4.0, 0.25)), ((2.0,), (3.0,))]
    cases += [((5.0, 0.5, 0.5), (1.0, 0.25, 2.0)), ((1.0, 9.0, 1.0), (3.0, 0.5, 0.5))]
    cases += [tuple(tuple(rng.uniform(0.1, 2.0, 6).tolist()) for _ in range(2)) for _ in range(2)]
    accounting.compare(
        student.predict_exposed_time,
        configurations=named("backward communication", cases),
        measure=oracle.exposed_time,
        unit="seconds",
        relative=1e-9,
    )


@check(part="6.4", points=1, hint="handout, task 6.4", requires=("R6.4a", "R6.4b"))
def check_predicted_cores(student, oracle, rng, accounting):
    """roofline and amdahl are right; the fit finds the serial share, and stays in [0, 1].

    Why: A step that is bound by memory gains nothing from a second core that shares the memory.
    Oracle: The later end of two jobs; exact rationals; normal equations of the fit in rationals.
    """
    serial = float(rng.uniform(0.1, 0.6))
    accounting.compare(
        student.roofline,
        configurations=named(
            "flops nbytes flops_per_s bandwidth",
            [
                (6e9, 1e9, 3e9, 1e9),
                (6e9, 8e9, 3e9, 1e9),
                tuple(rng.uniform(1e9, 9e9, size=4).tolist()),
            ],
        ),
        measure=oracle.roofline,
        unit="seconds",
        relative=1e-12,
    )
    accounting.compare(
        student.amdahl,
        configurations=named("serial T", [(0.0, 4), (0.25, 3), (1.0, 8), (0.125, 1), (serial, 2)]),
        measure=oracle.amdahl,
        unit="times",
        relative=1e-12,
    )
    law = [0.7 * (serial + (1 - serial) / T) for T in (1, 2, 3, 8)]
    measured = [float(s * noise) for s, noise in zip(law, rng.uniform(0.9, 1.1, 4), strict=True)]
    within = rounding(terms=8, condition=100, size=1.0, why="a share of times that are close")
    cases = [([1, 2, 3, 8], law), ([1, 2, 3, 8], measured)]
    cases += [([1, 2, 4], [1.03, 0.41237, 0.09871]), ([1, 2, 4], [1.03, 1.2489, 1.4937])]
    for case, share in [(case, student.fit_amdahl(*case)) for case in cases]:
        got = expect.number(share, low=0, high=1, what="the share")
        want = oracle.fit_amdahl(*case)
        expect.close(got, want, within=within, what=f"the serial share of {case[1]}")
