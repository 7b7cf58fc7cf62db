"""Start workers in one of two ways: fork from a prepared process (Linux), or spawn (elsewhere)."""

import sys
from collections.abc import Collection, Sequence

from autograder.model.assignment import Needs
from autograder.model.errors import GraderError
from autograder.sandbox.isolation import Isolation
from autograder.sandbox.worker_process import Launcher


def start_launcher(
    kind: str, libraries: Sequence[str], needs: Needs, off: Collection[str] = ()
) -> Launcher:
    """The launcher for this system; call it before reading anything secret.

    Its workers are isolated by every layer that this system has, but those in `off`.

    `kind` is "fork", "spawn" or "auto". Raises GraderError for another.
    """
    if kind == "auto":
        kind = "fork" if sys.platform == "linux" else "spawn"
    if kind == "fork":
        from autograder.sandbox.fork_launcher import ForkLauncher

        return ForkLauncher(libraries, Isolation(kind, needs, off))
    if kind == "spawn":
        from autograder.sandbox.spawn_launcher import SpawnLauncher

        return SpawnLauncher(libraries, Isolation(kind, needs, off))
    raise GraderError(f"unknown launcher {kind!r}: fork, spawn or auto")
