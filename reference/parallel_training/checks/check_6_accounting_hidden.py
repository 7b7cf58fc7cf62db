"""Part 6 in other configurations."""

from autograder.grading import check
from expectations import named


@check(part="6.1", points=1, hint="handout, task 6.1", requires=("R6.1a", "R6.1b", "R6.1c"))
def check_predicted_bytes_of_other_sizes(student, oracle, rng, accounting):
    """Predicted bytes are exact for other sizes, numbers of ranks and stages, one rank among them.

    Why: A formula holds for all sizes, a table of answers for those in it.
    Oracle: Chunks followed on their way; shard after shard, array after array.
    """
    shapes = [(int(rng.integers(1, 400)), N, size) for N, size in ((8, 8), (3, 4), (7, 2), (1, 8))]
    accounting.compare(
        student.predict_ring_bytes,
        configurations=named(
            "n N itemsize rank", [(*s, rank) for s in shapes for rank in {0, s[1] // 2, s[1] - 1}]
        ),
        measure=oracle.ring_bytes,
        unit="bytes",
    )
    cases = [(*shape, stage) for shape in shapes for stage in range(4)]
    accounting.compare(
        student.predict_step_bytes,
        configurations=named("P N itemsize stage", cases),
        measure=oracle.step_bytes,
        unit="bytes",
    )
    accounting.compare(
        student.predict_adam_bytes,
        configurations=named("P N stage", [(P, N, stage) for P, N, _, stage in cases]),
        measure=oracle.adam_bytes,
        unit="bytes",
    )


@check(part="6.2", points=1, hint="handout, task 6.2", requires=("R6.2a", "R6.2b"))
def check_predicted_times_on_other_networks(student, oracle, rng, accounting):
    """Predicted times and crossovers are right on other networks, for 1 to 9 ranks.

    Why: A formula holds for all networks, a table of answers for those in it.
    Oracle: A network in exact rationals that carries out all messages.
    """
    cases = [
        (
            int(rng.integers(0, 60)),
            N,
            4,
            float(rng.uniform(1e-6, 1e-3)),
            float(rng.uniform(1e4, 1e6)),
        )
        for N in (1, 3, 4, 6, 7, 9)
    ]
    for prediction, measure in (
        (student.predict_ring_time, oracle.ring_time),
        (student.predict_tree_time, oracle.tree_time),
        (student.predict_gather_time, oracle.gather_time),
    ):
        accounting.compare(
            prediction,
            configurations=named("n N itemsize latency bandwidth", cases),
            measure=measure,
            unit="seconds",
            relative=1e-9,
        )
    networks = [(N, *case[3:]) for N, case in zip((4, 8, 32), cases, strict=False)]
    accounting.compare(
        student.predict_crossover,
        configurations=named("N latency bandwidth", networks),
        measure=oracle.crossover,
        unit="bytes",
        relative=1e-9,
    )
