"""Observer in the worker: how long each line of the student's files takes, and in how many steps.

For explanations only: tracing slows loops down far more than array operations.
"""

import time
from collections import defaultdict
from collections.abc import Callable
from types import FrameType
from typing import Any

from autograder.worker.observers import Counted
from autograder.worker.observers.traced_lines import lines_traced, place


def observe(function: Callable[..., Any], arguments: Any, keywords: Any, folder: str) -> Counted:
    """Call `function`; the seconds and opcodes of lines of files under `folder`.

    The counts are named `file:line:seconds` and `file:line:steps`. What a line calls elsewhere is
    time of that line.
    """
    counts: dict[str, float] = defaultdict(float)
    line, since = "", time.perf_counter()

    def note(frame: FrameType, event: str, arg: Any) -> Any:
        nonlocal line, since
        now = time.perf_counter()
        counts[f"{line}:seconds"] += now - since
        line = place(frame.f_code.co_filename, frame.f_lineno)
        counts[f"{line}:steps"] += event == "opcode"
        since = time.perf_counter()
        return note

    with lines_traced(note, folder, opcodes=True):
        value = function(*arguments, **keywords)
    counts[f"{line}:seconds"] += time.perf_counter() - since
    return value, dict(counts)
