"""Uids that nobody else uses: one for each worker, leased while it lives."""

import os
import sys
from pathlib import Path

import msgspec
import psutil

from autograder.model.errors import GraderError
from autograder.worker.layers.private_uid import COUNT, FIRST

if sys.platform != "win32":
    import fcntl

_APART = 37  # between the starts of neighbouring containers; no divisor of COUNT
_LOCKS = Path("/run/autograder-uids")


class Lease(msgspec.Struct, frozen=True):
    """A uid, and the open lock file that keeps others from it."""

    uid: int
    lock: int


def lease() -> Lease:
    """The first uid of our part of the range, or after it, that is neither leased nor in use.

    A lock file each, held open by the grader and, while the uid's processes live, by the launcher:
    however both end, the lease ends with them. Raises GraderError when there is none left.
    """
    _LOCKS.mkdir(mode=0o700, exist_ok=True)
    start = _namespace() * _APART
    for number in range(start, start + COUNT):
        uid = FIRST + number % COUNT
        lock = os.open(_LOCKS / str(uid), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        if _is_ours(lock) and uid not in uids_in_use():  # looked at under the lock: it stays so
            return Lease(uid, lock)
        os.close(lock)
    raise GraderError(f"no free uid from {FIRST} to {FIRST + COUNT - 1}: are workers left behind?")


def _namespace() -> int:
    """A number of this container's. Lock files of others are not seen here, nor their processes,
    but all share the kernel's count of processes of a uid: so they had better share no uid."""
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


def give_back(leased: Lease) -> None:
    """The grader's end of a lease: it is over when the launcher has ended its own."""
    os.close(leased.lock)


def is_leasable(uid: int) -> bool:
    """Whether `uid` is one of ours: nothing else is ever killed by uid."""
    return FIRST <= uid < FIRST + COUNT


def uids_in_use() -> set[int]:
    """The real uids of all processes, less the dead ones that wait to be reaped."""
    found = set()
    for process in psutil.process_iter(["uids", "status"]):
        uids = process.info["uids"]
        if uids is not None and process.info["status"] != psutil.STATUS_ZOMBIE:
            found.add(uids.real)
    return found


def kill_all_of(uid: int) -> None:
    """Kill every process of a leased uid until none is left.

    A child takes on the uid and signals all it may signal: atomic, where a list of processes
    would be out of date before it is read.
    """
    if not is_leasable(uid):
        raise GraderError(f"uid {uid} is not one of the autograder's: nothing is killed")
    while uid in uids_in_use():
        child = os.fork()
        if child == 0:
            _kill_as(uid)
        os.waitpid(child, 0)


def _kill_as(uid: int) -> None:
    import signal

    try:
        os.setgroups([])
        os.setresgid(uid, uid, uid)
        os.setresuid(uid, uid, uid)
        if os.geteuid() == uid and is_leasable(os.geteuid()):
            os.kill(-1, signal.SIGKILL)
    finally:
        os._exit(0)
