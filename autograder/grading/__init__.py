"""Checks: how they are written, run and judged. Check files import from here and nowhere else.

    declaring     what is read from the source of checks, and the programs that prove them
    fixtures      the arguments of checks, such as `oracle`
    expectations  `expect`, tolerances, comparisons
    budgets, accounting   measured and predicted costs
    cluster       ranks, each a worker, on a network in virtual time
    context       one grading, one run of a check, its seeds, what the submission was asked
    mistakes      recognising known mistakes
    running       from a request to a report: session, run, plugin, judge; in other processes
    provenance    hashes of what graded, and why two gradings disagree

The names below are imported on first use. A command that only lists checks, or that has not yet set
the number of threads, must not import numpy by importing this package.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from autograder.grading.cluster.network import Network
    from autograder.grading.context.inputs import read_only
    from autograder.grading.declaring.decorator import check
    from autograder.grading.expectations import expect
    from autograder.grading.expectations.tolerance import rounding
    from autograder.wire.recipe import Recipe, recipe

__all__ = ["Network", "Recipe", "check", "expect", "read_only", "recipe", "rounding"]

_HOMES = {
    "Network": "autograder.grading.cluster.network",
    "Recipe": "autograder.wire.recipe",
    "check": "autograder.grading.declaring.decorator",
    "read_only": "autograder.grading.context.inputs",
    "recipe": "autograder.wire.recipe",
    "rounding": "autograder.grading.expectations.tolerance",
}


def __getattr__(name: str) -> Any:
    if name == "expect":
        return import_module("autograder.grading.expectations.expect")
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
