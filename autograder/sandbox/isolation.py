"""What keeps the workers of one grading apart from everything else, and what does not."""

import os
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from autograder.model.assignment import Limits, Needs
from autograder.sandbox import uid_pool
from autograder.sandbox.layers.confinement import Confinement
from autograder.sandbox.lockdown import LAYERS
from autograder.sandbox.reachable import hidden_from_others, readable
from autograder.sandbox.removal import remove_folder

ACTIVE = "active"
_DATA_SLACK = 512 * 2**20  # what libraries map beyond what they touch
_ADDRESS_SLACK = 4 * 2**30  # stacks of threads and arenas: reserved, never touched


class Isolation:
    """Chooses the layers once, and confines one worker after the other."""

    def __init__(self, kind: str, needs: Needs, off: Collection[str] = ()) -> None:
        self._needs = needs
        self.layers = {name: _state(name, kind, off) for name in LAYERS}
        self._leases: dict[int, uid_pool.Lease] = {}

    def confine(self, scratch: Path, limits: Limits) -> Confinement:
        """The confinement of a new worker whose own folder is `scratch`; it becomes the owner."""
        uid = 0
        if self.layers["private uid"] == ACTIVE:
            leased = uid_pool.lease()
            uid = leased.uid
            self._leases[uid] = leased
            _hand_over(scratch, uid)
        needs = self._needs
        return Confinement(
            layers=tuple(name for name, state in self.layers.items() if state == ACTIVE),
            uid=uid,
            limits=_caps(limits),
            readable=readable(),
            writeable=(str(scratch), "/dev/null", *(("/dev/shm",) if needs.shared_memory else ())),
            processes=needs.processes,
            shared_memory=needs.shared_memory,
        )

    def release(self, confinement: Confinement) -> None:
        """The worker and all its processes are gone: its uid may be leased again."""
        leased = self._leases.pop(confinement.uid, None)
        if leased and confinement.shared_memory:
            _clear_shared_memory(leased.uid)
        if leased:
            uid_pool.give_back(leased)


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
    """What one run keeps there, another one could print."""
    for entry in os.scandir("/dev/shm"):
        with suppress(FileNotFoundError):
            if entry.stat(follow_symlinks=False).st_uid != uid:
                continue
            if entry.is_dir(follow_symlinks=False):
                remove_folder(Path(entry.path))
            else:
                os.unlink(entry.path)


def _hand_over(folder: Path, uid: int) -> None:
    """Give the folder to the worker, for whom nobody else can enter it."""
    for path in (folder, *folder.rglob("*")):
        os.chown(path, uid, uid)
    folder.chmod(0o700)
