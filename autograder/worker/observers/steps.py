"""Observer in the worker: interpreter steps, i.e. opcodes executed in the student's own code.

Array operations cost a handful of steps whatever their size; a Python loop costs several an
iteration, whether it is spelt `for`, a comprehension, `map` with a lambda or `np.vectorize`. The
count is the same on every machine with the same version of Python. Between 3.10 and 3.13 the count
of a loop differs by a third, that of a lambda with one expression by a half: budgets leave room for
a factor of two. Loops within C or a library take no steps: the clock is the witness of those.
"""

import sys
import threading
from collections.abc import Callable
from types import CodeType, FrameType
from typing import Any

from autograder.worker.observers import Counted
from autograder.worker.observers.own_code import is_own_code


def observe(function: Callable[..., Any], arguments: Any, keywords: Any, folder: str) -> Counted:
    """Call `function`; count its `steps`, in all threads that it starts.

    There is a `switched_off` as well if it has meddled with the counting.
    """
    counter = StepCounter(is_own_code(folder))
    counter.start()
    try:
        value = function(*arguments, **keywords)
    finally:
        intact = counter.stop()
    meddled = {} if intact else {"switched_off": 1.0}
    return value, {"steps": float(counter.steps), **meddled}


if sys.version_info >= (3, 12):
    _NAME = "autograder"

    class StepCounter:
        """Counts by monitoring events, in all threads, those that run already included."""

        def __init__(self, is_own: Callable[[str], bool]) -> None:
            """`is_own(file name)` says which code counts."""
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
            """Count no more; returns whether nothing else has stopped or replaced the counter."""
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

else:

    class StepCounter:
        """Counts by the trace function, in this thread and in those that `threading` starts."""

        def __init__(self, is_own: Callable[[str], bool]) -> None:
            """`is_own(file name)` says which code counts."""
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
            """Count no more; returns whether nothing else has stopped or replaced the counter."""
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
