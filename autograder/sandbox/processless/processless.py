"""What a worker lacks that is no process of its own; `tape` and `local` make such workers."""

import os
from collections.abc import Mapping
from contextlib import ExitStack

from autograder.machine.stopwatch import ClockReading, Stopwatch
from autograder.sandbox.callables import CallableTable
from autograder.sandbox.import_cost import ImportCost
from autograder.sandbox.remote import RemoteWorker
from autograder.sandbox.watch import Watch


class ProcesslessWorker(RemoteWorker):
    """It uses no time or memory that anything else could see, and cannot be stopped."""

    def __init__(self, module: str, files: Mapping[str, bytes]) -> None:
        """Subclasses say which programs are known, and exchange messages."""
        self._module, self._files = module, dict(files)
        self._callables = CallableTable()
        self.imported = ImportCost(0, 0.0)
        self._held_nonce, self._alive, self.pid = 0, True, os.getpid()
        self._watch, self._belongings = _Unwatched(), ExitStack()
        self.stopwatch = Stopwatch(lambda: ClockReading(0.0, 0.0), exact=True)

    def cpu_s(self) -> float:
        """It uses none."""
        return 0.0

    def other_threads_s(self) -> float:
        """It has none."""
        return 0.0

    def pause(self) -> None:
        """There is nothing to stop."""

    def resume(self) -> None:
        """Nor to continue."""

    def _end(self, patience_s: float = 0.0) -> int | None:
        self._alive = False
        return None


class _Unwatched(Watch):
    """In place of the watch over a worker."""

    def __init__(self) -> None:
        self.call = ""

    def look(self) -> None:
        """There is nothing to see."""

    def text(self) -> str:
        """What it prints is seen elsewhere."""
        return ""
