"""Uids for workers: each is leased to one worker while it lives, and used by nothing else.

`isolation` leases them; the launcher kills by uid when a worker ends.
"""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import psutil

from autograder.model.errors import GraderError
from autograder.worker.layers.private_uid import COUNT, FIRST

if sys.platform != "win32":
    import fcntl

_APART = 37  # between the starts of neighbouring containers; no divisor of COUNT
_LOCKS = Path("/run/autograder-uids")


class Lease(NamedTuple):
    """A uid, and the descriptor of the lock file that reserves it."""

    uid: int
    lock: int


class UidPool:
    """The uids of one launcher's workers, each leased to one worker at a time.

    Each has a lock file, held open by the grader and, while the uid's processes live, by the
    launcher: however both end, the lease ends with them.
    """

    def __init__(self) -> None:
        self._free: list[Lease] = []  # ours already, and nothing runs as them

    @contextmanager
    def lease(self) -> Iterator[Lease]:
        """A uid that nothing runs as; nothing may when the context ends without an error.

        Raises GraderError when none is left.
        """
        lease = self._free.pop() if self._free else _first_free()
        try:
            yield lease
        except BaseException:  # perhaps the worker could not be ended
            os.close(lease.lock)
            raise
        self._free.append(lease)

    def close(self) -> None:
        """Others may have the uids."""
        while self._free:
            os.close(self._free.pop().lock)


def _first_free() -> Lease:
    """The first uid of our part of the range, or after it, that is neither leased nor in use."""
    _LOCKS.mkdir(mode=0o700, exist_ok=True)
    start = _namespace() * _APART
    for number in range(start, start + COUNT):
        uid = FIRST + number % COUNT
        lock = os.open(_LOCKS / str(uid), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        if _is_ours(lock) and uid not in uids_in_use():  # asked under the lock: it stays so
            return Lease(uid, lock)
        os.close(lock)
    raise GraderError(f"no free uid from {FIRST} to {FIRST + COUNT - 1}: are workers left behind?")


def _namespace() -> int:
    """A number that differs between containers.

    They see neither the lock files nor the processes of each other, but share the kernel's count
    of processes of a uid, so they should start at different uids.
    """
    try:
        return os.stat("/proc/self/ns/pid").st_ino
    except OSError:
        return 0


def _is_ours(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def is_leasable(uid: int) -> bool:
    """Whether `uid` is one of the autograder's: nothing else is ever killed by uid."""
    return FIRST <= uid < FIRST + COUNT


def uids_in_use() -> set[int]:
    """The real uids of all processes but zombies."""
    found = set()
    for process in psutil.process_iter(["uids", "status"]):
        uids = process.info["uids"]
        if uids is not None and process.info["status"] != psutil.STATUS_ZOMBIE:
            found.add(uids.real)
    return found


def kill_all_of(uid: int) -> None:
    """Kill every process of a leased uid until none is left.

    A child becomes the uid and signals every process that it may: this is atomic, while a list of
    processes would be out of date before it is read.
    """
    if not is_leasable(uid):
        raise GraderError(f"uid {uid} is not one of the autograder's: nothing is killed")
    while uid in uids_in_use():
        child = os.fork()
        if child == 0:
            _kill_as(uid)
        os.waitpid(child, 0)


def _kill_as(uid: int) -> None:
    try:
        os.setgroups([])
        os.setresgid(uid, uid, uid)
        os.setresuid(uid, uid, uid)
        if os.geteuid() == uid and is_leasable(os.geteuid()):
            os.kill(-1, signal.SIGKILL)
    finally:
        os._exit(0)
