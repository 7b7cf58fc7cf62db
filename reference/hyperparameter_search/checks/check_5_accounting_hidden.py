"""Part 5 on other schedules."""

from autograder.grading import check


@check(part="5.1", points=1, hint="handout, task 5.1", requires="R5.1a")
def check_predicted_epochs_of_other_schedules(student, oracle, accounting):
    """predict_epochs is exact for other R and eta.

    Why: A formula holds for all schedules, a table of answers for those in it.
    Oracle: The schedule in exact rationals, walked through a trial and an epoch at a time.
    """
    names = ("R", "eta", "resume")
    cases = [(16, 2, True), (16, 2, False), (125, 5, True), (243, 3, False), (1, 3, True)]
    accounting.compare(
        student.predict_epochs,
        configurations=[dict(zip(names, case, strict=True)) for case in cases],
        measure=oracle.epochs,
        unit="epochs",
    )


@check(part="5.2", points=1, hint="handout, task 5.2", requires=("R5.2a", "R5.2b"))
def check_predicted_operations_of_other_sizes(student, oracle, rng, accounting):
    """Operations and bytes are exact for other sizes.

    Why: A formula holds for all sizes.
    Oracle: The loops of the textbook, counted; eight bytes a number.
    """
    accounting.compare(
        student.predict_cholesky_operations,
        configurations=[{"n": int(n)} for n in (3, *rng.choice(range(6, 60), 3, replace=False))],
        measure=oracle.cholesky_operations,
        unit="operations",
    )
    accounting.compare(
        student.predict_kernel_bytes,
        configurations=[
            {"m": int(m), "n": int(n)} for m, n in rng.choice(range(2, 900), (3, 2), replace=False)
        ],
        measure=lambda m, n: m * n * accounting.state(0.0),
        unit="bytes",
    )
