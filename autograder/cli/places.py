"""Where a command finds the course and its assignments, and whether it can write its files."""

import os
from collections.abc import Callable
from pathlib import Path

from autograder.model.assignment import Assignment
from autograder.model.course import COURSE_FILE, all_assignments, find_assignment, find_root
from autograder.model.errors import UsageError


def course_root(hint: Path | None = None) -> Path:
    """The course folder at or above the working directory, else at or above `hint`."""
    try:
        return find_root(Path.cwd())
    except UsageError as error:
        try:
            return find_root(hint or Path.cwd())
        except UsageError:
            raise error from None  # about the folder that the reader knows to be in


def course_checkout() -> Path:
    """The course's own folder: with course.toml, although there may be no assignment yet."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / COURSE_FILE).is_file():
            return folder
    raise UsageError(f"no {COURSE_FILE} at or above {here}: change into the course's checkout")


def staff_assignments(root: Path, name: str | None, everything: bool) -> list[Assignment]:
    """One assignment or all of them, with their references.

    Raises UsageError when neither is asked for, or both, or a reference is not here.
    """
    if (name is None) != everything:
        raise UsageError("name one assignment, or say --all")
    found = all_assignments(root) if name is None else [find_assignment(root, name)]
    return [with_reference(assignment) for assignment in found]


def staff_assignment(root: Path, name: str) -> Assignment:
    """An assignment together with its reference. Raises UsageError where there is none."""
    return with_reference(find_assignment(root, name))


def with_reference(assignment: Assignment) -> Assignment:
    """The same assignment. Raises UsageError where its reference is not here."""
    if assignment.private is None:
        folder = f"reference/{assignment.id}"
        raise UsageError(f"{folder} is not here: this needs the course's own checkout")
    return assignment


def progress_of(name: str) -> Callable[[str], None]:
    """What prints the steps of a long command at once, each after this name."""
    return lambda text: print(f"{name}: {text}", flush=True)


def require_writable(path: Path | None) -> None:
    """Raises UsageError when the file could not be written; its folder is made."""
    if path is None:
        return
    if path.is_dir():
        raise UsageError(f"{path} cannot be written: it is a folder; name a file")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        raise UsageError(f"{path} cannot be written: {path.parent} is no folder") from None
    if not os.access(path if path.exists() else path.parent, os.W_OK):
        raise UsageError(f"{path} cannot be written: you have no permission to do so")
