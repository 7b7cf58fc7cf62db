"""Whether the notebook of a lab report agrees in what students, graders and nbgrader read.

Called by `verify`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from autograder.model.assignment import Assignment
from autograder.model.errors import AutograderError
from autograder.model.lab_report import REPORT, Grading, NotebookCell, cells_of, regions
from autograder.model.requirements import requirements_of

_HEADING = re.compile(r"#+ .*\((.*?)([\d.]+) points?\)")  # "## A. Curves (R7A, 6 points)"
_REQUIREMENT = re.compile(r"R\d[\w.]*\w")
_SCHEME = re.compile(r"- \*\*([\w-]+)\*\*, ([\d.]+) points?: .+")


def report_problems(assignment: Assignment) -> Iterator[str]:
    """What is wrong in `reference/<id>/report.ipynb`; nothing where there is no such file."""
    try:
        cells = cells_of(assignment)
        for cell in cells:
            yield from (f"{REPORT}, {cell}: {problem}" for problem in _problems_of(cell))
        stated = {requirement.id: requirement.text for requirement in requirements_of(assignment)}
        for problem in (*_differing_points(cells), *_wrong_sections(cells, stated)):
            yield f"{REPORT}: {problem}"
    except AutograderError as error:  # the rest of verify goes on
        yield str(error)


def _problems_of(cell: NotebookCell) -> Iterator[str]:
    if cell.outputs:
        yield "has outputs: clear those of all cells before saving"
    if cell.attachments:
        yield "has a pasted picture, which would stay in the students' version: remove it"
    if cell.graded:
        yield from _problems_of_graded(cell, cell.graded)
    elif any(region.kind == "SOLUTION" for region in regions(cell)):
        yield "has a solution region, but is not graded"


def _problems_of_graded(cell: NotebookCell, grading: Grading) -> Iterator[str]:
    answers = [region for region in regions(cell) if region.kind == "SOLUTION"]
    if not grading.solution or grading.task:
        yield "is graded, but not as a manually graded answer (grade and solution)"
    if not any(row.strip() for region in answers for row in region.rows.values()):
        yield "has no model answer between BEGIN SOLUTION and END SOLUTION"
    if grading.points <= 0:
        yield "is worth no points"


def _differing_points(cells: Sequence[NotebookCell]) -> Iterator[str]:
    """Graded cells that the mark schemes leave out, or name with other points."""
    points = {cell.graded.grade_id: cell.graded.points for cell in cells if cell.graded}
    scheme = dict(_scheme(cells))
    if cells and not points:
        yield "no cell is graded"
    for name in sorted(points.keys() | scheme.keys()):
        if name not in scheme:
            yield f"no line `- **{name}**, {points[name]:g} points: ...` in a mark scheme"
        elif name not in points:
            yield f"the mark scheme is about {name}, which is no graded cell"
        elif points[name] != scheme[name]:
            yield f"{name} has {points[name]:g} points, in the mark scheme {scheme[name]:g}"


def _scheme(cells: Sequence[NotebookCell]) -> Iterator[tuple[str, float]]:
    for cell in cells:
        for region in regions(cell):
            lines = map(_SCHEME.match, region.rows.values())
            yield from ((line[1], float(line[2])) for line in lines if line)


def _wrong_sections(cells: Sequence[NotebookCell], stated: Mapping[str, str]) -> Iterator[str]:
    """Headings whose points are not those of their cells, or that quote the handout wrongly."""
    for section in _sections(cells):
        name = section[0].rows[0]
        heading = _HEADING.match(name)
        promised = float(heading[2]) if heading else 0.0
        has = sum(cell.graded.points for cell in section if cell.graded)
        if promised != has:
            yield f"{name!r} promises {promised:g} points, its cells have {has:g}"
        text = " ".join(" ".join(row for cell in section for row in cell.rows).split())
        for wanted in _REQUIREMENT.findall(heading[1]) if heading else ():
            for words in stated.get(wanted, "").split("; "):
                if words not in text:
                    yield f"below {name!r} the handout's words for {wanted} are missing: {words!r}"


def _sections(cells: Sequence[NotebookCell]) -> Iterator[list[NotebookCell]]:
    """From one heading with points to the next; first the cells before any."""
    section: list[NotebookCell] = []
    for cell in cells:
        if section and _HEADING.match(cell.rows[0]):
            yield section
            section = []
        section.append(cell)
    if section:
        yield section
