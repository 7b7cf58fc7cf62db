"""The folder for grades: for one run at a time, and only what is its own is ever removed."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

pytest.importorskip("fcntl", reason="a class is graded on Linux")

from autograder.classroom.engine.out_folder import LOCK, opened
from autograder.model.errors import UsageError

_HOLDS = """
import fcntl, sys
lock = open(sys.argv[1], "r+")
fcntl.flock(lock, fcntl.LOCK_EX)
print("locked", flush=True)
sys.stdin.read()
"""


def silent(text: str) -> None:
    """Nothing is expected to be said."""
    raise AssertionError(text)


def test_it_is_private_and_leaves_no_temporary_folder(tmp_path: Path) -> None:
    """The temporary folder can be entered by workers with uids of their own, and not listed."""
    with opened(tmp_path / "new" / "out", silent) as out:
        assert out.path.stat().st_mode & 0o777 == 0o700
        assert out.temporary.stat().st_mode & 0o777 == 0o711
        (out.temporary / "worker-1").mkdir()
    assert not out.temporary.exists()


def test_a_run_that_goes_on_is_not_waited_for(tmp_path: Path) -> None:
    """The error names its process."""
    with opened(tmp_path, silent):
        with pytest.raises(UsageError, match=f"process {os.getpid()} grades into {tmp_path}"):
            with opened(tmp_path, silent):
                pass


def test_gradings_of_a_killed_run_are_waited_for(tmp_path: Path) -> None:
    """They hold the lock; the process that has recorded itself in it is gone. Then all is swept."""
    with opened(tmp_path, silent):
        pass
    with tempfile.TemporaryDirectory() as folder:
        old = Path(folder) / "autograder-class-0123456789abcdef"
        old.mkdir()
        (tmp_path / LOCK).write_text(f"{2**22 + 1}\n{old}\n")
        (tmp_path / ".grades.csv-x").write_text("half a fi")
        said = []
        with subprocess.Popen(
            [sys.executable, "-c", _HOLDS, str(tmp_path / LOCK)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        ) as grading:
            assert grading.stdin and grading.stdout
            grading.stdout.readline()

            def say(text: str) -> None:
                said.append(text)
                assert grading.stdin
                grading.stdin.close()

            with opened(tmp_path, say):
                assert not old.exists()
                assert not (tmp_path / ".grades.csv-x").exists()
        assert said == ["waiting until the last gradings of an interrupted run have ended"]


def test_gradings_that_never_end_are_not_waited_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The error says what to do."""
    monkeypatch.setattr("autograder.classroom.engine.out_folder._PATIENCE_S", 0.0)
    with opened(tmp_path, silent):
        (tmp_path / LOCK).write_text("")
        with pytest.raises(UsageError, match="gradings of an earlier run still use"):
            with opened(tmp_path, silent):
                pass


@pytest.mark.parametrize("name", ["someone's", "autograder-class-x", "link"])
def test_nothing_else_is_removed_whatever_the_lock_names(tmp_path: Path, name: str) -> None:
    """A folder of grades may have been copied, or written by others."""
    other = tmp_path / name
    (tmp_path / "precious").mkdir()
    if name == "link":
        other = tmp_path / "autograder-class-0123456789abcdef"
        other.symlink_to(tmp_path / "precious")
    else:
        other.mkdir()
    with opened(tmp_path / "out", silent):
        pass
    (tmp_path / "out" / LOCK).write_text(f"1\n{other}\n")
    with opened(tmp_path / "out", silent):
        pass
    assert other.exists() and (tmp_path / "precious").exists()


def test_a_folder_with_other_files_is_refused(tmp_path: Path) -> None:
    """Nothing of them is changed; so is a file."""
    kept = tmp_path / "thesis.tex"
    kept.write_text("words")
    with pytest.raises(UsageError, match="holds other files: name a new folder"):
        with opened(tmp_path, silent):
            pass
    with pytest.raises(UsageError, match="is no folder"):
        with opened(kept, silent):
            pass
    assert [*tmp_path.iterdir()] == [kept]
