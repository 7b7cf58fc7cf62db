"""quickstart.py where it may not write, where it is stopped, and where it fails unexpectedly."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import ModuleType as Module

import pytest

from autograder.tests.test_quickstart import (
    SOURCE,
    Capture,
    FakeRun,
    Patch,
    checked_out,
    imported,
    unpacked,
)


@pytest.fixture
def quickstart(monkeypatch: Patch) -> Module:
    """The file, imported as a module of its own."""
    return imported(monkeypatch)


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A folder like the course's repository."""
    return checked_out(tmp_path)


@pytest.fixture
def student_zip(tmp_path: Path) -> Path:
    """A folder like an unpacked student zip."""
    return unpacked(tmp_path)


@pytest.mark.parametrize(
    ("problem", "writable", "told"),
    [
        (PermissionError(13, "Permission denied", "a"), True, 'type\n    sudo chown -R "$USER" '),
        (PermissionError(13, "Permission denied", "a"), False, "to a folder of your own"),
        (OSError(30, "Read-only file system", "a"), True, "to a folder of your own"),
        (OSError(28, "No space left on device", "a"), True, "change that, then run this again"),
        (FileNotFoundError(2, "No such file", "a"), True, "change that, then run this again"),
    ],
)
def test_what_the_system_refuses_says_what_to_do(
    quickstart: Module,
    student_zip: Path,
    monkeypatch: Patch,
    capsys: Capture,
    problem: OSError,
    writable: bool,
    told: str,
) -> None:
    """After `sudo`, in a folder of others, on a full disk: one sentence, status 2."""

    def refused(path: Path) -> None:
        raise problem

    monkeypatch.setattr(quickstart, "HERE", student_zip)
    monkeypatch.setattr(quickstart, "WINDOWS", False)
    monkeypatch.setattr(quickstart, "lock", refused)
    monkeypatch.setattr("os.access", lambda path, mode: writable)
    assert quickstart.main([], FakeRun()) == 2
    said = capsys.readouterr().err
    assert said.startswith(f"\nquickstart: a: {problem.strerror}") and told in said


def test_an_unexpected_problem_says_where_the_traceback_is(
    quickstart: Module, student_zip: Path, monkeypatch: Patch, capsys: Capture, tmp_path: Path
) -> None:
    """One sentence and a file for the staff, status 2."""

    def broken(command: list[str], quiet: bool = False) -> int:
        raise ZeroDivisionError("by nothing")

    monkeypatch.setattr(quickstart, "HERE", student_zip)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert quickstart.main([], broken) == 2
    (saved,) = tmp_path.glob("quickstart-*.txt")
    said = capsys.readouterr().err
    assert "ZeroDivisionError: by nothing). Please send the staff" in said and str(saved) in said
    assert "raise ZeroDivisionError" in saved.read_text(encoding="utf-8")


def test_a_folder_that_no_environment_works_in_says_so(quickstart: Module) -> None:
    """Its name would be read as two in the search path."""
    with pytest.raises(quickstart.Stop, match="rename the folder"):
        quickstart.venv_command(Path(f"hw1{os.pathsep}sgd") / ".venv")


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C cannot be sent to one process there")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_signal_ends_what_it_runs(tmp_path: Path, name: str) -> None:
    """Status 130, one line, and no pip goes on alone."""
    folder = tmp_path / "student"
    (folder / "wheels").mkdir(parents=True)
    (folder / "wheels" / "autograder-0.1.0-py3-none-any.whl").touch()
    (folder / "constraints.txt").touch()
    (folder / ".venv" / "bin").mkdir(parents=True)
    program = folder / ".venv" / "bin" / "python"
    program.write_text("#!/bin/sh\necho $$ >started; exec sleep 600\n")
    program.chmod(0o755)
    (folder / ".venv" / "bin" / "activate").write_text(f"{folder}/.venv")
    shutil.copy(SOURCE, folder)
    command = [sys.executable, "quickstart.py"]
    with subprocess.Popen(
        command, cwd=folder, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        while not (folder / "started").exists() or not (folder / "started").read_text().strip():
            time.sleep(0.02)
        pid = int((folder / "started").read_text())
        (os.killpg if name == "SIGINT" else os.kill)(process.pid, signal.Signals[name])
        assert process.stderr and "interrupted; run it again" in process.stderr.read()
    assert process.returncode == 130
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_neither_a_problem_nor_ctrl_c_is_a_traceback(
    quickstart: Module, student_zip: Path, monkeypatch: Patch, capsys: Capture
) -> None:
    """`test` in a student zip ends with 2, an interruption with 130."""
    monkeypatch.setattr(quickstart, "HERE", student_zip)
    assert quickstart.main(["test"], FakeRun()) == 2
    assert "no tests in a student zip" in capsys.readouterr().err

    def interrupted(command: list[str], quiet: bool = False) -> int:
        raise KeyboardInterrupt

    assert quickstart.main([], interrupted) == 130
    assert "run it again to go on" in capsys.readouterr().err


def test_without_ensurepip_there_is_uv_or_a_hint(quickstart: Module, monkeypatch: Patch) -> None:
    """Debian's Python comes without it: uv where there is one, else a line to type."""
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    monkeypatch.setattr("shutil.which", lambda name: "/opt/uv")
    assert quickstart.venv_command(Path("v"))[:3] == ["/opt/uv", "venv", "--seed"]
    monkeypatch.setattr("shutil.which", lambda name: None)
    with pytest.raises(quickstart.Stop, match=r"sudo apt install python3\.\d+-venv"):
        quickstart.venv_command(Path("v"))


def test_torch_out_of_reach_says_what_to_do(quickstart: Module, course: Path) -> None:
    """When neither place has it, the message names PIP_FIND_LINKS, and nothing else is tried."""
    run = FakeRun(lambda command: True)
    with pytest.raises(quickstart.Stop, match="PIP_FIND_LINKS"):
        quickstart.install_torch(quickstart.plan(course, complete=True), run)
    assert len(run.commands) == 2


def test_an_intel_mac_needs_an_older_python(
    quickstart: Module, course: Path, monkeypatch: Patch
) -> None:
    """PyTorch's last build for it is for Python 3.12: said before pip fails obscurely."""
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr("platform.machine", lambda: "x86_64")
    monkeypatch.setattr(sys, "version_info", (3, 13, 0))
    run = FakeRun()
    with pytest.raises(quickstart.Stop, match=r"python3\.12"):
        quickstart.install_torch(quickstart.plan(course, complete=True), run)
    assert run.commands == []


def test_a_zip_without_its_wheel_says_so(quickstart: Module, student_zip: Path) -> None:
    """A half-unpacked zip is named as such."""
    shutil.rmtree(student_zip / "wheels")
    with pytest.raises(quickstart.Stop, match="holds 0 files wheels/autograder"):
        quickstart.plan(student_zip)


def test_a_failed_install_is_tried_again(quickstart: Module, course: Path) -> None:
    """A failure of pip is a message, and leaves no stamp behind."""
    with pytest.raises(quickstart.Stop, match="pip could not install"):
        quickstart.set_up(
            quickstart.plan(course, complete=True), FakeRun(lambda command: "-e" in command)
        )
    again = FakeRun()
    quickstart.set_up(quickstart.plan(course, complete=True), again)
    assert len(again.installs()) == 2
