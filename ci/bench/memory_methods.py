"""Ways to measure the memory of one call, against calls whose memory is known. Linux.

    python ci/bench/memory_methods.py [--repeats 3]      prints a Markdown table

Each cell has the errors in MB that were furthest off when 1, 10 and 100 MB were held, for 1, 10 and
100 ms each. As in a grading, every method but the witness measures the second of two equal calls;
each pair is in a process of its own, forked from one that has done nothing.
"""

import argparse
import os
import pickle
import platform
import resource
import sys
import threading
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil

from autograder.machine.threads import pin_threads

pin_threads()

import memory_profiler  # noqa: E402
import numpy as np  # noqa: E402
import torch  # noqa: E402

from autograder.machine.resident_memory import HighWaterMark  # noqa: E402
from autograder.tests.budgets.memory_cases import MB, NUMPY, TORCH  # noqa: E402
from autograder.worker.observers.allocations import observe  # noqa: E402
from autograder.worker.observers.high_water import prepare  # noqa: E402

SIZES_MB, SECONDS = (1, 10, 100), (0.001, 0.01, 0.1)
KINDS = {
    **{name: NUMPY[name] for name in ("numpy", "untouched numpy", "list", "generator", "threads")},
    **{name: TORCH[name] for name in ("torch", "torch generator", "torch threads")},
}
_KILO = 1024  # the unit of ru_maxrss on Linux
_ABOVE, _BELOW = 1.05, 0.8  # of what a call needs: budgets that it keeps, and exceeds
Call = Callable[[], Any]


def by_our_counter(call: Call) -> float:
    """Logical bytes on one timeline."""
    return observe(call, (), {}, "")[1]["bytes"]


def by_tracemalloc(call: Call) -> float:
    """Its peak alone."""
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    call()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak - before


def by_polling(call: Call) -> float:
    """The highest resident memory that a thread sees every 10 ms."""
    process, done = psutil.Process(), threading.Event()
    before = highest = process.memory_info().rss

    def poll() -> None:
        nonlocal highest
        while not done.wait(0.01):
            highest = max(highest, process.memory_info().rss)

    thread = threading.Thread(target=poll)
    thread.start()
    call()
    done.set()
    thread.join()
    return highest - before


def by_memory_profiler(call: Call) -> float:
    """Its own process looks every 0.1 s, and we take the highest less the first."""
    seen = memory_profiler.memory_usage((call, (), {}), interval=0.1)
    return float(max(seen) - seen[0]) * 2**20


def by_ru_maxrss(call: Call) -> float:
    """The process's own mark, which is never set back."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    call()
    return (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * _KILO


METHODS = {
    "our counter": by_our_counter,
    "tracemalloc alone": by_tracemalloc,
    "resident memory every 10 ms (psutil)": by_polling,
    "memory_profiler every 0.1 s": by_memory_profiler,
    "ru_maxrss": by_ru_maxrss,
}


def in_child(work: Callable[[], Any]) -> Any:
    """Its value, from a fork of this process; None if it died."""
    ours, theirs = os.pipe()
    if (pid := os.fork()) == 0:
        status = 1
        try:
            torch.set_num_threads(1)
            os.write(theirs, pickle.dumps(work()))
            status = 0
        finally:
            os._exit(status)
    os.close(theirs)
    with os.fdopen(ours, "rb") as pipe:
        told = pipe.read()
    os.waitpid(pid, 0)
    return pickle.loads(told) if told else None


def measured(method: Callable[[Call], float], call: Call) -> float:
    """What a method says of the second of two equal calls."""

    def work() -> float:
        call()
        return method(call)

    return float(in_child(work))


def witnessed(call: Call) -> float:
    """What our witness, outside of the process, says of its first call."""
    go_read, go_write = os.pipe()
    ready_read, ready_write = os.pipe()
    if (pid := os.fork()) == 0:
        torch.set_num_threads(1)
        prepare()
        os.write(ready_write, b"1")
        os.read(go_read, 1)
        call()
        os.write(ready_write, b"1")
        os.read(go_read, 1)
        os._exit(0)
    os.read(ready_read, 1)
    mark = HighWaterMark(pid)
    os.write(go_write, b"1")
    os.read(ready_read, 1)
    risen = mark.risen()
    os.write(go_write, b"1")
    os.waitpid(pid, 0)
    for end in (go_read, go_write, ready_read, ready_write):
        os.close(end)
    return float(risen)


def survives(call: Call, most: float) -> bool:
    """Whether the second of two calls gets through when the address space may grow by `most`."""

    def work() -> bool:
        call()
        cap = psutil.Process().memory_info().vms + int(most)
        resource.setrlimit(resource.RLIMIT_AS, (cap, cap))
        sys.stderr = open(os.devnull, "w")  # threads that die say so
        try:
            call()
        except (MemoryError, RuntimeError):  # torch's, and of threads that cannot start
            return False
        return True

    return bool(in_child(work))


def worst(kind: Callable[[int, float], Any], size: int, repeats: int, measure: Any) -> float:
    """The error furthest from 0, in MB."""
    errors = [
        measure(lambda s=seconds: kind(size * MB, s)) / MB - size
        for seconds in SECONDS
        for _ in range(repeats)
    ]
    return float(max(errors, key=abs))


def row(name: str, measure: Any, repeats: int) -> str:
    """One method against all kinds and sizes."""
    cells = [
        " / ".join(f"{worst(kind, size, repeats, measure):+.1f}" for size in SIZES_MB)
        for kind in KINDS.values()
    ]
    return f"| {name} | {' | '.join(cells)} |"


def row_of_rlimit() -> str:
    """Right verdicts of RLIMIT_AS at a budget just above, and at one well below, what is needed."""
    cells = []
    for name, kind in KINDS.items():
        if "threads" in name:  # it dies in a thread, without a report
            cells.append("cannot tell")
            continue
        right = 0
        for size in SIZES_MB:
            call = lambda: kind(size * MB, 0.001)  # noqa: B023, E731  called at once
            right += survives(call, _ABOVE * size * MB)
            right += not survives(call, _BELOW * size * MB)
        cells.append(f"{right} of {2 * len(SIZES_MB)} right")
    return f"| RLIMIT_AS at the budget | {' | '.join(cells)} |"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--repeats", type=int, default=3)
    repeats = parser.parse_args().repeats
    started = time.perf_counter()
    versions = f"Python {platform.python_version()}, numpy {np.__version__}"
    print(f"{versions}, torch {torch.__version__}, {platform.system()} {platform.release()}\n")
    print(f"| method | {' | '.join(KINDS)} |\n|---|{'---|' * len(KINDS)}", flush=True)
    print(row("our witness", witnessed, repeats), flush=True)
    for name, method in METHODS.items():
        print(row(name, lambda call, m=method: measured(m, call), repeats), flush=True)
    print(row_of_rlimit())
    print(f"\n{time.perf_counter() - started:.0f} s, {Path(__file__).name}")


if __name__ == "__main__":
    main()
