"""Kill processes with everything they started; launchers, the lab and the rehearsal use it."""

import os
import signal
import time
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

import psutil


def kill_tree(pid: int) -> None:
    """Kill `pid` and all its descendants, including those in sessions of their own."""
    for process in reversed(_descendants(pid)):
        with suppress(psutil.Error):
            process.kill()
    with suppress(ProcessLookupError, PermissionError):
        os.kill(pid, getattr(signal, "SIGKILL", signal.SIGTERM))


def reap_orphans(keep: Collection[int]) -> None:
    """Kill and reap every child of this process but `keep`, until there is none.

    This process is a subreaper, so daemons that a worker left behind are its children.
    """
    while left := orphans(keep):
        # reap the dead first: there may be thousands, which would slow down every search for a tree
        for pid in [pid for pid in left if not _reaped(pid, os.WNOHANG)]:
            kill_tree(pid)
            _reaped(pid)
        time.sleep(0.001)


def orphans(keep: Collection[int]) -> list[int]:
    """The pids of the children of this process but those in `keep`; dead ones too.

    Linux: from the kernel's own list, which is complete as long as only this process reaps them. A
    kernel without it, and other systems, look at every process instead, which takes milliseconds.
    """
    lists = [task / "children" for task in Path("/proc/self/task").glob("[0-9]*")]
    try:
        pids = [int(pid) for each in lists for pid in each.read_text().split()]
    except OSError:
        lists = []
    if not lists:
        pids = [child.pid for child in psutil.Process().children()]
    return [pid for pid in pids if pid not in keep]


def _reaped(pid: int, options: int = 0) -> bool:
    """Wait for a child; returns whether it is gone."""
    try:
        return os.waitpid(pid, options)[0] == pid
    except ChildProcessError:
        return True


def descendant_pids(pid: int, less: Collection[int] = ()) -> list[int]:
    """The pids of all descendants of `pid`, except those in `less` and their descendants."""
    spared = set(less)
    for other in less:
        spared.update(process.pid for process in _descendants(other))
    return [process.pid for process in _descendants(pid) if process.pid not in spared]


def _descendants(pid: int) -> list[psutil.Process]:
    try:
        return psutil.Process(pid).children(recursive=True)
    except psutil.Error:
        return []
