"""The most memory that another process has had resident, from outside it."""

import sys
from pathlib import Path

import psutil

_RESET_PEAK = "5"  # see proc(5), /proc/pid/clear_refs


class HighWaterMark:
    """How far the resident memory of `pid` rises above what it is now.

    Linux: the kernel's own mark, set back to what is resident now; no rise is too short for it.
    Windows: its mark cannot be set back, so only a rise above all that was before is seen.
    Raises Unseen where the system keeps no mark, or lets us not set it back.
    """

    def __init__(self, pid: int) -> None:
        self._pid = pid
        try:
            if sys.platform == "linux":
                Path(f"/proc/{pid}/clear_refs").write_text(_RESET_PEAK)
            self._level, self._before = _resident(pid), _peak(pid)
        except (OSError, psutil.Error, ValueError) as error:
            raise Unseen(f"no high-water mark of memory: {error}") from None
        if sys.platform == "linux" and self._before > self._level + _SLACK:
            raise Unseen("this kernel does not set back the high-water mark of memory")

    def risen(self) -> int:
        """Bytes; raises Unseen when the process is gone."""
        try:
            peak = _peak(self._pid)
        except (OSError, psutil.Error, ValueError) as error:
            raise Unseen(f"the high-water mark of memory cannot be read: {error}") from None
        return max(0, peak - self._level) if peak > self._before else 0


class Unseen(Exception):
    """This system has nothing to say about the memory of a process."""


_SLACK = 4 * 2**20  # the kernel counts resident pages in batches for each processor


def _resident(pid: int) -> int:
    if sys.platform == "linux":
        return _status(pid, "VmRSS")
    return int(psutil.Process(pid).memory_info().rss)


def _peak(pid: int) -> int:
    if sys.platform == "linux":
        return _status(pid, "VmHWM")
    memory = psutil.Process(pid).memory_info()
    if not hasattr(memory, "peak_wset"):
        raise ValueError(f"{sys.platform} keeps none for each process")
    return int(memory.peak_wset)


def _status(pid: int, field: str) -> int:
    """A field of /proc/pid/status in bytes."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(f"{field}:"):
            return int(line.split()[1]) * 1024
    raise ValueError(f"/proc/{pid}/status has no {field}")
