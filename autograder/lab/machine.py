"""Facts of the machine on which the lab measures. Called by the process that measures."""

import os
from typing import Any

import psutil

from autograder.machine.facts import machine_facts, usable_cpus

# Numbers measured before one of these changed are not comparable
DECISIVE = ("processor", "cores", "python", "numpy", "torch", "blas", "blas_threads")


def facts_of_machine() -> dict[str, str | int]:
    """Facts of this machine and of the libraries that this process has imported."""
    facts = machine_facts()
    name, threads = _blas()
    found: dict[str, str | int] = {
        "system": facts["system"],
        "processor": facts["processor"],
        "cores": usable_cpus(),
        "memory_bytes": psutil.virtual_memory().total,
    }
    for library in ("autograder", "python", "numpy", "torch"):
        if library in facts:
            found[library] = facts[library]
    return {**found, "blas": name, "blas_threads": threads}


def _blas() -> tuple[str, int]:
    """The library that multiplies numpy's matrices, and its threads."""
    from threadpoolctl import threadpool_info

    for library in threadpool_info():
        if library["user_api"] == "blas":
            name = (library["internal_api"], library["version"], library.get("architecture"))
            return " ".join(str(each) for each in name if each), int(library["num_threads"])
    return _of_build(), int(os.environ["OMP_NUM_THREADS"])


def _of_build() -> str:
    """The library that numpy was built with, such as Accelerate, which reports no threads."""
    import numpy as np

    built: Any = np.show_config(mode="dicts")
    return str(built.get("Build Dependencies", {}).get("blas", {}).get("name", "unknown"))
