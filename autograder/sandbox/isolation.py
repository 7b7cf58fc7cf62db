"""What keeps the workers of one grading apart from everything else, and what does not."""

import os
from collections.abc import Collection, Mapping
from contextlib import suppress
from pathlib import Path

from autograder.machine.files import remove_folder
from autograder.model.assignment import Limits, Needs
from autograder.model.errors import GraderError
from autograder.sandbox import port_pool, uid_pool
from autograder.sandbox.reachable import hidden_from_others, readable
from autograder.wire.confinement import Confinement
from autograder.worker.layers import landlock
from autograder.worker.lockdown import LAYERS

ACTIVE = "active"
_DATA_SLACK = 512 * 2**20  # what libraries map beyond what they touch
_ADDRESS_SLACK = 4 * 2**30  # stacks of threads and arenas: reserved, never touched


class Isolation:
    """Chooses the layers once, and confines one worker after the other."""

    def __init__(self, kind: str, needs: Needs, off: Collection[str] = ()) -> None:
        self._needs = needs
        self.layers = {name: _state(name, kind, off) for name in LAYERS}
        self.network = _network(needs, self.layers)
        self._uids: dict[int, uid_pool.Lease] = {}
        self._ports: dict[tuple[int, ...], port_pool.PortLease] = {}

    def confine(self, scratch: Path, limits: Limits, alone: bool = False) -> Confinement:
        """The confinement of a new worker whose own folder is `scratch`; it becomes the owner.

        `alone`: it may start no processes, even where the assignment allows them.
        Raises GraderError when no uid or no port is left for it.
        """
        uid = self._lease_uid()
        try:
            ports = self._lease_ports()
        except GraderError:
            self._give_back(uid, ())
            raise
        if uid:
            _hand_over(scratch, uid)
        needs = self._needs
        return Confinement(
            layers=tuple(name for name, state in self.layers.items() if state == ACTIVE),
            uid=uid,
            limits=_caps(limits),
            readable=readable(),
            writeable=(str(scratch), "/dev/null", *(("/dev/shm",) if needs.shared_memory else ())),
            processes=needs.processes and not alone,
            loopback_ports=ports,
            shared_memory=needs.shared_memory,
        )

    def locks(self, uid: int) -> list[int]:
        """The descriptor that holds the lease of `uid`, for the launcher to hold it as well."""
        return [self._uids[uid].lock] if uid else []

    def release(self, confinement: Confinement) -> None:
        """The worker and all its processes are gone: others may have its uid and its ports."""
        if confinement.uid and confinement.shared_memory:
            _clear_shared_memory(confinement.uid)
        self._give_back(confinement.uid, confinement.loopback_ports)

    def _lease_uid(self) -> int:
        if self.layers["private uid"] != ACTIVE:
            return 0
        leased = uid_pool.lease()
        self._uids[leased.uid] = leased
        return leased.uid

    def _lease_ports(self) -> tuple[int, ...]:
        if not self._needs.loopback:
            return ()
        leased = port_pool.lease(self._needs.loopback)
        self._ports[leased.ports] = leased
        return leased.ports

    def _give_back(self, uid: int, ports: tuple[int, ...]) -> None:
        if uid in self._uids:
            uid_pool.give_back(self._uids.pop(uid))
        if ports in self._ports:
            port_pool.give_back(self._ports.pop(ports))


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


def _network(needs: Needs, layers: Mapping[str, str]) -> str:
    """What workers with ports of their own can reach besides; empty for those without."""
    if not needs.loopback:
        return ""
    if layers["seccomp"] != ACTIVE:
        return "open to everything"
    known = layers["landlock"] == ACTIVE and landlock.knows_ports()
    ports = "the leased port numbers" if known else "any port"
    return f"open: TCP to {ports}, on every machine"


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
