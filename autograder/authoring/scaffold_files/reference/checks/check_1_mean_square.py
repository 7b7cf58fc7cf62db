"""Hidden checks of part 1: only their verdicts are shown."""

from autograder.grading import check, expect, recipe, rounding


@check(
    part="1.1",
    points=2,
    needs="check_mean_square_of_three_numbers",
    hint="handout, section 1",
    requires="R1.1a",
)
def check_mean_square_of_many_numbers(student, oracle):
    """The mean square is right for arrays of other sizes.

    Why: Code written for one size often works for that size only, such as a single number.
    Oracle: One number at a time with exactly rounded sums.
    """
    for n in (1, 2, 1000):
        x = recipe("standard_normal", seed=n, shape=(n,))
        expect.close(
            student.mean_square(x),
            oracle.mean_square(x.build()),
            within=rounding(terms=n),
            what="the mean square",
        )
