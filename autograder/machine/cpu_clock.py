"""The CPU time of another process, measured from outside it.

Workers' CPU seconds are read by it for outcomes, time budgets and speed-up.
"""

import math
import os
import sys
import time
from collections.abc import Iterable
from contextlib import suppress

import psutil

_FAR_APART_S = 1.0


def cpu_seconds(pid: int) -> float:
    """CPU seconds of all threads of `pid` so far; 0.0 when it is gone.

    Linux: the kernel's per-process clock, in nanoseconds at about 1 us a read. Its id is made
    from the pid as in clock_getcpuclockid(3).
    """
    try:
        if sys.platform == "linux":
            return time.clock_gettime((~pid << 3) | 2)
        times = psutil.Process(pid).cpu_times()
        return float(times.user + times.system)
    except (OSError, psutil.Error):
        return 0.0


def other_threads_seconds(pid: int) -> float:
    """CPU seconds of all threads of `pid` but its first, also of ended ones; 0.0 where unknown."""
    try:
        if sys.platform == "linux":
            with open(f"/proc/{pid}/task/{pid}/schedstat") as file:
                own_ns = int(file.read().split()[0])
            # a kernel without these statistics writes zeros
            return max(0.0, cpu_seconds(pid) - own_ns / 1e9) if own_ns else 0.0
    except (OSError, ValueError, IndexError):
        pass
    return 0.0


def ended_children_seconds() -> float:
    """CPU seconds of the children of this process that have ended, with theirs; 0.0 on Windows."""
    ended = os.times()
    return ended.children_user + ended.children_system


def family_seconds(pid: int) -> float:
    """CPU seconds of `pid`, of its ended children and of its living descendants."""
    try:
        process = psutil.Process(pid)
        return sum(map(_with_ended_children, [process, *process.children(recursive=True)]))
    except psutil.Error:
        return 0.0


class ChildrenClock:
    """CPU seconds of a process's children, as far as the grader looks while they run.

    Finding children takes milliseconds, so it does not look at the start and end of short calls.
    What they use between two looks that are far apart is left out.
    """

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._looked, self._start = -math.inf, 0.0
        self.seconds = 0.0

    def look(self, family: Iterable[int]) -> None:
        """At the process and its descendants."""
        now = time.monotonic()
        with suppress(psutil.Error):
            all_s = sum(_with_ended_children(psutil.Process(pid)) for pid in family)
            children_s = all_s - cpu_seconds(self._pid)
            if now - self._looked > _FAR_APART_S:
                self._start = children_s - self.seconds
            self.seconds = max(self.seconds, children_s - self._start)
            self._looked = now


def _with_ended_children(process: psutil.Process) -> float:
    try:
        times = process.cpu_times()
    except psutil.Error:
        return 0.0
    return float(times.user + times.system + times.children_user + times.children_system)
