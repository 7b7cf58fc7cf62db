"""From a report to the sections of its terminal summary: all words, no layout."""

from collections import Counter

from autograder.model.outcome import Measurement, Outcome
from autograder.model.report import Report
from autograder.model.units import counted, show_points
from autograder.model.verdict import Verdict
from autograder.render.disclosure import clean_text, one_line
from autograder.render.predictions import PredictionView, prediction_views
from autograder.render.summary import (
    PartSummary,
    count_text,
    explanation,
    is_failure,
    measurement_text,
    next_steps,
    parts_of,
    score_text,
    share_text,
    title_of,
    total_text,
    unseen_points,
    used_share,
)
from autograder.render.terminal.layout import Cell, Column, Line, Section, Table, Tone

SHOWN_OUTPUT = 1_500  # characters of a student's output: the terminal is for reading, not for logs
BAR_CELLS = 12

_TONES = {Verdict.PASSED: Tone.GOOD, Verdict.SKIPPED: Tone.DIM, Verdict.GRADER_ERROR: Tone.WARN}
_OVER = (Verdict.OVER_TIME_BUDGET, Verdict.OVER_MEMORY_BUDGET, Verdict.OVER_OPERATION_BUDGET)


def tone_of(verdict: Verdict) -> Tone:
    """How a verdict is coloured."""
    return Tone.WARN if verdict in _OVER else _TONES.get(verdict, Tone.BAD)


def sections_of(report: Report, *, staff: bool) -> list[Section]:
    """The summary of a report that is already `presentable`; empty sections are left out."""
    sections = [
        Section("Notices", _notices(report)),
        Section("Checks that did not pass", _failures(report, staff)),
        Section("Passed, with a note", _notes(report)),
        Section("Budgets", _budgets(report)),
        Section("Predicted and measured", _predictions(report)),
        Section("Score", _score(report)),
        Section("Next", () if staff else tuple(Line(step) for step in next_steps(report))),
    ]
    return [section for section in sections if section.items]


def _notices(report: Report) -> tuple[Line, ...]:
    lines = [Line(notice, Tone.WARN) for notice in report.notices]
    lines += [Line(f"staff: {notice}", Tone.WARN) for notice in report.staff_notices]
    lines += [Line(f"ignored: {one_line(name)}", Tone.DIM) for name in report.ignored]
    return tuple(lines)


def _failures(report: Report, staff: bool) -> tuple[Line, ...]:
    lines: list[Line] = []
    told: Counter[tuple[object, ...]] = Counter()
    for outcome in report.outcomes:
        if is_failure(outcome) or (staff and outcome.staff):
            same = (outcome.verdict, outcome.message, outcome.lines, outcome.check.visible)
            told[same] += 1
            if told[same] > 1 and outcome.message and not (staff and outcome.staff):
                continue  # a file that cannot be imported fails every check alike
            lines += [Line("")] if lines else []
            lines += _failure(outcome)
    repeats = sum(count - 1 for count in told.values())
    if repeats:
        more = "1 more check fails" if repeats == 1 else f"{repeats} more checks fail"
        lines += [Line(""), Line(f"{more} in the same way.", Tone.DIM)]
    lines += _skipped(report) if lines else _skipped(report)[1:]
    return tuple(lines)


def _skipped(report: Report) -> list[Line]:
    """One line for each check that others wait for."""
    waiting = Counter(
        outcome.message.what
        for outcome in report.outcomes
        if outcome.verdict is Verdict.SKIPPED and outcome.message
    )
    rows = [
        Line(f"{counted(count, 'check')} skipped, {one_line(what)}", Tone.DIM)
        for what, count in waiting.items()
    ]
    return [Line(""), *rows] if rows else []


def _failure(outcome: Outcome) -> list[Line]:
    check = outcome.check
    kind = "" if check.visible else " (hidden check)"
    word = outcome.verdict.word.upper()
    head = f"{word}  {check.part}  {title_of(check)}{kind}  {score_text(outcome)}"
    lines = [Line(head, tone_of(outcome.verdict), word=word)]
    lines += [Line(text, indent=2) for text in explanation(outcome)]
    lines += [Line(f"at {one_line(str(line))}", indent=2, verbatim=True) for line in outcome.lines]
    if check.visible:
        lines.append(Line(f"more: autograder explain {check.id}", Tone.DIM, 2))
    lines += _quoted("your code printed:", clean_text(outcome.output, SHOWN_OUTPUT))
    lines += _quoted("staff only:", outcome.staff)
    return lines


def _quoted(title: str, text: str) -> list[Line]:
    if not text.strip():
        return []
    rows = text.rstrip("\n").expandtabs(4).split("\n")
    return [Line(title, Tone.DIM, 2), *(Line(f"| {row}", Tone.DIM, 2, True) for row in rows)]


def _notes(report: Report) -> tuple[Line, ...]:
    noted = [o for o in report.outcomes if o.note and o.verdict is Verdict.PASSED]
    return tuple(Line(f"{o.check.part}  {title_of(o.check)}: {o.note}") for o in noted)


def _budgets(report: Report) -> tuple[Table, ...]:
    pairs = [(outcome, m) for outcome in report.outcomes for m in outcome.measurements]
    columns = (
        Column("Part"),
        Column("Budget", flexible=True),
        Column("Measured", right=True),
        Column("Used"),
    )
    rows = tuple(_budget_row(outcome, measurement) for outcome, measurement in pairs)
    return (Table(columns, rows),) if rows else ()


def _budget_row(outcome: Outcome, measurement: Measurement) -> tuple[Cell, ...]:
    return (
        Cell(outcome.check.part),
        Cell(one_line(measurement.name.replace("_", " "))),
        Cell(measurement_text(measurement)),
        Cell(_bar(measurement), Tone.GOOD if measurement.within else Tone.WARN),
    )


def _predictions(report: Report) -> tuple[Table, ...]:
    pairs = [(outcome, view) for outcome in report.outcomes for view in prediction_views(outcome)]
    columns = (
        Column("Part"),
        Column("Prediction", flexible=True),
        Column("Predicted", right=True),
        Column("Measured", right=True),
        Column("Ratio"),
    )
    rows = tuple(_prediction_row(outcome, view) for outcome, view in pairs)
    return (Table(columns, rows),) if rows else ()


def _prediction_row(outcome: Outcome, view: PredictionView) -> tuple[Cell, ...]:
    return (
        Cell(outcome.check.part),
        Cell(view.what),
        Cell(view.predicted),
        Cell(view.measured),
        Cell(view.verdict, Tone.GOOD if view.within else Tone.BAD),
    )


def _bar(measurement: Measurement) -> str:
    share = used_share(measurement)
    if share is None:
        return "within" if measurement.within else "over"
    full = min(round(share * BAR_CELLS), BAR_CELLS)
    bar = "█" * full + "░" * (BAR_CELLS - full)
    return f"{bar} {share_text(share)}" + ("" if measurement.within else " over")


def _score(report: Report) -> tuple[Line | Table, ...]:
    columns = (
        Column("Part"),
        Column("", flexible=True),
        Column("Passed", right=True),
        Column("Score", right=True),
    )
    items: list[Line | Table] = [Table(columns, tuple(_part_row(row) for row in parts_of(report)))]
    items.append(Line(f"Total: {total_text(report)}.", Tone.STRONG))
    items.append(Line(f"Checks: {count_text(report) or 'none ran'}."))
    if unseen_points(report):
        missing = f"{show_points(unseen_points(report))} more points"
        items.append(Line(f"Checks that did not run here are worth {missing}.", Tone.DIM))
    return tuple(items)


def _part_row(row: PartSummary) -> tuple[Cell, ...]:
    complete = row.passed == len(row.outcomes)
    title = one_line(row.part.title) + (" (optional)" if row.part.optional else "")
    return (
        Cell(row.part.id),
        Cell(title),
        Cell(f"{row.passed}/{len(row.outcomes)}"),
        Cell(
            f"{show_points(row.score)}/{show_points(row.points)}",
            Tone.GOOD if complete else Tone.WARN,
        ),
    )
