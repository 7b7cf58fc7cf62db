"""`autograder new`: the files it writes pass `verify` as they are."""

import shutil
from pathlib import Path

import pytest

from autograder.authoring import scaffold as scaffold_module
from autograder.authoring.scaffold import scaffold
from autograder.authoring.verify import verify
from autograder.model.errors import ReleaseError, UsageError
from autograder.tests.authoring.course import empty_course, tiny_of, with_sources


def test_a_new_assignment_passes_verify_at_once(course: Path) -> None:
    """`verify` finds nothing wrong in a new assignment, both zips included."""
    with_sources(course)
    said: list[str] = []
    assert (
        verify(tiny_of(course), course, quick=False, jobs=2, say=said.append, published=False) == []
    )
    assert "ok   reference, time 3" in said
    assert "ok   wrong/divided_by_three" in said
    assert "ok   student zip and Gradescope zip" in said
    assert said[-1] == "tiny: 2 must-fail programs, 1 accepted variant, 0 findings"


def test_no_placeholder_stays(course: Path) -> None:
    """The word NAME is replaced in every file and file name."""
    files = [path for path in course.glob("*/tiny/**/*") if path.is_file()]
    assert len(files) > 8
    assert not [path for path in files if "NAME" in path.name or "NAME" in path.read_text()]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("Tiny", "lower-case letters"),
        ("2fast", "a letter first"),
        ("../escape", "lower-case letters"),
        ("", "lower-case letters"),
        ("tiny\n", "lower-case letters"),
        ("lambda", "a word of Python's own"),
        ("random", "random.py would hide the module random"),
        ("numpy", "numpy.py would hide the module numpy"),
    ],
)
def test_a_bad_name_is_refused(tmp_path: Path, name: str, reason: str) -> None:
    """An id is a folder, a file and a module of its own."""
    with pytest.raises(UsageError, match=reason):
        scaffold(tmp_path, name)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("top", ["assignments", "reference", "student_templates"])
def test_a_taken_name_is_refused(tmp_path: Path, top: str) -> None:
    """Nothing that exists is written over."""
    (tmp_path / top / "pruning").mkdir(parents=True)
    with pytest.raises(UsageError, match=f"{top}/pruning exists already"):
        scaffold(tmp_path, "pruning")
    assert [path.name for path in tmp_path.iterdir()] == [top]


def test_nothing_stays_behind_when_it_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was written is removed, so the same command can be tried again."""

    def fail(*_: object) -> None:
        raise ReleaseError("no template today")

    monkeypatch.setattr(scaffold_module, "write_template", fail)
    root = empty_course(tmp_path / "course")
    with pytest.raises(ReleaseError, match="no template today"):
        scaffold(root, "pruning")
    assert not list(root.glob("*/pruning"))


def test_an_install_without_the_files_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A student's installation has no scaffold files, and the error says so."""
    monkeypatch.setattr(scaffold_module, "_FILES", tmp_path / "left out")
    with pytest.raises(UsageError, match="the course's own checkout"):
        scaffold(tmp_path, "pruning")


def test_caches_of_the_scaffold_are_not_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A __pycache__ beside its files is not copied."""
    files = shutil.copytree(
        Path(scaffold_module.__file__).parent / "scaffold_files", tmp_path / "f"
    )
    cached = files / "reference" / "__pycache__" / "oracles.pyc"
    cached.parent.mkdir(exist_ok=True)
    cached.write_bytes(b"\xff\xfe")
    monkeypatch.setattr(scaffold_module, "_FILES", files)
    monkeypatch.setattr(scaffold_module, "write_template", lambda *_: [])
    written = scaffold(empty_course(tmp_path / "course"), "pruning")
    assert written
    assert not [path for path in written if "pyc" in path.suffix]
