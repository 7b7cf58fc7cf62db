"""`autograder new --secret`: written once, for its owner only, outside the repository."""

import os
import stat
from pathlib import Path

import pytest

from autograder.authoring.secret import make_secret
from autograder.model.course import Course
from autograder.model.errors import ConfigError, UsageError


def course_with(secret_file: object) -> Course:
    """A course that has its secret."""
    return Course(name="n", term="t", secret_file=str(secret_file))


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
def test_only_its_owner_can_read_it(tmp_path: Path) -> None:
    """The file has mode 600, and a new folder mode 700."""
    path = make_secret(course_with(tmp_path / "kept" / "secret"), tmp_path / "course")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_it_is_long_and_new_each_time(tmp_path: Path) -> None:
    """32 random bytes in hexadecimal digits, which the course accepts as its secret."""
    courses = [course_with(tmp_path / name) for name in ("one", "two")]
    for course in courses:
        make_secret(course, tmp_path / "course")
    one, two = (course.secret() for course in courses)
    assert len(bytes.fromhex(one.decode())) == 32
    assert one != two


def test_it_is_never_replaced(tmp_path: Path) -> None:
    """Another secret would change every hidden input, and every regrade."""
    course = course_with(tmp_path / "secret")
    make_secret(course, tmp_path / "course")
    before = course.secret()
    with pytest.raises(UsageError, match="exists already; with another secret regrades"):
        make_secret(course, tmp_path / "course")
    assert course.secret() == before


@pytest.mark.parametrize("place", ["{root}/secret", "{root}/../course/kept/secret", "secret"])
def test_a_place_in_the_repository_is_refused(tmp_path: Path, place: str) -> None:
    """There it could be committed; a relative place depends on the working directory."""
    root = tmp_path / "course"
    with pytest.raises(ConfigError, match=r"course\.toml must name a place outside"):
        make_secret(course_with(place.format(root=root)), root)
    assert list(tmp_path.iterdir()) == []
