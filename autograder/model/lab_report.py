"""`reference/<id>/report.ipynb`: the lab report as nbgrader's source notebook, which is the rubric.

People grade its graded cells, each of which has an id, points and a model answer; the tags of a
cell are the requirements of the handout that it is about. Regions between two marks are for staff:

    ### BEGIN SOLUTION            === BEGIN MARK SCHEME ===
    ### END SOLUTION              === END MARK SCHEME ===
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from autograder.model.assignment import Assignment
from autograder.model.errors import ConfigError

REPORT = "report.ipynb"
_STUBS = ("YOUR ANSWER HERE", "YOUR CODE HERE")
_MARK = re.compile(r"(BEGIN|END) (SOLUTION|MARK SCHEME|HIDDEN TESTS)")  # anywhere in a line


class Grading(msgspec.Struct, frozen=True):
    """`metadata.nbgrader` of a cell, schema 3."""

    grade_id: str
    grade: bool = False
    solution: bool = False
    task: bool = False
    locked: bool = False
    points: float = 0.0


class _Metadata(msgspec.Struct, frozen=True):
    nbgrader: Grading | None = None
    tags: tuple[str, ...] = ()


class NotebookCell(msgspec.Struct, frozen=True):
    """One cell of a notebook."""

    cell_type: str
    source: str | tuple[str, ...]
    metadata: _Metadata
    outputs: tuple[msgspec.Raw, ...] = ()
    attachments: dict[str, msgspec.Raw] = {}

    @property
    def rows(self) -> list[str]:
        """The lines of its source."""
        return "".join(self.source).split("\n")

    @property
    def graded(self) -> Grading | None:
        """How it is graded; None for a cell without points."""
        grading = self.metadata.nbgrader
        return grading if grading and (grading.grade or grading.task) else None

    def __str__(self) -> str:
        """Its name in an error."""
        if self.metadata.nbgrader:
            return f"cell {self.metadata.nbgrader.grade_id}"
        return f"the cell {self.rows[0][:40]!r}"


class _Notebook(msgspec.Struct, frozen=True):
    """The part of a notebook that is read."""

    cells: tuple[NotebookCell, ...]


class StaffRegion(msgspec.Struct, frozen=True):
    """Lines of a cell between two marks, which only staff see."""

    kind: str  # "SOLUTION", "MARK SCHEME"
    rows: Mapping[int, str]  # by their number in the cell, counted from 0


class RubricLine(msgspec.Struct, frozen=True, kw_only=True):
    """One graded cell."""

    id: str  # "R7A-figure"
    points: float
    requires: tuple[str, ...]  # ids of the handout's requirements that it is about


def report_of(assignment: Assignment) -> Path | None:
    """The source notebook; None if the assignment has no report, and in a student zip."""
    path = assignment.private / REPORT if assignment.private else None
    return path if path and path.is_file() else None


def cells_of(assignment: Assignment) -> tuple[NotebookCell, ...]:
    """The cells of the source notebook; none where there is none.

    Raises ConfigError for a file that is no notebook, or that nbgrader could not grade.
    """
    path = report_of(assignment)
    if path is None:
        return ()
    try:
        return msgspec.json.decode(path.read_bytes(), type=_Notebook).cells
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} is not a notebook: {str(error).replace('`$.', '`')}") from None


def rubric_of(assignment: Assignment) -> tuple[RubricLine, ...]:
    """The graded cells in their order. Raises ConfigError as `cells_of` does."""
    return tuple(_lines(cells_of(assignment)))


def unanswered(notebook: bytes) -> list[str]:
    """The graded cells of a student's notebook that are as they were handed out, or empty, or code
    without an output: graders read the output. Raises ConfigError for what is no notebook."""
    try:
        cells = msgspec.json.decode(notebook, type=_Notebook).cells
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ConfigError(f"{REPORT} is no notebook that can be read: {error}") from None
    return [cell.graded.grade_id for cell in cells if cell.graded and not _answered(cell)]


def _answered(cell: NotebookCell) -> bool:
    text = "\n".join(cell.rows)
    untouched = not text.strip() or any(stub in text for stub in _STUBS)
    return not untouched and (cell.cell_type != "code" or bool(cell.outputs))


def _lines(cells: Iterable[NotebookCell]) -> Iterator[RubricLine]:
    for cell in cells:
        if cell.graded:
            name, points = cell.graded.grade_id, cell.graded.points
            yield RubricLine(id=name, points=points, requires=cell.metadata.tags)


def regions(cell: NotebookCell) -> list[StaffRegion]:
    """The regions of a cell.

    Raises ConfigError naming cell and line for marks that do not fit together.
    """
    found: list[StaffRegion] = []
    opened: tuple[str, int] | None = None
    for number, row in enumerate(cell.rows):
        mark = _MARK.search(row)
        if not mark:
            continue
        if mark.groups() != (("END", opened[0]) if opened else ("BEGIN", mark[2])):
            raise ConfigError(f"{REPORT}, {cell}: line {number + 1}, {row.strip()!r}, is no match")
        if opened:
            rows = {n: cell.rows[n] for n in range(opened[1] + 1, number)}
            found.append(StaffRegion(opened[0], rows))
        opened = None if opened else (mark[2], number)
    if opened:
        raise ConfigError(f"{REPORT}, {cell}: there is no END {opened[0]}")
    return found
