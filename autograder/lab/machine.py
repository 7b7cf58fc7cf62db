"""What the numbers depend on beside the code."""

import os
from typing import Any

import psutil

from autograder.machine.facts import machine_facts, usable_cpus

# Those without which a number measured before is another number
DECISIVE = ("processor", "cores", "python", "numpy", "torch", "blas", "blas_threads")


def facts_of_machine() -> dict[str, str | int]:
    """Of this machine and the libraries this process has imported."""
    facts = machine_facts()
    name, threads = _blas()
    told: dict[str, str | int] = {
        "system": facts["system"],
        "processor": facts["processor"],
        "cores": usable_cpus(),
        "memory_bytes": psutil.virtual_memory().total,
    }
    for library in ("autograder", "python", "numpy", "torch"):
        if library in facts:
            told[library] = facts[library]
    return {**told, "blas": name, "blas_threads": threads}


def _blas() -> tuple[str, int]:
    """The library that multiplies numpy's matrices, and its threads."""
    from threadpoolctl import threadpool_info

    for library in threadpool_info():
        if library["user_api"] == "blas":
            name = (library["internal_api"], library["version"], library.get("architecture"))
            return " ".join(str(each) for each in name if each), int(library["num_threads"])
    return _of_build(), int(os.environ["OMP_NUM_THREADS"])


def _of_build() -> str:
    """What numpy was built with, such as Accelerate, which tells nothing of its threads."""
    import numpy as np

    built: Any = np.show_config(mode="dicts")
    return str(built.get("Build Dependencies", {}).get("blas", {}).get("name", "unknown"))
