"""Visible checks of part 1: students read and run them."""

import numpy as np

from autograder.grading import check, expect, rounding


@check(part="1.1", points=3, hint="handout, section 1", requires="R1.1a")
def check_mean_square_of_three_numbers(student):
    """The mean square of 1, 2, 3 is 4.66667, as in the handout.

    Why: An example done by hand shows what is meant, before random numbers hide it.
    Oracle: By hand in the handout; no code of ours is asked.
    """
    expect.close(
        student.mean_square(np.array([1.0, 2.0, 3.0])),
        14 / 3,
        within=rounding(terms=3),
        what="the mean square",
    )


@check(
    part="1.1",
    points=3,
    needs="check_mean_square_of_three_numbers",
    hint="handout, section 1",
    requires=("R1.1a", "R1.1b"),
)
def check_mean_square_agrees_with_a_loop(student, oracle, rng):
    """The mean square of random numbers agrees with a plain loop.

    Why: An array operation must give what the sum over the entries says.
    Oracle: One number at a time with exactly rounded sums, without any array operation.
    """
    x = rng.standard_normal(57)
    x.setflags(write=False)

    expect.close(
        student.mean_square(x),
        oracle.mean_square(x),
        within=rounding(terms=57, why="the sum of the squares"),
        what="the mean square",
    )


@check(
    part="1.1",
    points=2,
    needs="check_mean_square_of_three_numbers",
    hint="handout, section 1",
    requires="R1.1c",
)
def check_mean_square_is_vectorised(student, budgets):
    """The mean square takes a number of interpreter steps that does not grow with its array.

    Why: A loop in Python takes about a hundred times longer than the array operation.
    Oracle: A counter of the bytecodes that Python executes in the submission's functions.
    """
    budgets.operations(
        "mean_square_steps",
        student.mean_square,
        inputs=lambda rng: (rng.standard_normal(1000),),
        sizes={"n": 1000},
    )
