"""Observer in the worker: interpreter steps, i.e. opcodes executed in the student's own frames.

Array operations cost a handful of steps whatever their size; a Python loop costs several an
iteration, whether it is spelt `for`, a comprehension, `map` with a lambda or `np.vectorize`.
The count is the same on every machine with the same Python version.
"""

import sys
import threading
from collections.abc import Callable
from types import FrameType
from typing import Any


def observe(
    function: Callable[..., Any], arguments: Any, keywords: Any, folder: str
) -> tuple[Any, dict[str, float]]:
    """Call `function`; count the opcodes in frames of files under `folder`, in all threads."""
    steps = 0

    def count(frame: FrameType, event: str, arg: Any) -> Any:
        nonlocal steps
        if event == "opcode":
            steps += 1
        return count

    def enter(frame: FrameType, event: str, arg: Any) -> Any:
        if not frame.f_code.co_filename.startswith(folder):
            return None
        frame.f_trace_opcodes, frame.f_trace_lines = True, False
        return count

    before = sys.gettrace()
    threading.settrace(enter)
    sys.settrace(enter)
    try:
        value = function(*arguments, **keywords)
    finally:
        sys.settrace(before)
        threading.settrace(None)
    return value, {"steps": float(steps)}
