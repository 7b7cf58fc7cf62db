"""Try what grading needs on this machine, and report how submissions are isolated.

`autograder doctor` prints the findings.
"""

import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from enum import Enum
from importlib.util import find_spec
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


_WORKER_FIX = "run quickstart.py again; if that does not help, send all these lines to the staff"
_OWN_CODE = "nothing, where you check your own code"
_LAYER_FIXES = {
    "private uid": "grade as root, with a Python and a TMPDIR that other users can enter",
    "no new privileges": "grade on Linux",
    "resource limits": "grade on Linux or macOS",
    "landlock": "grade on Linux 5.13 or newer, for all of it 6.12, that has Landlock switched on",
    "seccomp": "grade on Linux on x86-64 or ARM, where seccomp is allowed",
}


class Mark(Enum):
    """What a row of the doctor's report says of this machine."""

    FACT = "   "  # nothing was tried
    OK = "ok "
    LESS = "-- "  # grading works without it
    NOT = "NOT"  # grading does not work


class Finding(NamedTuple):
    """One row of the doctor's report; each that is LESS or NOT says what to do."""

    name: str
    text: str
    mark: Mark = Mark.OK
    fix: str = ""


def diagnose(libraries: Iterable[str] = ()) -> Iterator[Finding]:
    """Facts first, then libraries, a worker of each kind, and the layers of isolation.

    `libraries` are those that the assignments here need.
    """
    for name, fact in machine_facts().items():
        yield Finding(name, fact, Mark.FACT)
    yield from map(_library, libraries)
    kinds = ("fork", "spawn") if sys.platform == "linux" else ("spawn",)
    for kind in kinds:
        yield _try_worker(kind)
    layers = Isolation(kinds[0]).layers
    for name, state in layers.items():
        yield _layer(f"isolation, {name}", state, state == ACTIVE, _LAYER_FIXES[name])
    promise, shared = _promise(layers), _shared_memory(layers)
    active = {name for name, state in layers.items() if state == ACTIVE}
    closed = not _still_possible(active, landlock.version() if "landlock" in active else 0)
    yield _layer("isolation", promise, closed, "as for the layers above")
    is_own = layers["private uid"] == ACTIVE
    yield _layer("isolation, with shared memory", shared, is_own, _LAYER_FIXES["private uid"])


def _layer(name: str, text: str, is_there: bool, fix: str) -> Finding:
    if is_there:
        return Finding(name, text)
    return Finding(name, text, Mark.LESS, f"{_OWN_CODE}; for that of others, {fix}")


def _library(name: str) -> Finding:
    if find_spec(name):
        return Finding(f"library {name}", "found")
    fix = (
        "run `python3 quickstart.py` (Windows: `py quickstart.py`) in the assignment's folder, or"
        " `python3 quickstart.py all` in the course's repository"
    )
    return Finding(f"library {name}", "not installed here", Mark.NOT, fix)


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
        return Finding(name, f"does not work: {error}", Mark.NOT, _WORKER_FIX)
    seconds = time.monotonic() - started
    if value != 42:
        return Finding(name, f"answers {value!r:.40} instead of 42", Mark.NOT, _WORKER_FIX)
    return Finding(name, f"answers after {seconds:.2f} s")
