"""Part 5 on other shapes."""

import numpy as np

from autograder.grading import check
from expectations import gradient_along_a_direction, gradient_inputs


@check(
    part="5.1", points=1, hint="handout, task 5.1: the shapes of the two products", requires="R5.1a"
)
def check_predicted_flops_of_other_shapes(student, oracle, rng, accounting):
    """predict_flops gives the counted operations for other shapes.

    Why: A formula holds for all sizes, a table of three answers for three.
    Oracle: A counter in the products while the submission's own gradient runs, and a count term by
    term of the two products.
    """
    lowest = np.array([[2, 2, 2], [400, 20, 30], [20, 400, 30]])
    shapes = (lowest + rng.integers(30, size=(3, 3))).tolist()

    def counted(B, d, c):
        judged = gradient_along_a_direction(oracle, rng, B, d, c)
        batch = gradient_inputs(B, d, c)(rng)
        # a way of computing that the counter does not see is compared with the two products
        at_least = oracle.flops(B, d, c)
        return accounting.flops(student.softmax_xent_grad, *batch, at_least=at_least, **judged)

    accounting.compare(
        student.predict_flops,
        configurations=[{"B": B, "d": d, "c": c} for B, d, c in shapes],
        measure=counted,
        unit="FLOPs",
    )


@check(
    part="5.2",
    points=2,
    hint="handout, task 5.2: which arrays exist at the same moment?",
    requires="R5.2a",
    unjudged={"predict_bytes(*).measured: changed": "a prediction may be off by 10 % and 64 KiB"},
)
def check_predicted_bytes_of_other_shapes(student, oracle, rng, accounting):
    """predict_bytes is within 10 % and 64 KiB of the traced bytes for other shapes.

    Why: Which arrays make the peak depends on whether B or d is the larger.
    Oracle: tracemalloc while the submission's own gradient runs.
    """
    lowest = np.array([[990, 20, 28], [410, 300, 68], [20, 700, 31]])  # each array under 256 KiB
    shapes = (lowest + rng.integers(5, size=(3, 3))).tolist()

    def traced(B, d, c):
        judged = gradient_along_a_direction(oracle, rng, B, d, c)
        batch = gradient_inputs(B, d, c)(rng)
        return accounting.bytes(student.softmax_xent_grad, *batch, **judged)

    accounting.compare(
        student.predict_bytes,
        configurations=[{"B": B, "d": d, "c": c} for B, d, c in shapes],
        measure=traced,
        unit="bytes",
        relative=0.1,
        absolute=64 * 1024,
        constant=64 * 1024,  # einsum takes two buffers of 64 KiB, however large its arrays are
    )
