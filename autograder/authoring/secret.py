"""Make the course secret."""

import os
import secrets
from pathlib import Path

from autograder.model.course import Course
from autograder.model.errors import UsageError


def make_secret(course: Course) -> Path:
    """Write a new secret where course.toml says, readable by its owner only.

    Raises UsageError when there is one: replacing it would change every hidden input.
    """
    path = Path(course.secret_file).expanduser()
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
