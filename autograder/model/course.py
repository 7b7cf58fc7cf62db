"""The folder of the course: `course.toml` with its policy, and the assignments in `assignments/`.

Every command finds its assignment here. There is no list of assignments to extend.
"""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import msgspec

from autograder.model.assignment import Assignment, Strict, load_assignment
from autograder.model.errors import ConfigError, UsageError
from autograder.model.toml import read_toml, require_known

COURSE_FILE = "course.toml"


class Weights(Strict, frozen=True, kw_only=True):
    """The share of the course grade that the assignments have; for the gradebook, not yet read."""

    assignments: float


class LatePolicy(Strict, frozen=True, kw_only=True):
    """Late submissions: free within the grace, then a share of the points.

    Handouts say it; Gradescope and the staff carry it out.
    """

    grace_hours: float = 48.0
    late_credit: float = 0.5  # share of the points kept after the grace
    closes_after_hours: float = 168.0
    regrade_days: float = 7.0


class Required(Strict, frozen=True, kw_only=True):
    """Layers of isolation without which staff are warned."""

    require: tuple[str, ...] = ()  # names of layers, as `autograder doctor` prints them


class Course(Strict, frozen=True, kw_only=True):
    """The whole of course.toml."""

    name: str
    term: str
    secret_file: str  # outside the repository
    group_size: int = 4
    numbers: dict[str, Weights] = msgspec.field(default_factory=dict)
    late: LatePolicy = LatePolicy()
    isolation: Required = Required()
    # whether a hidden check may name a recognised mistake: a clause, never an input or a value
    tell_hidden_mistakes: bool = False
    due: dict[str, datetime] = msgspec.field(default_factory=dict)  # assignment -> when
    # what handouts say, in Markdown, of help from other people and from programs that write code
    collaboration: str = ""
    assistants: str = ""
    # assignment -> parts not given this term
    parts_off: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)

    def secret_path(self) -> Path:
        """The file of the course secret, from which hidden inputs are drawn; it is not read.

        Raises ConfigError when the file is missing or too short; the message says how to make it.
        """
        path = Path(self.secret_file).expanduser()
        if not path.is_file() or path.stat().st_size < 16:
            raise ConfigError(
                f"no course secret (at least 16 bytes) in {self.secret_file}, which course.toml"
                " names: run `autograder new --secret` once, and keep a copy with the course"
            )
        return path

    def secret(self) -> bytes:
        """The course secret. Raises ConfigError as `secret_path` does."""
        return self.secret_path().read_bytes().strip()


def load_course(root: Path) -> Course:
    """Read `root/course.toml`."""
    return read_toml(root / COURSE_FILE, Course)


def course_in(root: Path) -> Course | None:
    """The course, where there is a course.toml: older student zips have none."""
    return load_course(root) if (root / COURSE_FILE).exists() else None


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
    require_known(name, assignment_ids(root), UsageError, f"there is no assignment {name!r}")
    private = root / "reference" / name
    course = course_in(root)
    off = course.parts_off.get(name, ()) if course else ()
    folder = root / "assignments" / name
    return load_assignment(folder, private if private.is_dir() else None, off)


def all_assignments(root: Path) -> Iterator[Assignment]:
    """Every assignment, in the order of the course."""
    found = (find_assignment(root, name) for name in assignment_ids(root))
    return iter(sorted(found, key=lambda assignment: assignment.order))
