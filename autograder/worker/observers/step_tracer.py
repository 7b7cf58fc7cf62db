"""Counts opcodes by the trace function, for Python up to 3.11."""

import sys
import threading
from collections.abc import Callable
from types import FrameType
from typing import Any


class StepCounter:
    """Counts in this thread and in those that `threading` starts from now on."""

    def __init__(self, is_own: Callable[[str], bool]) -> None:
        """`is_own` tells by its file name which code counts."""
        self.steps = 0
        self._is_own = is_own
        self._enter = self._on_call  # one object: each look-up makes another bound method
        self._before: Any = None

    def start(self) -> None:
        """Count from here."""
        self._before = sys.gettrace()
        threading.settrace(self._enter)
        sys.settrace(self._enter)

    def stop(self) -> bool:
        """Count no more; gives whether nobody else has stopped it, or traced instead."""
        intact = sys.gettrace() is self._enter
        sys.settrace(self._before)
        threading.settrace(None)
        return intact

    def _on_call(self, frame: FrameType, event: str, arg: Any) -> Any:
        if not self._is_own(frame.f_code.co_filename):
            return None
        frame.f_trace_opcodes, frame.f_trace_lines = True, False
        return self._on_opcode

    def _on_opcode(self, frame: FrameType, event: str, arg: Any) -> Any:
        if event == "opcode":
            self.steps += 1
        return self._on_opcode
