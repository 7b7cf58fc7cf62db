"""Visible checks of part 1: students read and run them."""

import numpy as np

from autograder.grading import check, expect


@check(part="1.1", points=3, hint="handout, section 1")
def check_mean_square_of_three_numbers(student):
    """The mean square of 1, 2, 3 is 4.66667, as in the handout."""
    expect.close(
        student.mean_square(np.array([1.0, 2.0, 3.0])),
        14 / 3,
        rtol=1e-12,
        why="three float64 operations",
        what="the mean square",
    )


@check(part="1.1", points=3, needs="check_mean_square_of_three_numbers", hint="handout, section 1")
def check_mean_square_agrees_with_a_loop(student, oracle, rng):
    """The mean square of random numbers agrees with a plain loop."""
    x = rng.standard_normal(57)
    x.setflags(write=False)

    expect.close(
        student.mean_square(x),
        oracle.mean_square(x),
        rtol=1e-12,
        why="a float64 sum of 57 terms",
        what="the mean square",
    )


@check(part="1.1", points=2, needs="check_mean_square_of_three_numbers", hint="handout, section 1")
def check_mean_square_is_vectorised(student, budgets):
    """The mean square takes a number of interpreter steps that does not grow with its array."""
    budgets.operations(
        "mean_square_steps",
        student.mean_square,
        inputs=lambda rng: (rng.standard_normal(1000),),
        sizes={"n": 1000},
    )
