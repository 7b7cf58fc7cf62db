"""Observer in the worker: the table of the package memory-profiler, line by line.

For explanations only, and the only place that knows the package. It reads the resident memory
after every line: what is freed within a line, or fits into free memory, it does not see. Nor can
it distinguish the lines of several functions, so it gets one: the function that is called.
"""

import inspect
from collections.abc import Callable
from typing import Any

from autograder.worker.observers import Counted
from autograder.worker.observers.traced_lines import place

_MIB = 2**20


def observe(function: Callable[..., Any], arguments: Any, keywords: Any, folder: str) -> Counted:
    """Call `function`; the bytes by which each line raised the memory, `file:line:raised`."""
    from memory_profiler import LineProfiler

    profiler = LineProfiler(backend="psutil")
    if inspect.isfunction(function) and function.__code__.co_filename.startswith(folder):
        profiler.add_function(function)
    with profiler:
        value = function(*arguments, **keywords)
    counts = {}
    for file, lines in profiler.code_map.items():
        measured = [(number, table[0]) for number, table in lines if table is not None]
        for number, raised in measured[1:]:  # the first has all that was there before
            counts[f"{place(file, number)}:raised"] = raised * _MIB
    return value, counts
