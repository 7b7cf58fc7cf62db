"""Part 5 on other shapes."""

from autograder.grading import check, expect


@check(part="5.1", points=1, hint="handout, task 5.1: the shapes of the two products")
def check_predicted_flops_of_other_shapes(student, oracle, rng):
    """predict_flops gives the counted operations for other shapes."""
    for _ in range(3):
        B, d, c = (int(size) for size in rng.integers(2, 30, size=3))
        predicted = student.predict_flops(B, d, c)
        counted = student.programs.counted_flops(B, d, c, 2)
        want = max(counted, oracle.flops(B, d, c))
        expect.equal(predicted, want, what=f"predict_flops({B}, {d}, {c})")


@check(part="5.2", points=2, hint="handout, task 5.2: which arrays exist at the same moment?")
def check_predicted_bytes_of_other_shapes(student):
    """predict_bytes is within 10 % and 64 KiB of the traced bytes for other shapes."""
    for B, d, c in ((1000, 20, 31), (25, 900, 33), (420, 310, 70)):  # each array under 256 KiB
        predicted = student.predict_bytes(B, d, c)
        traced = student.programs.traced_bytes(B, d, c, 2)
        allowed = 0.1 * traced + 64 * 1024
        what = f"predict_bytes({B}, {d}, {c})"
        expect.close(predicted, traced, rtol=0.0, atol=allowed, why="10 % and 64 KiB", what=what)
