"""What checks call to compare values: `expect.close`, `expect.equal` and so on.

Each failure ends the check as WRONG, with a message of what was received and what was expected.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NoReturn

import numpy as np

from autograder.grading.expectations.closeness import note
from autograder.grading.expectations.compare import (
    describe,
    difference,
    first_difference,
    identical,
    index_text,
)
from autograder.grading.expectations.grammar import has_or_have, is_or_are
from autograder.grading.expectations.tolerance import Tolerance
from autograder.model.errors import GraderError, UnusableValue
from autograder.model.outcome import Closeness, Message
from autograder.model.verdict import Verdict
from autograder.sandbox.callables import OF_ARGUMENTS, LimitedCallable
from autograder.sandbox.faults import StudentFault

_NUMBERS = (int, float, np.integer, np.floating)


def fail(what: str, detail: str = "", looks_like: str = "", hint: str = "") -> NoReturn:
    """End the check as WRONG."""
    raise StudentFault(Verdict.WRONG, Message(what, detail, looks_like, hint))


def that(condition: Any, what: str, detail: str = "", looks_like: str = "", hint: str = "") -> None:
    """Fail with `what`, a statement of what is wrong, unless `condition` holds."""
    if not condition:
        fail(what, detail, looks_like, hint)


def close(
    got: Any,
    want: Any,
    *,
    within: Tolerance | None = None,
    rtol: float | None = None,
    atol: float = 0.0,
    why: str = "",
    what: str = "the result",
    hint: str = "",
) -> None:
    """`got` has the type and shape of `want`, and differs by at most atol + rtol * max|want|.

    The tolerance is relative to the largest entry, as rounding errors of sums are. Either `within`
    is a `rounding(...)`, or `rtol` and `atol` are given with `why`, which says where they come
    from and is shown with the failure: for what is not rounding, such as truncation or chance.
    Raises GraderError where neither or both are given.
    """
    tolerance = _tolerance(within, rtol, atol, why, what)
    expected = np.asarray(want)
    if not np.all(np.isfinite(expected)):
        raise UnusableValue(f"the expected value of {what} is not finite")
    actual = _same_shape(got, expected, what)
    if np.iscomplexobj(actual) and not np.iscomplexobj(expected):
        fail(f"{is_or_are(what)} complex, expected real numbers", hint=hint)
    scale = float(np.max(np.abs(expected), initial=0.0))
    allowed = tolerance.absolute + tolerance.relative * scale
    found = difference(actual, expected)
    note(
        Closeness(
            what=what,
            error=found.largest,
            allowed=allowed,
            rounding=tolerance.is_rounding,
            why=tolerance.why,
            size=scale,
        )
    )
    if found.largest <= allowed:
        return
    off = f"{found.largest:.3g}" if not scale else f"{found.largest / scale:.2g} of its size"
    fail(
        f"{is_or_are(what)} off by {off} (allowed {allowed / (scale or 1.0):.1g}: {tolerance.why})",
        found.worst,
        found.looks_like,
        hint,
    )


def equal(got: Any, want: Any, *, what: str = "the result", hint: str = "") -> None:
    """`got` is exactly `want`: the type, the shape and every value."""
    if isinstance(want, np.ndarray):
        actual = array(got, shape=want.shape, what=what)
        found = difference(actual, want)
        same = np.array_equal(actual, want)  # exact: `difference` rounds large integers
        that(same, f"{is_or_are(what)} not exactly as expected", found.worst, hint=hint)
        return
    _require_returned(got if want is not None else 0, what)
    if not identical(got, want):
        what = f"{what} is {describe(got)}, expected {describe(want)}"
        fail(what, first_difference(got, want), hint=hint)


def array(
    got: Any, *, shape: Sequence[int], dtype: Any = None, what: str = "the result", hint: str = ""
) -> np.ndarray:
    """`got` is a numpy array of this shape (and dtype) without NaN or infinity; returns it."""
    _require_returned(got, what)
    if not isinstance(got, np.ndarray):
        fail(
            f"{is_or_are(what)} {describe(got)}, expected an array of shape {tuple(shape)}",
            hint=hint,
        )
    if got.shape != tuple(shape):
        fail(f"{has_or_have(what)} shape {got.shape}, expected {tuple(shape)}", hint=hint)
    if dtype is not None and got.dtype != np.dtype(dtype):
        fail(f"{has_or_have(what)} dtype {got.dtype}, expected {np.dtype(dtype)}", hint=hint)
    _require_finite(got, what)
    result: np.ndarray = got
    return result


def items(got: Any, count: int, *, what: str = "the result", hint: str = "") -> Sequence[Any]:
    """`got` is a list or tuple of `count` entries; returns it, ready to be unpacked."""
    _require_returned(got, what)
    if not isinstance(got, (list, tuple)) or len(got) != count:
        fail(f"{what} is {describe(got)}, expected a list or tuple of {count}", hint=hint)
    entries: Sequence[Any] = got
    return entries


def number(
    got: Any, *, low: float | None = None, high: float | None = None, what: str = "the result"
) -> float:
    """`got` is one finite number, within [low, high] if given; returns it as a float."""
    _require_returned(got, what)
    if isinstance(got, np.ndarray) and got.shape == ():
        got = got[()]
    if isinstance(got, bool) or not isinstance(got, _NUMBERS):
        fail(f"{what} is {describe(got)}, expected a number")
    value = _as_float(got, what)
    if (low is not None and value < low) or (high is not None and value > high):
        fail(f"{what} is {value:.6g}, expected {_span(low, high)}")
    return value


def raises(
    kind: type[Exception], function: Callable[..., Any], *arguments: Any, **keywords: Any
) -> None:
    """The call raises this exception, whatever its text; a stub and a limit end the check as ever.

    Another exception or a returned value is WRONG.
    """
    name = getattr(function, "name", "the call")
    try:
        value = function(*arguments, **keywords)
    except StudentFault as fault:
        if not fault.raised or fault.verdict is not Verdict.CRASHED:
            raise
        if fault.raised != kind.__name__:
            what = f"{name}() raised {fault.raised}, expected {kind.__name__}"
            message = Message(what, detail=fault.message.what)
            raise StudentFault(Verdict.WRONG, message, fault.traceback) from None
        return
    fail(f"{name}() returned {describe(value)}, expected it to raise {kind.__name__}")


def _span(low: float | None, high: float | None) -> str:
    if low is None:
        return f"at most {high:g}"
    return f"at least {low:g}" if high is None else f"between {low:g} and {high:g}"


def _as_float(got: Any, what: str) -> float:
    try:
        value = float(got)
    except OverflowError:
        fail(f"{what} is {describe(got)}, which is too large for a float")
    that(math.isfinite(value), f"{what} is {got}")
    return value


@contextmanager
def usable(what: str, hint: str = "") -> Iterator[None]:
    """Within it the check computes with `what`, a value from the submission: if that fails, the
    value is WRONG. Everything else that is used there must be the check's own."""
    try:
        yield
    except OF_ARGUMENTS as error:
        told = f"{type(error).__name__}: {error}"
        message = Message(f"{what} cannot be used", told, hint=hint)
        raise StudentFault(Verdict.WRONG, message) from error


def calls(function: Callable[..., Any], *, at_most: int) -> LimitedCallable:
    """`function`, to be passed to the student's code, which may call it `at_most` times."""
    return LimitedCallable(function, at_most)


def _tolerance(
    within: Tolerance | None, rtol: float | None, atol: float, why: str, what: str
) -> Tolerance:
    """The tolerance, which is given in one of two forms."""
    if within is not None and rtol is None and not atol and not why:
        return within
    if within is None and rtol is not None and why:
        return Tolerance(rtol, atol, why, is_rounding=False)
    raise GraderError(
        f"expect.close of {what} needs either within=rounding(...), or rtol= (and atol=) with why="
    )


def _same_shape(got: Any, want: np.ndarray, what: str) -> np.ndarray:
    if want.shape == ():
        return np.asarray(number(got, what=what))
    return array(got, shape=want.shape, what=what)


def _require_returned(got: Any, what: str) -> None:
    if got is None:
        fail(f"{is_or_are(what)} None: nothing was returned", hint="is a return statement missing?")


def _require_finite(got: np.ndarray, what: str) -> None:
    if got.dtype.kind not in "fc":
        return
    bad = int(np.size(got) - np.count_nonzero(np.isfinite(got)))
    if bad:
        first = tuple(int(i) for i in np.argwhere(~np.isfinite(got))[0])
        fail(
            f"{has_or_have(what)} {bad} of {got.size} entries that are NaN or infinite",
            f"first at index {index_text(first)}: {got[first]}",
            hint="look for exp of a large number, log of zero, or a division by zero",
        )
