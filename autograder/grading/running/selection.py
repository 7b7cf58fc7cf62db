"""Which checks a grading runs. Light to import: `check --watch` asks before it begins."""

from autograder.grading.context.request import GradingRequest
from autograder.grading.declaring.declare import with_needs
from autograder.model.check import CheckDeclaration
from autograder.model.errors import UsageError
from autograder.model.toml import nearest


def select(request: GradingRequest, declared: tuple[CheckDeclaration, ...]) -> set[str]:
    """The ids of the checks to run. Raises UsageError for an unknown part or check."""
    by_id = {declaration.id for declaration in declared}
    parts = {declaration.part for declaration in declared}
    for name in request.checks:
        if name not in by_id:
            raise UsageError(f"there is no check {name!r}; {nearest(name, sorted(by_id))}")
    chosen = set(request.checks)
    for part in request.parts:
        inside = {d.id for d in declared if d.part == part or d.part.startswith(f"{part}.")}
        if not inside:
            raise UsageError(f"there is no part {part!r}; {nearest(part, sorted(parts))}")
        chosen |= inside
    if not chosen:
        return by_id
    return chosen if request.modes.alone else with_needs(chosen, declared)
