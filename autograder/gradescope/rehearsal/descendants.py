"""Every process that a block starts, also those that detach themselves.

Called by image.py around setup.sh, and by simulate.py around run_autograder.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psutil

from autograder.machine import libc
from autograder.machine.process_tree import reap_orphans


@contextmanager
def descendants() -> Iterator[Callable[[], list[psutil.Process]]]:
    """Kill at the end of the block what it left running; the function lists it until then."""
    before = set(_below())
    _adopt_daemons(True)
    try:
        yield lambda: [p for p in _below() if p not in before and _is_alive(p)]
    finally:
        reap_orphans(keep={process.pid for process in before})
        _adopt_daemons(False)


def _below() -> list[psutil.Process]:
    return psutil.Process().children(recursive=True)


def _is_alive(process: psutil.Process) -> bool:
    try:
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def _adopt_daemons(wanted: bool) -> None:
    """A subreaper is the parent of daemons below it, so that they are found; without it init is."""
    if sys.platform == "linux":
        libc.prctl(libc.PR_SET_CHILD_SUBREAPER, int(wanted))
