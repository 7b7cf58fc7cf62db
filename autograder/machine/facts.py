"""Facts about this machine and its libraries, for reports, the lab and `autograder doctor`."""

import os
import platform
import sys
from pathlib import Path

from autograder import __version__

_LIBRARIES = ("numpy", "torch")


def machine_facts() -> dict[str, str]:
    """System, processor, usable CPUs, versions and thread settings."""
    facts = {
        "autograder": __version__,
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "processor": _processor(),
        "cpus": str(usable_cpus()),
        "threads": os.environ.get("OMP_NUM_THREADS", "not set"),
    }
    for name in _LIBRARIES:
        if name in sys.modules:
            facts[name] = str(sys.modules[name].__version__)
    return facts


def usable_cpus() -> int:
    """CPUs this process may run on."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _processor() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        for row in cpuinfo.read_text().splitlines():
            if row.startswith("model name"):
                return row.partition(":")[2].strip()
    return platform.processor() or "unknown"
