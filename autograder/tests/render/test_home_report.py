"""A report from home is a claim: compared, cleaned, and never believed."""

import json
from typing import Any

import msgspec
import pytest

from autograder.model.errors import ConfigError
from autograder.model.outcome import Measurement, Outcome
from autograder.model.report import Report
from autograder.model.verdict import Verdict
from autograder.render.home_report import (
    UNREADABLE,
    beside_home,
    read_home_report,
    show_home_report,
)
from autograder.submission.intake import MAX_REPORT_BYTES
from autograder.tests.gradescope.samples import results_of
from autograder.tests.render.reports import PARTS, declaration, hidden_outcome

SHAPE, VALUE = declaration("shape", "1.1"), declaration("value", "1.1", needs=("check_shape",))
SPEED = declaration("speed", "1.2")
ESCAPES = "\x1b[2J<b>\u202e"


def passed(check: Any, **more: Any) -> Outcome:
    """An outcome with full points, with the public inputs."""
    fields = {"seed": "public", "score": check.points, **more}
    return Outcome(check=check, verdict=Verdict.PASSED, **fields)


def timed(check: Any, verdict: Verdict, value: float) -> Outcome:
    """An outcome with a time beside a budget of 2.5."""
    measurement = Measurement(
        name="speed_time", kind="time", value=value, budget=2.5, unit="x yardstick"
    )
    score = check.points if verdict is Verdict.PASSED else 0.0
    return Outcome(
        check=check, verdict=verdict, seed="public", score=score, measurements=(measurement,)
    )


def report(*outcomes: Outcome, **more: Any) -> Report:
    """A report of these outcomes."""
    fields: dict[str, Any] = {"files": {"sgd.py": "1" * 64}, "machine": {"numpy": "2.1"}, **more}
    return Report(assignment="sgd", title="SGD", parts=PARTS, outcomes=outcomes, **fields)


HOME = report(passed(SHAPE), passed(VALUE), passed(SPEED))
HERE = report(
    passed(SHAPE), passed(VALUE), passed(SPEED), hidden_outcome(Verdict.WRONG),
    seed="public and secret",
)  # fmt: skip


def told(home: Report, here: Report) -> list[str]:
    """The notices to the student."""
    found = beside_home(here, show_home_report(home))
    assert found.staff_notices == here.staff_notices
    return list(found.notices)


def test_agreement_is_one_line() -> None:
    """It counts visible checks, and says how many did not run at home."""
    assert told(HOME, HERE) == ["3 visible checks: the same verdicts as on your machine"]
    fewer = report(passed(SHAPE), partial=True)
    assert told(fewer, HERE) == [
        "1 visible check: the same verdicts as on your machine (2 did not run there)"
    ]


def test_what_was_not_run_to_its_end_at_home_is_not_compared() -> None:
    """It was put off there, and has its verdict here."""
    slow = Outcome(check=SPEED, verdict=Verdict.SKIPPED, put_off=True)
    assert told(report(passed(SHAPE), passed(VALUE), slow), HERE) == [
        "2 visible checks: the same verdicts as on your machine (1 did not run there)"
    ]


def test_a_difference_is_told_with_its_cause() -> None:
    """The line has both verdicts, and a cause that a student can act on."""
    here = report(
        msgspec.structs.replace(passed(SHAPE), verdict=Verdict.WRONG, score=0.0, seed="secret"),
        Outcome(check=VALUE, verdict=Verdict.SKIPPED),
        timed(SPEED, Verdict.OVER_TIME_BUDGET, 2.62),
        seed="public and secret",
    )
    home = report(passed(SHAPE), passed(VALUE), timed(SPEED, Verdict.PASSED, 2.41))
    assert told(home, here) == [
        "3 of 3 visible checks: not the verdict of your machine",
        "  1.1 The shape: passed on your machine, WRONG here: it passes with the public inputs,"
        " not with others drawn the same way",
        "  1.1 The value: passed on your machine, SKIPPED here: it needs 1.1 The shape",
        "  1.2 The speed: passed on your machine, OVER TIME BUDGET here: near the budget: speed"
        " time, budget 2.5 x yardstick 2.41 on your machine, 2.62 here",
    ]


def test_other_files_are_named() -> None:
    """The usual cause is a change after the last check."""
    here = report(Outcome(check=SHAPE, verdict=Verdict.WRONG), files={"sgd.py": "2" * 64})
    assert told(report(passed(SHAPE)), here) == [
        "1 of 1 visible check: not the verdict of your machine; other files were checked on your"
        " machine: sgd.py",
        "  1.1 The shape: passed on your machine, WRONG here",
    ]


def test_hidden_checks_are_never_mentioned() -> None:
    """They are not mentioned even if a report from home claims one by name."""
    hidden = hidden_outcome(Verdict.PASSED)
    claimed = report(passed(msgspec.structs.replace(hidden.check, visible=True)))
    assert told(claimed, HERE) == []


def test_many_differences_are_cut() -> None:
    """A student with more differences needs the first ones."""
    checks = [declaration(f"c{number:02}", "1.1") for number in range(40)]
    here = report(*(Outcome(check=check, verdict=Verdict.WRONG) for check in checks))
    lines = told(report(*map(passed, checks)), here)
    assert (len(lines), lines[-1]) == (14, "  and 28 more")


def test_a_claim_of_full_marks_changes_nothing() -> None:
    """With invented scores, points, seeds and machines, the outcomes stay what they are."""
    failing = report(
        Outcome(check=SHAPE, verdict=Verdict.WRONG), timed(SPEED, Verdict.OVER_TIME_BUDGET, 9.0)
    )
    rich = declaration("shape", "1.1", 1e300, optional=True)
    claim = report(
        msgspec.structs.replace(passed(rich), seed="secret", score=1e300),
        timed(SPEED, Verdict.PASSED, -1.0),
        seed="public and secret",
        machine={"numpy": ESCAPES * 50, "autograder": "99"},
        content={"assignment": ESCAPES},
    )
    found = beside_home(failing, show_home_report(claim))
    assert msgspec.structs.replace(found, notices=()) == failing
    assert found.notices[0].startswith("2 of 2 visible checks: not the verdict")
    assert not any(mark in "".join(found.notices) for mark in ("\x1b", "\u202e"))
    assert (found.score, found.points) == (failing.score, failing.points)
    before, after = (results_of(r) for r in (failing, found))
    assert {**before, "output": ""} == {**after, "output": ""}


def claim_with(**changes: Any) -> bytes:
    """A report from home with one field of its first outcome forged."""
    value = json.loads(show_home_report(HOME))
    value["report"]["outcomes"][0] |= changes
    return json.dumps(value).encode()


HOSTILE = {
    "empty": b"",
    "no JSON": b"{",
    "no UTF-8": b'{"format": "\xff"}',
    "no object": b"[1, 2]",
    "another format": b'{"format": "autograder report 99"}',
    "no report": b'{"format": "autograder report 1", "score": 100}',
    "deep": b'{"format": ' + b"[" * 200_000 + b"]" * 200_000 + b"}",
    "deep objects": b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
    "huge": b" " * (MAX_REPORT_BYTES + 1),
    "a verdict of its own": claim_with(verdict="EXCELLENT"),
    "a score that is text": claim_with(score="100"),
    "a number without end": claim_with(score=10**400),
    "a check that is a list": claim_with(check=[]),
    "another type inside": claim_with(measurements=[{"name": 1}]),
    "a fingerprint of texts": claim_with(inputs=[{"structure": 1, "scale": [], "projections": 3}]),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_what_is_no_report_costs_nothing(kind: str) -> None:
    """There is a line for the student, the reason for staff, and the grading does not change."""
    with pytest.raises(ConfigError):
        read_home_report(HOSTILE[kind])
    found = beside_home(HERE, HOSTILE[kind])
    assert found.notices == (UNREADABLE,)
    assert len(found.staff_notices) == 1
    assert found.staff_notices[0].startswith("autograder-report.json: ")
    assert msgspec.structs.replace(found, notices=(), staff_notices=()) == HERE


def test_a_report_of_another_assignment_is_not_compared() -> None:
    """Its checks may even have the same names."""
    other = msgspec.structs.replace(HOME, assignment="momentum")
    assert beside_home(HERE, show_home_report(other)).notices == (UNREADABLE,)


@pytest.mark.parametrize(
    "changes",
    [
        {"verdict": "WRONG", "measurements": [], "inputs": [], "seed": ESCAPES},
        {"verdict": "WRONG", "inputs": [{"structure": ESCAPES, "scale": -1, "projections": [1]}]},
        {"verdict": "SKIPPED", "score": -5.0, "message": {"what": ESCAPES * 9999}},
    ],
)
def test_what_can_be_read_is_made_harmless(changes: dict[str, Any]) -> None:
    """Control characters and tags of a claim do not reach the results."""
    found = beside_home(HERE, claim_with(**changes))
    text = "\n".join(found.notices)
    assert text.startswith(
        "1 of 3 visible checks: not the verdict of your machine\n  1.1 The shape: "
    )
    assert not any(mark in text for mark in ("\x1b", "\u202e", "<b>"))


def test_printed_output_is_not_kept() -> None:
    """It is long and never compared. A report that is too large without it is refused."""
    long = report(passed(SHAPE, output="printed" * 200_000))
    data = show_home_report(long)
    assert (len(data) < 5000, b"printed" in data) == (True, False)
    noted = report(*(passed(declaration(f"c{n}", "1.1"), note="x" * 9000) for n in range(120)))
    with pytest.raises(ConfigError, match="at most 1000000 are kept"):
        show_home_report(noted)


def test_an_older_zip_is_named_with_both_versions() -> None:
    """Also where every verdict is the same: the next one may not be."""
    home = report(*HOME.outcomes, content={"assignment": "1a2b", "grader": "7e"})
    here = report(*HERE.outcomes, content={"assignment": "9f8e", "grader": "7e", "reference": "0"})
    first, second = told(home, here)
    what = "another version was used on your machine: assignment 1a2b on your machine, 9f8e here."
    assert first.startswith(f"{what} Unpack the newest zip")
    assert second == "3 visible checks: the same verdicts as on your machine"
    failed = msgspec.structs.replace(passed(VALUE), verdict=Verdict.WRONG, score=0.0)
    here = report(passed(SHAPE), failed, passed(SPEED), content={"assignment": "9f8e"})
    assert [line for line in told(home, here) if "9f8e" in line] == told(home, here)[:1]
