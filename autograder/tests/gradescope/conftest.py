"""Fixtures of the rehearsal's tests."""

from pathlib import Path

import pytest


@pytest.fixture
def submission(tmp_path: Path) -> Path:
    """A submission of one file."""
    folder = tmp_path / "submission"
    folder.mkdir()
    (folder / "demo.py").write_text("x = 1\n")
    return folder
