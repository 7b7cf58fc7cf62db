"""A scaffolded course, and commands that run in it."""

from functools import partial
from pathlib import Path

import pytest

from autograder.tests.authoring.course import copy_of, empty_course, scaffolded
from autograder.tests.cli.commands import Run, run_here


@pytest.fixture
def course(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A scaffolded course that the test may change."""
    return copy_of(scaffolded(tmp_path_factory), tmp_path / "course")


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A course without any assignment."""
    return empty_course(tmp_path / "bare")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command in this process."""
    return partial(run_here, capsys)


@pytest.fixture
def in_course(course: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The course, made the working directory."""
    monkeypatch.chdir(course)
    return course
