"""A grading whose workers run in its own process: for `check --debug`.

`running/run.py` makes it. Nothing is timed in it, and the memory of the process says nothing.
"""

from pathlib import Path
from typing import Any

from autograder.grading.context.grading_context import GradingContext
from autograder.machine.resident_memory import HighWaterMark, Unseen
from autograder.sandbox.processless.local import LocalWorker
from autograder.sandbox.remote import RemoteWorker
from autograder.worker.serve import take_originals


class DebuggingContext(GradingContext):
    """Its workers are local."""

    def __init__(self, *parts: Any) -> None:
        super().__init__(*parts)
        self.memory_is_seen = True  # the self-test is of processes
        self._originals, self._home = take_originals(), Path.cwd()

    def new_worker(self, allowed: tuple[str, ...] = ()) -> RemoteWorker:
        """A local one, which may do everything."""
        return LocalWorker(self.submission, self.programs, self._originals, self._home)

    def high_water_mark(self, worker: RemoteWorker) -> HighWaterMark:
        """There is none: the memory is also the grader's."""
        raise Unseen("a call that is debugged has no process of its own")
