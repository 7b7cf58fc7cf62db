"""Observer in the worker: bytes that numpy and Python allocate during one call, at their peak."""

import gc
import tracemalloc
from collections.abc import Callable
from typing import Any


def observe(
    function: Callable[..., Any], arguments: Any, keywords: Any, folder: str
) -> tuple[Any, dict[str, float]]:
    """Call `function`; count the peak of live bytes above what was there before.

    The inputs exist already, so they are not counted; the result is.
    """
    gc.collect()
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        value = function(*arguments, **keywords)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    return value, {"bytes": float(peak - before)}
