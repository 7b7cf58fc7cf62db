"""What must agree inside an assignment before anything is graded."""

from collections.abc import Iterator
from pathlib import Path

from autograder.authoring.programs import programs_of
from autograder.grading.declare import declared_checks
from autograder.model.assignment import Assignment
from autograder.release.tables import stale_handout
from autograder.release.template import stale_files


def inconsistencies(assignment: Assignment, root: Path) -> Iterator[str]:
    """Points that do not add up, unknown checks, stale generated files."""
    declared = declared_checks(assignment, hidden=True)
    for part in assignment.parts:
        total = sum(check.points for check in declared if check.part == part.id)
        if abs(total - part.points) > 1e-9:
            yield f"part {part.id} is worth {part.points:g} points, its checks {total:g}"
    known = {check.id for check in declared}
    for program in programs_of(assignment):
        for name in program.caught_by:
            if name not in known:
                yield f"{program.name}: there is no check {name!r}"
    mend = f"run `autograder release {assignment.id}`"
    for name in stale_files(assignment, root):
        yield f"student_templates/{assignment.id}/{name} is stale: {mend}"
    if stale_handout(assignment):
        yield f"the tables of handout.md are stale: {mend}"
