"""A stopwatch for another process: it counts the time in which the process ran or slept.

It does not count the time in which the process waited for a processor, or for the thread that
watches it: a busy machine must not use up the time of a student's call. Linux knows how long each
thread has waited; on other systems CPU time is counted, and a tenth of the time on the wall, so
that a sleep ends. `sandbox/time_limits.py` uses it.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from autograder.machine.cpu_clock import cpu_seconds
from autograder.machine.run_queue import RunQueue

PATIENCE = 10  # times a limit, on the wall: how long the grader waits for a worker


class ClockReading(NamedTuple):
    """Seconds, by clocks that each have a start of their own."""

    wall_s: float
    cpu_s: float  # of all threads of the process
    waited_s: float = 0.0  # for a processor, by its main thread
    we_were_busy_s: float = 0.0  # the thread that reads: it ran, or waited for a processor


class Elapsed(NamedTuple):
    """Seconds since a stopwatch was started."""

    counted_s: float = 0.0
    wall_s: float = 0.0  # less what it waited for us


class Stopwatch:
    """Started anew for each exchange with a process whose clocks `read` reads."""

    def __init__(
        self,
        read: Callable[[], ClockReading],
        exact: bool,
        ready: Callable[[], bool] = lambda: False,
    ) -> None:
        """`exact`: how long it waited is known; `ready`: it runs, or waits for a processor."""
        self.read, self._exact, self._ready = read, exact, ready
        self.start()

    def start(self) -> None:
        """Count from now."""
        self._first = self._last = self.read()

    def elapsed(self, silent: bool = False) -> Elapsed:
        """CPU time of all threads, or the time in which the main thread did not wait, if more.

        `silent`: the process has said nothing since it was asked last, so it did not wait for us.
        If it is ready then, only CPU time counts: how long this wait was is known afterwards.
        """
        now, last = self.read(), self._last
        if silent:
            self._leave_out(ClockReading(0.0, 0.0, 0.0, now.we_were_busy_s - last.we_were_busy_s))
        self._last = now
        passed = _between(self._first, now)
        wall_s = passed.wall_s - passed.we_were_busy_s
        if not self._exact:
            return Elapsed(max(passed.cpu_s, wall_s / PATIENCE), wall_s)
        not_waiting_s = 0.0 if silent and self._ready() else wall_s - passed.waited_s
        return Elapsed(max(passed.cpu_s, not_waiting_s), wall_s)

    def slept_s(self, since: ClockReading) -> float:
        """Seconds since a reading in which it neither ran nor waited; 0.0 where that is unknown."""
        passed = _between(since, self.read())
        idle_s = passed.wall_s - passed.we_were_busy_s - passed.waited_s - passed.cpu_s
        return max(0.0, idle_s) if self._exact else 0.0

    @contextmanager
    def paused(self) -> Iterator[None]:
        """While the process waits for us; CPU time that it uses meanwhile still counts."""
        before = self.read()
        yield
        self._leave_out(_between(before, self.read())._replace(cpu_s=0.0))

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
            cpu_s, (_, waited_s) = cpu_seconds(pid) + children_s(), self._its.seconds()
            return ClockReading(time.monotonic(), cpu_s, waited_s, sum(self._ours.seconds()))

        kept = self._ours.seconds()[0] > 0  # a kernel without these statistics writes zeros
        super().__init__(read, kept and self._ours.known and self._its.known, self._its.ready)

    def close(self) -> None:
        """Close the files that it reads."""
        self._ours.close()
        self._its.close()
