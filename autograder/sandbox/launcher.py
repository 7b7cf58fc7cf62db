"""Start workers in one of two ways: fork from a prepared process (Linux), or spawn (elsewhere)."""

import sys
from collections.abc import Sequence

from autograder.model.errors import GraderError
from autograder.sandbox.worker_process import Launcher


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
