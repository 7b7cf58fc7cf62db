"""Find the course folder and its assignments. There is no list to extend."""

from collections.abc import Iterator
from pathlib import Path

from autograder.model.assignment import Assignment, load_assignment
from autograder.model.course import COURSE_FILE, load_course
from autograder.model.errors import UsageError
from autograder.model.toml import nearest


def find_root(start: Path) -> Path:
    """The nearest folder at or above `start` that has `assignments/*/assignment.toml`.

    Raises UsageError when there is none.
    """
    start = start.resolve()
    for folder in (start, *start.parents):
        if next(folder.glob("assignments/*/assignment.toml"), None):
            return folder
    raise UsageError(
        f"no assignments/ folder at or above {start}: change into the folder you unpacked"
        " from the student zip, or into the course's checkout"
    )


def assignment_ids(root: Path) -> list[str]:
    """The ids of all assignments, alphabetically."""
    return sorted(path.parent.name for path in root.glob("assignments/*/assignment.toml"))


def find_assignment(root: Path, name: str) -> Assignment:
    """The assignment of that id.

    Raises UsageError naming the nearest id.
    """
    known = assignment_ids(root)
    if name not in known:
        raise UsageError(f"there is no assignment {name!r}; {nearest(name, known)}")
    private = root / "reference" / name
    off = load_course(root).parts_off.get(name, ()) if (root / COURSE_FILE).exists() else ()
    folder = root / "assignments" / name
    return load_assignment(folder, private if private.is_dir() else None, off)


def all_assignments(root: Path) -> Iterator[Assignment]:
    """Every assignment, in the order of the course."""
    found = (find_assignment(root, name) for name in assignment_ids(root))
    return iter(sorted(found, key=lambda assignment: assignment.order))
