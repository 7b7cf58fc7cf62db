"""Observer in the worker: interpreter steps, i.e. opcodes executed in the student's own code.

Array operations cost a handful of steps whatever their size; a Python loop costs several an
iteration, whether it is spelt `for`, a comprehension, `map` with a lambda or `np.vectorize`.
The count is the same on every machine with the same version of Python. Between 3.10 and 3.13 a
loop's differs by a third, and a lambda's of one word by a half: budgets leave room for a factor of
two. Loops within C or a library take no steps: the clock is the witness of those.
"""

import sys
from collections.abc import Callable
from typing import Any

from autograder.worker.observers.own_code import is_own_code

if sys.version_info >= (3, 12):
    from autograder.worker.observers.step_monitor import StepCounter
else:
    from autograder.worker.observers.step_tracer import StepCounter


def observe(
    function: Callable[..., Any], arguments: Any, keywords: Any, folder: str
) -> tuple[Any, dict[str, float]]:
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
