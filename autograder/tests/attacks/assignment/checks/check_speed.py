"""Takes seconds, so only the attacks on time budgets are graded by it."""

import numpy as np

from autograder.grading import check, expect


@check(part="1.2", points=2)
def check_strength_is_quick(student, budgets):
    """The strength takes about one matrix product."""

    def verify(arguments, value, _):
        want = float(np.trace(arguments[0] @ arguments[0]))
        expect.close(value, want, rtol=1e-6, atol=1e-6, why="float64", what="the strength")

    budgets.time(
        "quick",
        student.strength,
        inputs=lambda rng: (rng.standard_normal((300, 300)),),
        verify=verify,
    )
