"""A gradebook that Canvas exports: its columns, and which of its rows is which student.

    Student,ID,SIS User ID,SIS Login ID,Section,PA1: SGD (12345),Assignments Current Score
        Points Possible,,,,,100,(read only)
    "Lovelace, Ada",77,0675,al123,Section 1,,

`canvas` fills one.
"""

import re
from collections import defaultdict
from collections.abc import Collection
from pathlib import Path
from typing import NamedTuple

import msgspec

from autograder.classroom.people import letters_of_names
from autograder.classroom.submissions import Member
from autograder.classroom.tables import read_table
from autograder.model.errors import UsageError
from autograder.render.disclosure import one_line

STUDENT, ID, SIS_ID, LOGIN = "Student", "ID", "SIS User ID", "SIS Login ID"
_KNOWN = (STUDENT, ID, SIS_ID, LOGIN, "Integration ID", "Root Account", "Section")
KEYS = (ID, SIS_ID, LOGIN)  # of which an upload finds a student by one
_POINTS = "points possible"
_ASSIGNMENT = re.compile(r"(.*\S)\s*\((\d+)\)", re.DOTALL)
_HOW = "download it from Canvas: Grades > Export > Export Entire Gradebook"


class CanvasColumn(NamedTuple):
    """One assignment in Canvas."""

    place: int  # from 0
    title: str
    number: str

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"


class Gradebook(msgspec.Struct, frozen=True, kw_only=True):
    """The table: its head, the rows above the students such as that of points, the students."""

    path: Path
    head: list[str]
    above: list[list[str]]
    students: list[list[str]]

    @property
    def identifying(self) -> list[int]:
        """The places of the columns by which Canvas knows a student."""
        return [at for at, name in enumerate(self.head) if name in _KNOWN]

    def cell(self, row: list[str], name: str) -> str:
        """The cell of a known column; empty where there is no such column."""
        return row[self.head.index(name)].strip() if name in self.head else ""

    def columns(self) -> list[CanvasColumn]:
        """Those of assignments: a number in parentheses ends their names."""
        found = ((at, _ASSIGNMENT.fullmatch(name.strip())) for at, name in enumerate(self.head))
        return [CanvasColumn(at, match[1], match[2]) for at, match in found if match]

    def points_possible(self, column: CanvasColumn) -> float | None:
        """What the assignment is out of, as Canvas has it."""
        for row in self.above:
            try:
                return float(row[column.place].replace(",", "."))
            except ValueError:
                continue
        return None


def read_gradebook(path: Path) -> Gradebook:
    """Raises UsageError when it is no gradebook of Canvas."""
    head, *rows = read_table(path)
    head = [name.strip() for name in head]
    if not {STUDENT, ID} <= set(head):
        raise UsageError(f"{path} has no columns {STUDENT} and {ID}: {_HOW}")
    first = [row[head.index(STUDENT)].strip().casefold() for row in rows]
    start = first.index(_POINTS) + 1 if _POINTS in first else 0
    return Gradebook(path=path, head=head, above=rows[:start], students=rows[start:])


def column_of(gradebook: Gradebook, names: Collection[str], wanted: str = "") -> CanvasColumn:
    """The column that is called by one of the names; or, where one is wanted, that one.

    Raises UsageError when it is not exactly one.
    """
    known = {name.casefold() for name in ([wanted] if wanted else names)}
    columns = gradebook.columns()
    found = [c for c in columns if {c.title.casefold(), c.number, str(c).casefold()} & known]
    if len(found) == 1:
        return found[0]
    listed = one_line(", ".join(map(str, columns)) or "none", 500)
    asked = one_line(" or ".join(sorted(filter(None, known))), 200) or "an assignment"
    raise UsageError(
        f"{gradebook.path}: {len(found) or 'no'} columns are called {asked}: choose one by its"
        f" number with --canvas-column; there are {listed}"
    )


class Students:
    """Finds the rows of a gradebook that a member can be."""

    def __init__(self, gradebook: Gradebook) -> None:
        self._by_key: dict[tuple[str, str], list[int]] = defaultdict(list)
        for at, row in enumerate(gradebook.students):
            login = gradebook.cell(row, LOGIN).casefold()
            self._add("sid", gradebook.cell(row, SIS_ID).casefold(), at)
            self._add("login", login, at)
            for name in letters_of_names(gradebook.cell(row, STUDENT)):
                self._add(f"login of {name}", login, at)

    def find(self, member: Member) -> list[int]:
        """By SID, by e-mail address or SID as login, or by login and name together: the part of an
        address before the @ alone could be of someone else."""
        sid, email = member.sid.strip().casefold(), member.email.strip().casefold()
        kinds = [("sid", sid), ("login", email), ("login", sid)]
        kinds += [(f"login of {n}", email.partition("@")[0]) for n in letters_of_names(member.name)]
        return next((self._by_key[key] for key in kinds if key[1] and key in self._by_key), [])

    def _add(self, kind: str, key: str, at: int) -> None:
        if key and at not in self._by_key[kind, key]:
            self._by_key[kind, key].append(at)
