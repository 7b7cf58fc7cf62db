"""Which isolation layers the workers of one grading get, and what each worker may reach.

A launcher has one `Isolation`; `remote` confines each worker by it.
"""

import os
import stat
import sys
import tempfile
from collections.abc import Collection, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from autograder.machine.files import remove_folder
from autograder.model.assignment import Limits
from autograder.model.check import PROCESSES, SHARED_MEMORY
from autograder.sandbox.uid_pool import UidPool
from autograder.wire.confinement import Confinement
from autograder.worker.lockdown import LAYERS

ACTIVE = "active"
_DATA_SLACK = 512 * 2**20  # what libraries map beyond what they touch
_ADDRESS_SLACK = 4 * 2**30  # stacks of threads and arenas: reserved, never touched

# folders and files of the system that Python and its libraries read
_SYSTEM = (
    *("/usr/lib", "/usr/lib64", "/usr/local/lib", "/lib", "/lib64", "/usr/share/zoneinfo"),
    *("/etc/ld.so.cache", "/etc/localtime"),
    *("/dev/null", "/dev/zero", "/dev/random", "/dev/urandom"),
    *("/proc/self", "/proc/cpuinfo", "/proc/meminfo", "/sys/devices/system/cpu"),
)


class Confined(NamedTuple):
    """What a new worker gets."""

    confinement: Confinement
    locks: tuple[int, ...]  # the descriptor that holds the lease of its uid, for the launcher


class Isolation:
    """Chooses the layers once, and confines one worker after the other."""

    def __init__(self, kind: str, off: Collection[str] = ()) -> None:
        self._uids, self._readable = UidPool(), _readable()
        self.layers = {name: _state(name, kind, off) for name in LAYERS}

    def close(self) -> None:
        """After the last worker: give back what was kept for the next one."""
        self._uids.close()

    @contextmanager
    def confined(
        self, scratch: Path, limits: Limits, allowed: Collection[str] = ()
    ) -> Iterator[Confined]:
        """The confinement of a new worker whose own folder is `scratch`; it becomes the owner.

        The worker and all its processes must have ended before the context ends: then others may
        have its uid.
        `allowed`: of model.check.ISOLATION, what the check asks for.
        Raises GraderError when no uid is left for it.
        """
        shares = SHARED_MEMORY in allowed
        with ExitStack() as leases:
            uid, locks = 0, tuple[int, ...]()
            if self.layers["private uid"] == ACTIVE:
                lease = leases.enter_context(self._uids.lease())
                uid, locks = lease.uid, (lease.lock,)
                _hand_over(scratch, uid)
                if shares:
                    leases.callback(_clear_shared_memory, uid)
            shared = ("/dev/shm",) if shares else ()
            confinement = Confinement(
                layers=tuple(name for name, state in self.layers.items() if state == ACTIVE),
                uid=uid,
                limits=_caps(limits),
                readable=self._readable,
                writeable=(str(scratch), "/dev/null", *shared),
                processes=PROCESSES in allowed,
                shared_memory=shares,
            )
            yield Confined(confinement, locks)


def _state(name: str, kind: str, off: Collection[str]) -> str:
    if name in off:
        return "switched off"
    if name == "private uid" and kind != "fork":
        return "workers are not forked here"
    reason = LAYERS[name].unavailable()
    if not reason and name == "private uid" and (folder := hidden_from_others()):
        reason = (
            f"another user cannot enter {folder}: make .venv with a Python outside of it, such as"
            " /usr/bin/python3, and set TMPDIR to a folder that everyone can enter"
        )
    return reason or ACTIVE


def _caps(limits: Limits) -> dict[str, int]:
    data = limits.memory_bytes + _DATA_SLACK
    return {
        "DATA": data,
        "AS": data + _ADDRESS_SLACK,
        "FSIZE": 64 * 2**20,
        "NOFILE": 256,
        "NPROC": 64,
        "CORE": 0,
    }


def _clear_shared_memory(uid: int) -> None:
    """Remove the worker's files there: the next run could print what this one has kept."""
    for entry in os.scandir("/dev/shm"):
        with suppress(FileNotFoundError):
            if entry.stat(follow_symlinks=False).st_uid != uid:
                continue
            if entry.is_dir(follow_symlinks=False):
                remove_folder(Path(entry.path))
            else:
                os.unlink(entry.path)


def _hand_over(folder: Path, uid: int) -> None:
    """Give the folder to the worker, and close it to every other ordinary user."""
    for path in (folder, *folder.rglob("*")):
        os.chown(path, uid, uid)
    folder.chmod(0o700)


def _readable() -> tuple[str, ...]:
    """Folders and files that Python and its libraries read; none of them holds anything private."""
    executable = os.path.realpath(sys.executable)  # of the system's own Python, outside of the rest
    return tuple(dict.fromkeys([*map(str, _interpreter()), executable, *_SYSTEM]))


def hidden_from_others() -> str:
    """The first folder that another user cannot enter; empty when there is none.

    Of the interpreter's folders and of the one for temporary files, where workers have theirs.
    """
    for path in (*_interpreter(), Path(tempfile.gettempdir()).resolve()):
        for folder in (path, *path.parents):
            if not folder.stat().st_mode & stat.S_IXOTH:
                return str(folder)
    return ""


def _interpreter() -> Iterator[Path]:
    """The environment, what it is made from, and this package, through all links."""
    package = Path(__file__).resolve().parents[1]
    executable = Path(os.path.realpath(sys.executable)).parent.parent
    for path in (Path(sys.prefix), Path(sys.base_prefix), executable, package):
        if path != Path("/usr"):  # too much: the list above has what is needed of it
            yield path.resolve()
