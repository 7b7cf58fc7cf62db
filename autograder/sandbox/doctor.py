"""Try what grading needs on this machine, and report how submissions are isolated.

`autograder doctor` prints the findings.
"""

import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing
from typing import NamedTuple

from autograder.machine.facts import machine_facts
from autograder.model.assignment import Limits
from autograder.model.errors import AutograderError
from autograder.sandbox.faults import StudentFault
from autograder.sandbox.isolation import ACTIVE, Isolation
from autograder.sandbox.launcher import start_launcher
from autograder.sandbox.remote import RemoteWorker
from autograder.sandbox.time_limits import TimeLimit
from autograder.submission.intake import Submission
from autograder.worker.layers import landlock

_ECHO = Submission(module="echo.py", files={"echo.py": b"def echo(value):\n    return value\n"})


class Finding(NamedTuple):
    """One row of the doctor's report."""

    name: str
    text: str
    good: bool = True


def diagnose() -> Iterator[Finding]:
    """Facts first, then a worker of each kind, then the layers of isolation."""
    for name, fact in machine_facts().items():
        yield Finding(name, fact)
    kinds = ("fork", "spawn") if sys.platform == "linux" else ("spawn",)
    for kind in kinds:
        yield _try_worker(kind)
    layers = Isolation(kinds[0]).layers
    for name, state in layers.items():
        yield Finding(f"isolation, {name}", state)
    yield Finding("isolation", _promise(layers))
    yield Finding("isolation, with shared memory", _shared_memory(layers))


def _promise(layers: Mapping[str, str]) -> str:
    """What an attacker can and could still do, in one sentence."""
    active = {name for name, state in layers.items() if state == ACTIVE}
    if not active & {"landlock", "private uid"}:
        return "a process of its own for each check: protects from accidents, not from malice"
    still = _still_possible(active, landlock.version() if "landlock" in active else 0)
    if not still:
        return "submissions cannot read or change what is not theirs, nor reach the network"
    return f"submissions cannot change the data of others, but {' and '.join(still)}"


def _still_possible(active: set[str], landlock_version: int) -> list[str]:
    """What these layers do not prevent, each as the end of a sentence about submissions."""
    still = []
    if not landlock_version:
        still.append("read what every user of this machine may read")
    if "private uid" not in active and landlock_version < 6:
        still.append("end other processes of this user")
    if not active & {"private uid", "seccomp"}:
        still.append("change the modes of this user's files")
    if "seccomp" not in active:
        still.append("reach the network")
    return still


def _shared_memory(layers: Mapping[str, str]) -> str:
    """What happens to /dev/shm in workers of a check that asks for it."""
    if layers["private uid"] == ACTIVE:
        return "each worker's own, and cleared after it"
    if layers["landlock"] != ACTIVE:
        return "open: workers see /dev/shm whether a check asks for it or not"
    # not cleared: the user's other programs have files there too, which look the same
    return "open: what a worker leaves in /dev/shm stays, for later ones and this user's programs"


def _try_worker(kind: str) -> Finding:
    name = f"a worker by {kind}"
    started = time.monotonic()
    try:
        with (
            closing(start_launcher(kind, ["numpy"])) as launcher,
            closing(RemoteWorker(launcher, _ECHO, Limits(), None)) as worker,
        ):
            value, _ = worker.call("echo", [42], {}, limit=TimeLimit(10))
    except (AutograderError, StudentFault, OSError) as error:
        return Finding(name, f"does not work: {error}", good=False)
    seconds = time.monotonic() - started
    return Finding(name, f"answers after {seconds:.2f} s", good=value == 42)
