"""The requirements that a handout states, each with an id that a student can cite.

In handout.md a requirement is an item of a list, or a row of a table, that begins with its id in
bold. The id is R, a digit, and any digits, points and letters after it:

    - **R1.2a** The gradient is an array of W's shape
      and dtype.
    | **R7A** | a figure of both errors | what it shows |

A requirement that holds for several functions or classes has a cell for each, named `R2a:Adam`.
assignment.toml lists them in [[requirements]]. Any other requirement is one cell, named as itself.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from autograder.model.assignment import Assignment

HANDOUT = "handout.md"
_ITEM = re.compile(r" *[-*] +\*\*(R\d[\w.]*)\*\*(.*)")
_ROW = re.compile(r" *\| *\*\*(R\d[\w.]*)\*\* *\|(.*)")
_CELL = re.compile(r"(?<!\\)\|")


class Requirement(msgspec.Struct, frozen=True):
    """One thing that the handout asks for."""

    id: str
    text: str
    line: int  # of the handout


def ids_in(requires: Iterable[str]) -> tuple[str, ...]:
    """The ids of the requirements that cells belong to, each once; students read these."""
    return tuple(dict.fromkeys(cell.partition(":")[0] for cell in requires))


def cells_of(requirement: str, assignment: Assignment) -> list[str]:
    """The cells of the requirement of that id, each of which has to be checked."""
    listed = (scope.of for scope in assignment.requirements if requirement in scope.ids)
    return [f"{requirement}:{name}" for name in next(listed, ())] or [requirement]


def handout_of(assignment: Assignment) -> Path | None:
    """The handout, which a student zip has at its top; None where there is none."""
    places = (assignment.folder, assignment.folder.parent.parent)
    return next((p / HANDOUT for p in places if (p / HANDOUT).is_file()), None)


def requirements_of(assignment: Assignment) -> list[Requirement]:
    """All requirements of its handout, in order; none where there is no handout."""
    path = handout_of(assignment)
    return list(stated_in(path.read_text(encoding="utf-8"))) if path else []


def stated_in(handout: str) -> Iterator[Requirement]:
    """The requirements in the text of a handout; an id that occurs twice is returned twice."""
    rows = handout.split("\n")
    for number, row in enumerate(rows, start=1):
        item, cells = _ITEM.fullmatch(row), _ROW.fullmatch(row)
        if item:
            text = [item[2], *_continuation(rows[number:], len(row) - len(row.lstrip()))]
            yield Requirement(item[1], " ".join(" ".join(text).split()), number)
        elif cells:
            parts = [cell.strip() for cell in _CELL.split(cells[2])]
            text = [part.replace("\\|", "|") for part in parts if part]
            yield Requirement(cells[1], "; ".join(text), number)


def _continuation(rows: list[str], indent: int) -> Iterator[str]:
    """The further lines of an item: those with a larger indent that begin no other item."""
    for row in rows:
        inner = len(row) - len(row.lstrip())
        if not row.strip() or inner <= indent or _ITEM.fullmatch(row):
            return
        yield row
