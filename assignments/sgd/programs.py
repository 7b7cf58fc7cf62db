"""What the checks run beside your code, in the process that runs your code.

`student` is your module. These functions use it as the lab does, and return plain values.
"""

import hashlib
import random
import tracemalloc
from collections.abc import Callable
from types import ModuleType
from typing import Any

import numpy as np

Settings = dict[str, Any]


# The model and its gradient
def strictly(student: ModuleType, function: str, *args: Any) -> Any:
    """Call a function with overflow, division by zero and invalid operations as errors."""
    with np.errstate(over="raise", divide="raise", invalid="raise"):
        return getattr(student, function)(*args)


def on_spaced_rows(student: ModuleType, function: str, W: Any, X: Any, Y: Any, gamma: float) -> Any:
    """Call a function with X and Y that are every other row of larger arrays."""
    spaced_X, spaced_Y = np.repeat(X, 2, axis=0)[::2], np.repeat(Y, 2, axis=0)[::2]
    return getattr(student, function)(W, spaced_X, spaced_Y, gamma)


# The algorithms
def _run(
    student: ModuleType, algorithm: str, grad_fn: Callable[..., Any], settings: Settings
) -> list[np.ndarray]:
    """Run an algorithm; a setting `seed` becomes the Generator `rng`."""
    options = dict(settings)
    if "seed" in options:
        options["rng"] = np.random.default_rng(options.pop("seed"))
    return getattr(student, algorithm)(grad_fn, **options)


def trained(
    student: ModuleType, algorithm: str, X: Any, Y: Any, gamma: float, settings: Settings
) -> list[np.ndarray]:
    """The models that an algorithm lists for softmax regression on X and Y."""

    def grad_fn(W: np.ndarray, idx: Any) -> np.ndarray:
        return student.softmax_xent_grad(W, X[idx], Y[idx], gamma)

    return _run(student, algorithm, grad_fn, settings)


def models_sharing_memory(student: ModuleType, algorithm: str, settings: Settings) -> list[Any]:
    """Pairs of listed models that share memory; -1 stands for W0, which is writeable here.

    Also -1, -1 if W0 was changed.
    """
    W0 = np.arange(6.0).reshape(2, 3) + 1
    arrays = [W0, *_run(student, algorithm, lambda W, idx: 0.5 * W, settings | {"W0": W0})]
    pairs = [(i - 1, j - 1) for j in range(len(arrays)) for i in range(j)]
    shared = [(i, j) for i, j in pairs if np.shares_memory(arrays[i + 1], arrays[j + 1])]
    unchanged = np.array_equal(W0, np.arange(6.0).reshape(2, 3) + 1)
    return shared if unchanged else [(-1, -1), *shared]


def global_randomness_used(student: ModuleType, algorithm: str, settings: Settings) -> list[str]:
    """The global random states that an algorithm changed: of numpy, of the module random."""
    np.random.random(), random.random()  # so that seeding, too, would change the states
    before = _global_states()
    _run(student, algorithm, lambda W, idx: 0.5 * W, settings)
    after = _global_states()
    return [name for name in before if before[name] != after[name]]


def _global_states() -> dict[str, str]:
    _, keys, *rest = np.random.get_state()
    states = {"numpy.random": (keys.tolist(), rest), "random": random.getstate()}
    return {name: hashlib.sha256(repr(s).encode()).hexdigest() for name, s in states.items()}


def descend(student: ModuleType, algorithm: str, gradient: Any, settings: Settings) -> int:
    """Run an algorithm whose gradient is always the same; the number of models."""
    return len(_run(student, algorithm, lambda W, idx: gradient.copy(), settings))


# The subsampled error
def estimates(
    student: ModuleType, W: Any, X: Any, Y: Any, nsamples: int, seed: int, repeats: int
) -> np.ndarray:
    """Repeated estimates from one Generator: an array (repeats, 2), estimate and half width."""
    rng = np.random.default_rng(seed)
    rows = [student.estimate_error(W, X, Y, nsamples, rng) for _ in range(repeats)]
    return np.array(rows, dtype=float)


# Counters
def traced_bytes(student: ModuleType, B: int, d: int, c: int, seed: int) -> int:
    """Peak bytes above its inputs of one call of your gradient, float64."""
    W, X, Y = _batch(B, d, c, seed)
    student.softmax_xent_grad(W, X, Y, 0.1)  # numpy allocates some things once
    tracing = tracemalloc.is_tracing()
    if not tracing:
        tracemalloc.start()
    tracemalloc.reset_peak()
    before, _ = tracemalloc.get_traced_memory()
    student.softmax_xent_grad(W, X, Y, 0.1)
    _, peak = tracemalloc.get_traced_memory()
    if not tracing:
        tracemalloc.stop()
    return peak - before


def counted_flops(student: ModuleType, B: int, d: int, c: int, seed: int) -> int:
    """Operations in the matrix products of one call of your gradient that the counter saw.

    It sees @, np.matmul, np.dot, np.inner, np.outer, np.tensordot and np.einsum with an explicit
    list of indices, on arrays made from W, X and Y by numpy; 0 means that it saw nothing.
    """
    counter = [0]
    arrays = [_Counted.around(array, counter) for array in _batch(B, d, c, seed)]
    student.softmax_xent_grad(*arrays, 0.1)
    return counter[0]


def _batch(B: int, d: int, c: int, seed: int) -> list[np.ndarray]:
    rng = np.random.default_rng(seed)
    Y = np.eye(c)[rng.integers(c, size=B)]
    return [rng.standard_normal((c, d)), rng.standard_normal((B, d)), Y]


class _Counted(np.ndarray):
    """An array that adds up the operations of the matrix products it takes part in."""

    counter: list[int]

    @classmethod
    def around(cls, array: np.ndarray, counter: list[int]) -> "_Counted":
        counted = array.view(cls)
        counted.counter = counter
        return counted

    def __array_finalize__(self, source: Any) -> None:
        self.counter = getattr(source, "counter", [0])

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **options: Any) -> Any:
        if ufunc is np.matmul:
            self.counter[0] += _product_flops(*inputs)
        if options.get("out"):
            options["out"] = tuple(_plain(array) for array in options["out"])
        result = getattr(ufunc, method)(*map(_plain, inputs), **options)
        return self._again(result)

    def __array_function__(self, func: Any, types: Any, args: Any, kwargs: Any) -> Any:
        counted = _FLOPS.get(func)
        if counted:
            self.counter[0] += counted(*args, **kwargs)
        plain = {name: _plain(value) for name, value in kwargs.items()}
        return self._again(func(*map(_plain, args), **plain))

    def dot(self, other: Any, out: Any = None) -> Any:
        return np.dot(self, other) if out is None else np.dot(self, other, out)

    def _again(self, result: Any) -> Any:
        again = isinstance(result, np.ndarray) and not isinstance(result, _Counted)
        return _Counted.around(result, self.counter) if again else result


def _plain(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return type(value)(map(_plain, value))
    return value.view(np.ndarray) if isinstance(value, _Counted) else value


def _product_flops(first: Any, second: Any, *_: Any, **__: Any) -> int:
    """Of a product over the last axis of `first`."""
    first, second = np.asarray(_plain(first)), np.asarray(_plain(second))
    if first.ndim == 0 or second.ndim == 0:
        return 0
    return 2 * first.size * second.size // first.shape[-1]


def _tensordot_flops(first: Any, second: Any, axes: Any = 2) -> int:
    if isinstance(axes, int):
        summed = np.shape(first)[np.ndim(first) - axes :]
    else:
        summed = np.array(np.shape(first))[np.atleast_1d(axes[0])]
    return int(2 * np.size(first) * np.size(second) // np.prod(summed, dtype=int))


def _einsum_flops(subscripts: Any, *operands: Any, **_: Any) -> int:
    if not isinstance(subscripts, str) or "." in subscripts or len(operands) < 2:
        return 0
    terms = subscripts.replace(" ", "").split("->")[0].split(",")
    sizes: dict[str, int] = {}
    for term, operand in zip(terms, operands, strict=True):
        sizes |= dict(zip(term, np.shape(operand), strict=True))
    return int(2 * np.prod(list(sizes.values()), dtype=int))


_FLOPS: dict[Any, Callable[..., int]] = {
    np.dot: _product_flops,
    np.inner: _product_flops,
    np.outer: lambda first, second, out=None: 2 * np.size(first) * np.size(second),
    np.tensordot: _tensordot_flops,
    np.einsum: _einsum_flops,
}
