"""A uid of the worker's own: it can neither read files and /proc of others nor signal them."""

import os
import re
import sys
from pathlib import Path

from autograder.wire.confinement import Confinement

FIRST, COUNT = 61_000, 512  # the uids for workers
LAST = FIRST + COUNT - 1
# bits of capabilities(7): hand over the folder, kill, read and remove it, become the uid
_CAPABILITIES = {"chown": 0, "dac_override": 1, "kill": 5, "setgid": 6, "setuid": 7}


def unavailable() -> str:
    """Why the uid cannot be changed here."""
    if sys.platform != "linux":
        return "not on this system"
    if os.geteuid() != 0:
        return "the grader does not run as root"
    if lacking := _lacking(Path("/proc/self/status")):
        return f"root may not do {lacking} here: give the container its default capabilities"
    if not _is_mapped(Path("/proc/self/uid_map"), LAST):
        return f"there is no uid {LAST} in this user namespace"
    return ""


def _lacking(status: Path) -> str:
    """The first capability that this process would need and does not have."""
    held = int(re.findall(r"^CapEff:\s*(\w+)", status.read_text(), re.MULTILINE)[0], 16)
    return next((name for name, bit in _CAPABILITIES.items() if not held >> bit & 1), "")


def _is_mapped(mapping: Path, uid: int) -> bool:
    """Whether that uid exists here: a namespace of an ordinary user may have root alone."""
    rows = [tuple(map(int, row.split())) for row in mapping.read_text().splitlines()]
    return any(first <= uid < first + count for first, _, count in rows)


def apply(confinement: Confinement) -> None:
    """Become `confinement.uid` for good, with no groups."""
    uid = confinement.uid
    if not uid:
        raise OSError("no uid was leased")
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)
    os.umask(0o077)
