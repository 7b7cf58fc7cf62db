"""Wrong programs must be recognised as themselves, or say why they are not."""

from pathlib import Path

import pytest

from autograder.authoring.judge import judge_recognition
from autograder.grading.declaring.proving_programs import Program
from autograder.model.check import CheckDeclaration
from autograder.model.outcome import Outcome
from autograder.model.report import Report
from autograder.model.verdict import Verdict

CHECK = CheckDeclaration(id="check_a", title="A.", part="1", points=1)
SLIP = "the sum is not divided"


def problems(
    mistake: str = "", staff: str = "", reason: str = "", kind: str = "WRONG"
) -> list[str]:
    """The findings about a program whose check said this."""
    program = Program(
        path=Path("wrong/sum.py"),
        title="The sum is not divided.",
        verdict=Verdict(kind),
        not_recognised=reason,
    )
    outcome = Outcome(check=CHECK, verdict=Verdict(kind), mistake=mistake, staff=staff)
    report = Report(assignment="a", title="A", parts=(), outcomes=(outcome,))
    return list(judge_recognition(program, report))


@pytest.mark.parametrize(
    ("mistake", "staff"), [(SLIP, ""), ("", f"recognised: {SLIP}"), (f"other, or {SLIP}", "")]
)
def test_who_is_recognised_is_as_declared(mistake: str, staff: str) -> None:
    """The name may be shown to students or to staff, alone or with others that look the same."""
    assert problems(mistake, staff) == []


def test_who_is_not_recognised_must_say_why() -> None:
    """The finding says how to do so, and which mistake was named instead."""
    (problem,) = problems("the mean is halved")
    assert "taken for: the mean is halved" in problem and "not recognised: REASON" in problem
    assert problems(reason="it says too little") == []


def test_a_reason_that_is_not_needed_is_found() -> None:
    """Otherwise a later failure of the recognition would go unnoticed."""
    (problem,) = problems(SLIP, reason="it says too little")
    assert "remove the line" in problem


def test_other_verdicts_need_no_recognition() -> None:
    """A crash or a budget has a message of its own."""
    assert problems(kind="CRASHED") == []
