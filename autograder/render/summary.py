"""What a report says as a whole, in sums and sentences.

Called by the terminal and the HTML report.
"""

from typing import NamedTuple

from autograder.model.outcome import Outcome
from autograder.model.report import Part, Report
from autograder.model.units import counted, show_points
from autograder.model.verdict import Verdict
from autograder.render.outcome_text import title_of
from autograder.render.points import points_in, unseen_points


class PartSummary(NamedTuple):
    """One line of the table of parts."""

    part: Part
    outcomes: tuple[Outcome, ...]
    score: str
    points: str  # of the checks that ran, which may be fewer than the part's

    @property
    def passed(self) -> int:
        """How many of its checks passed."""
        return sum(outcome.verdict is Verdict.PASSED for outcome in self.outcomes)


def parts_of(report: Report) -> list[PartSummary]:
    """The parts that have outcomes, in the order of the handout."""
    rows = []
    for part in report.parts:
        outcomes = report.of_part(part)
        score = show_points(round(sum(o.score for o in outcomes), 6))
        points = show_points(round(sum(o.check.points for o in outcomes), 6))
        rows += [PartSummary(part, outcomes, score, points)] if outcomes else []
    return rows


def unseen_text(report: Report) -> str:
    """What hidden checks, or those of other parts, may add to the total; else empty."""
    unseen = unseen_points(report)
    core, extra = show_points(unseen.points), show_points(unseen.extra_points)
    more = [f"{core} more points"] * bool(unseen.points)
    more += [f"{extra} more of extra credit"] * bool(unseen.extra_points)
    if not more:
        return ""
    which, they = "Hidden checks", "they"
    if report.partial:
        which, they = "Checks of other parts, and hidden ones,", "hidden ones"
    return f"{which} may add {' and '.join(more)}: {they} run on Gradescope only."


def total_text(report: Report) -> str:
    """`41 of 60 points, and 2 of 5 of extra credit`, with what is undecided."""
    text = points_in(report).text
    return f"{text} ({len(report.broken)} undecided)" if report.broken else text


def count_text(report: Report) -> str:
    """`12 passed, 2 wrong, 3 skipped`: every verdict that occurs, passed first."""
    order = [Verdict.PASSED, *(v for v in Verdict if v is not Verdict.PASSED)]
    counts = [(sum(o.verdict is v for o in report.outcomes), v) for v in order]
    return ", ".join(f"{count} {verdict.word}" for count, verdict in counts if count)


def next_steps(report: Report) -> list[str]:
    """What the student does now, one sentence a line."""
    steps = []
    if report.broken or not report.outcomes:
        steps.append("The grader itself failed. Please send this report to the staff.")
    failure = _next_failure(report)
    command = f"autograder check {report.assignment}"
    if failure:
        part = failure.check.part
        steps.append(f"Look first at part {part}: {title_of(failure.check)}")
        steps.append(f"After your change, run: {command} --part {part}")
    put_off = [outcome for outcome in report.outcomes if outcome.put_off]
    if put_off:
        parts = dict.fromkeys(outcome.check.part for outcome in put_off)
        named = "".join(f" --part {part}" for part in parts) if report.partial else ""
        what = f"{counted(len(put_off), 'check')} not run to the end, so that you need not wait."
        steps.append(f"{what} To run all of them: {command}{named} --patient")
    if not report.exit_status and report.partial:
        steps.append(f"What ran has passed. For the whole assignment, run: {command}")
    elif not report.exit_status:
        steps.append(f"Everything passed. To hand in, run: autograder pack {report.assignment}")
    return steps


def _next_failure(report: Report) -> Outcome | None:
    """The failing check to fix first: in the order of the handout, required parts first."""
    not_theirs = (Verdict.PASSED, Verdict.SKIPPED, Verdict.GRADER_ERROR)
    failing = [outcome for outcome in report.outcomes if outcome.verdict not in not_theirs]
    required = [outcome for outcome in failing if not outcome.check.optional]
    return next(iter(required or failing), None)
