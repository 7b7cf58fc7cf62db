"""Whether a report is what the author of the submission declares."""

from collections.abc import Iterator

from autograder.authoring.programs import Program
from autograder.model.outcome import Outcome
from autograder.model.report import Report
from autograder.model.verdict import Verdict

_SHOWN = 1500  # characters of our own traceback


def broken(report: Report) -> Iterator[str]:
    """Checks that failed themselves, whatever was graded."""
    for outcome in report.broken:
        yield f"{outcome.check.id} is broken: {outcome.staff.strip()[-_SHOWN:]}"


def judge_right(report: Report) -> Iterator[str]:
    """The reference and accepted variants pass everything."""
    for outcome in report.outcomes:
        if outcome.verdict not in (Verdict.PASSED, Verdict.GRADER_ERROR):
            yield f"a right solution fails {outcome.check.id}: {_told(outcome)}"


def judge_template(report: Report) -> Iterator[str]:
    """A template has nothing that could pass or be wrong."""
    expected = (Verdict.NOT_IMPLEMENTED, Verdict.SKIPPED, Verdict.GRADER_ERROR)
    for outcome in report.outcomes:
        if outcome.verdict not in expected:
            yield f"{outcome.check.id} is {outcome.verdict.value} on the template: {_told(outcome)}"


def judge_must_fail(program: Program, report: Report) -> Iterator[str]:
    """Each check it names gives its verdict, and the first one its message."""
    by_id = {outcome.check.id: outcome for outcome in report.outcomes}
    for number, name in enumerate(program.caught_by):
        outcome = by_id[name]
        if outcome.verdict is Verdict.GRADER_ERROR:
            continue
        if outcome.verdict is not program.verdict:
            wanted = program.verdict.value
            yield f"{name} gives {outcome.verdict.value}, not {wanted}: {_told(outcome)}"
        elif number == 0 and program.message not in _told(outcome):
            yield f"{name} does not say {program.message!r} but: {_told(outcome)}"


def _told(outcome: Outcome) -> str:
    return " / ".join(outcome.message.lines()) if outcome.message else outcome.verdict.sentence
