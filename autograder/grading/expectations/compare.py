"""Where two arrays differ most, and which common mistake the difference looks like.

`expect` calls it for every comparison of arrays.
"""

import math
from typing import Any, NamedTuple

import numpy as np

_NUMBERS = (int, float)  # 2 and 2.0 are the same answer
_SMALLEST = 1e-290  # below this, reciprocals overflow
_LARGEST_WHOLE = 1000  # a sum where a mean was asked, of this many terms at most
_FEW, _LINE = 8, 60  # entries and letters that a message can show
_CLOSE = 1e-6  # of the size of the expected array: what a recognised mistake may leave unexplained


class Difference(NamedTuple):
    """The largest absolute difference, where it is, and what it looks like."""

    largest: float
    worst: str
    looks_like: str


def difference(got: np.ndarray, want: np.ndarray) -> Difference:
    """Compare arrays of equal shape; `got` is finite."""
    if want.size == 0:
        return Difference(0.0, "", "")
    wide = np.complex128 if np.iscomplexobj(got) or np.iscomplexobj(want) else np.float64
    actual, expected = got.astype(wide), want.astype(wide)
    with np.errstate(all="ignore"):  # a result that has diverged may overflow here
        gap = np.abs(actual - expected)
        mistake = _recognise(actual, expected)
    index = tuple(int(i) for i in np.unravel_index(int(np.argmax(gap)), gap.shape))
    where = f"at index {index_text(index)}: " if index else ""
    worst = f"{where}{_told_apart(got[index], want[index])}"
    return Difference(float(gap.max()), worst, mistake)


def index_text(index: tuple[Any, ...]) -> str:
    """`3` or `(3, 1)`."""
    return str(index[0]) if len(index) == 1 else str(index)


def _told_apart(got: Any, want: Any) -> str:
    """Both numbers, with as many digits as it takes to see that they differ."""
    shown = [_show(got), _show(want)]
    if shown[0] == shown[1]:
        shown = [f"{got!s} ({got.dtype})", f"{want!s} ({want.dtype})"]
    return f"got {shown[0]}, expected {shown[1]}"


def describe(value: Any) -> str:
    """A value in a few words."""
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape} and dtype {value.dtype}"
    if value is None or isinstance(value, (bool, int, float, np.generic)):
        return _show(value)
    if isinstance(value, (str, bytes)):
        return repr(value[:60])
    if isinstance(value, (list, tuple, dict)):
        return _few(value) or f"a {type(value).__name__} of {len(value)}"
    return repr(value)[:60]


def _few(values: Any) -> str:
    """A short list or tuple of numbers, truth values or names as text; "" for anything else."""
    plain = isinstance(values, (list, tuple)) and len(values) <= _FEW
    if not plain or not all(isinstance(v, (bool, int, float, str)) for v in values):
        return ""
    shown = repr(values)
    return shown if len(shown) <= _LINE else ""


def identical(got: Any, want: Any) -> bool:
    """Equal in kind and value, at any depth; a numpy scalar is the number it stands for."""
    got, want = _plain(got), _plain(want)
    numbers = isinstance(got, _NUMBERS) and isinstance(want, _NUMBERS)
    if type(got) is not type(want) and not numbers:
        return False
    if isinstance(want, np.ndarray):
        return bool(got.shape == want.shape and np.array_equal(got, want))
    if isinstance(want, (list, tuple)):
        return len(got) == len(want) and all(map(identical, got, want))
    if isinstance(want, dict):
        return got.keys() == want.keys() and all(identical(got[k], want[k]) for k in want)
    return bool(got == want)


def first_difference(got: Any, want: Any, index: tuple[Any, ...] = ()) -> str:
    """The first place where two lists, tuples or dicts are not identical: `at index 3: got 1, ...`.

    Empty where one of them is not like the other: the whole is the difference then.
    """
    if isinstance(got, dict) and isinstance(want, dict) and got.keys() == want.keys():
        keys = list(want)
    elif isinstance(got, (list, tuple)) and type(got) is type(want):
        if len(got) != len(want) and identical(got[: len(want)], want[: len(got)]):
            return f"{_at(index)}{len(got)} entries, expected {len(want)}: the first ones are right"
        keys = list(range(min(len(got), len(want))))
    elif not index:
        return ""
    elif isinstance(got, np.ndarray) and getattr(want, "shape", None) == got.shape:
        worst = difference(got, want).worst if got.dtype.kind in "biufc" else ""
        return f"{_at(index)}{worst.replace('at index', 'its entry')}"
    else:
        return f"{_at(index)}got {describe(got)}, expected {describe(want)}"
    wrong = next((key for key in keys if not identical(got[key], want[key])), None)
    return "" if wrong is None else first_difference(got[wrong], want[wrong], (*index, wrong))


def _at(index: tuple[Any, ...]) -> str:
    return f"at index {index_text(index)}: " if index else ""


def _plain(value: Any) -> Any:
    single = isinstance(value, np.generic) or (isinstance(value, np.ndarray) and not value.ndim)
    return value.item() if single else value


def _show(value: Any) -> str:
    if isinstance(value, (float, np.floating)):
        return f"{value:.6g}"
    text = str(value)
    return text if len(text) <= 60 else f"{text[:50]}... ({len(text)} characters)"


def _recognise(got: np.ndarray, want: np.ndarray) -> str:
    """The common mistake that turns `want` into `got`; empty where there is none."""
    size = float(np.max(np.abs(want)))
    if size == 0 or not np.any(got):
        return "everything is zero" if want.size > 1 and size else ""
    share = 0 < want.real.min() and want.real.max() < 1
    if share and _near(got, 1 - want, size) and not _near(got, want, size):
        return "1 minus the right number"
    if want.size < 2:
        return _recognise_number(complex(got.flat[0]), complex(want.flat[0]))
    factor = float(np.real(np.vdot(want, got)) / np.real(np.vdot(want, want)))
    small = not math.isfinite(factor) or abs(factor) * size < _SMALLEST
    if not small and _near(got, factor * want, size * abs(factor)):
        return _name_factor(factor)
    if got.ndim == 2 and got.shape[0] == got.shape[1] and _near(got.T, want, size):
        return "the transpose"
    shift = got - want
    if np.ptp(shift.real) <= _CLOSE * size and not np.iscomplexobj(shift):
        return f"every entry is {shift.flat[0]:+.4g} off"
    if _near(np.sort(got, axis=None), np.sort(want, axis=None), size):
        return "the right numbers in the wrong order"
    return ""


def _recognise_number(got: complex, want: complex) -> str:
    """Any number is a multiple of any other, so only whole multiples are recognised."""
    factor = (got / want).real
    if (got / want).imag or not 1 / _LARGEST_WHOLE <= abs(factor) <= _LARGEST_WHOLE:
        return ""
    size = max(abs(factor), 1 / abs(factor))
    return _name_factor(factor) if abs(size - round(size)) <= _CLOSE * size else ""


def _near(left: np.ndarray, right: np.ndarray, size: float) -> bool:
    return bool(np.max(np.abs(left - right)) <= _CLOSE * size)


def _name_factor(factor: float) -> str:
    if abs(factor - 1) <= 10 * _CLOSE:
        return ""  # right but for noise: only the tolerance is exceeded
    if abs(factor + 1) <= 10 * _CLOSE:
        return "the sign is turned around"
    sign = ", and the sign is turned around" if factor < 0 else ""
    times = max(abs(factor), 1 / abs(factor))
    whole = round(times)
    exact = whole > 1 and abs(times - whole) <= 1e-5 * whole
    shown = f"{whole}" if exact else f"{times:.4g}"
    return f"{shown} times too {'large' if abs(factor) > 1 else 'small'}{sign}"
