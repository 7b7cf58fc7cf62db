"""What a report says, in words and sums: shared by the renderers that people read."""

import math
from typing import NamedTuple

from autograder.model.check import CheckDeclaration
from autograder.model.outcome import Measurement, Outcome
from autograder.model.report import Part, Report
from autograder.model.units import show_points, show_quantity
from autograder.model.verdict import Verdict
from autograder.render.disclosure import one_line


class PartSummary(NamedTuple):
    """One line of the table of parts."""

    part: Part
    outcomes: tuple[Outcome, ...]
    score: float
    points: float  # of the checks that ran, which may be fewer than the part's

    @property
    def passed(self) -> int:
        """How many of its checks passed."""
        return sum(outcome.verdict is Verdict.PASSED for outcome in self.outcomes)


def parts_of(report: Report) -> list[PartSummary]:
    """The parts that have outcomes, in the order of the handout."""
    rows = []
    for part in report.parts:
        outcomes = report.of_part(part)
        score = round(sum(o.score for o in outcomes), 6)
        points = round(sum(o.check.points for o in outcomes), 6)
        rows += [PartSummary(part, outcomes, score, points)] if outcomes else []
    return rows


def unseen_points(report: Report) -> float:
    """Points of the required parts that no check of this report is worth."""
    declared = sum(part.points for part in report.parts if not part.optional)
    return max(round(declared - report.points, 6), 0.0)


def is_failure(outcome: Outcome) -> bool:
    """Whether the student or we have something to mend: neither passed nor merely skipped."""
    return outcome.verdict not in (Verdict.PASSED, Verdict.SKIPPED)


def title_of(check: CheckDeclaration) -> str:
    """A check's title as a heading: one line, without the full stop."""
    return one_line(check.title).rstrip(".")


def score_text(outcome: Outcome) -> str:
    """`3/4`, or `?/4` where nothing was decided."""
    undecided = outcome.verdict is Verdict.GRADER_ERROR
    score = "?" if undecided else show_points(outcome.score)
    return f"{score}/{show_points(outcome.check.points)}"


def total_text(report: Report) -> str:
    """`41 of 60 points`, with what is undecided or extra."""
    text = f"{show_points(report.score)} of {show_points(report.points)} points"
    extra = round(sum(o.score for o in report.outcomes if o.check.optional), 6)
    remarks = [f"{show_points(extra)} of them extra credit"] if extra else []
    remarks += [f"{len(report.broken)} undecided"] if report.broken else []
    return f"{text} ({', '.join(remarks)})" if remarks else text


def count_text(report: Report) -> str:
    """`12 passed, 2 wrong, 3 skipped`: every verdict that occurs, passed first."""
    order = [Verdict.PASSED, *(v for v in Verdict if v is not Verdict.PASSED)]
    counts = [(sum(o.verdict is v for o in report.outcomes), v) for v in order]
    return ", ".join(f"{count} {verdict.word}" for count, verdict in counts if count)


def explanation(outcome: Outcome) -> list[str]:
    """Why a check did not pass: its message, or the verdict's sentence, and where to look."""
    if outcome.verdict is Verdict.PASSED:
        return []
    message = outcome.message
    lines = message.lines() if message else [outcome.verdict.sentence]
    if outcome.mistake:
        lines.insert(1, mistake_text(outcome))
    if message and message.hint:
        return lines
    if outcome.check.hint:
        return [*lines, f"hint: {outcome.check.hint}"]
    return lines if message else [*lines, outcome.verdict.help]


def mistake_text(outcome: Outcome) -> str:
    """The recognised mistake, as a statement about the answers."""
    return f"equals what comes out when {one_line(outcome.mistake)}"


def measurement_text(measurement: Measurement) -> str:
    """`1.2 MB of 3.4 MB`, `61 214 of 4 000 interpreter steps`."""
    unit = measurement.unit
    value, budget = show_quantity(measurement.value, unit), show_quantity(measurement.budget, unit)
    return f"{value.removesuffix(' ' + unit)} of {budget}"


def used_share(measurement: Measurement) -> float | None:
    """Measured over budget, or None where that is not a number."""
    finite = math.isfinite(measurement.value) and math.isfinite(measurement.budget)
    if not finite or measurement.budget <= 0:
        return None
    return max(measurement.value / measurement.budget, 0.0)


def share_text(share: float) -> str:
    """`35 %`, or `12 x` far above the budget; never `100 %` for something above it."""
    if share >= 10:
        return f"{share:.0f} x"
    percent = math.ceil(share * 100) if share > 1 else math.floor(share * 100)
    return f"{percent} %"


def next_failure(report: Report) -> Outcome | None:
    """The failing check to mend first: in the order of the handout, required parts first."""
    theirs = (o for o in report.outcomes if o.verdict is not Verdict.GRADER_ERROR)
    failing = [outcome for outcome in theirs if is_failure(outcome)]
    required = [o for o in failing if not o.check.optional]
    return next(iter(required or failing), None)


def next_steps(report: Report) -> list[str]:
    """What the student does now, one sentence a line."""
    steps = []
    if report.broken or not report.outcomes:
        steps.append("The grader itself failed. Please send this report to the staff.")
    failure = next_failure(report)
    if failure:
        steps.append(f"Look first at part {failure.check.part}: {title_of(failure.check)}")
        command = f"autograder check {report.assignment} --part {failure.check.part}"
        steps.append(f"After your change, run: {command}")
    elif not report.exit_status and report.partial:
        command = f"autograder check {report.assignment}"
        steps.append(f"What ran has passed. For the whole assignment, run: {command}")
    elif not report.exit_status:
        steps.append(f"Everything passed. To hand in, run: autograder pack {report.assignment}")
    return steps
