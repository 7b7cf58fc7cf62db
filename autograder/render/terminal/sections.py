"""From a report to the sections of its terminal summary: all words, no layout.

Called by the reporter of `check`, and by `explain` for the passages about one check.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from autograder.grading.declaring.explanation import Explanation
from autograder.model.outcome import Measurement, Outcome
from autograder.model.report import Report
from autograder.model.units import counted
from autograder.model.verdict import Verdict
from autograder.render.disclosure import clean_text, one_line
from autograder.render.outcome_text import (
    Tone,
    measurement_text,
    score_text,
    share_text,
    text_of,
    title_of,
    tone_of,
    used_share,
)
from autograder.render.summary import (
    PartSummary,
    count_text,
    next_steps,
    parts_of,
    total_text,
    unseen_text,
)
from autograder.render.terminal.layout import Column, Line, Section, Span, TextTable

SHOWN_OUTPUT = 1_500  # characters of a student's output: the terminal is for reading, not for logs
BAR_CELLS = 12

_MAY_BE_SHARED = (Verdict.CRASHED, Verdict.NOT_FOUND, Verdict.TIME_LIMIT, Verdict.MEMORY_LIMIT)
_MISSING_NAME = re.compile(r"(NameError|ImportError|ModuleNotFoundError): .+")

_BUDGETS = (
    Column("Part"),
    Column("Budget", flexible=True),
    Column("Measured", right=True),
    Column("Used"),
)
_PREDICTIONS = (
    Column("Part"),
    Column("Prediction", flexible=True),
    Column("Predicted", right=True),
    Column("Measured", right=True),
    Column("Ratio"),
)
_PARTS = (
    Column("Part"),
    Column("", flexible=True),
    Column("Passed", right=True),
    Column("Score", right=True),
)


def sections_of(report: Report, *, staff: bool) -> list[Section]:
    """The summary of a report that is already `presentable`; empty sections are left out."""
    steps = [] if staff else next_steps(report)
    sections = [
        Section("Notices", list(_notices(report))),
        Section("Checks that did not pass", _failures(report, staff)),
        Section("Passed, with a note", list(_notes(report))),
        Section("Budgets", _table(_BUDGETS, list(_budget_rows(report)))),
        Section("Predicted and measured", _table(_PREDICTIONS, list(_prediction_rows(report)))),
        Section("Score", list(_score(report))),
        Section("Next", [Line(step) for step in steps]),
    ]
    return [section for section in sections if section.items]


def debugged_lines(report: Report) -> Iterator[Line]:
    """What checks said that were debugged; the report is already `presentable`."""
    for outcome in report.outcomes:
        yield Line("")
        yield from _failure(outcome) if outcome.verdict is not Verdict.PASSED else [_head(outcome)]
        yield from [Line(outcome.note, indent=2)] * bool(outcome.note)


def explanation_lines(explanation: Explanation) -> Iterator[Line]:
    """What one check, or another topic, is about: title, place, each passage below its label."""
    yield Line(one_line(explanation.title).rstrip("."), Tone.STRONG)
    yield Line(one_line(explanation.place), Tone.DIM)
    for passage in explanation.passages:
        yield Line("")
        yield Line(passage.label, Tone.STRONG)
        yield from (Line(one_line(text), indent=2) for text in passage.texts)


def _notices(report: Report) -> Iterator[Line]:
    yield from (Line(notice, Tone.WARN) for notice in report.notices)
    yield from (Line(f"staff: {notice}", Tone.WARN) for notice in report.staff_notices)
    yield from (Line(f"ignored: {one_line(name)}", Tone.DIM) for name in report.ignored)


def _failures(report: Report, staff: bool) -> list[Line]:
    lines: list[Line] = []
    seen: Counter[tuple[object, ...]] = Counter()
    for outcome in report.outcomes:
        for_staff = staff and bool(outcome.staff)
        if outcome.verdict in (Verdict.PASSED, Verdict.SKIPPED) and not for_staff:
            continue
        same = _cause(outcome)
        seen[same] += 1
        if seen[same] > 1 and outcome.message and not for_staff:
            continue  # a file that cannot be imported fails every check alike
        lines += [Line(""), *_failure(outcome)]
    repeats = seen.total() - len(seen)
    if repeats:
        more = "1 more check fails" if repeats == 1 else f"{repeats} more checks fail"
        lines += [Line(""), Line(f"{more} in the same way.", Tone.DIM)]
    return [*lines, *_skipped(report)][1:]


def _cause(outcome: Outcome) -> tuple[object, ...]:
    """What checks with the same cause have in common; a wrong answer is its check's own."""
    message, kind = outcome.message, (outcome.verdict, outcome.check.visible)
    if message is None or outcome.verdict not in _MAY_BE_SHARED:
        return *kind, message, outcome.lines
    name = _MISSING_NAME.search(message.what)
    # of a name that is not defined the first line is enough; hints are each check's own
    return (*kind, name[0]) if name else (*kind, message.what, message.detail, outcome.lines)


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


def _failure(outcome: Outcome) -> Iterator[Line]:
    check, said = outcome.check, text_of(outcome)
    yield _head(outcome)
    yield from (Line(text, indent=2) for text in said.explanation)
    yield from (Line(f"at {one_line(place)}", indent=2, verbatim=True) for place in said.places)
    if check.visible:
        yield Line(f"more: autograder explain {check.id}", Tone.DIM, 2)
    yield from _quoted("your code printed:", clean_text(outcome.output, SHOWN_OUTPUT))
    yield from _quoted("staff only:", outcome.staff)


def _head(outcome: Outcome) -> Line:
    check, word = outcome.check, outcome.verdict.word.upper()
    kind = "" if check.visible else " (hidden check)"
    text = f"{word}  {check.part}  {title_of(check)}{kind}  {score_text(outcome)}"
    return Line(text, tone_of(outcome.verdict), word=word)


def _quoted(title: str, text: str) -> Iterator[Line]:
    if text.strip():
        yield Line(title, Tone.DIM, 2)
        for row in text.rstrip("\n").expandtabs(4).split("\n"):
            yield Line(f"| {row}", Tone.DIM, 2, verbatim=True)


def _notes(report: Report) -> Iterator[Line]:
    for outcome in report.outcomes:
        if outcome.note and outcome.verdict is Verdict.PASSED:
            yield Line(f"{outcome.check.part}  {title_of(outcome.check)}: {outcome.note}")


def _table(columns: Sequence[Column], rows: Sequence[Sequence[Span]]) -> list[TextTable]:
    return [TextTable(columns, rows)] if rows else []


def _budget_rows(report: Report) -> Iterator[list[Span]]:
    for outcome in report.outcomes:
        for measurement in outcome.measurements:
            yield [
                Span(outcome.check.part),
                Span(one_line(measurement.name.replace("_", " "))),
                Span(measurement_text(measurement)),
                Span(_bar(measurement), Tone.GOOD if measurement.within else Tone.WARN),
            ]


def _prediction_rows(report: Report) -> Iterator[list[Span]]:
    for outcome in report.outcomes:
        for said in text_of(outcome).predictions:
            tone = Tone.GOOD if said.within else Tone.BAD
            texts = (outcome.check.part, said.what, said.predicted, said.measured)
            yield [*map(Span, texts), Span(said.verdict, tone)]


def _bar(measurement: Measurement) -> str:
    share = used_share(measurement)
    if share is None:
        return "within" if measurement.within else "over"
    full = min(round(share * BAR_CELLS), BAR_CELLS)
    bar = "█" * full + "░" * (BAR_CELLS - full)
    return f"{bar} {share_text(share)}" + ("" if measurement.within else " over")


def _score(report: Report) -> Iterator[Line | TextTable]:
    yield TextTable(_PARTS, [_part_row(row) for row in parts_of(report)])
    yield Line(f"Total: {total_text(report)}.", Tone.STRONG)
    unseen = unseen_text(report)
    if unseen:
        yield Line(unseen)
    yield Line(f"Checks: {count_text(report) or 'none ran'}.")


def _part_row(row: PartSummary) -> list[Span]:
    complete = row.passed == len(row.outcomes)
    title = one_line(row.part.title) + (" (extra credit)" if row.part.optional else "")
    return [
        Span(row.part.id),
        Span(title),
        Span(f"{row.passed}/{len(row.outcomes)}"),
        Span(f"{row.score}/{row.points}", Tone.GOOD if complete else Tone.WARN),
    ]
