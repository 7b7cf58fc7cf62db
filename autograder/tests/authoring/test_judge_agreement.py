"""Every visible check gets the same verdict at home as on the server, or verify says so."""

from pathlib import Path

from autograder.authoring.judge import judge_agreement
from autograder.grading.declaring.proving_programs import Program
from autograder.model.check import CheckDeclaration
from autograder.model.outcome import Outcome
from autograder.model.report import Report
from autograder.model.verdict import Verdict


def outcome(name: str, verdict: Verdict, visible: bool = True, **more: object) -> Outcome:
    """The outcome of an invented check."""
    check = CheckDeclaration(id=name, title=name, part="1", points=1, visible=visible)
    return Outcome(check=check, verdict=verdict, **more)  # type: ignore[arg-type]


def both(home: tuple[Outcome, ...], server: tuple[Outcome, ...]) -> tuple[Report, Report]:
    """The reports from home and from the server."""
    return (
        Report(assignment="a", title="a", parts=(), outcomes=home),
        Report(assignment="a", title="a", parts=(), outcomes=server, seed="public and secret"),
    )


def test_hidden_checks_are_the_servers_own() -> None:
    """Hidden checks do not run at home, which is no difference; a missing visible check is one."""
    reports = both(
        (outcome("a", Verdict.PASSED),),
        (outcome("a", Verdict.PASSED), outcome("h", Verdict.WRONG, visible=False)),
    )
    assert list(judge_agreement(None, *reports)) == []
    missing = both((), (outcome("a", Verdict.PASSED),))
    assert list(judge_agreement(None, *missing)) == [
        "1 a: not run at home, passed on the server: it ran once only"
    ]


def test_a_must_fail_program_is_compared_where_it_ran() -> None:
    """Checks that only hidden checks need run on the server only."""
    program = Program(path=Path("a"), title="a", verdict=Verdict.WRONG, caught_by=("a", "h"))
    reports = both(
        (outcome("a", Verdict.WRONG),), (outcome("a", Verdict.WRONG), outcome("n", Verdict.PASSED))
    )
    assert list(judge_agreement(program, *reports)) == []


def test_any_other_difference_is_a_finding_in_spite_of_a_reason() -> None:
    """`passes at home` excuses failures with secret inputs, and checks that need such a check."""
    program = Program(
        path=Path("a"), title="a", verdict=Verdict.WRONG, caught_by=("a",), passes_at_home="why"
    )
    secret = outcome("a", Verdict.WRONG, seed="secret")
    home = (outcome("a", Verdict.PASSED), outcome("b", Verdict.PASSED))
    reports = both(home, (secret, outcome("b", Verdict.WRONG)))
    assert list(judge_agreement(program, *reports)) == [
        "1 b: passed at home, WRONG on the server: no cause was found"
    ]
