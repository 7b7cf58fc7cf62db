"""What the handout asks for, compared with what checks and the lab report grade; for `verify`."""

from collections import Counter
from collections.abc import Iterable, Iterator

from autograder.grading.declaring.declare import declared_checks
from autograder.model.assignment import Assignment, load_assignment
from autograder.model.check import CheckDeclaration
from autograder.model.errors import AutograderError
from autograder.model.lab_report import REPORT, RubricLine, rubric_of
from autograder.model.requirements import HANDOUT, Requirement, requirements_of
from autograder.model.toml import nearest


def requirement_problems(assignment: Assignment) -> Iterator[str]:
    """Requirements that nothing grades, checks and graded cells without one, missing texts.

    Parts that the course has switched off are included, because the handout describes them.
    """
    try:
        whole = load_assignment(assignment.folder, assignment.private)
        stated = requirements_of(whole)
        checks, lines = declared_checks(whole, hidden=True), rubric_of(whole)
    except AutograderError as error:  # the rest of verify goes on
        yield str(error)
        return
    for check in checks:
        yield from _unexplained(check)
    if not stated:
        yield f"{HANDOUT} states no requirement: begin items of its lists with ids, as **R1.1a**"
        return
    yield from _repeated(f"{HANDOUT}: requirement", (requirement.id for requirement in stated))
    yield from _repeated(f"{REPORT}: cell", (line.id for line in lines))
    named = {check.id: check.requires for check in checks}
    named |= {f"{REPORT}: {line.id}": line.requires for line in lines}
    known = [requirement.id for requirement in stated]
    for name, requires in named.items():
        yield from _unknown(name, requires, known)
    yield from _ungraded(stated, checks, lines)


def _unexplained(check: CheckDeclaration) -> Iterator[str]:
    texts = {"Why:": check.why, "Oracle:": check.oracle}
    for label, text in texts.items():
        if not text:
            yield f"{check.id}: its docstring has no line `{label} ...` below the title"


def _repeated(what: str, ids: Iterable[str]) -> Iterator[str]:
    for name, count in Counter(ids).items():
        if count > 1:
            yield f"{what} {name} is there {count} times"


def _unknown(name: str, requires: tuple[str, ...], known: list[str]) -> Iterator[str]:
    if not requires:
        yield f"{name} names no requirement: add ids of {HANDOUT} to requires= or the tags"
    for wanted in requires:
        if wanted not in known:
            yield f"{name}: {HANDOUT} states no requirement {wanted!r}; {nearest(wanted, known)}"


def _ungraded(
    stated: list[Requirement], checks: Iterable[CheckDeclaration], lines: Iterable[RubricLine]
) -> Iterator[str]:
    graded = {name for check in checks for name in check.requires}
    graded |= {name for line in lines for name in line.requires}
    for requirement in stated:
        place = f"{HANDOUT}, line {requirement.line}"
        if not requirement.text:
            yield f"{place}: requirement {requirement.id} says nothing"
        if requirement.id not in graded:
            yield f"{place}: no check and no graded cell of {REPORT} is about {requirement.id}"
