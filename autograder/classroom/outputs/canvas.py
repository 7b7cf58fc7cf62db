"""A gradebook that was downloaded from Canvas, with the scores filled in, to be uploaded there.

An upload changes nothing for the columns and students that it does not name. So only the columns by
which Canvas knows students are written and the one of the assignment, and a student whose score was
not decided keeps the one that was there.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from autograder.classroom.outputs.cells import is_safe_key, number_cell, text_cell
from autograder.classroom.outputs.gradebook import (
    KEYS,
    STUDENT,
    CanvasColumn,
    Gradebook,
    Students,
    column_of,
    read_gradebook,
)
from autograder.classroom.outputs.rows import ClassRows, Row, class_rows
from autograder.classroom.submissions import Graded
from autograder.classroom.taking_in.handed import Handed
from autograder.machine.files import write_atomically
from autograder.model.errors import UsageError
from autograder.model.units import show_points
from autograder.render.disclosure import one_line

_MOST_LISTED = 10


def fill_canvas(
    path: Path, out: Path, handed: Handed, graded: Iterable[Graded], column: str = ""
) -> tuple[str, ...]:
    """Write the gradebook at `path` with raw scores to `out`; returns notices for staff.

    `column`: the name or the number of the assignment in Canvas; by default the column counts that
    has the title or the id of the assignment.

    Raises UsageError when `path` is no gradebook of Canvas, when no column or several could be
    meant, or when only some of the checks ran.
    """
    if out.exists() and out.samefile(path):
        raise UsageError(f"{out} is the gradebook itself: write to another file")
    gradebook = read_gradebook(path)
    found = class_rows(handed, graded)
    if any(row.scored.is_partial for row in found.rows):
        raise UsageError("only some of the checks ran, so no gradebook is filled: run all of them")
    wanted = column_of(gradebook, found.names, column)
    joined, notices = _joined(gradebook, found)
    _write(out, gradebook, wanted, joined)
    return (*notices, *_about_rows(gradebook, wanted), *_about_points(gradebook, wanted, found))


def _joined(gradebook: Gradebook, found: ClassRows) -> tuple[dict[int, Row], tuple[str, ...]]:
    """Which row of ours belongs to which student of the gradebook; never by a guess."""
    students = Students(gradebook)
    places = [(row, students.find(row.member)) for row in found.rows]
    taken = Counter(at for _, ats in places for at in ats)
    sure: dict[int, Row] = {}
    unsure, absent, undecided = [], [], []
    for row, ats in places:
        if len(ats) == 1 and taken[ats[0]] == 1:
            sure[ats[0]] = row
            undecided += [row] if row.submission and row.scored.score is None else []
        elif ats:
            unsure.append(row)
        elif row.submission:
            absent.append(row)
    notices = (
        *_listed("not in the gradebook, and not filled in", map(_name, absent)),
        *_listed("not clear which students of the gradebook they are", map(_name, unsure)),
        *_listed("no score was decided, so the old one stays", map(_name, undecided)),
    )
    return sure, notices


def _listed(what: str, names: Iterable[str]) -> Iterator[str]:
    names = [one_line(name, 100) for name in names]
    more = f" and {len(names) - _MOST_LISTED} more" if len(names) > _MOST_LISTED else ""
    if names:
        yield f"{what}: {'; '.join(names[:_MOST_LISTED])}{more}"


def _name(row: Row) -> str:
    named = row.member.name or row.member.email or row.member.sid
    return named or (f"submission {row.submission.id}" if row.submission else "a student")


def _write(
    out: Path, gradebook: Gradebook, column: CanvasColumn, joined: Mapping[int, Row]
) -> None:
    places = [*gradebook.identifying, column.place]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([gradebook.head[at] for at in places])
    writer.writerows([row[at] for at in places] for row in gradebook.above)
    for number, row in enumerate(gradebook.students):
        if _is_refused(gradebook, row):
            continue
        score, old = joined[number].scored.score if number in joined else None, row[column.place]
        keeps = score is None or _is_excused(row, column)
        writer.writerow(
            [
                *(text_cell(row[at]) for at in gradebook.identifying),
                old if keeps else number_cell(score),
            ]
        )
    write_atomically(out, text.getvalue().encode(), mode=0o600)


def _is_refused(gradebook: Gradebook, row: list[str]) -> bool:
    """Whether a key of the student would have to be changed, and could be another's then."""
    return not all(is_safe_key(gradebook.cell(row, key)) for key in KEYS)


def _about_rows(gradebook: Gradebook, column: CanvasColumn) -> Iterator[str]:
    def names(rows: Iterable[list[str]]) -> list[str]:
        return [gradebook.cell(row, STUDENT) for row in rows]

    refused = names(row for row in gradebook.students if _is_refused(gradebook, row))
    excused = names(row for row in gradebook.students if _is_excused(row, column))
    yield from _listed("left out, because a key of theirs could be taken for a formula", refused)
    yield from _listed("excused in Canvas, and left so", excused)


def _is_excused(row: list[str], column: CanvasColumn) -> bool:
    return row[column.place].strip().upper() == "EX"


def _about_points(gradebook: Gradebook, column: CanvasColumn, found: ClassRows) -> Iterator[str]:
    possible = gradebook.points_possible(column)
    points = max((row.scored.points or 0.0 for row in found.rows), default=0.0)
    if possible is not None and points and possible != points:
        yield (
            f"{column} has {show_points(possible)} points in Canvas, and the assignment"
            f" {show_points(points)}: scores are filled in as they are"
        )
    late = [row for row in found.rows if row.submission and row.submission.late_by_s]
    yield from _listed("handed in late, which these raw scores leave out", map(_name, late))
