"""Is the container at least what the assignment asks for? Otherwise staff get a notice."""

import os
from pathlib import Path

from autograder.model.assignment import Gradescope
from autograder.model.units import parse_bytes, show_bytes

TOLERANCE = 0.9  # the kernel keeps some memory; providers mean GB or GiB as they like
_NO_LIMIT = 1 << 60  # the first version of cgroups writes a huge number for "no limit"


def tier_notices(asked: Gradescope, system: Path = Path("/")) -> tuple[str, ...]:
    """One notice for each resource that is too small; empty where nothing can be read."""
    notices = []
    memory, wanted = memory_bytes(system), parse_bytes(asked.memory)
    if memory is not None and memory < wanted * TOLERANCE:
        notices.append(_notice("memory", show_bytes(memory), show_bytes(wanted)))
    cpus = cpu_count(system)
    if cpus is not None and cpus < asked.cpus * TOLERANCE:
        notices.append(_notice("CPU", f"{cpus:g}", f"{asked.cpus:g}"))
    return tuple(notices)


def memory_bytes(system: Path = Path("/")) -> int | None:
    """What this container may use: the least of its cgroup's limit and the machine's memory."""
    cgroup = system / "sys/fs/cgroup"
    limits = [
        _number(cgroup / "memory.max"),
        _number(cgroup / "memory/memory.limit_in_bytes"),
        _total(system / "proc/meminfo"),
    ]
    known = [int(limit) for limit in limits if limit is not None and 0 < limit < _NO_LIMIT]
    return min(known, default=None)


def cpu_count(system: Path = Path("/")) -> float | None:
    """CPUs this container may use: the least of its quota and the processors it is bound to."""
    cgroup = system / "sys/fs/cgroup"
    quota = _number(cgroup / "cpu/cpu.cfs_quota_us")
    period = _number(cgroup / "cpu/cpu.cfs_period_us")
    words = _read(cgroup / "cpu.max").split()
    if len(words) == 2 and words[0].isdigit() and words[1].isdigit():
        quota, period = float(words[0]), float(words[1])
    bound = float(len(os.sched_getaffinity(0))) if hasattr(os, "sched_getaffinity") else None
    if quota is None or not period or quota <= 0:
        return bound
    return min(quota / period, bound or quota / period)


def _notice(what: str, have: str, wanted: str) -> str:
    return (
        f"the container has {what} {have}, the assignment asks for {wanted}: choose a larger one"
        " under Configure Autograder, Container Specifications"
    )


def _total(meminfo: Path) -> float | None:
    for line in _read(meminfo).splitlines():
        words = line.split()
        if words[:1] == ["MemTotal:"] and words[1].isdigit():
            return float(words[1]) * 1024
    return None


def _number(path: Path) -> float | None:
    text = _read(path).strip()
    return float(text) if text.lstrip("-").isdigit() else None


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii", errors="replace")
    except OSError:
        return ""
