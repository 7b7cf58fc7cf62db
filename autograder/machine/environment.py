"""The environment variables of a worker: a short list, so that no secret is among them.

The fork launcher scrubs its own environment; the spawn launcher passes the list on.
"""

import ctypes
import os
import sys

from autograder.machine.threads import THREAD_VARIABLES

_KEPT = (
    *THREAD_VARIABLES,
    "MALLOC_ARENA_MAX",
    "OPENBLAS_CORETYPE",  # calibration forces instruction sets by these two
    "NPY_DISABLE_CPU_FEATURES",
    "PATH",
    "LANG",
    "LC_ALL",
    "SYSTEMROOT",  # Windows cannot start a process without it
    "TEMP",
    "TMP",
)


def worker_environment() -> dict[str, str]:
    """The variables of this process that a worker may have."""
    return {name: os.environ[name] for name in _KEPT if name in os.environ}


def scrub_environment() -> None:
    """Drop every other variable from this process."""
    kept = worker_environment()
    os.environ.clear()
    os.environ.update(kept)
    _wipe_first_environment()


def _wipe_first_environment() -> None:
    """Clear the memory where the kernel has put the variables: /proc/self/environ shows it."""
    if sys.platform != "linux":
        return
    with open("/proc/self/stat") as file:
        fields = file.read().rpartition(")")[2].split()
    start, end = int(fields[47]), int(fields[48])  # env_start and env_end of proc(5)
    if start:
        ctypes.memset(start, 0, end - start)
