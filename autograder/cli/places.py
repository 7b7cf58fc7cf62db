"""Where a command finds the course, an assignment and its secret."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from autograder.model.assignment import Assignment


def course_root(hint: Path | None = None) -> Path:
    """The course folder at or above the working directory, else at or above `hint`."""
    from autograder.model.course import find_root
    from autograder.model.errors import UsageError

    try:
        return find_root(Path.cwd())
    except UsageError as error:
        try:
            return find_root(hint or Path.cwd())
        except UsageError:
            raise error from None  # about the folder that the reader knows to be in


def course_checkout() -> Path:
    """The course's own folder: with course.toml, although there may be no assignment yet."""
    from autograder.model.course import COURSE_FILE
    from autograder.model.errors import UsageError

    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / COURSE_FILE).is_file():
            return folder
    raise UsageError(f"no {COURSE_FILE} at or above {here}: change into the course's checkout")


def staff_assignments(root: Path, name: str | None, everything: bool) -> "list[Assignment]":
    """One assignment or all of them, with their references.

    Raises UsageError when neither is asked for, or both, or a reference is not here.
    """
    from autograder.model.course import all_assignments
    from autograder.model.errors import UsageError

    if (name is None) != everything:
        raise UsageError("name one assignment, or say --all")
    names = [name] if name is not None else [a.id for a in all_assignments(root)]
    return [staff_assignment(root, each) for each in names]


def staff_assignment(root: Path, name: str) -> "Assignment":
    """An assignment together with its reference. Raises UsageError where there is none."""
    from autograder.model.course import find_assignment
    from autograder.model.errors import UsageError

    assignment = find_assignment(root, name)
    if assignment.private is None:
        raise UsageError(f"reference/{name} is not here: this needs the course's own checkout")
    return assignment
