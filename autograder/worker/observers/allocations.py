"""Observer in the worker: logical bytes of one call at their peak.

Logical bytes are what the code asks for, the same on every machine: Python's objects and numpy's
arrays as tracemalloc counts them, and torch's storages, summed on one timeline. Not seen is what
libraries take from the system by themselves: work space of BLAS, mapped files, child processes.
"""

import gc
import sys
import tracemalloc
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from autograder.worker.observers import Counted
from autograder.worker.observers.timeline import Timeline


def observe(function: Callable[..., Any], arguments: Any, keywords: Any, folder: str) -> Counted:
    """Call `function`; count the peak of live bytes above what was there before.

    The inputs exist already, so they are not counted; the result is. `switched_off` is counted when
    the call has switched the counting off.
    """
    count_torch = torch_counter()
    gc.collect()
    tracemalloc.start()
    try:
        timeline = Timeline()
        with count_torch(timeline):
            value = function(*arguments, **keywords)
        timeline.note()
        counts = {"bytes": float(timeline.highest)}
        if not tracemalloc.is_tracing():
            counts["switched_off"] = 1.0
    finally:
        tracemalloc.stop()
    return value, counts


def torch_counter() -> Callable[[Timeline], AbstractContextManager[Any]]:
    """What counts torch's storages if the assignment uses torch, which is never imported here.

    Asked for before the counting starts: the import takes 0.3 MB, which are not the student's.
    """
    if "torch" not in sys.modules:
        return nullcontext
    from autograder.worker.observers.torch_storages import torch_counted

    return torch_counted
