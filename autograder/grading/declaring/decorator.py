"""The `@check` decorator, with which check files declare checks."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., None])

MARK = "__autograder_check__"


def check(
    *,
    part: str,
    points: float,
    needs: str | tuple[str, ...] = (),
    hint: str = "",
    isolation: str | tuple[str, ...] = (),
    requires: str | tuple[str, ...] = (),
    judged_by: str | tuple[str, ...] = (),
    unjudged: Mapping[str, str] = MappingProxyType({}),
) -> Callable[[F], F]:
    """Make a function a check worth `points` of `part`.

    The arguments are literals: `declare` reads them from the source without running it, so that
    every check is listed in every report even when its file cannot be imported. `needs` names
    checks of the same function that must pass first; `hint` is where in the handout to look;
    `requires` names the handout's requirements that the check is about, each with the function or
    class if it holds for several (`R2a:Adam`); `isolation` what its workers may do beyond
    computing: "threads", as every check may, "processes" or "shared memory".

    `judged_by` names checks of the same functions that judge the values which this one receives and
    does not judge. `unjudged` says why some are not judged, a reason for each pattern of
    alterations: `{"f(*).returned.*: zeros": "..."}`. Both are for the proof of answers.
    """

    def mark(function: F) -> F:
        setattr(function, MARK, True)
        return function

    return mark


def is_check(value: Any) -> bool:
    """Whether `@check` was applied to it."""
    return callable(value) and getattr(value, MARK, False) is True
