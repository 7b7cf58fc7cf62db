"""What the checks run beside your code, in the process that runs your code.

`student` is your module. These functions use it as the lab does, and return plain values.
"""

import random
from collections.abc import Sequence
from types import ModuleType
from typing import Any

import numpy as np

Arrays = Sequence[np.ndarray]
Settings = dict[str, Any]


# Optimisers
def path(
    student: ModuleType,
    name: str,
    params: Arrays,
    grads: Sequence[Arrays],
    options: Settings,
    alphas: Sequence[float] = (),
    transposed: bool = False,
) -> list[list[np.ndarray]]:
    """The parameters after each step; `alphas` are assigned to the optimiser before the steps.

    Every step gets new lists, and gradients in arrays of their own. If `transposed`, parameters
    are views of other arrays, and the gradients are not.
    """
    arrays = [_view(w) if transposed else w.copy() for w in params]
    optimiser = getattr(student, name)(list(arrays), **options)
    listed = []
    for t, gradients in enumerate(grads):
        if alphas:
            optimiser.alpha = alphas[t]
        optimiser.step(list(arrays), [g.copy() for g in gradients])
        listed.append([w.copy() for w in arrays])
    return listed


def _view(w: np.ndarray) -> np.ndarray:
    """The same numbers as a transposed view with gaps: neither order of memory makes it flat."""
    return np.repeat(w.T, 2, axis=0)[::2].T


def observed(
    student: ModuleType, name: str, params: Arrays, grads: Sequence[Arrays], options: Settings
) -> dict[str, bool]:
    """What an optimiser does to the arrays it is given: statements that should all hold."""
    undisturbed = path(student, name, params, grads, options)[-1]
    arrays, buffers = [w.copy() for w in params], [g.copy() for g in grads[0]]
    optimiser = getattr(student, name)(arrays, **options)
    facts = {"the constructor leaves the parameters as they are": _equal(arrays, params)}
    listed, unchanged = list(arrays), True
    for gradients in grads:
        for buffer, g in zip(buffers, gradients, strict=True):
            buffer[...] = g
        optimiser.step(listed, buffers)
        unchanged = unchanged and _equal(buffers, gradients)
        for buffer in buffers:
            buffer[...] = 100.0  # as a caller may who needs the memory for something else
    same = all(left is right for left, right in zip(listed, arrays, strict=True))
    moved = not any(map(np.array_equal, arrays, params))
    facts["step changes the very arrays of the caller"] = same and moved
    facts["step leaves the gradients as they are"] = unchanged
    again = path(student, name, params, grads, options)[-1]
    facts["each optimiser has a state of its own"] = _equal(again, undisturbed)
    facts["the gradients may be overwritten after the step"] = _equal(arrays, undisturbed)
    return facts


def _equal(left: Arrays, right: Arrays) -> bool:
    return all(map(np.array_equal, left, right))


def side_by_side(
    student: ModuleType, name: str, params: Arrays, grads: Sequence[Arrays], options: Settings
) -> list[list[np.ndarray]]:
    """The final parameters of two optimisers, whose steps alternate on parameters of their own."""
    both = [[w.copy() for w in params] for _ in range(2)]
    optimisers = [getattr(student, name)(arrays, **options) for arrays in both]
    for gradients in grads:
        for optimiser, arrays in zip(optimisers, both, strict=True):
            optimiser.step(arrays, [g.copy() for g in gradients])
    return both


def construct(student: ModuleType, name: str, params: Arrays, options: Settings) -> int:
    """Make an optimiser and hold on to it until the end; the number of parameters."""
    optimiser = getattr(student, name)(params, **options)
    return len(params) if optimiser is not None else 0


def steps(
    student: ModuleType, name: str, params: Arrays, grads: Arrays, options: Settings, T: int
) -> list[np.ndarray]:
    """Every 89th entry of the parameters, changed here, after T steps with the same gradients."""
    optimiser = getattr(student, name)(params, **options)
    for _ in range(T):
        optimiser.step(params, grads)
    return [w.ravel()[::89].copy() for w in params]


# The algorithms
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


def descend(student: ModuleType, algorithm: str, gradient: Any, settings: Settings) -> int:
    """Run an algorithm whose gradient is always the same; the number of models."""
    return len(_run(student, algorithm, lambda W, idx: gradient.copy(), settings))


def global_randomness_used(student: ModuleType, algorithm: str, settings: Settings) -> bool:
    """Whether an algorithm draws from the global generators of numpy or of the module random."""
    random.seed(1)
    np.random.seed(1)
    undisturbed = random.random(), float(np.random.random())
    random.seed(1)
    np.random.seed(1)
    _run(student, algorithm, lambda W, idx: 0.5 * W, settings)
    return (random.random(), float(np.random.random())) != undisturbed


def _run(student: ModuleType, algorithm: str, grad_fn: Any, settings: Settings) -> Any:
    """Run an algorithm; a setting `seed` becomes the Generator `rng`."""
    options = dict(settings)
    if "seed" in options:
        options["rng"] = np.random.default_rng(options.pop("seed"))
    return getattr(student, algorithm)(grad_fn, **options)


# Schedules, clipping, averaging
def raised(student: ModuleType, function: str, *args: Any) -> str:
    """The type of the error that a call raises; empty if it raises none."""
    try:
        getattr(student, function)(*args)
    except NotImplementedError:
        raise
    except Exception as error:  # which one is the question
        return type(error).__name__
    return ""


def clipped(student: ModuleType, grads: Arrays, c: float) -> tuple[Any, list[np.ndarray]]:
    """What clip_by_global_norm returns, and what the arrays it was given hold then."""
    arrays = [g.copy() for g in grads]
    norm = student.clip_by_global_norm(list(arrays), c)
    return norm, arrays


def averages(student: ModuleType, w0: np.ndarray, iterates: Arrays, start: int) -> list[np.ndarray]:
    """The average before any update and after each.

    All iterates come in one array, and the averages are overwritten once they are recorded:
    neither may change the result.
    """
    average, buffer = student.IterateAverage(w0, start), np.empty_like(w0)
    listed = []
    for iterate in (None, *iterates):
        if iterate is not None:
            buffer[...] = iterate
            average.update(buffer)
            buffer[...] = 100.0
        value = average.value()
        listed.append(np.array(value))
        value[...] = -100.0
    return listed


def average_of_many(student: ModuleType, w0: np.ndarray, updates: int) -> np.ndarray:
    """The average of w0 + 1, w0 + 2, ..., w0 + updates."""
    average, w = student.IterateAverage(w0), w0.copy()
    for _ in range(updates):
        w += 1
        average.update(w)
    return average.value()
