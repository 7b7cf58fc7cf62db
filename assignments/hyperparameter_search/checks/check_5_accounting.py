"""Part 5: predicted costs against counted ones."""

from autograder.grading import check


def _epochs(cases):
    names = ("R", "eta", "resume")
    return [dict(zip(names, case, strict=True)) for case in cases]


@check(part="5.1", points=2, hint="handout, task 5.1", requires="R5.1a")
def check_predicted_epochs_are_those_of_the_schedule(student, oracle, accounting):
    """predict_epochs is exact for R = 9, 27 and 81, with and without resumption.

    Why: Without resumption the same search costs a fifth more, and its scores do not show it.
    Oracle: The schedule in exact rationals, walked through a trial and an epoch at a time.
    """
    accounting.compare(
        student.predict_epochs,
        configurations=_epochs(
            [(9, 3, True), (27, 3, True), (27, 3, False), (81, 3, True), (81, 3, False)]
        ),
        measure=oracle.epochs,
        unit="epochs",
    )


@check(part="5.2", points=1, hint="handout, task 5.2", requires=("R5.2a", "R5.2b"))
def check_predicted_operations_and_bytes_are_counted(student, oracle, rng, data, accounting):
    """The operations of a Cholesky factorisation and the bytes of a kernel matrix are exact.

    Why: The one grows like n^3 and the other like n^2: they say when Bayesian optimisation is no
    longer cheap beside its objective.
    Oracle: The loops of the textbook, counted; eight bytes for each entry.
    """
    accounting.compare(
        student.predict_cholesky_operations,
        configurations=[{"n": n} for n in (1, 2, 5, 40)],
        measure=oracle.cholesky_operations,
        unit="operations",
    )
    accounting.compare(
        student.predict_kernel_bytes,
        configurations=[{"m": m, "n": n} for m, n in ((3, 5), (200, 70))],
        measure=lambda m, n: m * n * accounting.state(0.0),
        unit="bytes",
    )
