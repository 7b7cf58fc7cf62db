"""The modules in a worker: programs, the submission's names and errors, and observed calls.

`serve` uses it; the lab reports errors of a submission in the same way.
"""

import importlib
import traceback
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

from autograder.machine.files import import_file
from autograder.model.outcome import StudentLine
from autograder.wire.messages import Raised

_MAX_LINES = 20
_MAX_TEXT = 2000


def import_programs(path: Path) -> dict[str, Callable[..., Any]]:
    """What can be called in programs.py and, after it, in the files programs_*.py beside it.

    These may import from `programs`.
    """
    paths = (path, *sorted(path.parent.glob("programs_*.py")))
    modules = [import_file(each, each.stem) for each in paths]
    return {n: p for module in modules for n, p in vars(module).items() if callable(p)}


def public_callables(module: ModuleType) -> tuple[str, ...]:
    """Names the module itself defines and that can be called."""
    return tuple(
        name
        for name, value in vars(module).items()
        if callable(value) and getattr(value, "__module__", None) == module.__name__
    )[:100]


def describe_exception(
    error: BaseException, folder: Path, nonce: int, *, importing: bool
) -> Raised:
    """The exception as a message: its type, its text, the lines of the student's files.

    `str(error)` is student code as well, so whatever it raises is caught here.
    """
    try:
        text = str(error)
    except BaseException as second:  # process boundary: str() of a hostile exception
        text = f"(its text cannot be shown: {type(second).__name__})"
    return Raised(
        nonce=nonce,
        type=type(error).__name__[:200],
        text=text.encode("utf-8", "replace").decode()[:_MAX_TEXT],
        traceback=tuple(_student_lines(error, folder))[-_MAX_LINES:],
        importing=importing,
    )


def _student_lines(error: BaseException, folder: Path) -> list[StudentLine]:
    inside = str(folder)
    lines = [
        StudentLine(Path(entry.filename).name, entry.lineno or 0, entry.name)
        for entry in traceback.extract_tb(error.__traceback__, limit=1000)
        if entry.filename.startswith(inside)
    ]
    if isinstance(error, SyntaxError) and str(error.filename or "").startswith(inside):
        lines.append(StudentLine(Path(str(error.filename)).name, error.lineno or 0, ""))
    return lines


def call_observed(
    observer: str, function: Callable[..., Any], arguments: Any, keywords: Any, folder: Path
) -> tuple[Any, dict[str, float]]:
    """The value of a call, and what the observer counted; an empty `observer` counts nothing."""
    if not observer:
        return function(*arguments, **keywords), {}
    value, observed = _observer(observer).observe(function, arguments, keywords, str(folder))
    return value, observed


def code_of_observer(name: str) -> list[Callable[..., Any]]:
    """What runs of ours when the observer is around a call."""
    return [f for f in vars(_observer(name)).values() if callable(f)] if name else []


def prepare_observer(name: str) -> None:
    """Run what the observer of a held call prepares once the arguments are there, if anything."""
    if name:
        getattr(_observer(name), "prepare", lambda: None)()


def _observer(name: str) -> ModuleType:
    if not name.startswith("autograder."):
        raise ImportError(f"{name} is not an observer")
    return importlib.import_module(name)
