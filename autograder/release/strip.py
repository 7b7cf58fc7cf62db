"""The template: a reference without its solution regions. Called by `template.py`.

The marks are those of nbgrader. A region inside a function has a text, which the stub shows; a
region without a text is removed with everything that it defines:

    ### BEGIN SOLUTION part 1.2: the gradient
    ### END SOLUTION

Everything outside regions stays as it is, imports too: an import that would give a solution away
belongs into a region without a text.
"""

import ast
import re
from collections.abc import Iterator
from typing import NamedTuple

from autograder.model.errors import ReleaseError
from autograder.model.syntax import parse

_LINE_LENGTH = 100  # ruff's in pyproject.toml: a longer stub would not be as ruff formats it
_BEGIN = re.compile(r"(\s*)### BEGIN SOLUTION(?: (.*\S))?\s*")
_END = re.compile(r"\s*### END SOLUTION\s*")
_LEFTOVER = re.compile(r"\b(BEGIN|END)\s+SOLUTION\b", re.IGNORECASE)


class SolutionRegion(NamedTuple):
    """Lines `first` to `last` of a file, marks included, counted from 0."""

    first: int
    last: int
    indent: str
    text: str  # what the stub shows; empty: no stub


def strip_solutions(source: str, file: str) -> str:
    """The template of a Python file.

    Raises ReleaseError naming `file` and line for marks that do not fit together, for a stub that
    would be raised at import, and for a template that is not Python.
    """
    rows = _rows(source)
    kept: list[str] = []
    position = 0
    for region in solution_regions(source, file):
        kept += rows[position : region.first]
        position = region.last + 1
        if region.text:
            kept += _stub(region)
        else:
            position = _close_gap(kept, rows, position)
    template = "\n".join(kept + rows[position:]).rstrip("\n") + "\n"
    _require_clean(template, file)
    return template


def solution_regions(source: str, file: str) -> list[SolutionRegion]:
    """The regions of a file, from top to bottom. Raises ReleaseError as `strip_solutions` does."""
    bodies = _function_bodies(_parse(source, file, "is not Python"))
    rows = _rows(source)
    regions = list(_regions(rows, file))
    for region in regions:
        where = f"{file}, line {region.first + 1}"
        if not any(map(_is_code, rows[region.first + 1 : region.last])):
            raise ReleaseError(f"{where}: there is no code in this solution region")
        if region.text and not any(region.first + 1 in body for body in bodies):
            raise ReleaseError(
                f"{where}: outside functions a region becomes nothing, and no stub: remove the"
                f" text {region.text!r} after BEGIN SOLUTION"
            )
        if '"' in region.text or "\\" in region.text:
            raise ReleaseError(f"{where}: the stub's text holds a quotation mark or a backslash")
    return regions


def _rows(source: str) -> list[str]:
    """The lines as `ast` counts them: str.splitlines also splits at form feeds."""
    return source.replace("\r\n", "\n").split("\n")


def _is_code(row: str) -> bool:
    return bool(row.strip()) and not row.lstrip().startswith("#")


def _regions(rows: list[str], file: str) -> Iterator[SolutionRegion]:
    opened: tuple[int, str, str] | None = None
    for number, row in enumerate(rows):
        where = f"{file}, line {number + 1}"
        begin = _BEGIN.fullmatch(row)
        if begin:
            if opened:
                raise ReleaseError(f"{where}: the region of line {opened[0] + 1} is still open")
            opened = (number, begin[1], begin[2] or "")
        elif _END.fullmatch(row):
            if not opened:
                raise ReleaseError(f"{where}: END SOLUTION without a BEGIN SOLUTION before it")
            yield SolutionRegion(opened[0], number, opened[1], opened[2])
            opened = None
        elif _LEFTOVER.search(row):
            raise ReleaseError(f"{where}: write `### BEGIN SOLUTION` or `### END SOLUTION` alone")
    if opened:
        raise ReleaseError(f"{file}, line {opened[0] + 1}: this region has no END SOLUTION")


def _function_bodies(tree: ast.Module) -> list[range]:
    """The line numbers of every function, the `def` itself left out."""
    functions = [
        node for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
    ]
    return [range(f.lineno + 1, (f.end_lineno or f.lineno) + 1) for f in functions]


def _stub(region: SolutionRegion) -> list[str]:
    row = f'{region.indent}raise NotImplementedError("{region.text}")'
    if len(row) <= _LINE_LENGTH:
        return [row]
    head, tail = f"{region.indent}raise NotImplementedError(", f"{region.indent})"
    return [head, f'{region.indent}    "{region.text}"', tail]


def _close_gap(kept: list[str], rows: list[str], position: int) -> int:
    """Leave the larger of the gaps before and after a removed region; where to go on."""
    before = 0
    while kept and not kept[-1].strip():
        kept.pop()
        before += 1
    after = 0
    while position < len(rows) and not rows[position].strip():
        position += 1
        after += 1
    opens_block = not kept or kept[-1].rstrip().endswith(":")
    kept += [""] * (0 if opens_block else max(before, after))
    return position


def _require_clean(template: str, file: str) -> None:
    _parse(template, file, "without its solution regions is not Python")
    if _LEFTOVER.search(template):
        raise ReleaseError(f"{file}: a mark is left in the template")


def _parse(source: str, file: str, what: str) -> ast.Module:
    try:
        return parse(source)
    except (SyntaxError, ValueError) as error:
        raise ReleaseError(f"{file} {what}: {error}") from None
