"""Part 6 on other sizes."""

from autograder.grading import check
from expectations import layer_bytes, named


@check(
    part="6.1", points=2, hint="handout, task 6.1", requires=("R6.1a", "R6.1b", "R6.1c", "R6.1d")
)
def check_predictions_of_other_sizes(student, oracle, rng, data, accounting):
    """All four predictions hold for other bits, groups, layers and scales.

    Why: A formula holds for all sizes, a table of answers for those in it.
    Oracle: Counted bits, bytes of arrays, means over places between codes.
    """
    groups = [int(g) for g in rng.choice(range(2, 200), 3, replace=False)]
    accounting.compare(
        student.predict_bits_per_weight,
        configurations=named(
            "bits group scale_bits zero_bits",
            [(bits, group, 16, bits) for bits, group in zip((2, 5, 7), groups, strict=True)],
        ),
        measure=oracle.bits_per_weight,
        unit="bits",
        relative=1e-12,
    )
    cases = [
        (int(rows), int(d) | (bits < 4), bits, group, bool(symmetric))
        for bits, group, (rows, d), symmetric in zip(
            (2, 3, 4, 6, 8),
            (*groups, 1, 300),
            rng.integers(1, 300, size=(5, 2)),
            rng.permutation([0, 1, 0, 1, 0]),
            strict=True,
        )
    ]
    accounting.compare(
        student.predict_layer_bytes,
        configurations=named("rows d bits group symmetric", cases),
        measure=layer_bytes(rng, data, accounting),
        unit="bytes",
    )
    scales = [float(s) for s in 10.0 ** rng.uniform(-3, 2, size=2)]
    accounting.compare(
        student.predict_squared_error,
        configurations=named("scale stochastic", [(s, c) for s in scales for c in (False, True)]),
        measure=oracle.squared_error,
        unit="squared error",
        relative=1e-6,
    )
    accounting.compare(
        student.predict_flops_per_byte,
        configurations=[{"bits_per_weight": float(b)} for b in rng.uniform(1.5, 40, size=3)],
        measure=oracle.flops_per_byte,
        unit="operations a byte",
        relative=1e-12,
    )
