"""Observer in the worker: which array operations a call is made of, for proposing a yardstick.

The arrays among the arguments, those in lists too, are replaced by ones that note what is done with
them and with what comes of them. Only the multiset is kept: no order, no data flow.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from autograder.model.values import map_leaves
from autograder.worker.observers import Counted

_REDUCTIONS = {"add": "sum", "maximum": "max", "minimum": "min", "multiply": "prod"}


def observe(function: Callable[..., Any], arguments: Any, keywords: Any, folder: str) -> Counted:
    """Call `function`; how often each operation, written as JSON, was seen."""
    seen: Counter[str] = Counter()
    value = function(*_note(arguments, seen), **_note(keywords, seen))
    return _plain(value), dict(seen)


class _Noting(np.ndarray):
    """An array that notes the operations it takes part in."""

    def __array_finalize__(self, source: Any) -> None:
        self.seen: Counter[str] = source.seen if isinstance(source, _Noting) else Counter()

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **options: Any) -> Any:
        name = {"__call__": ufunc.__name__, "reduce": _REDUCTIONS.get(ufunc.__name__, "")}
        self._add(name.get(method, ""), inputs, options.get("axis"))
        return _note(getattr(ufunc, method)(*_plain(inputs), **_plain(options)), self.seen)

    def __array_function__(self, func: Any, types: Any, args: Any, kwargs: Any) -> Any:
        self._add(func.__name__, args, kwargs.get("axis"))
        return _note(func(*_plain(args), **_plain(kwargs)), self.seen)

    def _add(self, name: str, inputs: Iterable[Any], axis: Any) -> None:
        operands = [np.asarray(_plain(value)) for value in inputs if not isinstance(value, str)]
        kinds = [operand.dtype for operand in operands if operand.ndim]
        row = {
            "op": name or "unknown",
            "shapes": [operand.shape for operand in operands],
            "dtype": str(np.result_type(*kinds)) if kinds else "float64",
            "axis": axis if isinstance(axis, int) else None,
        }
        self.seen[json.dumps(row, sort_keys=True)] += 1


def _note(value: Any, seen: Counter[str]) -> Any:
    def noting(leaf: Any) -> Any:
        if not isinstance(leaf, np.ndarray) or isinstance(leaf, _Noting):
            return leaf
        noted = leaf.view(_Noting)
        noted.seen = seen
        return noted

    return map_leaves(noting, value)


def _plain(value: Any) -> Any:
    return map_leaves(
        lambda leaf: leaf.view(np.ndarray) if isinstance(leaf, _Noting) else leaf, value
    )
