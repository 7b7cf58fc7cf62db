"""Checks: how they are written, run and judged. Check files import from here and nowhere else.

The names are imported on first use: whoever only lists checks, or has yet to pin the number of
threads, must not import numpy by importing this package.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from autograder.grading import expect
    from autograder.grading.decorator import check
    from autograder.grading.tolerance import rounding
    from autograder.sandbox.recipe import recipe

__all__ = ["check", "expect", "recipe", "rounding"]


def __getattr__(name: str) -> Any:
    if name == "expect":
        return import_module("autograder.grading.expect")
    if name == "check":
        return import_module("autograder.grading.decorator").check
    if name == "rounding":
        return import_module("autograder.grading.tolerance").rounding
    if name == "recipe":
        return import_module("autograder.sandbox.recipe").recipe
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
