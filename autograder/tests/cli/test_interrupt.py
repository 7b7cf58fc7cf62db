"""Ctrl-C and what else ends a command: status 130, one line, no process and no file left."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from autograder.cli import main as main_module
from autograder.machine import signals
from autograder.tests.authoring.course import scaffolded, write
from autograder.tests.cli.commands import TIMEOUT_S, Run, alive, command_line, family

HANGS = "def mean_square(x):\n    while True:\n        pass\n"
BUSY_S = 0.3  # of CPU: a worker that has used as much is in the endless loop


def wait_for(condition: Callable[[], object]) -> None:
    """Wait until the condition holds. Fails after a long time."""
    deadline = time.monotonic() + TIMEOUT_S
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def worker_is_busy(pid: int) -> bool:
    """Whether a process below `pid` computes."""
    busy = 0.0
    for process in family(pid)[1:]:
        try:
            busy = max(busy, process.cpu_times().user)
        except psutil.NoSuchProcess:
            continue
    return busy > BUSY_S


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C cannot be sent to one process there")
@pytest.mark.parametrize("whole_group", [True, False], ids=["terminal", "kill"])
@pytest.mark.parametrize("launcher", ["fork", "spawn"])
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_check_that_hangs_is_ended(
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    launcher: str,
    name: str,
    whole_group: bool,
) -> None:
    """A signal ends it when sent to the group, as terminals do, and to the command alone."""
    write(tmp_path, "mine/tiny.py", HANGS)
    (tmp_path / "scratch").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "scratch"))
    arguments = ("check", "tiny", "--submission", tmp_path / "mine", "--launcher", launcher)
    with subprocess.Popen(
        command_line(*arguments),
        cwd=scaffolded(tmp_path_factory),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        wait_for(lambda: worker_is_busy(process.pid))
        everyone = family(process.pid)
        send = os.killpg if whole_group else os.kill
        send(process.pid, signal.Signals[name])
        _, err = process.communicate(timeout=TIMEOUT_S)
    assert process.returncode == 130
    assert err == "autograder: interrupted\n"
    assert len(everyone) > 1
    assert alive(everyone) == []
    assert list((tmp_path / "scratch").iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGHUP")
def test_what_is_ignored_stays_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    """As `nohup autograder lab` asks for; a second signal does not disturb the cleaning up."""
    handlers = {signal.SIGHUP: signal.SIG_IGN, signal.SIGTERM: signal.SIG_DFL}
    monkeypatch.setattr(signals, "STOPPING", tuple(handlers))
    monkeypatch.setattr(signals, "OTHERS", tuple(handlers))
    monkeypatch.setattr(signal, "getsignal", handlers.get)
    monkeypatch.setattr(signal, "signal", handlers.__setitem__)
    signals.stop_as_ctrl_c_does()
    assert handlers[signal.SIGHUP] is signal.SIG_IGN
    with pytest.raises(KeyboardInterrupt):
        handlers[signal.SIGTERM](signal.SIGTERM, None)  # type: ignore[operator]
    assert handlers[signal.SIGTERM] is signal.SIG_IGN


def test_any_command_can_be_interrupted(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """This includes the time while its arguments are read."""

    def interrupted() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(main_module, "parser", interrupted)
    ended = run("list")
    assert ended == (130, "", "autograder: interrupted\n")
