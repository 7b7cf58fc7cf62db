"""Checks: how they are written, run and judged. Check files import from here and nowhere else.

The names are imported on first use: whoever only lists checks, or has yet to pin the number of
threads, must not import numpy by importing this package.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from autograder.grading.declaring.decorator import check
    from autograder.grading.expectations import expect
    from autograder.grading.expectations.tolerance import rounding
    from autograder.wire.recipe import Recipe, recipe

__all__ = ["Recipe", "check", "expect", "recipe", "rounding"]

_HOMES = {
    "Recipe": "autograder.wire.recipe",
    "check": "autograder.grading.declaring.decorator",
    "recipe": "autograder.wire.recipe",
    "rounding": "autograder.grading.expectations.tolerance",
}


def __getattr__(name: str) -> Any:
    if name == "expect":
        return import_module("autograder.grading.expectations.expect")
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
