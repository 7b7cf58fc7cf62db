"""The number of threads of numerical libraries: set before numpy or torch is imported.

A grading, the grading server and `doctor` call `pin_threads`; the lab passes the variables on.
"""

import os

from autograder.model.errors import GraderError

THREAD_VARIABLES = (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
    "NUMEXPR_NUM_THREADS",
)


def pin_threads(count: int = 1) -> None:
    """Make BLAS and OpenMP use `count` threads; works only before their first import."""
    for name in THREAD_VARIABLES:
        os.environ[name] = str(count)
    os.environ.setdefault("MALLOC_ARENA_MAX", "2")


def threads_of(process: int | str) -> int | None:
    """The number of threads of a pid, or of "self"; None where it is unknown (not Linux)."""
    try:
        return len(os.listdir(f"/proc/{process}/task"))
    except OSError:
        return None


def require_single_thread() -> None:
    """Raises GraderError, with the likely cause, when this process has more than one thread.

    Such a process must not be forked.
    """
    count = threads_of("self")
    if count is not None and count > 1:
        raise GraderError(
            f"this process has {count} threads, so it cannot fork workers: numpy or torch was"
            " imported before pin_threads(); start grading in a fresh process"
        )
