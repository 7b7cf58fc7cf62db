"""What the checks run beside your code, continued: the time that your code takes.

A loop within C, such as `map`, takes no interpreter steps, but time. It is read from the clock of
the thread, which stands still while other processes run, and compared with a time taken right
beside it.
"""

import statistics
import sys
import time
from collections.abc import Sequence
from types import ModuleType
from typing import Any

import numpy as np
from programs import Function, gradients, without_collector
from programs_functions import tangents

_clock = time.perf_counter if sys.platform == "win32" else time.thread_time  # ticks of 16 ms there
_REPEATS = 7
_MEASURED: dict[str, Function] = {"gradients": gradients, "tangents": tangents}


def loops_taken(
    student: ModuleType, program: str, calls: Sequence[tuple[Any, ...]], entries: int
) -> list[float]:
    """How long each call of a program takes, in loops of `map` over so many numbers; medians."""
    numbers = np.ones(entries)
    with without_collector():
        return [
            statistics.median(
                _seconds(_MEASURED[program], student, *given) / _seconds(_loop, numbers)
                for _ in range(_REPEATS)
            )
            for given in calls
        ]


def _loop(numbers: Any) -> Any:
    """The shortest loop over entries that there is without a step of Python."""
    return np.array(list(map(abs, numbers.tolist())))


def _seconds(function: Function, *args: Any) -> float:
    start = _clock()
    function(*args)
    return _clock() - start
