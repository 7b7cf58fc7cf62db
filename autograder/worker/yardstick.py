"""Run in the yardstick's own worker: a multiset of array operations on random operands.

It stands in for a submission, so it is timed exactly as the student is. Started by
`grading/budgets/timed_calls.py`.
"""

from operator import attrgetter
from typing import Any

import numpy as np

# what that worker imports in place of a submission
MODULE = b"""from autograder.worker.yardstick import Replay

_replay = Replay()
prepare, run, ignore = _replay.prepare, _replay.run, _replay.ignore
"""

_STEPS_PER_TURN = 4  # opcodes of one turn of the empty loop below, about


class Replay:
    """Operands are made by `prepare`, so that `run` does nothing but the operations."""

    def __init__(self) -> None:
        self._work: list[tuple[Any, list[Any], dict[str, Any], int]] = []
        self._turns = 0

    def prepare(self, operations: list[dict[str, Any]], interpreter_steps: int, seed: int) -> None:
        """Draw the operands of every operation from `seed`."""
        rng = np.random.default_rng(seed)
        self._turns = interpreter_steps // _STEPS_PER_TURN
        self._work = []
        for operation in operations:
            operands = [
                rng.standard_normal(shape).astype(operation["dtype"])
                for shape in operation["shapes"]
            ]
            keywords = {} if operation["axis"] is None else {"axis": operation["axis"]}
            function = attrgetter(operation["op"])(np)
            self._work.append((function, operands, keywords, operation["count"]))

    def ignore(self, *arguments: Any) -> None:
        """Receive what a submission is given: only how long its arrival takes is measured."""

    def run(self, times: int) -> None:
        """So many times: every operation `count` times, and the turns of the interpreter."""
        for _ in range(times):
            for function, operands, keywords, count in self._work:
                for _ in range(count):
                    function(*operands, **keywords)
            for _ in range(self._turns):
                pass
