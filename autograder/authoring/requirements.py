"""What the handout asks for, compared with what checks and the lab report grade; for `verify`."""

import ast
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from autograder.grading.declaring.declare import declared_checks
from autograder.model.assignment import Assignment, Scope, load_assignment
from autograder.model.check import CheckDeclaration
from autograder.model.errors import AutograderError
from autograder.model.lab_report import REPORT, RubricLine, rubric_of
from autograder.model.requirements import HANDOUT, Requirement, cells_of, requirements_of
from autograder.model.syntax import parse
from autograder.model.toml import nearest

_WHOLE = re.compile(r"R(\d+)[A-Za-z]")  # for a whole part, 2.1 and 2.2; 0 stands for all parts
_MARK = re.compile(r"### BEGIN SOLUTION part (\d[\d.]*)")


class GradedWork(NamedTuple):
    """The requirements of an assignment, and what grades them."""

    assignment: Assignment
    stated: list[Requirement]
    checks: tuple[CheckDeclaration, ...]
    lines: tuple[RubricLine, ...]

    @property
    def cells(self) -> list[str]:
        """All cells, in the order of the handout."""
        return [cell for r in self.stated for cell in cells_of(r.id, self.assignment)]


def graded(assignment: Assignment) -> GradedWork:
    """Parts that the course has switched off are included, because the handout describes them.

    Raises AutograderError where checks or report cannot be read.
    """
    whole = load_assignment(assignment.folder, assignment.private)
    checks = declared_checks(whole, hidden=True)
    return GradedWork(whole, requirements_of(whole), checks, rubric_of(whole))


def requirement_problems(assignment: Assignment) -> Iterator[str]:
    """Requirements that nothing grades, checks and graded cells without one, missing texts."""
    try:
        what = graded(assignment)
    except AutograderError as error:  # the rest of verify goes on
        yield str(error)
        return
    for check in what.checks:
        yield from _unexplained(check)
    if not what.stated:
        yield f"{HANDOUT} states no requirement: begin items of its lists with ids, as **R1.1a**"
        return
    yield from _repeated(f"{HANDOUT}: requirement", (requirement.id for requirement in what.stated))
    yield from _repeated(f"{REPORT}: cell", (line.id for line in what.lines))
    yield from _unknown_scopes(what)
    cells = {r.id: cells_of(r.id, what.assignment) for r in what.stated}
    for check in what.checks:
        yield from _unknown(check.id, check.requires, cells)
    for line in what.lines:
        yield from _unknown(f"{REPORT}: {line.id}", line.requires, {name: [name] for name in cells})
    yield from _ungraded(what)


def _unexplained(check: CheckDeclaration) -> Iterator[str]:
    texts = {"Why:": check.why, "Oracle:": check.oracle}
    for label, text in texts.items():
        if not text:
            yield f"{check.id}: its docstring has no line `{label} ...` below the title"


def _repeated(what: str, ids: Iterable[str]) -> Iterator[str]:
    for name, count in Counter(ids).items():
        if count > 1:
            yield f"{what} {name} is there {count} times"


def _unknown_scopes(what: GradedWork) -> Iterator[str]:
    """What [[requirements]] names and does not exist, and what it leaves out without a reason."""
    scopes = what.assignment.requirements
    yield from _repeated("[[requirements]]: id", (name for scope in scopes for name in scope.ids))
    stubs = _stubs(what.assignment)
    known = [requirement.id for requirement in what.stated]
    for scope in scopes:
        place = f"[[requirements]] with ids {', '.join(scope.ids)}"
        for name in scope.ids:
            if name not in known:
                yield f"{place}: {HANDOUT} states no requirement {name!r}; {nearest(name, known)}"
        for name in scope.of:
            if name not in stubs:
                yield f"{place}: no submitted file defines {name!r}; {nearest(name, stubs)}"
        left = sorted(_owed(scope, stubs) - {name.partition(".")[0] for name in scope.of})
        if left and not scope.others:
            yield f"{place}: add {', '.join(left)} to `of`, or say in `others` why not"


def _owed(scope: Scope, stubs: dict[str, set[str]]) -> set[str]:
    """The functions and classes of the whole parts that these requirements are stated for."""
    wanted = {match[1] for match in map(_WHOLE.match, scope.ids) if match}
    return {
        name
        for name, parts in stubs.items()
        if any("0" in wanted or part.partition(".")[0] in wanted for part in parts)
    }


def _stubs(assignment: Assignment) -> dict[str, set[str]]:
    """The public functions, classes and methods of the reference, each with the parts that the
    solution marks in it name; of a method its class has them."""
    assert assignment.private is not None
    found: dict[str, set[str]] = {}
    for path in (assignment.private / name for name in assignment.submit if name.endswith(".py")):
        source = path.read_text(encoding="utf-8")
        for node in parse(source).body:
            if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and not node.name.startswith("_"):
                rows = source.split("\n")[node.lineno : node.end_lineno]
                found[node.name] = set(_MARK.findall("\n".join(rows)))
                methods = (m for m in node.body if isinstance(m, ast.FunctionDef))
                found |= {f"{node.name}.{method.name}": set() for method in methods}
    return found


def _unknown(name: str, requires: tuple[str, ...], cells: dict[str, list[str]]) -> Iterator[str]:
    if not requires:
        yield f"{name} names no requirement: add ids of {HANDOUT} to requires= or the tags"
    for wanted in requires:
        requirement = wanted.partition(":")[0]
        known = cells.get(requirement, [])
        if not known:
            near = nearest(wanted, cells)
            yield f"{name}: {HANDOUT} states no requirement {wanted!r}; {near}"
        elif wanted not in known:
            yield f"{name}: {requirement} has no cell {wanted!r}; {nearest(wanted, known)}"


def _ungraded(what: GradedWork) -> Iterator[str]:
    """Cells that no visible check and no graded cell of the report is about."""
    reported = {name for line in what.lines for name in line.requires}
    visible = {cell for check in what.checks if check.visible for cell in check.requires}
    for requirement in what.stated:
        place = f"{HANDOUT}, line {requirement.line}"
        if not requirement.text:
            yield f"{place}: requirement {requirement.id} says nothing"
        for cell in cells_of(requirement.id, what.assignment):
            if cell not in visible and requirement.id not in reported:
                yield (
                    f"{place}: no visible check and no graded cell of {REPORT} is about {cell}:"
                    f" let a check show it, with requires={cell!r}"
                )
