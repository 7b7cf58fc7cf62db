"""A comparison of two gradings as the sections of a terminal."""

from collections.abc import Sequence

from autograder.classroom.regrades.comparing import CheckChange, Regraded
from autograder.classroom.regrades.comparison import CheckRow, Comparison
from autograder.classroom.regrades.words import (
    changes_text,
    fact_lines,
    points_text,
    result_text,
    signed,
    students,
    summary_lines,
    title_text,
    why_text,
)
from autograder.render.disclosure import one_line
from autograder.render.outcome_text import Tone
from autograder.render.terminal.layout import Column, Line, Section, Span, TextTable

_CHECKS = (
    Column("Check", flexible=True),
    *(Column(title, right=True) for title in ("Passed", "Now", "Better", "Worse", "Points")),
)
_STUDENTS = (
    Column("Submission"),
    Column("Students", flexible=True),
    *(Column(title, right=True) for title in ("Before", "Now", "Points")),
    Column("Changed"),
)
_CHANGES = (
    Column("Submission"),
    Column("Check", flexible=True),
    Column("Before"),
    Column("Now"),
    Column("Points", right=True),
)


def sections_of(comparison: Comparison) -> list[Section]:
    """What changed by check and by student, and what is not the grader's; no empty section."""
    checks = [_check(row) for row in comparison.by_check.values() if row.changed]
    sections = [
        Section("What changed", [Line(text) for text in summary_lines(comparison)]),
        Section("By check", _table(_CHECKS, checks)),
        Section("By student", _table(_STUDENTS, list(map(_student, comparison.changed)))),
        Section("Changes", _table(_CHANGES, [_change(*each) for each in comparison.by_grader])),
        Section("Not put down to the grader", [_line(*each) for each in comparison.apart]),
        Section("Graded by", [Line(text) for text in fact_lines(comparison)]),
        Section("Notices", [Line(one_line(text), Tone.WARN) for text in comparison.notices]),
    ]
    return [section for section in sections if section.items]


def _table(columns: Sequence[Column], rows: Sequence[Sequence[Span]]) -> list[Line | TextTable]:
    return [TextTable(columns, rows)] if rows else []


def _check(row: CheckRow) -> list[Span]:
    title = one_line(f"{row.part} {row.title}")
    counts = row.passed_before, row.passed_now, row.better, row.worse
    return [Span(title), *(Span(str(count)) for count in counts), _points(row.points)]


def _student(each: Regraded) -> list[Span]:
    return [
        Span(one_line(each.id)),
        Span(students(each.members)),
        Span(points_text(each.before)),
        Span(points_text(each.now)),
        _points(each.points),
        Span(changes_text(each)),
    ]


def _change(each: Regraded, change: CheckChange) -> list[Span]:
    return [
        Span(one_line(each.id)),
        Span(title_text(change)),
        Span(result_text(change.before)),
        Span(result_text(change.now)),
        _points(change.points),
    ]


def _line(each: Regraded, change: CheckChange) -> Line:
    sides = f"{result_text(change.before)} before, {result_text(change.now)} now"
    return Line(f"{one_line(each.id)} {title_text(change)}: {sides}: {why_text(change)}")


def _points(points: float | None) -> Span:
    tone = Tone.PLAIN if not points else Tone.GOOD if points > 0 else Tone.BAD
    return Span(signed(points), tone)
