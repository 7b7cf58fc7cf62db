"""Release an assignment: everything generated from the reference, in its order."""

from pathlib import Path

import msgspec

from autograder.model.assignment import Assignment
from autograder.model.requirements import HANDOUT
from autograder.release.student_zip import zip_template
from autograder.release.tables import write_tables
from autograder.release.template import write_template


class ReleaseResult(msgspec.Struct, frozen=True, kw_only=True):
    """What a release wrote."""

    assignment: str
    changed: tuple[str, ...]  # generated files that were not up to date, to be committed
    zip: Path

    def lines(self) -> list[str]:
        """For the person who released."""
        rows = [f"{name}: written" for name in self.changed]
        rows += [] if rows else [f"{self.assignment}: template and handout were up to date"]
        return [*rows, f"wrote {self.zip}: the zip for students"]


def release_assignment(assignment: Assignment, root: Path, out_dir: Path) -> ReleaseResult:
    """Write the template, the handout's tables and `out_dir/<id>.zip`.

    Raises ReleaseError when something must not be handed out as it is; nothing is zipped then.
    """
    changed = [path.relative_to(root).as_posix() for path in write_template(assignment, root)]
    if write_tables(assignment):
        changed.append(f"assignments/{assignment.id}/{HANDOUT}")
    archive = zip_template(assignment, root, out_dir / f"{assignment.id}.zip")
    return ReleaseResult(assignment=assignment.id, changed=tuple(changed), zip=archive)
