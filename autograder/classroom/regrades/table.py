"""A comparison of two gradings as CSV: a row for each check that changed, and for each total.

Called by the command `regrade-diff`.
"""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from autograder.classroom.outputs.cells import number_cell, text_cell
from autograder.classroom.regrades.comparing import CheckChange, Regraded
from autograder.classroom.regrades.comparison import Comparison
from autograder.classroom.regrades.past import CheckResult
from autograder.classroom.regrades.words import students, why_text
from autograder.machine.files import write_atomically

HEAD = (
    *("submission", "students", "sids", "emails", "part", "check", "title"),
    *("verdict_before", "verdict_now", "points_before", "points_now", "difference", "why"),
)
TOTAL = "total"  # in place of a check


def write_table(path: Path, comparison: Comparison) -> None:
    """Write the CSV, readable by its owner only; points are numbers, and texts are no formulas."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEAD)
    for each in comparison.changed:
        writer.writerows(_rows(each))
    write_atomically(path, text.getvalue().encode(), mode=0o600)


def _rows(each: Regraded) -> Iterator[list[str]]:
    for change in each.changes:
        yield [*_who(each), *_what(change)]
    points = map(number_cell, (each.before, each.now, each.points))
    yield [*_who(each), "", TOTAL, "", "", "", *points, ""]


def _who(each: Regraded) -> list[str]:
    sids, emails = (
        "; ".join(filter(None, (getattr(member, name) for member in each.members)))
        for name in ("sid", "email")
    )
    return [text_cell(text) for text in (each.id, students(each.members), sids, emails)]


def _what(change: CheckChange) -> list[str]:
    sides = change.before, change.now
    texts = change.part, change.key, change.title, *(side.word if side else "" for side in sides)
    points = (*map(_points, sides), number_cell(change.points))
    return [*map(text_cell, texts), *points, text_cell(why_text(change))]


def _points(side: CheckResult | None) -> str:
    return number_cell(side.score) if side and side.decided else ""
