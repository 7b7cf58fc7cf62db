"""The folder that a class is graded into: locked while a run uses it, and swept before the next.

The lock is held by the driver and, through descriptors that they inherit, by its gradings: who has
it knows that no grading of an earlier run is left, and can remove what those have left behind.
"""

import os
import re
import secrets
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

import psutil

from autograder.machine.files import remove_folder
from autograder.model.errors import UsageError

if sys.platform != "win32":
    import fcntl

LOCK, LEDGER, COPIES = "lock", "ledger.sqlite", "copies"
_PREFIX = "autograder-class-"
_TEMPORARY = re.compile(_PREFIX + "[0-9a-f]{16}")
_PATIENCE_S = 60.0  # for gradings of a run that was killed
_LOOK_EVERY_S = 0.1


class OutFolder(NamedTuple):
    """The folder, while this run has it to itself."""

    path: Path
    temporary: Path  # of this run: workers have their folders in it
    lock: int  # the descriptor that holds the lock


@contextmanager
def opened(path: Path, say: Callable[[str], None]) -> Iterator[OutFolder]:
    """Make the folder, or take it over from a run that has ended; private to its owner.

    Raises UsageError when another run uses it, or when it holds something else.
    """
    _make(path)
    lock = os.open(path / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        _take(lock, path, say)
        _sweep(_recorded(lock).temporary)
        remove_unfinished(path)
        # workers have uids of their own and must come through, so it cannot lie in `path`
        temporary = Path(tempfile.gettempdir()).resolve() / f"{_PREFIX}{secrets.token_hex(8)}"
        _record(lock, _Holder(os.getpid(), temporary))  # first: a kill may come at any moment
        temporary.mkdir(mode=0o711)
        temporary.chmod(0o711)  # whatever the umask: enter, but not list
        try:
            yield OutFolder(path, temporary, lock)
        finally:
            _sweep(temporary)
    finally:
        os.close(lock)


def remove_unfinished(folder: Path) -> None:
    """Remove what a killed run was writing: a file has its name once it is whole."""
    for path in folder.glob(".*"):
        if path.is_file():
            path.unlink()


class _Holder(NamedTuple):
    """Who has the lock, or had it last."""

    pid: int = 0
    temporary: Path | None = None


def _make(path: Path) -> None:
    if path.exists() and not path.is_dir():
        raise UsageError(f"{path} is no folder: name one for the grades, new or of an earlier run")
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not (path / LOCK).exists() and any(path.iterdir()):
        raise UsageError(f"{path} holds other files: name a new folder, or that of an earlier run")
    path.chmod(0o700)


def _take(lock: int, path: Path, say: Callable[[str], None]) -> None:
    """Wait for gradings of a killed run; a run that goes on is not waited for."""
    said, deadline = False, time.monotonic() + _PATIENCE_S
    while not _is_ours(lock):
        pid = _recorded(lock).pid
        if _runs(pid):
            raise UsageError(
                f"process {pid} grades into {path}: wait for it, or name another folder"
            )
        if time.monotonic() > deadline:
            raise UsageError(
                f"gradings of an earlier run still use {path}: end them, and try again"
            )
        if not said:
            say("waiting until the last gradings of an interrupted run have ended")
            said = True
        time.sleep(_LOOK_EVERY_S)


def _is_ours(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _runs(pid: int) -> bool:
    with suppress(psutil.Error):
        return pid > 0 and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    return False


def _record(lock: int, holder: _Holder) -> None:
    text = f"{holder.pid}\n{holder.temporary}\n".encode()
    os.ftruncate(lock, 0)
    os.pwrite(lock, text, 0)


def _recorded(lock: int) -> _Holder:
    pid, _, rest = os.pread(lock, 4096, 0).decode(errors="replace").partition("\n")
    folder = rest.removesuffix("\n")
    return _Holder(int(pid) if pid.isdecimal() else 0, Path(folder) if folder else None)


def _sweep(folder: Path | None) -> None:
    """Remove the temporary folder of a run, if it is one: the record is only a text in a file."""
    if folder and _TEMPORARY.fullmatch(folder.name) and folder.is_dir():
        if not folder.is_symlink() and folder.stat().st_uid == os.getuid():
            remove_folder(folder)
