"""How many gradings run at a time on this machine, and on which CPUs each.

A grading is pinned to a CPU, so that its limits and its budgets do not depend on its neighbours.
"""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import psutil

from autograder.grading.budgets.usable_cpus import allowed_cpus
from autograder.machine.facts import usable_cpus
from autograder.model.assignment import Assignment
from autograder.model.units import counted, show_bytes

Slot = frozenset[int]  # the CPUs of one grading at a time

_GRADER_BYTES = 300 * 10**6  # of a grading, beside what its workers may use
_CPUS = Path("/sys/devices/system/cpu")
_MEMORY = Path("/sys/fs/cgroup")
# what a container may use and what it uses, in both versions
_CAPS = (
    ("memory.max", "memory.current"),
    ("memory/memory.limit_in_bytes", "memory/memory.usage_in_bytes"),
)


class Slots(NamedTuple):
    """The places of gradings, and why there are no more."""

    each: tuple[Slot, ...]
    why: str


def slots_for(assignment: Assignment, asked: int | None) -> Slots:
    """At most a grading for each physical core, and for as many as there is free memory.

    Speed-up budgets need several cores: unless `asked` says how many gradings are to run side by
    side, each submission has the machine alone.
    """
    cores = physical_cores()
    if asked is None and any(budget.kind == "speedup" for budget in assignment.budgets.values()):
        every = frozenset(_allowed())
        return Slots((every,), "speed-up budgets need the machine alone")
    needed = assignment.limits.memory_bytes + _GRADER_BYTES
    free = free_memory()
    bounds = {
        counted(len(cores), "physical core"): len(cores),
        f"the CPU time of {allowed_cpus():g} cores": int(allowed_cpus()),
        f"{show_bytes(free)} of free memory, {show_bytes(needed)} for each": free // needed,
    }
    if asked is not None:
        bounds["--jobs"] = asked
    why = min(bounds, key=lambda name: bounds[name])
    return Slots(tuple(frozenset([core]) for core in cores[: max(1, bounds[why])]), why)


def physical_cores(system: Path = _CPUS) -> list[int]:
    """One CPU of each core that this process may use: threads of a core share its units."""
    first: dict[str, int] = {}
    for cpu in _allowed():
        first.setdefault(_siblings(system / f"cpu{cpu}" / "topology") or str(cpu), cpu)
    return list(first.values())


def free_memory(system: Path = _MEMORY) -> int:
    """Bytes that this machine, or this container, has left."""
    return min([psutil.virtual_memory().available, *_headrooms(system)])


def _allowed() -> Iterable[int]:
    if hasattr(os, "sched_getaffinity"):
        return sorted(os.sched_getaffinity(0))
    return range(usable_cpus())


def _siblings(topology: Path) -> str:
    for name in ("core_cpus_list", "thread_siblings_list"):
        if text := _text(topology / name):
            return text
    return ""


def _headrooms(system: Path) -> Iterator[int]:
    for cap, usage in _CAPS:
        most, used = _text(system / cap), _text(system / usage)
        if most.isdigit() and used.isdigit():  # "max": there is none
            yield max(0, int(most) - int(used))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii", errors="replace").strip()
    except OSError:
        return ""
