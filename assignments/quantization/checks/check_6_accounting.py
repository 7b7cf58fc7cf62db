"""Part 6: predicted costs against counted ones."""

from autograder.grading import check
from expectations import layer_bytes, named

BITS = "bits group scale_bits zero_bits"
LAYER = "rows d bits group symmetric"


@check(part="6.1", points=1, hint="handout, task 6.1", requires="R6.1a")
def check_predicted_bits_of_a_weight(student, oracle, accounting):
    """predict_bits_per_weight is exact: 4 bits in groups of 128, with 40 for scale and zero, are
    4.3125.

    Why: In groups of 16, a scale in float32 costs as much as two more bits for each weight.
    Oracle: The bits of a whole group, counted code after code.
    """
    accounting.compare(
        student.predict_bits_per_weight,
        configurations=named(
            BITS, [(4, 128, 32, 8), (4, 64, 16, 0), (3, 128, 32, 0), (4, 32, 16, 4), (8, 1, 32, 8)]
        ),
        measure=oracle.bits_per_weight,
        unit="bits",
    )


@check(part="6.1", points=2, hint="handout, task 6.1: nibbles and groups", requires="R6.1b")
def check_predicted_bytes_of_a_layer(student, rng, data, accounting):
    """predict_layer_bytes is exact for odd d, short groups, 2 to 8 bits, and a layer of 1 x 1.

    Why: A formula says how much a model shrinks, and that a small layer grows: 1 x 1 has 10 bytes.
    Oracle: The bytes of arrays of these sizes, counted in the grader.
    """
    cases = [
        *((1, 5, 4, 2, False), (1, 1, 4, 1, False), (7, 33, 4, 32, True), (3, 20, 3, 100, False)),
        *((5, 31, 8, 8, False), (4, 9, 5, 4, True), (2, 6, 2, 3, True), (600, 600, 4, 128, False)),
    ]
    accounting.compare(
        student.predict_layer_bytes,
        configurations=named(LAYER, cases),
        measure=layer_bytes(rng, data, accounting),
        unit="bytes",
    )


@check(part="6.1", points=1, hint="handout, section 4: what rounding costs", requires="R6.1c")
def check_predicted_error_of_rounding(student, oracle, accounting):
    """predict_squared_error agrees with the mean over numbers between two codes, in both cases.

    Why: It says before any experiment which scale a network can bear.
    Oracle: The mean over 2000 places between two codes, for stochastic rounding with both chances.
    """
    accounting.compare(
        student.predict_squared_error,
        configurations=named(
            "scale stochastic", [(0.5, False), (0.5, True), (0.03, False), (0.03, True)]
        ),
        measure=oracle.squared_error,
        unit="squared error",
        relative=1e-6,
    )


@check(part="6.1", points=1, hint="handout, task 6.1", requires="R6.1d")
def check_predicted_operations_for_each_byte(student, oracle, accounting):
    """predict_flops_per_byte is 0.5 for float32, 2 for 8 bits and 64/17 for 4.25 bits.

    Why: A processor does hundreds of operations in the time in which it reads a byte.
    Oracle: The operations of a row of weights over its bytes.
    """
    accounting.compare(
        student.predict_flops_per_byte,
        configurations=[{"bits_per_weight": bits} for bits in (32.0, 8.0, 4.25, 4.3125)],
        measure=oracle.flops_per_byte,
        unit="operations a byte",
        relative=1e-12,
    )
