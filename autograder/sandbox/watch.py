"""What the grader checks while it waits for a worker: its prints, its memory, its files.

`remote` makes one for each worker; the channel calls `look` again and again.
"""

import time
from collections.abc import Callable
from pathlib import Path

from autograder.machine.cpu_clock import ChildrenClock
from autograder.machine.files import usage
from autograder.machine.resident_memory import resident_bytes
from autograder.model.assignment import Limits
from autograder.model.units import show_bytes
from autograder.sandbox.faults import memory_limit, output_limit, scratch_limit
from autograder.sandbox.output import Output

_KEPT_OUTPUT = 64 * 1024
_MEMORY_EVERY_S = 0.02
_SCRATCH_EVERY_S = 0.1
_FAMILY_EVERY_S = 0.1  # finding its processes takes milliseconds
_APART_EVERY_S = 0.01


class Watch:
    """Collects the output, and raises StudentFault when the worker reaches a limit.

    `family` returns the pids of the worker and its children, where it may have any.
    """

    def __init__(
        self,
        pid: int,
        output: Output,
        limits: Limits,
        scratch: Path,
        family: Callable[[], list[int]] | None = None,
    ) -> None:
        self._pid, self._output, self._limits = pid, output, limits
        self._family = family
        self._scratch, self._next_count = scratch, 0.0
        self._printed = 0
        self._kept = bytearray()
        self._start_bytes = resident_bytes(pid)
        self._next_look = 0.0
        self._children = ChildrenClock(pid)
        self.call = "the import"  # what the worker is doing, for messages

    def look(self) -> None:
        """Drain the output and check the limits."""
        self.drain()
        if self._printed > self._limits.output_bytes:
            raise output_limit(self.call, self._limits.output)
        now = time.monotonic()
        if now >= self._next_look:
            self._next_look = now + (_FAMILY_EVERY_S if self._family else _MEMORY_EVERY_S)
            grown = self._grown_bytes(self._family_now())
            if grown > self._limits.memory_bytes:
                raise memory_limit(self.call, show_bytes(grown), self._limits.memory)
        if now >= self._next_count:
            self._next_count = now + _SCRATCH_EVERY_S
            limits, written = self._limits, usage(self._scratch, self._limits.scratch_files)
            if written.bytes > limits.scratch_bytes or written.entries > limits.scratch_files:
                raise scratch_limit(self.call, limits.scratch, limits.scratch_files)

    def children_s(self) -> float:
        """CPU seconds of its children, from the looks while the grader waits."""
        return self._children.seconds

    def _family_now(self) -> list[int]:
        if self._family is None:
            return [self._pid]
        pids = self._family()
        self._children.look(pids)
        return pids

    def _grown_bytes(self, family: list[int]) -> int:
        """Of all processes together, each above what a worker has at its start.

        What children share with their parent counts for each of them: only privileged processes
        can read how much that is, and the limit must be the same for every user.
        """
        return sum(max(0, resident_bytes(pid) - self._start_bytes) for pid in family)

    def drain(self) -> None:
        """Take what has been printed; keep its beginning."""
        for _ in range(64):  # a worker that prints without end must not keep the grader here
            chunk = self._output.read()
            if not chunk:
                return
            self._printed += len(chunk)
            self._kept += chunk[: max(0, _KEPT_OUTPUT - len(self._kept))]

    def apart(self, waiting: Callable[[], bool]) -> bytes:
        """What is printed while it is `waiting`, kept out of `text`."""
        kept, self._kept = self._kept, bytearray()
        while waiting():
            time.sleep(_APART_EVERY_S)
        self.drain()
        printed, self._kept = bytes(self._kept), kept
        return printed

    def text(self) -> str:
        """What was printed so far, cut to its first 64 KiB."""
        self.drain()
        return self._kept.decode("utf-8", "replace")
