"""Part 5: predicted costs against counters that watch your own gradient."""

from autograder.grading import check, expect


@check(part="5.1", points=2, hint="handout, task 5.1: the shapes of the two products")
def check_predicted_flops_are_the_counted_ones(student, oracle):
    """predict_flops gives the operations counted in the matrix products of your gradient."""
    for B, d, c in ((12, 7, 5), (40, 3, 11)):
        predicted = student.predict_flops(B, d, c)
        counted = student.programs.counted_flops(B, d, c, 1)
        # a way of computing that the counter does not see is held against the two products
        want = max(counted, oracle.flops(B, d, c))
        expect.equal(predicted, want, what=f"predict_flops({B}, {d}, {c})")


@check(part="5.2", points=3, hint="handout, task 5.2: which arrays exist at the same moment?")
def check_predicted_bytes_are_the_traced_ones(student):
    """predict_bytes is within 10 % and 64 KiB of what your gradient is seen to allocate."""
    # one shape for the (B, c) arrays, one for the (c, d) arrays; each array is under 256 KiB,
    # from where on numpy reuses the memory of temporaries on some systems and not on others
    for B, d, c in ((750, 30, 40), (30, 750, 40), (500, 500, 60)):
        predicted = student.predict_bytes(B, d, c)
        traced = student.programs.traced_bytes(B, d, c, 1)
        allowed = 0.1 * traced + 64 * 1024
        expect.close(
            predicted,
            traced,
            rtol=0.0,
            atol=allowed,
            why="10 % and 64 KiB",
            what=f"predict_bytes({B}, {d}, {c})",
        )
