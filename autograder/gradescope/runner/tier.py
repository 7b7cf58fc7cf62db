"""Is the container at least what the assignment asks for? The driver logs a notice if it is not."""

import re
from pathlib import Path

from autograder.machine.facts import usable_cpus
from autograder.model.assignment import Gradescope
from autograder.model.units import parse_bytes, show_bytes

TOLERANCE = 0.9  # the kernel keeps some memory; providers mean GB or GiB as they like
_NO_LIMIT = 1 << 60  # the first version of cgroups writes a huge number for "no limit"


def tier_notices(asked: Gradescope, system: Path = Path("/")) -> tuple[str, ...]:
    """One notice for each resource that is too small."""
    notices = []
    memory, wanted = memory_bytes(system), parse_bytes(asked.memory)
    if memory is not None and memory < wanted * TOLERANCE:
        notices.append(_notice("memory", show_bytes(memory), show_bytes(wanted)))
    cpus = cpu_count(system)
    if cpus < asked.cpus * TOLERANCE:
        notices.append(_notice("CPU", f"{cpus:g}", f"{asked.cpus:g}"))
    return tuple(notices)


def memory_bytes(system: Path = Path("/")) -> int | None:
    """The smallest of the container's limits (both versions of cgroups) and the machine's memory.

    None where nothing can be read.
    """
    cgroup = system / "sys/fs/cgroup"
    limits = [_read(cgroup / "memory.max"), _read(cgroup / "memory/memory.limit_in_bytes")]
    known = [int(limit) for limit in limits if limit.isdecimal() and int(limit) < _NO_LIMIT]
    total = re.search(r"^MemTotal:\s+(\d+) kB", _read(system / "proc/meminfo"), re.MULTILINE)
    known += [int(total[1]) * 1024] if total else []
    return min(known, default=None)


def cpu_count(system: Path = Path("/")) -> float:
    """CPUs of this container: its quota, or the processors that it may use if these are fewer."""
    cgroup = system / "sys/fs/cgroup"
    first_version = [_read(cgroup / f"cpu/cpu.cfs_{name}_us") for name in ("quota", "period")]
    match _read(cgroup / "cpu.max").split() or first_version:
        case [quota, period] if quota.isdecimal() and period.isdecimal() and int(period):
            return min(int(quota) / int(period), usable_cpus())
    return usable_cpus()


def _notice(what: str, have: str, wanted: str) -> str:
    return (
        f"the container has {what} {have}, the assignment asks for {wanted}: choose a larger one"
        " under Configure Autograder, Container Specifications"
    )


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii", errors="replace").strip()
    except OSError:
        return ""
