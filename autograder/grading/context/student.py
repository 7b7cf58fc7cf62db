"""The fixture `student`: functions of the submission, which are called in another process.

`CheckRun` makes it; budgets and accounting get its functions as arguments.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from autograder.model.errors import GraderError


class RemoteFunction:
    """A function of the submission, or a program, which receives the submission's module."""

    def __init__(self, call: "CallRemotely", name: str, program: bool) -> None:
        self._call, self.name, self.program = call, name, program

    def __call__(self, *arguments: Any, **keywords: Any) -> Any:
        """Call it in the worker, and return its value."""
        value, _ = self._call(self, arguments, keywords)
        return value


def subject(function: RemoteFunction, arguments: Sequence[Any]) -> str:
    """What a call is about: the function, or the one whose name a program is given first."""
    texts = [each for each in arguments if isinstance(each, str) and each.isidentifier()]
    return texts[0] if function.program and texts else function.name


# (function, arguments, keywords) -> (value, observed)
CallRemotely = Callable[[RemoteFunction, tuple[Any, ...], dict[str, Any]], "Observed"]


class Observed(NamedTuple):
    """A value and what an observer in the worker counted beside it."""

    value: Any
    counts: dict[str, float]


class RemoteModule:
    """A module in the worker: each of its public functions is an attribute."""

    def __init__(self, call: CallRemotely, *, program: bool) -> None:
        self._call, self._program = call, program

    def __getattr__(self, name: str) -> RemoteFunction:
        if name.startswith("_"):
            raise GraderError(f"a check asks for {name!r}, which is private to the submission")
        return RemoteFunction(self._call, name, self._program)


class Student(RemoteModule):
    """The submission: `student.f(...)` calls its function f.

    `student.programs.g(...)` calls g of assignments/<id>/programs.py, beside it in the worker.
    """

    def __init__(self, call: CallRemotely) -> None:
        super().__init__(call, program=False)
        self.programs = RemoteModule(call, program=True)
