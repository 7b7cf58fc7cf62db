"""A scaffolded course for each test that asks."""

from pathlib import Path

import pytest

from autograder.tests.authoring.course import copy_of, scaffolded


@pytest.fixture
def course(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A scaffolded course that the test may change."""
    return copy_of(scaffolded(tmp_path_factory), tmp_path / "course")
