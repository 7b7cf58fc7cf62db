"""A scaffolded course for each test that asks."""

from pathlib import Path

import pytest

from autograder.tests.authoring.course import copy_of, scaffolded


@pytest.fixture
def course(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A scaffolded course of the test's own."""
    return copy_of(scaffolded(tmp_path_factory), tmp_path / "course")
