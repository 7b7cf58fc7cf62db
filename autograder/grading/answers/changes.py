"""How one value is altered: each kind of alteration, for every type of value where it makes sense.

Called by `alterations`.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.model.values import is_tensor

_GOLDEN = 0.618  # which entry of an array is altered, as a share of its size
_LEAST = 0.01  # of the size of a value, where the check allows less


class Same(Exception):
    """An alteration that leaves the value as it is, or is not for this kind of value."""


def altered(kind: str, value: Any, before: Any, allowed: float) -> Any:
    """`value` after an alteration of this kind; `before` is the same of the previous call.

    `allowed`: the largest relative difference that the check accepts. Raises Same.
    """
    if is_tensor(value):
        import torch

        changed = altered(kind, _array_of(value), _array_of(before), allowed)
        plain = not isinstance(changed, np.ndarray)
        return changed if plain else torch.from_numpy(np.ascontiguousarray(changed))
    found = KINDS[kind](value, before, max(_LEAST, 3 * allowed))
    if _alike(value, found, 2 * allowed):
        raise Same
    return found


def _array_of(value: Any) -> Any:
    return value.detach().double().numpy() if is_tensor(value) else value


def _alike(value: Any, found: Any, allowed: float) -> bool:
    """Whether a check may rightly take one for the other."""
    if type(value) is not type(found):
        return False
    if isinstance(value, dict):
        return value.keys() == found.keys() and all(
            _alike(item, found[key], allowed) for key, item in value.items()
        )
    if isinstance(value, (list, tuple)):
        return len(value) == len(found) and all(
            _alike(item, other, allowed) for item, other in zip(value, found, strict=True)
        )
    if not isinstance(value, np.ndarray):
        return _is_equal(value, found)
    if value.shape != found.shape or value.dtype != found.dtype:
        return False
    if not _is_inexact(value) or not np.all(np.isfinite(found)):
        return np.array_equal(value, found)
    return float(np.max(np.abs(value - found), initial=0.0)) <= allowed * _size(value)


def _is_equal(value: Any, found: Any) -> bool:
    """NaN is NaN, whatever was done to it."""
    return bool(value == found) or (value != value and found != found)


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float, complex, np.generic)) and not isinstance(value, bool)


def _is_inexact(value: Any) -> bool:
    return isinstance(value, np.ndarray) and value.dtype.kind in "fc"


def _size(value: Any) -> float:
    """Of the largest entry; 1 where all are zero."""
    finite = np.abs(value)[np.isfinite(value)]
    return float(np.max(finite, initial=0.0)) or 1.0


def _changed(value: Any, before: Any, share: float) -> Any:
    if isinstance(value, (bool, np.bool_)):
        return not value
    if isinstance(value, str):
        return value + "x"
    if isinstance(value, (int, np.integer)):
        return type(value)(value + 1)
    if isinstance(value, np.ndarray) and value.dtype.kind == "b":
        return ~value
    if isinstance(value, np.ndarray) and value.dtype.kind in "iu":
        return value + value.dtype.type(1)
    if _is_inexact(value) or _is_number(value):
        larger = value * (1 + share) if np.any(value) else value + share
        return larger.astype(value.dtype) if _is_inexact(value) else type(value)(larger)
    raise Same


def _entry(value: Any, before: Any, share: float) -> Any:
    if not isinstance(value, np.ndarray) or value.size < 2:
        raise Same
    found = value.copy()
    place = int(_GOLDEN * value.size)
    if value.dtype.kind == "b":
        found.flat[place] = not value.flat[place]
    else:
        found.flat[place] += 1 if value.dtype.kind in "iu" else share * _size(value)
    return found


def _sign(value: Any, before: Any, share: float) -> Any:
    if isinstance(value, (bool, np.bool_)) or not (_is_number(value) or _numeric(value)):
        raise Same
    if isinstance(value, np.ndarray):
        return np.asarray(-value)  # without axes it would become a number, and -0 another type
    return -value if not isinstance(value, np.unsignedinteger) else value


def _numeric(value: Any) -> bool:
    return isinstance(value, np.ndarray) and value.dtype.kind in "ifc"


def _zeros(value: Any, before: Any, share: float) -> Any:
    if isinstance(value, np.ndarray):
        return np.zeros_like(value)
    if not _is_number(value):
        raise Same
    return type(value)(0)


def _nan(value: Any, before: Any, share: float) -> Any:
    if _is_inexact(value) and value.size:
        found = value.copy()
        found.flat[int(_GOLDEN * value.size)] = np.nan
        return found
    if not _is_number(value):
        raise Same
    return float("nan")


def _none(value: Any, before: Any, share: float) -> Any:
    return None


def _dtype(value: Any, before: Any, share: float) -> Any:
    if not _is_inexact(value) or value.dtype == np.float64:
        raise Same
    return value.astype(np.float64 if value.dtype.kind == "f" else np.complex128)


def _shape(value: Any, before: Any, share: float) -> Any:
    if isinstance(value, np.ndarray):
        return value.reshape(1, *value.shape)
    if isinstance(value, (list, tuple)) and value:
        return value[:-1]
    if isinstance(value, dict) and value:
        return dict(list(value.items())[:-1])
    if not _is_number(value):
        raise Same
    return np.array([value])


def _transposed(value: Any, before: Any, share: float) -> Any:
    if not isinstance(value, np.ndarray) or value.ndim != 2:
        raise Same
    return value.T.copy()


def _previous(value: Any, before: Any, share: float) -> Any:
    if type(before) is not type(value):
        raise Same
    return before


KINDS: dict[str, Callable[[Any, Any, float], Any]] = {
    "changed": _changed,
    "entry": _entry,
    "sign": _sign,
    "zeros": _zeros,
    "NaN": _nan,
    "None": _none,
    "dtype": _dtype,
    "shape": _shape,
    "transposed": _transposed,
    "previous": _previous,
}
