"""Part 5: predicted costs against counters that watch your own gradient."""

from autograder.grading import check
from expectations import gradient_along_a_direction, gradient_inputs


@check(
    part="5.1", points=2, hint="handout, task 5.1: the shapes of the two products", requires="R5.1a"
)
def check_predicted_flops_are_the_counted_ones(student, oracle, rng, accounting):
    """predict_flops gives the operations counted in the matrix products of your gradient.

    Why: A count of operations says what a measured time has to be compared with.
    Oracle: A counter in the products themselves while your own gradient runs, and a count term by
    term of the two products; the larger of both. The gradient is compared in a random direction.
    """
    shapes = ((12, 7, 5), (40, 3, 11), (900, 20, int(rng.integers(25, 36))))

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
    points=3,
    hint="handout, task 5.2: which arrays exist at the same moment?",
    requires="R5.2a",
    unjudged={"predict_bytes(*).measured: changed": "a prediction may be off by 10 % and 64 KiB"},
)
def check_predicted_bytes_are_the_traced_ones(student, oracle, rng, accounting):
    """predict_bytes is within 10 % and 64 KiB of what your gradient is seen to allocate.

    Why: Peak memory decides whether a job runs at all, and can be read off the code before it is
    run.
    Oracle: tracemalloc, which follows every allocation while your own gradient runs; the gradient
    is compared in a random direction.
    """
    # one shape for the (B, c) arrays, one for both, one for the (c, d) arrays, each under 256 KiB,
    # from where on numpy reuses the memory of temporaries on some systems and not on others
    shapes = ((750, 30, 40), (500, 500, int(rng.integers(50, 62))), (30, 750, 40))

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
