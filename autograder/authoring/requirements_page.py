"""`docs/requirements.md`: for each assignment a table requirement x function or class x check.

Written by `autograder release`, compared by `verify`, between

    <!-- generated: requirements -->
    <!-- end -->
"""

from collections.abc import Iterator
from pathlib import Path

from autograder.authoring.requirements import GradedWork, graded
from autograder.model.course import all_assignments
from autograder.release.tables import fill_regions, markdown

PAGE = "docs/requirements.md"
_HEAD = "| requirement | of | visible checks | hidden checks |"


def stale_page(root: Path) -> str:
    """The page with the tables that it should have; "" where it has them, or does not exist.

    Raises AutograderError where an assignment cannot be read.
    """
    path = root / PAGE
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    filled = fill_regions(text, PAGE, lambda name, place: list(_sections(root)))
    return filled if filled != text else ""


def write_page(root: Path) -> bool:
    """Write the page's tables again. Returns whether that changed the file."""
    filled = stale_page(root)
    if filled:
        (root / PAGE).write_text(filled, encoding="utf-8", newline="\n")
    return bool(filled)


def _sections(root: Path) -> Iterator[str]:
    for assignment in all_assignments(root):
        if assignment.private:
            what = graded(assignment)
            yield from (f"### {assignment.title}", "")
            yield from markdown(_HEAD, "|---|---|---|---|", _rows(what))
            yield from ("", *_reasons(what))


def _rows(what: GradedWork) -> Iterator[tuple[str, str, str, str]]:
    for cell in what.cells:
        requirement, _, name = cell.partition(":")
        checks = [check for check in what.checks if cell in check.requires]
        visible = [f"`{check.id}`" for check in checks if check.visible]
        hidden = [f"`{check.id}`" for check in checks if not check.visible]
        lines = [line.id for line in what.lines if requirement in line.requires]
        visible += [f"people grade {', '.join(lines)}"] if lines else []
        yield requirement, f"`{name}`" if name else "", ", ".join(visible), ", ".join(hidden)


def _reasons(what: GradedWork) -> Iterator[str]:
    """Why requirements of whole parts do not apply to the other functions of these parts."""
    for scope in what.assignment.requirements:
        if scope.others:
            ids = ", ".join(scope.ids)
            yield f"- {ids}: not applicable to other functions, because {scope.others}."
