"""What must agree inside an assignment before anything is graded."""

from collections.abc import Iterator
from pathlib import Path

from autograder.grading.declaring.declare import declared_checks
from autograder.model.assignment import Assignment
from autograder.model.errors import AutograderError
from autograder.release.tables import stale_handout
from autograder.release.template import stale_files


def wrong_sums(assignment: Assignment) -> Iterator[str]:
    """Parts whose points are not those of their checks."""
    declared = declared_checks(assignment, hidden=True)
    for part in assignment.parts:
        total = sum(check.points for check in declared if check.part == part.id)
        if abs(total - part.points) > 1e-9:
            yield f"part {part.id} is worth {part.points:g} points, its checks {total:g}"


def stale(assignment: Assignment, root: Path) -> Iterator[str]:
    """Generated files that are not what they would be now, or cannot be made at all."""
    mend = f"run `autograder release {assignment.id}`"
    try:
        for name in stale_files(assignment, root):
            yield f"student_templates/{assignment.id}/{name} is stale: {mend}"
        if stale_handout(assignment):
            yield f"the tables of handout.md are stale: {mend}"
    except AutograderError as error:  # the reference fails: the gradings tell more
        yield str(error)
