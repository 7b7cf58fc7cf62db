"""Every process that a block starts, also those that detach themselves."""

import ctypes
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psutil

_PR_SET_CHILD_SUBREAPER = 36
_PR_GET_CHILD_SUBREAPER = 37
_ROUNDS = 100


class Descendants:
    """Processes below this one that were not there when the block began."""

    def __init__(self) -> None:
        self._before = set(_below())

    def running(self) -> list[psutil.Process]:
        """Those that are alive; a zombie is not."""
        return [p for p in _below() if p not in self._before and _is_alive(p)]

    def kill(self) -> None:
        """Kill all of them, and what they start meanwhile."""
        for _ in range(_ROUNDS):
            found = [p for p in _below() if p not in self._before]
            if not found:
                return
            for process in found:
                _kill(process)
            psutil.wait_procs(found, timeout=0.2)
            time.sleep(0.01)


@contextmanager
def descendants() -> Iterator[Descendants]:
    """Watch over the block, and kill at its end whatever it left running."""
    # As a subreaper this process inherits daemons, which would otherwise hide below init.
    before = _subreaper()
    _set_subreaper(1)
    family = Descendants()
    try:
        yield family
    finally:
        family.kill()
        _set_subreaper(before)


def _below() -> list[psutil.Process]:
    return psutil.Process().children(recursive=True)


def _is_alive(process: psutil.Process) -> bool:
    try:
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def _kill(process: psutil.Process) -> None:
    try:
        process.kill()
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return  # gone already, or another user's: the next round tries again


def _subreaper() -> int:
    if sys.platform != "linux":
        return 0
    flag = ctypes.c_int()
    ctypes.CDLL(None).prctl(_PR_GET_CHILD_SUBREAPER, ctypes.byref(flag), 0, 0, 0)
    return flag.value


def _set_subreaper(value: int) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, value, 0, 0, 0)
