"""Launchers inside the test process, and workers from them.

The test process has threads (pytest-xdist's), so it must not fork: the fork launcher's own process
is therefore started as a new interpreter. All else is the launcher as it is.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil

from autograder.model.assignment import Limits
from autograder.sandbox.fork_launcher import ForkLauncher
from autograder.sandbox.isolation import Isolation
from autograder.sandbox.launcher import Launcher
from autograder.sandbox.remote import RemoteWorker
from autograder.sandbox.spawn_launcher import SpawnLauncher
from autograder.sandbox.time_limits import TimeLimit
from autograder.submission.intake import Submission

PATIENCE_S = 60.0  # until what must happen has happened, also on a busy machine
QUICK = Limits(import_s=3, call_s=1, memory="200 MB", output="1 MB")
ALLOWED = ("processes",)  # what submissions leave running must be killed, so let them
_LAUNCH = """
import socket, sys, numpy
from autograder.sandbox.fork_launcher import _launch
from autograder.worker.serve import take_originals
_launch(socket.socket(fileno=int(sys.argv[1])), ["numpy"], take_originals())
"""


class ForkLauncherElsewhere(ForkLauncher):
    """A fork launcher whose process is not forked from this one."""

    def __init__(self) -> None:
        self.isolation = Isolation("fork")
        self.workers = set()
        self._socket, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        command = [sys.executable, "-c", _LAUNCH, str(theirs.fileno())]
        self.process = subprocess.Popen(command, pass_fds=[theirs.fileno()])
        self.pid = self.process.pid
        theirs.close()

    def close(self) -> None:
        """End it, and read its status so that it is reaped."""
        self._socket.close()
        self.process.wait()


LAUNCHERS: dict[str, Callable[[], Launcher]] = {
    "fork": ForkLauncherElsewhere,
    "spawn": lambda: SpawnLauncher(["numpy"], Isolation("spawn")),
    "spawn without polling": lambda: SpawnLauncher(["numpy"], Isolation("spawn"), polling=False),
}


class Launchers:
    """The launchers of one test session."""

    def __init__(self) -> None:
        self._started: dict[str, Launcher] = {}

    def __getitem__(self, name: str) -> Launcher:
        if name not in self._started:
            self._started[name] = LAUNCHERS[name]()
        return self._started[name]

    def close(self) -> None:
        """End those that were started."""
        for launcher in self._started.values():
            launcher.close()


@contextmanager
def worker(
    launcher: Launcher,
    source: str | bytes,
    limits: Limits = QUICK,
    programs: Path | None = None,
    bytecode: dict[str, bytes] | None = None,
) -> Iterator[RemoteWorker]:
    """A worker with this text as the submission `work.py`."""
    data = source.encode() if isinstance(source, str) else source
    submission = Submission(module="work.py", files={"work.py": data})
    remote = RemoteWorker(
        launcher, submission, limits, programs, allowed=ALLOWED, bytecode=bytecode
    )
    try:
        yield remote
    finally:
        remote.close()


def call(remote: RemoteWorker, name: str, *arguments: Any, **options: Any) -> Any:
    """The value of a call with a limit of ten seconds, unless another is given."""
    keywords = options.pop("keywords", {})
    options.setdefault("limit", TimeLimit(10))
    value, _ = remote.call(name, arguments, keywords, **options)
    return value


def survivors(marker: str) -> list[psutil.Process]:
    """Processes other than this one with `marker` in their command line or working directory."""
    found = []
    for process in psutil.process_iter():
        try:
            texts = [*process.cmdline(), process.cwd()]
        except psutil.Error:
            continue
        if process.pid != os.getpid() and any(marker in text for text in texts):
            found.append(process)
    return found


def none_survive(marker: str, within_s: float = PATIENCE_S) -> bool:
    """Whether all processes with `marker` are gone soon; the remaining ones are ended."""
    deadline = time.monotonic() + within_s
    while (left := survivors(marker)) and time.monotonic() < deadline:
        time.sleep(0.02)
    for process in left:
        os.kill(process.pid, signal.SIGKILL)
    return not left
