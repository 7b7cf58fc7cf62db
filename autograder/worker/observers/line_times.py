"""Observer in the worker: how long each line of the student's files takes, and in how many steps.

For explanations only: tracing slows loops down far more than array operations.
"""

import sys
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import PurePath
from types import FrameType
from typing import Any


def observe(
    function: Callable[..., Any], arguments: Any, keywords: Any, folder: str
) -> tuple[Any, dict[str, float]]:
    """Call `function`; the seconds and opcodes of lines of files under `folder`.

    The counts are named `file:line:seconds` and `file:line:steps`. What a line calls elsewhere is
    time of that line.
    """
    seconds: dict[tuple[str, int], float] = defaultdict(float)
    steps: dict[tuple[str, int], float] = defaultdict(float)
    line, since = ("", 0), time.perf_counter()

    def note(frame: FrameType, event: str, arg: Any) -> Any:
        nonlocal line, since
        now = time.perf_counter()
        seconds[line] += now - since
        line = (PurePath(frame.f_code.co_filename).name, frame.f_lineno)
        steps[line] += event == "opcode"
        since = time.perf_counter()
        return note

    def enter(frame: FrameType, event: str, arg: Any) -> Any:
        if not frame.f_code.co_filename.startswith(folder):
            return None
        frame.f_trace_opcodes = True
        return note

    before = sys.gettrace()
    sys.settrace(enter)
    try:
        value = function(*arguments, **keywords)
    finally:
        sys.settrace(before)
    seconds[line] += time.perf_counter() - since
    counts = {f"{file}:{number}:seconds": spent for (file, number), spent in seconds.items()}
    counts |= {f"{file}:{number}:steps": count for (file, number), count in steps.items()}
    return value, counts
