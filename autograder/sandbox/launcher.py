"""The interface of launchers and of their worker processes, and the choice of a launcher.

Linux forks workers from a prepared process (`fork_launcher`); other systems start a new interpreter
for each (`spawn_launcher`). `remote` uses what they start.
"""

import sys
from collections.abc import Callable, Collection, Sequence
from typing import Protocol

from autograder.model.errors import GraderError
from autograder.sandbox.isolation import Isolation
from autograder.sandbox.output import Output
from autograder.wire.channel import Channel


class WorkerProcess(Protocol):
    """A started worker, before its first message."""

    @property
    def pid(self) -> int:
        """Its process id."""

    @property
    def output(self) -> Output:
        """Its stdout and stderr."""

    def open_channel(self, watch: Callable[[], None]) -> Channel:
        """The channel to the worker; `watch` runs while waiting."""

    def processes(self) -> list[int]:
        """The pids of the worker and of everything it has started."""

    def end(self, patience_s: float = 0.0) -> int | None:
        """Kill the worker with everything it started, and wait until all of it is gone.

        A worker that has closed its channel gets `patience_s` to end by itself. Returns its exit
        code then, negative for a signal as in subprocess; None if it had to be killed.
        """


class Launcher(Protocol):
    """Where workers come from."""

    @property
    def kind(self) -> str:
        """`fork` or `spawn`."""

    @property
    def spent_s(self) -> float:
        """CPU seconds of all workers that have ended, with what they started."""

    @property
    def isolation(self) -> Isolation:
        """What keeps its workers apart."""

    def warm(self, count: int) -> None:
        """So many workers will be needed at once."""

    def start_worker(self, uid: int, locks: Sequence[int]) -> WorkerProcess:
        """A fresh worker process with the assignment's libraries imported.

        It will become `uid` (0: it keeps the grader's), and every process of that uid ends with it.
        `locks` are descriptors that hold the lease of the uid.
        """

    def close(self) -> None:
        """End all workers and the launcher itself."""


def start_launcher(kind: str, libraries: Sequence[str], off: Collection[str] = ()) -> Launcher:
    """The launcher for this system; call it before reading anything secret.

    Its workers are isolated by every layer that this system has, except those in `off`.

    `kind` is "fork", "spawn" or "auto". Raises GraderError for another.
    """
    if kind == "auto":
        kind = "fork" if sys.platform == "linux" else "spawn"
    if kind == "fork":
        from autograder.sandbox.fork_launcher import ForkLauncher

        return ForkLauncher(libraries, Isolation(kind, off))
    if kind == "spawn":
        from autograder.sandbox.spawn_launcher import SpawnLauncher

        return SpawnLauncher(libraries, Isolation(kind, off))
    raise GraderError(f"unknown launcher {kind!r}: fork, spawn or auto")
