"""Start and end workers. Two ways: fork from a prepared process (Linux), or spawn (elsewhere)."""

import sys
from collections.abc import Callable, Sequence
from typing import Protocol

import msgspec

from autograder.model.errors import GraderError
from autograder.sandbox.channel import Channel
from autograder.sandbox.output import Output


class ExitStatus(msgspec.Struct, frozen=True):
    """How a worker ended: by exit code or by signal; (None, None) if we had to end it."""

    code: int | None = None
    signal: int | None = None


class WorkerProcess(Protocol):
    """A started worker, before it has been told what to import."""

    pid: int
    output: Output  # stdout and stderr of the worker

    def open_channel(self, watch: Callable[[], None]) -> Channel:
        """The channel to the worker; `watch` runs while waiting."""

    def end(self, patience_s: float = 0.0) -> ExitStatus:
        """Kill the worker with everything it started, and wait until all of it is gone.

        A worker that has closed its channel gets `patience_s` to end by itself, so that its
        exit status is known.
        """


class Launcher(Protocol):
    """Where workers come from."""

    kind: str

    def start_worker(self) -> WorkerProcess:
        """A fresh worker process with the assignment's libraries imported."""

    def close(self) -> None:
        """End all workers and the launcher itself."""


def start_launcher(kind: str, libraries: Sequence[str]) -> Launcher:
    """The launcher for this system; call it before reading anything secret.

    `kind` is "fork", "spawn" or "auto". Raises GraderError for another.
    """
    if kind == "auto":
        kind = "fork" if sys.platform == "linux" else "spawn"
    if kind == "fork":
        from autograder.sandbox.fork_launcher import ForkLauncher

        return ForkLauncher(libraries)
    if kind == "spawn":
        from autograder.sandbox.spawn_launcher import SpawnLauncher

        return SpawnLauncher(libraries)
    raise GraderError(f"unknown launcher {kind!r}: fork, spawn or auto")
