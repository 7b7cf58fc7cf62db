"""The calls that a check makes, noted while it runs, for `autograder show`.

`running/run.py` makes the context; `script` writes what was noted.
"""

import copy
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from autograder.grading.context.grading_context import GradingContext
from autograder.model.values import map_leaves
from autograder.sandbox.callables import LimitedCallable
from autograder.sandbox.remote import RemoteWorker

_MOST = 1000  # calls of one function of the check that are noted


class NotedCall(NamedTuple):
    """A call of a function of the submission, or of a program."""

    function: str
    program: bool
    arguments: list[Any]
    keywords: dict[str, Any]


class NotedFunction(LimitedCallable):
    """A function of the check, and what it has returned."""

    def __init__(self, function: LimitedCallable) -> None:
        super().__init__(function, function.at_most, function.most_bytes)
        self.noted: list[tuple[list[Any], dict[str, Any], Any]] = []

    def __call__(self, *arguments: Any, **keywords: Any) -> Any:
        """Call the function itself."""
        given = copy.deepcopy((list(arguments), keywords))
        value = super().__call__(*arguments, **keywords)
        if len(self.noted) < _MOST:
            self.noted.append((*given, copy.deepcopy(value)))
        return value


class NotedWorker(RemoteWorker):
    """A worker whose calls are noted."""

    noted: list[NotedCall]

    def call(
        self,
        function: str,
        arguments: Sequence[Any],
        keywords: Mapping[str, Any],
        *,
        program: bool = False,
        **options: Any,
    ) -> tuple[Any, dict[str, float]]:
        """Note the call, and make it."""
        given = map_leaves(_listened, list(arguments))
        named = {name: map_leaves(_listened, value) for name, value in keywords.items()}
        self.noted.append(NotedCall(function, program, *map_leaves(_copied, (given, named))))
        return super().call(function, given, named, program=program, **options)


class NotingContext(GradingContext):
    """Its workers note their calls."""

    def __init__(self, *parts: Any) -> None:
        super().__init__(*parts)
        self.memory_is_seen = True  # what is measured is not used
        self.calls: list[NotedCall] = []

    def new_worker(self, allowed: tuple[str, ...] = ()) -> RemoteWorker:
        """A worker like any other."""
        given = self.launcher, self.submission, self.limits, self.programs
        worker = NotedWorker(*given, allowed=allowed)
        worker.noted = self.calls
        return worker


def _listened(value: Any) -> Any:
    if not callable(value):
        return value
    return NotedFunction(value if isinstance(value, LimitedCallable) else LimitedCallable(value))


def _copied(value: Any) -> Any:
    """The check may change its own; a noted function goes on noting."""
    return value if isinstance(value, NotedFunction) else copy.deepcopy(value)
