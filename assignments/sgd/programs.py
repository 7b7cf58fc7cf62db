"""What the checks run beside your code, in the process that runs your code.

`student` is your module. These functions use it as the lab does, and return plain values.
"""

import hashlib
import random
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


def gradients_sharing_memory(student: ModuleType, W: Any, X: Any, Y: Any, gamma: float) -> bool:
    """Whether the gradients of two calls are in the same memory, or in that of an argument."""
    first = student.softmax_xent_grad(W, X, Y, gamma)
    second = student.softmax_xent_grad(W, X, Y, gamma)
    return any(np.shares_memory(second, other) for other in (first, W, X, Y))


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
