"""`course.toml`: the policy of the course, and where its secret is kept."""

from pathlib import Path

import msgspec

from autograder.model.assignment import Strict
from autograder.model.errors import ConfigError
from autograder.model.toml import read_toml

COURSE_FILE = "course.toml"


class Weights(Strict, frozen=True, kw_only=True):
    """What share of the course grade the assignments make up, per course number."""

    assignments: float


class LatePolicy(Strict, frozen=True, kw_only=True):
    """Late submissions: free within the grace, then a share of the points."""

    grace_hours: float = 48.0
    late_credit: float = 0.5  # share of the points kept after the grace
    closes_after_hours: float = 168.0
    regrade_days: float = 7.0


class Required(Strict, frozen=True, kw_only=True):
    """Isolation without which staff want to be warned."""

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
    # assignment -> parts not given this term
    parts_off: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)

    def secret_path(self) -> Path:
        """Where the course secret is, from which hidden inputs are drawn; it is not read.

        Raises ConfigError when the file is missing or too short, saying how to make it.
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
