"""One counted call, after one on other inputs that warms up what libraries load on first use."""

from collections.abc import Callable
from typing import Any

from autograder.grading.context.check_run import CheckRun
from autograder.grading.context.seeds import generator
from autograder.grading.context.student import Observed, RemoteFunction

# inputs(rng) -> arguments; called anew for every call, so that remembering answers does not pay
Inputs = Callable[[Any], tuple[Any, ...]]


def count_call(run: CheckRun, function: RemoteFunction, inputs: Inputs, observer: str) -> Observed:
    """Call twice, each time on inputs of its own; the second call is counted."""
    run.call(function, inputs(generator(run.seed + 1)), {})
    return run.call(function, inputs(generator(run.seed)), {}, observer)
