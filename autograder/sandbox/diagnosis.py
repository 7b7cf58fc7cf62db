"""Try everything grading needs on this machine, and say how submissions are kept apart."""

import sys
import time
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from autograder.model.assignment import Limits, Needs
from autograder.model.errors import AutograderError
from autograder.sandbox.faults import StudentFault
from autograder.sandbox.intake import Submission
from autograder.sandbox.isolation import ACTIVE, Isolation
from autograder.sandbox.launcher import start_launcher
from autograder.sandbox.machine import machine_facts
from autograder.sandbox.remote import RemoteWorker

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
    layers = Isolation(kinds[0], Needs()).layers
    for name, state in layers.items():
        yield Finding(f"isolation, {name}", state)
    yield Finding("isolation", _promise(layers))


def _promise(layers: Mapping[str, str]) -> str:
    """What an attacker could still do, in one sentence."""
    active = [name for name, state in layers.items() if state == ACTIVE]
    if "landlock" in active or "private uid" in active:
        return (
            "submissions cannot read or change what is not theirs, nor reach the network"
            if ("seccomp" in active)
            else "submissions cannot read or change what is not theirs, but reach the network"
        )
    return "a process of its own for each check: protects from accidents, not from malice"


def _try_worker(kind: str) -> Finding:
    name = f"a worker by {kind}"
    started = time.monotonic()
    try:
        launcher = start_launcher(kind, ["numpy"], Needs())
        try:
            worker = RemoteWorker(launcher, _ECHO, Limits(), None)
            value, _ = worker.call("echo", [42], {}, deadline=time.monotonic() + 10)
            worker.close()
        finally:
            launcher.close()
    except (AutograderError, StudentFault, OSError) as error:
        return Finding(name, f"does not work: {error}", good=False)
    seconds = time.monotonic() - started
    return Finding(name, f"answers after {seconds:.2f} s", good=value == 42)
