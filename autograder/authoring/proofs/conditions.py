"""The conditions under which proofs grade: instruction sets, threads of BLAS, and load.

Used by the kinds of proof that measure, and by commands under ci/.
"""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

import numpy as np

from autograder.machine.facts import usable_cpus

# until the process that started it has ended, in whatever way
_SPIN = """
import os
parent = os.getppid()
while os.getppid() == parent:
    for _ in range(10**6):
        pass
"""


class Condition(NamedTuple):
    """Where a submission is graded, as far as it can be chosen."""

    name: str
    environment: dict[str, str]  # variables in addition to those of this process
    neighbours: int = 0  # busy processes
    threads: int = 1  # of BLAS


def conditions() -> list[Condition]:
    """Those of the idle machine, and each of them under load."""
    idle = idle_conditions()
    return idle + [c._replace(name=f"{c.name}, loaded", neighbours=usable_cpus()) for c in idle]


def idle_conditions() -> list[Condition]:
    """The machine as it is, and with its instruction set forced down."""
    kinds = [("as it is", {}), *_instruction_sets()]
    return [Condition(name, environment) for name, environment in kinds]


def _instruction_sets() -> list[tuple[str, dict[str, str]]]:
    """What numpy and OpenBLAS can be held back to on this processor (x86 only)."""
    found = np.show_config(mode="dicts")["SIMD Extensions"].get("found", [])
    if not any(name in found for name in ("X86_V3", "AVX2")):
        return []
    wide = [name for name in found if name.startswith("AVX512") or name == "X86_V4"]
    return [
        ("AVX2", {"OPENBLAS_CORETYPE": "Haswell", "NPY_DISABLE_CPU_FEATURES": " ".join(wide)}),
        ("SSE", {"OPENBLAS_CORETYPE": "Nehalem", "NPY_DISABLE_CPU_FEATURES": " ".join(found)}),
    ]


@contextmanager
def busy_neighbours(count: int) -> Iterator[None]:
    """Run so many processes that always compute."""
    processes = [subprocess.Popen([sys.executable, "-I", "-c", _SPIN]) for _ in range(count)]
    try:
        yield
    finally:
        for process in processes:
            process.kill()
            process.wait()
