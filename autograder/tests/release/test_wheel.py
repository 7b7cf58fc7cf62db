"""autograder.release.wheel: reproducible, offline, from sources only."""

import importlib.util
import shutil
import zipfile
from pathlib import Path

import pytest

from autograder.model.errors import ReleaseError
from autograder.release.wheel import build_wheel
from autograder.tests.release.small import REPOSITORY, small_course


def test_the_same_sources_give_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another folder, other file times and another moment change nothing in the wheel."""
    wheels = []
    for name in ("one", "two"):
        root = small_course(tmp_path / name)
        wheels.append(build_wheel(root).read_bytes())
        monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert wheels[0] == wheels[1]


def test_a_wheel_is_built_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second time it is found; a changed source is built again."""
    root = small_course(tmp_path / "course")
    first = build_wheel(root).read_bytes()
    tests = root / "autograder" / "tests" / "test_it.py"
    tests.write_text('"""Tests are not in the wheel."""\n')
    with monkeypatch.context() as patch:
        patch.setattr("autograder.release.wheel._build", lambda root, kept: pytest.fail("built"))
        assert build_wheel(root).read_bytes() == first
    (root / "autograder" / "__init__.py").write_text('"""Changed."""\n')
    assert build_wheel(root).read_bytes() != first


_LEFT_OUT = {"tests", "scaffold_files", "__pycache__"}


def test_the_wheel_holds_the_framework_without_its_tests() -> None:
    """Code, templates and settings are in; tests, solutions and caches are not."""
    names = zipfile.ZipFile(build_wheel(REPOSITORY)).namelist()
    wanted = [
        path.relative_to(REPOSITORY).as_posix()
        for path in (REPOSITORY / "autograder").rglob("*")
        if path.is_file() and not _LEFT_OUT.intersection(path.parts)
    ]
    packed = [name for name in names if ".dist-info/" not in name]
    assert sorted(packed) == sorted(wanted)


def test_without_sources_it_says_so(tmp_path: Path) -> None:
    """In a student zip there is nothing to build a wheel from."""
    with pytest.raises(ReleaseError, match=r"holds no pyproject\.toml: zips are built in"):
        build_wheel(tmp_path)


def test_without_hatchling_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The extra that has it is named."""
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(ReleaseError, match=r"pip install -e .*\[zip\]"):
        build_wheel(small_course(tmp_path / "course"))


def test_a_failed_build_shows_why(tmp_path: Path) -> None:
    """hatchling's own words are in the error, and nothing is kept."""
    root = small_course(tmp_path / "course")
    shutil.rmtree(root / "build", ignore_errors=True)
    (root / "pyproject.toml").write_text("[project]\nname = 1\n")
    with pytest.raises(ReleaseError, match="hatchling could not build the wheel"):
        build_wheel(root)
    assert not list((root / "build" / "wheels").rglob("*"))
