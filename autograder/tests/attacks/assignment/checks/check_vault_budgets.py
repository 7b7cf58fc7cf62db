"""Only the attacks on budgets, memory and time are graded by these: each costs workers."""

from autograder.grading import check, expect


@check(part="1.2", points=2)
def check_scaled_is_frugal(student, rng, budgets):
    """Scaling needs no more than its result."""
    x = rng.standard_normal(1_500_000)  # so large that the witness must see eight copies

    def verify(arguments, value, want):
        expect.close(value, 2.0 * x, rtol=1e-12, why="float64")

    inputs, sizes = (lambda _: (x, 2.0)), {"n": x.size}
    budgets.memory("frugal", student.scaled, inputs=inputs, sizes=sizes, verify=verify)


@check(part="1.1", points=2)
def check_total_is_vectorised(student, budgets):
    """The total takes no loop over the entries."""

    def verify(arguments, value, _):
        want = float(arguments[0].sum())
        expect.close(value, want, rtol=1e-9, atol=1e-9, why="float64", what="the total")

    budgets.operations(
        "vectorised",
        student.total,
        inputs=lambda rng: (rng.standard_normal(100_000),),
        sizes={"n": 100_000},
        verify=verify,
    )
