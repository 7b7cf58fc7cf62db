"""The clock, counters and cluster that experiments.py may use, by way of `autograder.lab`."""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from autograder.grading.cluster.fixture import ClusterRun


def timed(run: Callable[[], Any], repeats: int) -> list[float]:
    """Wall seconds of each of `repeats` runs, after one run that is not counted."""
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
    """Peak bytes that one call allocates above those allocated before, as the checks count them.

    The call is made twice, because numpy allocates some things once and for good. Counting slows
    the call down: measure its time separately.
    """
    from autograder.worker.observers.allocations import observe

    for _ in range(2):
        _, counts = observe(function, arguments, keywords, "")
    return int(counts["bytes"])


def virtual_run(
    program: Callable[..., Any],
    size: int,
    inputs: Callable[[int], tuple[Any, ...]],
    latency_s: float = 1e-5,
    bytes_per_s: float = 1e10,
) -> "ClusterRun":
    """Call `program(comm, *inputs(rank))` on `size` ranks of a cluster like that of the checks.

    The result has their `values`, `sent_bytes`, `messages` and `clock_s`, one entry a rank.
    """
    from autograder.grading.cluster.network import Network
    from autograder.lab.measuring.cluster import run_ranks

    network = Network(latency_s, bytes_per_s)
    return run_ranks(program, size=size, inputs=inputs, network=network)
