"""The resident memory of another process, now and at its highest, measured from outside it.

`watch` compares it with the memory limit; memory budgets read the high-water mark.
"""

import os
import sys
from pathlib import Path

import psutil

_RESET_PEAK = "5"  # see proc(5), /proc/pid/clear_refs


class HighWaterMark:
    """How far the resident memory of `pid` rises above what it is now.

    Linux: the kernel's own mark, set back to what is resident now; no rise is too short for it.
    Windows: its mark cannot be set back, so only a rise above every earlier level is seen.
    Raises Unseen where the system keeps no mark, or does not let us set it back.
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
    """This system does not report the memory of a process."""


def resident_bytes(pid: int) -> int:
    """Resident memory of a process in bytes, shared memory included; 0 when it is gone."""
    try:
        return _resident(pid)
    except (OSError, IndexError, psutil.Error):
        return 0


_SLACK = 4 * 2**20  # the kernel counts resident pages in batches for each processor


def _resident(pid: int) -> int:
    if sys.platform == "linux":
        with open(f"/proc/{pid}/statm") as statm:
            return int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    return int(psutil.Process(pid).memory_info().rss)


def _peak(pid: int) -> int:
    if sys.platform == "linux":
        return _high_water_mark(pid)
    memory = psutil.Process(pid).memory_info()
    if not hasattr(memory, "peak_wset"):
        raise ValueError(f"{sys.platform} keeps none for each process")
    return int(memory.peak_wset)


def _high_water_mark(pid: int) -> int:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    raise ValueError(f"/proc/{pid}/status has no VmHWM")
