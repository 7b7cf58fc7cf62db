"""Hidden checks of part 1: only their verdicts are shown."""

from autograder.grading import check, expect, recipe


@check(part="1.1", points=2, needs="check_mean_square_of_three_numbers", hint="handout, section 1")
def check_mean_square_of_many_numbers(student, oracle):
    """The mean square is right for arrays of other sizes."""
    for n in (1, 2, 1000):
        x = recipe("standard_normal", seed=n, shape=(n,))
        expect.close(
            student.mean_square(x),
            oracle.mean_square(x.build()),
            rtol=1e-12,
            why="a float64 sum of 1000 terms",
            what="the mean square",
        )
