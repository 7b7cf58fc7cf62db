"""`grades.csv`: a row for each student, a column for each part; the command `grade` writes it.

Points are raw: lateness is a column of its own, and the course decides what it costs. A score that
was not decided is an empty cell, never a zero, and the status says why.
"""

import csv
import io
import math
from collections.abc import Iterable
from pathlib import Path

from autograder.classroom.outputs.cells import is_safe_key, number_cell, text_cell
from autograder.classroom.outputs.rows import ClassRows, Row, class_rows
from autograder.classroom.submissions import Graded
from autograder.classroom.taking_in.handed import Handed
from autograder.machine.files import write_atomically
from autograder.model.report import Part
from autograder.model.units import show_points

_BEFORE = ("name", "sid", "email", "section", "submission", "created_at", "late_s", "status")
_REFUSED = "its {} could be taken for a formula, and is left out"


def write_grades(path: Path, handed: Handed, graded: Iterable[Graded]) -> None:
    """Write the CSV, readable by its owner only; the same gradings make the same bytes."""
    found = class_rows(handed, graded)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*_BEFORE, "score", "points", *map(_title, found.parts), "notes"])
    writer.writerows(_cells(row, found) for row in found.rows)
    write_atomically(path, text.getvalue().encode(), mode=0o600)


def _title(part: Part) -> str:
    """`1.2 Gradient (12 points)`; extra credit is beyond the points of the assignment."""
    extra = " of extra credit" if part.optional else ""
    return text_cell(f"{part.id} {part.title} ({show_points(part.points)} points{extra})")


def _cells(row: Row, found: ClassRows) -> list[str]:
    member, submission, scored = row.member, row.submission, row.scored
    keys = {"sid": member.sid, "email": member.email}
    refused = [name for name, key in keys.items() if not is_safe_key(key)]
    created_at = submission.created_at if submission else None
    late_by_s = submission.late_by_s if submission else None
    return [
        text_cell(member.name),
        *("" if name in refused else key for name, key in keys.items()),
        text_cell(member.section),
        text_cell(submission.id) if submission else "",
        created_at.isoformat() if created_at else "",
        number_cell(late_by_s if late_by_s is None else math.ceil(late_by_s)),
        scored.status,
        number_cell(scored.score),
        number_cell(scored.points),
        *(number_cell(scored.parts.get(part.id)) for part in found.parts),
        text_cell("; ".join([*row.notes, *(_REFUSED.format(name) for name in refused)])),
    ]
