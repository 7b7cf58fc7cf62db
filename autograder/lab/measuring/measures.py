"""The clock and the counters of the experiments."""

import time
from collections.abc import Callable
from typing import Any


def timed(run: Callable[[], Any], repeats: int) -> list[float]:
    """Wall seconds of each of `repeats` runs, after one that is not counted."""
    run()
    seconds = []
    for _ in range(repeats):
        started = time.perf_counter()
        run()
        seconds.append(time.perf_counter() - started)
    return seconds


def counted_flops(function: Callable[..., Any], *arguments: Any, **keywords: Any) -> int:
    """Operations in the matrix products of one call on numpy arrays, as the checks count them."""
    from autograder.worker.observers.array_flops import count_flops

    return count_flops(function, *arguments, **keywords)[1]


def traced_bytes(function: Callable[..., Any], *arguments: Any, **keywords: Any) -> int:
    """Bytes at the peak of one call above what was there before, as the checks count them.

    The call is made twice, because numpy allocates some things for good the first time. Counting
    slows it down: time it apart.
    """
    from autograder.worker.observers.allocations import observe

    for _ in range(2):
        _, counts = observe(function, arguments, keywords, "")
    return int(counts["bytes"])
