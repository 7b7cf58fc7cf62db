"""Observer in the worker, and counter of the lab: floating-point operations of numpy's products.

A product of (m, k) with (k, p) counts as 2 m k p: one multiplication and one addition each. Seen
are @, np.matmul, dot, vdot, inner, outer, tensordot, einsum (also of several arrays, not with an
ellipsis), where numpy has them vecdot, matvec, vecmat, and what is made of these, on the arguments
and on all that numpy makes from them. Not seen: what is done entry by entry, and the products of an
array that was made plain by `.view(np.ndarray)`.
"""

import contextlib
import functools
import math
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from autograder.model.values import map_leaves
from autograder.worker.observers import Counted


def observe(function: Callable[..., Any], arguments: Any, keywords: Any, folder: str) -> Counted:
    """Call `function` on arrays that count; the value in plain arrays, and the `flops`."""
    value, flops = count_flops(function, *arguments, **keywords)
    return value, {"flops": float(flops)}


def count_flops(
    function: Callable[..., Any], /, *arguments: Any, **keywords: Any
) -> tuple[Any, int]:
    """The value of one call, in plain arrays, and the operations in its products."""
    counter = [0]
    watched, named = _counting(arguments, counter), _counting(keywords, counter)
    with _new_arrays_count(getattr(function, "__globals__", {}), counter):
        value = _plain(function(*watched, **named))
    return value, counter[0]


@contextlib.contextmanager
def _new_arrays_count(names: dict[str, Any], counter: list[int]) -> Iterator[None]:
    """Meanwhile np.empty, np.asarray and their like return arrays that count, also where the
    submission has imported them into its `names`: products may be written into such arrays."""
    makers = {id(maker): maker for maker in (getattr(np, name) for name in _MAKERS)}
    counting = {key: _making(maker, counter) for key, maker in makers.items()}
    before = [
        (space, name, value)
        for space in (vars(np), names)
        for name, value in space.items()
        if id(value) in counting
    ]
    for space, name, value in before:
        space[name] = counting[id(value)]
    try:
        yield
    finally:
        for space, name, value in before:
            space[name] = value


def _making(make: Callable[..., Any], counter: list[int]) -> Callable[..., Any]:
    @functools.wraps(make)
    def made(*args: Any, **options: Any) -> Any:
        return _counting(make(*args, **options), counter)

    return made


_PRODUCTS = ("matmul", "vecdot", "matvec", "vecmat")  # ufuncs
_MAKERS = (
    *("array", "asarray", "ascontiguousarray", "asfortranarray", "copy", "asanyarray"),
    *("empty", "zeros", "ones", "full", "eye", "identity", "arange", "linspace", "fromiter"),
)


class _Counted(np.ndarray):
    """An array that adds up the operations of the products it takes part in."""

    counter: list[int]

    def __array_finalize__(self, source: Any) -> None:
        self.counter = getattr(source, "counter", [0])

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **options: Any) -> Any:
        options, plain = _plain(options), _plain(inputs)
        result = getattr(ufunc, method)(*plain, **options)
        if method == "__call__" and ufunc.__name__ in _PRODUCTS:
            self.counter[0] += _over_last_axis(result, *plain)
        return _counting(result, self.counter)

    def __array_function__(self, func: Any, types: Any, args: Any, kwargs: Any) -> Any:
        counted = _FLOPS.get(func)
        if counted is None:  # it may be made of products, as np.linalg.multi_dot is
            return super().__array_function__(func, types, args, kwargs)
        plain, named = _plain(args), _plain(kwargs)
        result = func(*plain, **named)
        self.counter[0] += counted(result, *plain, **named)
        return _counting(result, self.counter)

    def dot(self, other: Any, out: Any = None) -> Any:
        """The method, which numpy does not pass on as it does the function."""
        return np.dot(self, other) if out is None else np.dot(self, other, out)


def _counting(value: Any, counter: list[int]) -> Any:
    """The same value with arrays that count, also in lists, tuples and dicts.

    A function gets plain arrays: it may be one that lives in the grader.
    """

    def counting(leaf: Any) -> Any:
        if type(leaf) is np.ndarray:
            counted = leaf.view(_Counted)
            counted.counter = counter
            return counted
        if callable(leaf) and not isinstance(leaf, type):
            return lambda *args, **named: _counting(leaf(*_plain(args), **_plain(named)), counter)
        return leaf

    return map_leaves(counting, value)


def _plain(value: Any) -> Any:
    return map_leaves(
        lambda leaf: leaf.view(np.ndarray) if isinstance(leaf, _Counted) else leaf, value
    )


def _over_last_axis(result: Any, first: Any, second: Any, *_: Any, **__: Any) -> int:
    """2 for each entry of the result and of the sum, which runs over the last axis of `first`."""
    if not np.ndim(first) or not np.ndim(second):
        return 0
    return 2 * _size(result) * int(np.shape(first)[-1])


def _size(array: Any) -> int:
    return int(math.prod(np.shape(array)))


def _tensordot_flops(result: Any, first: Any, second: Any, axes: Any = 2) -> int:
    shape = np.shape(first)
    last = range(len(shape) - axes, len(shape)) if isinstance(axes, int) else axes[0]
    summed = np.atleast_1d(np.array(last, dtype=int))
    return int(2 * _size(result) * math.prod(shape[axis] for axis in summed))


def _einsum_flops(result: Any, subscripts: Any, *operands: Any, **options: Any) -> int:
    """Pair by pair in the order that numpy chooses; without `optimize` all at once."""
    if not isinstance(subscripts, str) or "." in subscripts or len(operands) < 2:
        return 0
    terms = subscripts.replace(" ", "").split("->")[0].split(",")
    sizes: dict[str, int] = {}
    for term, operand in zip(terms, operands, strict=True):
        sizes |= dict(zip(term, np.shape(operand), strict=True))
    optimize = options.get("optimize", False)
    path = np.einsum_path(subscripts, *operands, optimize=optimize)[0][1:]
    flops = 0
    for together in path:
        joined = [terms.pop(place) for place in sorted(together, reverse=True)]
        involved = set("".join(joined))
        flops += len(joined) * math.prod(sizes[letter] for letter in involved)
        kept = involved & set("".join(terms) + _result_of(subscripts))
        terms.append("".join(sorted(kept)))
    return flops


def _result_of(subscripts: str) -> str:
    """The letters of the result; not written out, those that occur once."""
    left, arrow, right = subscripts.replace(" ", "").partition("->")
    return right if arrow else "".join(a for a in set(left) - {","} if left.count(a) == 1)


_FLOPS: dict[Any, Callable[..., int]] = {
    np.dot: _over_last_axis,
    np.inner: _over_last_axis,
    np.vdot: lambda result, first, second: 2 * _size(first),
    np.outer: lambda result, first, second, out=None: 2 * _size(result),
    np.tensordot: _tensordot_flops,
    np.einsum: _einsum_flops,
}
