"""Which lines must not reach students: those of solutions, oracles, hidden checks and must-fail
programs, and those of answers and mark schemes in the lab report. Called by `leak.py`."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import autograder
from autograder.model.assignment import Assignment
from autograder.model.errors import ReleaseError
from autograder.model.lab_report import REPORT, NotebookCell, cells_of, regions
from autograder.release.leaks.lines import is_distinctive, lines_of, normalised
from autograder.release.strip import solution_regions, strip_solutions

_SOLUTION = "a solution region"
_HIDDEN = "a hidden check"
_REPORT = "the graders' lab report"


class Origin(NamedTuple):
    """Where a private line stands."""

    what: str  # "a solution region"
    file: str  # relative to reference/<id>; of a notebook with the cell
    line: int

    def __str__(self) -> str:
        return f"{self.what} ({self.file}, line {self.line})"


def private_lines(assignment: Assignment) -> dict[str, Origin]:
    """Every distinctive private line, normalised, with one place where it stands.

    A line that the template keeps is public. Files other than solutions may share lines with the
    framework. Hidden checks, except for their names, and the lab report may share lines with the
    assignment's public files.
    """
    private = assignment.private
    if private is None:
        raise ReleaseError(f"there is no reference/{assignment.id}: leaks cannot be looked for")
    template = _kept_lines(assignment, private)
    visible = _lines_below(assignment.folder)
    framework = _lines_below(Path(autograder.__file__).parent)
    found: dict[str, Origin] = {}
    for origin, row in _all_private(assignment, private):
        line = normalised(row)
        shared = origin.what in (_HIDDEN, _REPORT) and line in visible
        shared = shared and not row.startswith("def check_")
        shared = shared or (origin.what != _SOLUTION and line in framework)
        if is_distinctive(row) and line not in template and not shared:
            found.setdefault(line, origin)
    return found


def _lines_below(folder: Path) -> set[str]:
    paths = (path for path in sorted(folder.rglob("*.py")) if "tests" not in path.parts)
    return {normalised(row) for path in paths for row in lines_of(path.name, path.read_bytes())}


def _kept_lines(assignment: Assignment, private: Path) -> set[str]:
    modules = [name for name in assignment.submit if name.endswith(".py")]
    texts = [_read(private / name) for name in modules]
    templates = [strip_solutions(text, name) for name, text in zip(modules, texts, strict=True)]
    kept = [row for template in templates for row in template.splitlines()]
    for cell in cells_of(assignment):
        hidden = _staff_rows(cell)
        kept += [row for number, row in enumerate(cell.rows) if number not in hidden]
    return {normalised(row) for row in kept}


def _staff_rows(cell: NotebookCell) -> dict[int, str]:
    """The lines between marks, by their number, counted from 0."""
    return {number: row for region in regions(cell) for number, row in region.rows.items()}


def _all_private(assignment: Assignment, private: Path) -> Iterator[tuple[Origin, str]]:
    for path in sorted(private.rglob("*.py")):
        name, text = path.relative_to(private).as_posix(), _read(path)
        rows = text.replace("\r\n", "\n").split("\n")
        if name in assignment.submit:
            for region in solution_regions(text, name):
                for number in range(region.first + 1, region.last):
                    yield Origin(_SOLUTION, name, number + 1), rows[number]
        else:
            for number, row in enumerate(rows, start=1):
                yield Origin(_kind(path.relative_to(private)), name, number), row
    for cell in cells_of(assignment):
        for number, row in _staff_rows(cell).items():
            yield Origin(_REPORT, f"{REPORT}, {cell}", number + 1), row


def _kind(name: Path) -> str:
    if name.parts[0] == "checks":
        return _HIDDEN
    if name.parts[0] == "submissions":
        return "a program that proves checks"
    return "the oracles" if name.match("oracles*.py") else "a private file"


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ReleaseError(f"{path} cannot be read: {error}") from None
