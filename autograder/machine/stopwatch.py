"""A stopwatch for another process: it counts the time in which the process ran or slept.

It does not count the time in which the process, or the thread that watches it, waited for a
processor: a busy machine must not use up the time of a student's call. Linux knows how long each
thread has waited; on other systems CPU time alone is counted. `sandbox/time_limits.py` uses it.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from autograder.machine.cpu_clock import cpu_seconds
from autograder.machine.run_queue import RunQueue


class ClockReading(NamedTuple):
    """Seconds, by clocks that each have a start of their own."""

    wall_s: float
    cpu_s: float  # of all threads of the process
    waited_s: float = 0.0  # for a processor, by its main thread
    we_waited_s: float = 0.0  # for a processor, by the thread that reads


class Elapsed(NamedTuple):
    """Seconds since a stopwatch was started."""

    counted_s: float = 0.0
    wall_s: float = 0.0


class Stopwatch:
    """Started anew for each exchange with a process whose clocks `read` reads."""

    def __init__(self, read: Callable[[], ClockReading], exact: bool) -> None:
        """`exact`: how long it waited is known."""
        self._read, self.exact = read, exact
        self.start()

    def start(self) -> None:
        """Count from now."""
        self._first = self._last = self._read()

    def elapsed(self, silent: bool = False) -> Elapsed:
        """CPU time of all threads, or the time in which the main thread did not wait, if more.

        `silent`: the process has said nothing since it was asked last, so it did not wait for us.
        """
        now, last = self._read(), self._last
        if silent:
            self._leave_out(ClockReading(0.0, 0.0, 0.0, now.we_waited_s - last.we_waited_s))
        self._last = now
        wall_s, cpu_s, *waited_s = _between(self._first, now)
        return Elapsed(max(cpu_s, wall_s - sum(waited_s)) if self.exact else cpu_s, wall_s)

    @contextmanager
    def paused(self) -> Iterator[None]:
        """While the process waits for us; CPU time that it uses meanwhile still counts."""
        before = self._read()
        yield
        self._leave_out(_between(before, self._read())._replace(cpu_s=0.0))

    def _leave_out(self, passed: ClockReading) -> None:
        """As if it had not been: it was before the start."""
        self._first = ClockReading(*map(sum, zip(self._first, passed, strict=True)))


def _between(first: ClockReading, now: ClockReading) -> ClockReading:
    return ClockReading(*(late - early for early, late in zip(first, now, strict=True)))


class ProcessStopwatch(Stopwatch):
    """The stopwatch of the process `pid`, read in 2 us; `close` it."""

    def __init__(self, pid: int, children_s: Callable[[], float] = lambda: 0.0) -> None:
        """`children_s`: CPU seconds of its children so far, which count as its own do."""
        self._ours, self._its = RunQueue("thread-self"), RunQueue(f"{pid}/task/{pid}")

        def read() -> ClockReading:
            waited = self._its.waited_s(), self._ours.waited_s()
            return ClockReading(time.monotonic(), cpu_seconds(pid) + children_s(), *waited)

        super().__init__(read, self._ours.known and self._its.known)

    def close(self) -> None:
        """Close the files that it reads."""
        self._ours.close()
        self._its.close()
