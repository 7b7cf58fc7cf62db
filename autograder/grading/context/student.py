"""What a check sees of the submission: functions to call, in another process."""

from collections.abc import Callable
from typing import Any, NamedTuple

from autograder.model.errors import GraderError


class RemoteFunction:
    """A function of the submission, or a program that gets the submission's module."""

    def __init__(self, call: "CallRemotely", name: str, program: bool) -> None:
        self._call, self.name, self.program = call, name, program

    def __call__(self, *arguments: Any, **keywords: Any) -> Any:
        """Call it in the worker; gives its value."""
        value, _ = self._call(self, arguments, keywords)
        return value


# (function, arguments, keywords) -> (value, observed)
CallRemotely = Callable[[RemoteFunction, tuple[Any, ...], dict[str, Any]], "Observed"]


class Observed(NamedTuple):
    """A value and what an observer in the worker counted beside it."""

    value: Any
    counts: dict[str, float]


class Programs:
    """The programs of assignments/<id>/programs.py."""

    def __init__(self, call: CallRemotely) -> None:
        self._call = call

    def __getattr__(self, name: str) -> RemoteFunction:
        _require_public(name)
        return RemoteFunction(self._call, name, program=True)


class Student:
    """The submission: `student.f(...)` calls its function f."""

    def __init__(self, call: CallRemotely) -> None:
        self._call = call
        self.programs = Programs(call)

    def __getattr__(self, name: str) -> RemoteFunction:
        _require_public(name)
        return RemoteFunction(self._call, name, program=False)


def _require_public(name: str) -> None:
    if name.startswith("_"):
        raise GraderError(f"a check asks for {name!r}, which is private to the submission")
