"""`autograder new --secret`: make the course secret."""

import os
import secrets
from pathlib import Path

from autograder.model.course import COURSE_FILE, Course
from autograder.model.errors import ConfigError, UsageError


def make_secret(course: Course, root: Path) -> Path:
    """Write a new secret where course.toml says, for its owner only; returns where that is.

    Raises UsageError when there is one: replacing it would change every hidden input.
    Raises ConfigError for a place inside the repository, or a relative one.
    """
    path = Path(course.secret_file).expanduser()
    if not path.is_absolute() or path.resolve().is_relative_to(root.resolve()):
        raise ConfigError(
            f"secret_file in {root / COURSE_FILE} must name a place outside the repository, from"
            f" the root or from ~, not {course.secret_file!r}"
        )
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise UsageError(
            f"{path} exists already; with another secret regrades would not give the same"
        ) from None
    with os.fdopen(fd, "w") as file:
        file.write(secrets.token_hex(32) + "\n")
    return path
