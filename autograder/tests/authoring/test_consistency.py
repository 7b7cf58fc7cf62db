"""Generated files that are out of date, and gradings that fail because of the checks."""

from pathlib import Path

import pytest

from autograder.authoring.consistency import stale
from autograder.authoring.judge import (
    broken,
    judge_must_fail,
    judge_recognition,
    judge_right,
    judge_template,
)
from autograder.grading.declaring.proving_programs import Program
from autograder.model.check import CheckDeclaration
from autograder.model.outcome import Outcome
from autograder.model.report import Report
from autograder.model.verdict import Verdict
from autograder.tests.authoring.course import SOLUTION, replace, tiny_of, write


def test_a_stale_handout_is_found(course: Path) -> None:
    """Its tables are generated, as the template is; the title of a check stands in them."""
    checks = course / "assignments" / "tiny" / "checks" / "check_1_mean_square.py"
    replace(checks, "as in the handout.", "as anybody can see.")
    assert list(stale(tiny_of(course), course)) == [
        "the tables of handout.md are stale: run `autograder release tiny`"
    ]


def test_a_template_that_cannot_be_made_is_a_finding(course: Path) -> None:
    """The reason is a finding, and `verify` goes on: the gradings say more."""
    replace(course / "reference" / "tiny" / "tiny.py", SOLUTION, f"{SOLUTION} + 1.0")
    (problem,) = stale(tiny_of(course), course)
    assert problem.startswith("the reference does not pass check_mean_square_")


def test_a_broken_check_blames_no_submission() -> None:
    """The only finding is that the check is broken, whatever was graded."""
    check = CheckDeclaration(id="check_a", title="It.", part="1", points=1)
    outcome = Outcome(check=check, verdict=Verdict.GRADER_ERROR, staff="x\nZeroDivisionError\n")
    report = Report(assignment="a", title="A", parts=(), outcomes=(outcome,))
    program = Program(
        path=Path("wrong/a.py"),
        title="A.",
        verdict=Verdict.WRONG,
        caught_by=("check_a",),
        message="off",
    )
    assert list(broken(report)) == ["check_a is broken: x\nZeroDivisionError"]
    assert list(judge_must_fail(program, report)) == []
    assert list(judge_right(report)) == []
    assert list(judge_template(report)) == []


@pytest.mark.parametrize("verdict", list(Verdict))
def test_only_stubs_may_stand_in_a_template(verdict: Verdict) -> None:
    """Anything else, passed or failed, means that the template holds more than stubs."""
    check = CheckDeclaration(id="check_a", title="It.", part="1", points=1)
    report = Report(
        assignment="a",
        title="A",
        parts=(),
        outcomes=(Outcome(check=check, verdict=verdict),),
    )
    harmless = (Verdict.NOT_IMPLEMENTED, Verdict.SKIPPED, Verdict.GRADER_ERROR)
    assert (list(judge_template(report)) == []) is (verdict in harmless)


def test_a_template_has_no_data_of_the_lab() -> None:
    """The lab's checks are expected to find no measurements, other checks are not."""
    check = CheckDeclaration(id="check_a", title="It.", part="1", points=1)
    outcomes = (Outcome(check=check, verdict=Verdict.NOT_FOUND),)
    report = Report(assignment="a", title="A", parts=(), outcomes=outcomes)
    assert list(judge_template(report, ["check_a"])) == []
    assert len(list(judge_template(report, ["check_b"]))) == 1


def test_data_of_the_lab_are_not_recognised_by_answers(tmp_path: Path) -> None:
    """A changed file answers no call, so nothing but its check can name the mistake."""
    path = write(tmp_path, "wrong/data.py", "")
    program = Program(path=path, title="A.", verdict=Verdict.WRONG)
    report = Report(assignment="a", title="A", parts=(), outcomes=())
    assert len(list(judge_recognition(program, report))) == 1
    write(tmp_path, "wrong/data.json", "{}")
    assert list(judge_recognition(program, report)) == []
