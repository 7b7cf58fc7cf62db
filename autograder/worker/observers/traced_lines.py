"""Tracing of the student's lines, for the observers that explain a budget line by line."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import PurePath
from types import FrameType
from typing import Any


def place(file: str, line: int) -> str:
    """A line of the submission as counts name it: `file:line`."""
    return f"{PurePath(file).name}:{line}"


@contextmanager
def lines_traced(
    note: Callable[[FrameType, str, Any], Any], folder: str, opcodes: bool = False
) -> Iterator[None]:
    """Meanwhile `note`, a trace function, is called in the frames of files under `folder`."""

    def enter(frame: FrameType, event: str, arg: Any) -> Any:
        if not frame.f_code.co_filename.startswith(folder):
            return None
        frame.f_trace_opcodes = opcodes
        return note

    before = sys.gettrace()
    sys.settrace(enter)
    try:
        yield
    finally:
        sys.settrace(before)
