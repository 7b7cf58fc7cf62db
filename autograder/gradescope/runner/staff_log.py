"""Lines for the output of run_autograder, which only staff can read. Called by the driver."""

from collections.abc import Iterator

from autograder.gradescope.runner.metadata import SubmissionMetadata
from autograder.model.outcome import Outcome
from autograder.model.report import Report
from autograder.model.units import show_points, show_seconds
from autograder.render.disclosure import clean_text, one_line
from autograder.render.points import points_in

STAFF_TEXT = 4_000  # characters per check; the harness keeps 100 000 of the whole log


def outcome_lines(outcome: Outcome) -> Iterator[str]:
    """One check, with everything that students do not see."""
    check = outcome.check
    score = f"{show_points(outcome.score)}/{show_points(check.points)}"
    times = f"wall {show_seconds(outcome.wall_s)}, cpu {show_seconds(outcome.cpu_s)}"
    yield f"{check.part} {check.id}: {outcome.verdict.value} {score} ({times})"
    if outcome.verdict.value == "PASSED":
        return
    message = outcome.message.lines() if outcome.message else []
    text = "\n".join([*message, *map(str, outcome.lines), outcome.staff])
    yield from (f"    {line}" for line in clean_text(text, STAFF_TEXT).splitlines() if line)


def report_lines(report: Report) -> Iterator[str]:
    """The totals and what staff should know."""
    yield f"score {show_points(report.score)}: {points_in(report).text}"
    for notice in report.notices:
        yield f"told to the student: {clean_text(notice, STAFF_TEXT)}"
    for notice in report.staff_notices:
        yield f"staff notice: {clean_text(notice, STAFF_TEXT)}"
    for layer, state in report.isolation.items():
        yield f"isolation: {layer}: {state}"


def metadata_lines(metadata: SubmissionMetadata, points: float) -> Iterator[str]:
    """Who submitted, how late each one is, and whether Gradescope's total fits ours."""
    moment = metadata.created_at.isoformat() if metadata.created_at else "an unknown time"
    yield f"submission {metadata.id or '?'} of {moment}, {len(metadata.users)} submitter(s)"
    for user in metadata.users:
        late = metadata.lateness(user)
        shown = "no due date known" if late is None else f"late by {late}" if late else "in time"
        yield f"submitter {user.id or one_line(user.email) or '?'}: {shown}"
    for problem in metadata.problems:
        yield f"staff notice: submission_metadata.json: {one_line(problem)}"
    total = metadata.total_points
    if total is not None and total < points:
        yield (
            f"staff notice: the assignment has {show_points(total)} points on Gradescope, the"
            f" checks of its required parts {show_points(points)}"
        )
