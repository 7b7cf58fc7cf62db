"""Workers start clean and end with everything they started, with every launcher."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.model.errors import GraderError
from autograder.sandbox.isolation import Isolation
from autograder.sandbox.launcher import Launcher, start_launcher
from autograder.sandbox.spawn_launcher import SpawnLauncher
from autograder.sandbox.time_limits import TimeLimit
from autograder.tests.sandbox.launchers import (
    ForkLauncherElsewhere,
    call,
    none_survive,
    worker,
)

LEAVES_BEHIND = {
    "child": "subprocess.Popen(loop)",
    "own session": "subprocess.Popen(loop, start_new_session=True)",
    "deaf child": "subprocess.Popen([*loop[:-2], deaf, loop[-1]])",
    "non-daemon thread": "threading.Thread(target=time.sleep, args=(99,)).start()",
    "deaf worker": "signal.signal(signal.SIGTERM, signal.SIG_IGN)",
}
# double fork and a session of its own: its parent is gone
DAEMON = "os.fork() or (os.setsid(), os.fork() or os.execv(loop[0], loop))"
_LOOP = """
import os, signal, subprocess, sys, threading, time
deaf = "import signal, time; signal.signal(15, signal.SIG_IGN); time.sleep(99)"
loop = [sys.executable, "-c", "import time; time.sleep(99)", {marker!r}]
def f():
    {statement}
    time.sleep(0.1)
"""


def leaves_nothing(launcher: Launcher, marker: str, statement: str) -> bool:
    """Run the statement in a worker, end the worker, and look for what is left of it."""
    with worker(launcher, _LOOP.format(marker=marker, statement=statement)) as remote:
        call(remote, "f", limit=TimeLimit(3))
        pid, folder = remote.pid, str(remote._folder)
    return none_survive(marker) and none_survive(folder) and not os.path.exists(f"/proc/{pid}")


@pytest.mark.parametrize("kind", LEAVES_BEHIND)
def test_nothing_survives_a_worker(fork: Launcher, tmp_path: Path, kind: str) -> None:
    """Children, sessions, threads and ignored signals all end with their worker."""
    assert leaves_nothing(fork, str(tmp_path), LEAVES_BEHIND[kind])


def test_nothing_survives_a_spawned_worker(launcher: Launcher, tmp_path: Path) -> None:
    """The same all at once, with every launcher."""
    assert leaves_nothing(launcher, str(tmp_path), "; ".join(LEAVES_BEHIND.values()))


def test_daemons_do_not_survive_the_fork_launcher(fork: Launcher, tmp_path: Path) -> None:
    """A double fork into a new session is reaped as well: the launcher adopts orphans."""
    assert leaves_nothing(fork, str(tmp_path), DAEMON)


def test_ending_one_worker_leaves_the_others_alone(launcher: Launcher) -> None:
    """A worker and the yardstick's worker live side by side."""
    source = "def f(x):\n    return x\n"
    with worker(launcher, source) as first:
        with worker(launcher, source) as second:
            assert call(second, "f", 2) == 2
        assert call(first, "f", 1) == 1


_ENVIRONMENT = """
import os
def f():
    files = []
    for name in os.listdir("/proc/self/fd"):
        try:
            files.append(os.readlink(f"/proc/self/fd/{name}"))
        except OSError:
            pass
    return dict(os.environ), len(os.listdir("/proc/self/task")), files, os.getcwd()
"""


def test_a_worker_starts_clean(launcher: Launcher) -> None:
    """It has no secret in its environment, five descriptors, one thread and a folder of its own."""
    with worker(launcher, _ENVIRONMENT) as remote:
        environment, threads, files, folder = call(remote, "f")
        assert folder == str(remote._folder)
    assert not {"COURSE_SECRET", "HOME", "PYTHONPATH"} & set(environment)
    assert environment["OMP_NUM_THREADS"] == "1"
    assert threads == 1
    opened = [name for name in files if not re.match(r"pipe:|/dev/null|/proc/", name)]
    assert opened == []


def test_a_spare_is_warm_before_it_is_asked_for() -> None:
    """The spawn launcher always has one interpreter more than it has given away."""
    launcher = SpawnLauncher(["json"], Isolation("spawn"))
    try:
        spare = launcher._spares[0].pid
        with worker(launcher, "import sys\ndef f():\n    return 'json' in sys.modules\n") as remote:
            assert remote.pid == spare
            assert call(remote, "f") is True
            assert launcher._spares[0].pid != spare
    finally:
        launcher.close()
    assert all(process.poll() is not None for process in launcher._started)


def test_spares_warm_up_side_by_side() -> None:
    """As many as are needed at once: the ranks of a cluster do not wait for one after the other."""
    launcher = SpawnLauncher(["json"], Isolation("spawn"))
    try:
        launcher.warm(3)
        spares = [spare.pid for spare in launcher._spares]
        assert len(spares) == 3
        found = []
        for _ in range(3):
            with worker(launcher, "def f():\n    return 1\n") as remote:
                assert call(remote, "f") == 1
                found.append(remote.pid)
        assert found == spares
        assert len(launcher._spares) == 1
    finally:
        launcher.close()
    assert all(process.poll() is not None for process in launcher._started)


def test_a_slow_library_does_not_use_up_the_submissions_time() -> None:
    """The deadline of the import starts when the libraries are there (a cold torch takes 15 s)."""
    launcher = SpawnLauncher(["autograder.tests.sandbox.slow_library"], Isolation("spawn"))
    try:
        with worker(launcher, "def f():\n    return 1\n") as remote:
            assert call(remote, "f") == 1
    finally:
        launcher.close()


def test_a_library_that_is_missing_is_ours() -> None:
    """A spare that cannot import its libraries is a GraderError that names them."""
    launcher = SpawnLauncher(["no_such_library"], Isolation("spawn"))
    try:
        with pytest.raises(GraderError, match="no_such_library"):
            worker(launcher, "").__enter__()
    finally:
        launcher.close()


def test_a_dead_launcher_is_a_grader_error() -> None:
    """Starting and ending a worker report that the launcher has died, and no worker is left."""
    launcher = ForkLauncherElsewhere()
    with worker(launcher, "def f():\n    while True:\n        pass\n") as remote:
        launcher.process.kill()
        launcher.process.wait()
        with pytest.raises(GraderError, match="the launcher of workers has died"):
            launcher.start_worker(0, ())
        with pytest.raises(GraderError, match="the launcher of workers has died"):
            call(remote, "f", limit=TimeLimit(0.2))
        assert none_survive(str(remote._folder))
    launcher.close()


def test_a_process_with_threads_refuses_to_fork() -> None:
    """Forking with threads may deadlock the worker, so it is refused with the likely cause."""
    script = (
        "import threading, time\n"
        "threading.Thread(target=time.sleep, args=(9,), daemon=True).start()\n"
        "from autograder.sandbox.fork_launcher import ForkLauncher; ForkLauncher([], None)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert "this process has 2 threads, so it cannot fork workers" in done.stderr


def test_an_unknown_launcher_is_refused() -> None:
    """Only fork, spawn and auto exist."""
    with pytest.raises(GraderError, match="unknown launcher 'thread'"):
        start_launcher("thread", [])


_BURN = """
import time
def burn(seconds):
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not count ended processes")
def test_launchers_count_the_cpu_time_of_ended_workers(launcher: Launcher) -> None:
    """All of it, the end of each included: a reader of a report sees what a grading took."""
    before = launcher.spent_s
    for _ in range(2):
        with worker(launcher, _BURN) as remote:
            call(remote, "burn", 0.2)
    assert launcher.spent_s - before >= 0.4
