"""Where a command finds the course, an assignment and its secret."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from autograder.model.assignment import Assignment


def course_root(hint: Path | None = None) -> Path:
    """The course folder at or above the working directory, else at or above `hint`."""
    from autograder.model.errors import UsageError
    from autograder.model.locate import find_root

    try:
        return find_root(Path.cwd())
    except UsageError:
        if hint is None:
            raise
        return find_root(hint)


def assignments_named(root: Path, name: str | None, everything: bool) -> "list[Assignment]":
    """One assignment, or all of them. Raises UsageError when neither is asked for."""
    from autograder.model.errors import UsageError
    from autograder.model.locate import all_assignments, find_assignment

    if everything:
        return list(all_assignments(root))
    if name is None:
        raise UsageError("name an assignment, or say --all")
    return [find_assignment(root, name)]


def staff_assignment(root: Path, name: str) -> "Assignment":
    """An assignment together with its reference. Raises UsageError where there is none."""
    from autograder.model.errors import UsageError
    from autograder.model.locate import find_assignment

    assignment = find_assignment(root, name)
    if assignment.private is None:
        raise UsageError(f"reference/{name} is not here: this needs the course's own checkout")
    return assignment
