"""Whether several processes can run at once here: without that no speed-up can be measured.

Called by speed-up budgets.
"""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from autograder.machine.facts import usable_cpus as bound_cpus

_ENOUGH = 0.8  # of the asked-for CPUs: some is always the system's
_START_S, _COUNT_S = 0.2, 0.2
# work done, not time had: two threads of one core have all the time and half of the core
_SPIN = f"""
import sys, time
start, turns = float(sys.argv[1]), 0
while time.time() < start:
    pass
while time.time() < start + {_COUNT_S}:
    turns += 1
print(turns)
"""


def obstacle(workers: int) -> str:
    """Why `workers` busy processes cannot run side by side here; empty if they can."""
    cpus = allowed_cpus()
    if cpus < workers:
        return f"{cpus:g} usable CPUs for {workers} workers"
    busy = busy_cpus(workers)
    if busy < _ENOUGH * workers:
        return f"{workers} busy processes do the work of {busy:.1f}: cores are shared or in use"
    return ""


def allowed_cpus(system: Path = Path("/")) -> float:
    """The least of the CPUs this process is bound to and the quotas of its cgroups."""
    return min([float(bound_cpus()), *_quotas(system)])


def busy_cpus(processes: int) -> float:
    """The work that so many busy processes do in 0.2 s, in multiples of the work of one."""
    return _work(processes) / max(_work(1), 1.0)


def _work(processes: int) -> float:
    start = time.time() + _START_S  # a process that is not there by then does less
    command = [sys.executable, "-I", "-S", "-c", _SPIN, str(start)]
    running = [
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(processes)
    ]
    return sum(float(process.communicate()[0] or 0) for process in running)


def _quotas(system: Path) -> Iterator[float]:
    """Those of every cgroup above this process, in both versions; a container sees its root."""
    for root, group in _groups(system):
        for folder in (root / group, *(root / group).parents):
            if not folder.is_relative_to(root):
                break
            words = _words(folder / "cpu.max")
            words = words or _words(folder / "cpu.cfs_quota_us") + _words(
                folder / "cpu.cfs_period_us"
            )
            if len(words) == 2 and words[0].isdigit() and words[1].isdigit():
                yield int(words[0]) / int(words[1])


def _groups(system: Path) -> Iterator[tuple[Path, str]]:
    mount = system / "sys/fs/cgroup"
    yield from ((mount, "."), (mount / "cpu", "."))
    for word in _words(system / "proc/self/cgroup"):
        _, _, rest = word.partition(":")
        controllers, _, group = rest.partition(":")
        if not controllers or "cpu" in controllers.split(","):
            yield (mount / "cpu" if controllers else mount), group.lstrip("/")


def _words(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="ascii", errors="replace").split()
    except OSError:
        return []
