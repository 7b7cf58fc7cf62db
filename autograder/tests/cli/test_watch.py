"""`autograder check --watch`: again after each change, until Ctrl-C."""

import os
import queue
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from autograder.cli import watch as watch_module
from autograder.cli.arguments import parser
from autograder.cli.watch import command, settled, stamps, starter
from autograder.tests.authoring.course import scaffolded, tiny_of, write
from autograder.tests.cli.commands import TIMEOUT_S, alive, command_line, family, run_apart

FIRST = "check_mean_square_of_three_numbers"
RIGHT = "def mean_square(x):\n    return float(x @ x) / len(x)\n"


class Lines:
    """The lines of a process as they come, with a time limit for waiting."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._lines: queue.Queue[str] = queue.Queue()
        assert process.stdout
        reader = threading.Thread(target=self._read, args=(process.stdout,), daemon=True)
        reader.start()

    def _read(self, stream: object) -> None:
        for line in stream:  # type: ignore[attr-defined]  # a text stream
            self._lines.put(line)

    def until(self, start: str) -> list[str]:
        """All lines up to the first that begins with `start`."""
        lines: list[str] = []
        while not lines or not lines[-1].startswith(start):
            lines.append(self._lines.get(timeout=TIMEOUT_S))
        return lines


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C cannot be sent to one process there")
def test_it_checks_again_after_a_change(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The file is wrong, then fixed, then the command is ended with the last check's status."""
    mine = write(tmp_path, "mine/tiny.py", "def mean_square(x):\n    return 7.0\n")
    write(tmp_path, "mine/random.py", "raise SystemExit('hides the standard library')\n")
    arguments = ("check", "tiny", "--submission", mine.parent, "--check", FIRST, "--watch")
    course = scaffolded(tmp_path_factory)
    with subprocess.Popen(
        command_line(*arguments),
        cwd=course,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        lines = Lines(process)
        assert any("Total: 0 of 3" in line for line in lines.until("watching "))
        mine.write_text(RIGHT)
        assert any("Total: 3 of 3" in line for line in lines.until("watching "))
        everyone = family(process.pid)
        os.killpg(process.pid, signal.SIGINT)
        assert process.wait(TIMEOUT_S) == 0
        assert process.stderr and process.stderr.read() == ""
    assert alive(everyone) == []


@pytest.mark.parametrize(
    "wrong", [("tinny",), ("tiny", "--part", "77"), ("tiny", "--check", "check_meen")]
)
def test_what_no_change_can_fix_ends_it(
    tmp_path_factory: pytest.TempPathFactory, wrong: tuple[str, ...]
) -> None:
    """A usage error is printed once, and its status is returned."""
    course = scaffolded(tmp_path_factory)
    ended = run_apart(course, "check", *wrong, "--submission", "reference/tiny", "--wat")
    assert ended.status == 2
    assert ended.err.startswith("autograder: there is no ") and ended.err.count("\n") == 1


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_a_moment_without_a_readable_file_does_not_end_it(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """What cannot be read says so, and the next change is seen; SIGTERM ends it, and its check."""
    mine = write(tmp_path, "mine/tiny.py", RIGHT)
    arguments = ("check", "tiny", "--submission", mine.parent, "--check", FIRST, "--watch")
    with subprocess.Popen(
        command_line(*arguments),
        cwd=scaffolded(tmp_path_factory),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        lines = Lines(process)
        lines.until("watching ")
        mine.rename(tmp_path / "kept.py")
        mine.symlink_to("nowhere")
        assert any("tiny.py cannot be read" in line for line in lines.until("watching "))
        os.replace(tmp_path / "kept.py", mine)
        assert any("Total: 3 of 3" in line for line in lines.until("watching "))
        everyone = family(process.pid)
        process.terminate()
        assert process.wait(TIMEOUT_S) == 0
    assert alive(everyone) == []


def test_the_check_it_runs_is_the_one_that_was_asked_for() -> None:
    """Every option is passed on, except --watch, which would never end."""
    asked = (
        "check tiny --submission mine --part 1 --part 2.1 --check check_a --html a.html"
        " --json a.json --hidden --launcher spawn"
    ).split()
    watching = parser().parse_args([*asked, "--watch"])
    assert vars(parser().parse_args(command(watching))) == {**vars(watching), "watch": False}
    plain = parser().parse_args(["check", "tiny", "--watch"])
    assert vars(parser().parse_args(command(plain))) == {**vars(plain), "watch": False}


def test_hidden_checks_get_a_new_interpreter(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker may not descend from a process that has read them."""
    tiny, started = tiny_of(scaffolded(tmp_path_factory)), list[list[str]]()
    monkeypatch.setattr(subprocess, "Popen", started.append)
    options = parser().parse_args(["check", "tiny", "--hidden", "--watch"])
    starter(options, tiny)(command(options))
    assert started == [[sys.executable, "-I", "-m", "autograder", *command(options)]]


def test_a_file_that_is_still_written_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An editor may write in several steps: the stamps must have stayed the same."""
    path = tmp_path / "one.py"
    found = iter([{path: (1, 0)}, {path: (1, 5)}, {path: (2, 9)}, {path: (2, 9)}])
    monkeypatch.setattr(watch_module, "stamps", lambda submission: next(found))
    assert settled(tmp_path) == {path: (2, 9)}


def test_a_change_is_seen(tmp_path: Path) -> None:
    """Changed, new and removed Python files count. Other files do not."""
    one = write(tmp_path, "one.py", "x = 1\n")
    seen = [stamps(tmp_path)]
    for change in (
        lambda: one.write_text("x = 10\n"),
        lambda: write(tmp_path, "two.py", ""),
        lambda: one.unlink(),
    ):
        change()
        assert stamps(tmp_path) not in seen
        seen.append(stamps(tmp_path))
    write(tmp_path, "notes.txt", "")
    assert stamps(tmp_path) == seen[-1]
    assert list(stamps(tmp_path / "two.py")) == [tmp_path / "two.py"]


def test_a_file_that_is_being_replaced_is_no_error(tmp_path: Path) -> None:
    """Editors remove and rename files. A dangling link stands for a file that was removed."""
    (tmp_path / "gone.py").symlink_to(tmp_path / "nothing.py")
    assert stamps(tmp_path) == {}
