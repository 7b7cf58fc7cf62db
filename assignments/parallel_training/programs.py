"""What the checks run beside your code, in the process that runs your code.

`student` is your module. These functions use it as the lab does, and return plain values; those of
threads are in programs_threads.py.
"""

from collections.abc import Sequence
from types import ModuleType
from typing import Any

import numpy as np


def raised(student: ModuleType, function: str, *arguments: Any) -> str:
    """The type of the error that a call raises; empty if it raises none."""
    try:
        getattr(student, function)(*arguments)
    except NotImplementedError:
        raise
    except Exception as error:  # which one is the question
        return type(error).__name__
    return ""


# Rank programs: `comm` is how the rank talks to the others
def one_by_one(
    student: ModuleType, comm: Any, function: str, cases: Sequence[tuple[Any, ...]]
) -> list[Any]:
    """What a collective returns on this rank for each of the cases, one after the other."""
    return [getattr(student, function)(comm, *case) for case in cases]


def raised_on_a_rank(student: ModuleType, comm: Any, function: str, *arguments: Any) -> str:
    """The type of the error that a collective raises on this rank; empty if it raises none."""
    return raised(student, function, comm, *arguments)


def traffic(student: ModuleType, comm: Any, lengths: Sequence[int], itemsize: int) -> None:
    """Messages of so many floats to the next rank, one after the other; none of your code."""
    for length in lengths:
        sending = comm.isend((comm.rank + 1) % comm.size, np.zeros(length, f"f{itemsize}"))
        comm.recv((comm.rank - 1) % comm.size)
        sending.wait()
