"""A small class that never was: its submissions, its gradings, and canaries in its names."""

from pathlib import Path

import msgspec

from autograder.classroom.submissions import ClassSubmission, Graded, Member, Status
from autograder.classroom.taking_in.handed import Handed
from autograder.model.assignment import Assignment
from autograder.model.outcome import Measurement, Message, Outcome
from autograder.model.report import Report
from autograder.model.verdict import Verdict
from autograder.tests.render.reports import PARTS, STAFF_CANARY, declaration, full_report

NAMED = "NAMED-55d0"  # in every text that names a student or a submission
ASSIGNMENT = Assignment(
    id="sgd",
    folder=Path("assignments/sgd"),
    title="Stochastic gradient descent",
    order=1,
    submit=("sgd.py",),
    parts=PARTS,
)
TIMED = declaration("epoch_is_fast", "2.1", 4)
HIDDEN_LOSS = declaration("loss_on_other_shapes", "1.1", 2, visible=False)


def member(number: int) -> Member:
    """A student with this number."""
    id_ = f"00{number}-{NAMED}"
    return Member(name=f"Student {number} {NAMED}", sid=id_, email=f"{id_}@example.edu")


def submission(number: int, **changes: object) -> ClassSubmission:
    """The submission of the student with this number."""
    fields = {"id": f"{number} {NAMED}", "members": (member(number),), **changes}
    return ClassSubmission(**fields)  # type: ignore[arg-type]


def timed(value: float, *, budget: float = 3.0, undecided: bool = False) -> Outcome:
    """The outcome of a time budget for this value."""
    took = Measurement(
        name="one_epoch_time", kind="time", value=value, budget=budget, unit="x yardstick",
        undecided=undecided,
    )  # fmt: skip
    verdict = Verdict.PASSED if took.within else Verdict.OVER_TIME_BUDGET
    score = TIMED.points if took.within else 0.0
    return Outcome(check=TIMED, verdict=verdict, score=score, measurements=(took,))


def loss(verdict: Verdict, looks_like: str = "", mistake: str = "", staff: str = "") -> Outcome:
    """The outcome of a visible check."""
    check = declaration("loss_is_the_mean", "1.1", 6)
    score = check.points if verdict is Verdict.PASSED else 0.0
    message = Message("off", looks_like=looks_like) if looks_like else None
    return Outcome(
        check=check, verdict=verdict, score=score, message=message, mistake=mistake, staff=staff
    )


def hidden_loss(mistake: str) -> Outcome:
    """The outcome of a hidden check whose mistake only staff are told."""
    staff = f"{STAFF_CANARY}\nrecognised: {mistake}"
    return Outcome(check=HIDDEN_LOSS, verdict=Verdict.WRONG, staff=staff)


def report(*outcomes: Outcome, **changes: object) -> Report:
    """A report of these outcomes."""
    return full_report(outcomes=outcomes, notices=(), **{"staff_notices": (), **changes})


def graded(number: int, report: Report | None, **changes: object) -> Graded:
    """The grading of the submission of the student with this number."""
    fields = {"id": f"{number} {NAMED}", "status": Status.GRADED, "report": report, **changes}
    return Graded(**fields)  # type: ignore[arg-type]


def a_class() -> tuple[Handed, tuple[Graded, ...]]:
    """Nine students: right, wrong, slow, noisy, of every verdict, not graded, our errors."""
    passed, wrong = loss(Verdict.PASSED), Verdict.WRONG
    mean = "the sum is returned, not the mean"
    error = loss(Verdict.GRADER_ERROR, staff=f"Traceback\nOSError: disk full {NAMED}")
    rows = (
        graded(1, report(passed, timed(0.4)), wall_s=1.5),
        graded(2, report(passed, timed(2.9)), wall_s=2.5),
        graded(3, report(loss(wrong, mistake=mean), timed(3.2), hidden_loss(mean)), wall_s=3.5),
        graded(4, report(loss(wrong, mistake=mean), timed(30.0)), wall_s=63.0),
        graded(5, report(loss(wrong, looks_like="everything is zero"), timed(9, undecided=True))),
        graded(6, full_report(isolation={"process": "active", "seccomp": "active"})),
        graded(7, None, status=Status.NOT_GRADED, problem=f"no sgd.py {NAMED}"),
        graded(8, report(error, timed(1.0)), status=Status.GRADER_ERROR, problem=f"disk {NAMED}"),
        graded(9, None, status=Status.SET_ASIDE, problem=f"killed twice {NAMED}"),
    )
    handed = Handed(
        submissions=tuple(submission(n, notes=(f"note {NAMED}",) * (n == 2)) for n in range(1, 10)),
        missing=(member(10),),
        notices=(f"left out: {NAMED}",),
    )
    return handed, rows


def renamed(handed: Handed, text: str) -> Handed:
    """The same class with this text in every text of a submission."""
    members = (Member(name=text, sid=text, email=text, section=text),)
    changed = (
        msgspec.structs.replace(each, members=members, problem=text, notes=(text,))
        for each in handed.submissions
    )
    return Handed(submissions=tuple(changed), missing=members, notices=(text,))
