"""What the checks run beside your code, in the process that runs your code.

`student` is your module. These functions use it as the lab does, and return plain values.
"""

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


def two_gradients(student: ModuleType, W: Any, X: Any, Y: Any, gamma: float) -> list[Any]:
    """The gradients of two calls, after 1 was added to each entry of the second."""
    first = student.softmax_xent_grad(W, X, Y, gamma)
    second = student.softmax_xent_grad(W, X, Y, gamma)
    second += 1
    return [first, second]


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


def models_written_to(student: ModuleType, algorithm: str, settings: Settings) -> list[Any]:
    """W0 and the listed models, before and after 2**i is added to each entry of array i.

    W0 is writeable here. Of arrays that share memory, one changes with the other.
    """
    W0 = np.arange(6.0).reshape(2, 3) + 1
    arrays = [W0, *_run(student, algorithm, _half_of_the_model, settings | {"W0": W0})]
    before = [array.copy() for array in arrays]
    for i, array in enumerate(arrays):
        array.setflags(write=True)
        array += 2**i
    return [before, arrays]


def descend(student: ModuleType, algorithm: str, gradient: Any, settings: Settings) -> np.ndarray:
    """Run an algorithm whose gradient is always the same; its products with the listed models."""
    models = _run(student, algorithm, lambda W, idx: gradient.copy(), settings)
    return np.array([model.ravel() @ gradient.ravel() for model in models])


# The subsampled error
def estimates(
    student: ModuleType, W: Any, X: Any, Y: Any, nsamples: int, seed: int, repeats: int
) -> np.ndarray:
    """Repeated estimates from one Generator, without their half widths."""
    rng = np.random.default_rng(seed)
    rows = [student.estimate_error(W, X, Y, nsamples, rng)[0] for _ in range(repeats)]
    return np.array(rows, dtype=float)


# What draws random numbers
def _half_of_the_model(W: np.ndarray, idx: Any = None) -> np.ndarray:
    return 0.5 * W


def _its_loss(W: np.ndarray) -> float:
    return float(np.sum(W * W)) / 4


_CALLBACKS = {"check_gradient": (_its_loss, _half_of_the_model), "estimate_error": ()}


def global_draws_after(
    student: ModuleType, seed: int, function: str, /, *args: Any, **settings: Any
) -> list[float]:
    """Seed the global generators, call a function, and draw from each of them."""
    np.random.seed(seed), random.seed(seed)
    callbacks = _CALLBACKS.get(function, (_half_of_the_model,))
    getattr(student, function)(*callbacks, *args, **settings)
    return [np.random.random(), random.random()]
