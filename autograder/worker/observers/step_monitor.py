"""Counts opcodes by the interpreter's monitoring events, from Python 3.12 on."""

import sys
from collections.abc import Callable
from types import CodeType
from typing import Any

assert sys.version_info >= (3, 12)

_NAME = "autograder"


class StepCounter:
    """Counts in all threads, those that run already included."""

    def __init__(self, is_own: Callable[[str], bool]) -> None:
        """`is_own` tells by its file name which code counts."""
        self.steps = 0
        self._is_own = is_own
        self._callback = self._on_instruction  # one object: each look-up makes another
        self._tool = -1

    def start(self) -> None:
        """Count from here."""
        monitoring = sys.monitoring
        self._tool = next(tool for tool in range(6) if monitoring.get_tool(tool) is None)
        monitoring.use_tool_id(self._tool, _NAME)
        monitoring.register_callback(self._tool, monitoring.events.INSTRUCTION, self._callback)
        monitoring.set_events(self._tool, monitoring.events.INSTRUCTION)
        monitoring.restart_events()  # where an earlier call has disabled them

    def stop(self) -> bool:
        """Count no more; gives whether nobody else has stopped it, or taken its place."""
        monitoring = sys.monitoring
        if monitoring.get_tool(self._tool) != _NAME:
            return False
        intact = monitoring.get_events(self._tool) == monitoring.events.INSTRUCTION
        mine = monitoring.register_callback(self._tool, monitoring.events.INSTRUCTION, None)
        monitoring.set_events(self._tool, monitoring.events.NO_EVENTS)
        monitoring.free_tool_id(self._tool)
        return intact and mine is self._callback

    def _on_instruction(self, code: CodeType, offset: int) -> Any:
        if not self._is_own(code.co_filename):
            return sys.monitoring.DISABLE
        self.steps += 1
        return None
