"""`autograder check --watch`: check again whenever a file of the submission changes.

On Linux each check is forked from this process, which has imported everything, and of a course only
what students have; elsewhere, and with hidden checks, it is a new interpreter.
"""

import argparse
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from autograder.model.assignment import Assignment

_POLL_S = 0.04
_SETTLE_S = 0.02  # an editor may write a file in several steps

Stamp = tuple[int, int]  # time of the last change in nanoseconds, size


class Started(Protocol):
    """A check that runs."""

    def wait(self) -> int:
        """Its exit status, once it has ended."""

    def terminate(self) -> None:
        """Ask it to end."""


def watch(options: argparse.Namespace, assignment: Assignment) -> int:
    """Check at every change until Ctrl-C; each check runs in a process of its own.

    Returns the status of the last check that was finished.
    """
    seen: dict[Path, Stamp] | None = None
    status = 0
    with suppress(KeyboardInterrupt):  # the way to end it
        start = starter(options, assignment)
        while True:
            if stamps(options.submission) != seen:
                seen = settled(options.submission)
                status = _finished(start(command(options)))
                print(f"watching {options.submission.resolve()} (Ctrl-C ends)", flush=True)
            time.sleep(_POLL_S)
    return status


def starter(
    options: argparse.Namespace, assignment: Assignment
) -> Callable[[Sequence[str]], Started]:
    """What starts a check with these arguments."""
    if sys.platform != "linux" or options.hidden:  # a worker may not descend from what has read it
        return _in_an_interpreter
    from autograder.grading.running.grading_server import warm_up  # what a single check lacks

    warm_up(assignment.libraries)
    return ForkedCheck


def _in_an_interpreter(arguments: Sequence[str]) -> Started:
    """Isolated, because a student's folder may hold a `random.py`."""
    return subprocess.Popen([sys.executable, "-I", "-m", "autograder", *arguments])


class ForkedCheck:
    """A command in a copy of this process."""

    def __init__(self, arguments: Sequence[str]) -> None:
        sys.stdout.flush()
        self._pid = os.fork()
        if self._pid == 0:
            try:
                from autograder.cli.main import main

                os._exit(main(arguments))
            finally:  # whatever happens: it must not go on to watch
                os._exit(2)

    def wait(self) -> int:
        """Its exit status."""
        return os.waitstatus_to_exitcode(os.waitpid(self._pid, 0)[1])

    def terminate(self) -> None:
        """As Ctrl-C does."""
        os.kill(self._pid, signal.SIGTERM)


def _finished(check: Started) -> int:
    """Its status. Interrupted, it gets the time to end its workers and to remove its files."""
    try:
        return check.wait()
    except KeyboardInterrupt:
        check.terminate()
        check.wait()
        raise


def command(options: argparse.Namespace) -> list[str]:
    """The arguments of the same check once."""
    optional = {"html": options.html, "json": options.json}
    return [
        *("check", options.assignment),
        *(f"--submission={options.submission}", f"--launcher={options.launcher}"),
        *(f"--part={part}" for part in options.part),
        *(f"--check={name}" for name in options.check),
        *(f"--{name}={path}" for name, path in optional.items() if path),
        *(["--hidden"] if options.hidden else []),
        *(["--patient"] if options.patient else []),
    ]


def settled(submission: Path) -> dict[Path, Stamp]:
    """The stamps, once they stay the same."""
    before, now = None, stamps(submission)
    while now != before:
        time.sleep(_SETTLE_S)
        before, now = now, stamps(submission)
    return now


def stamps(submission: Path) -> dict[Path, Stamp]:
    """The Python files of the submission that can be seen, and when each was changed."""
    found = {}
    for path in [submission] if submission.is_file() else submission.glob("*.py"):
        with suppress(OSError):  # an editor may be replacing it just now
            status = path.stat()
            found[path] = (status.st_mtime_ns, status.st_size)
    return found
