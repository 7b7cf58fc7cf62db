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
    seen: Sequence[int],
    alphas: Sequence[float] = (),
    transposed: bool = False,
) -> list[list[np.ndarray]]:
    """The parameters after the steps `seen`; `alphas` are assigned before the steps.

    Every step gets new lists, and gradients in arrays of their own. If `transposed`, parameters
    are views of other arrays, and the gradients are not.
    """
    arrays = [_view(w) if transposed else w.copy() for w in params]
    optimiser = getattr(student, name)(list(arrays), **options)
    listed = []
    for t, gradients in enumerate(grads):
        if alphas:
            optimiser.alpha = alphas[t]
        optimiser.step(list(arrays), _copies(gradients))
        if t + 1 in seen:
            listed.append(_copies(arrays))
    return listed


def _view(w: np.ndarray) -> np.ndarray:
    """The same numbers as a transposed view with gaps: neither order of memory makes it flat."""
    return np.repeat(w.T, 2, axis=0)[::2].T


def _copies(arrays: Arrays) -> list[np.ndarray]:
    return [array.copy() for array in arrays]


def in_place(
    student: ModuleType, name: str, params: Arrays, grads: Sequence[Arrays], options: Settings
) -> tuple[list[np.ndarray], list[list[np.ndarray]], list[np.ndarray]]:
    """What an optimiser leaves in the arrays that it is given.

    The parameters once it is made; the gradients after each step; and the parameters at the end.
    The gradients come in the same arrays every time, and are overwritten after each step, as by a
    caller who needs the memory for something else.
    """
    arrays, buffers = _copies(params), _copies(grads[0])
    optimiser = getattr(student, name)(list(arrays), **options)
    made, used = _copies(arrays), []
    for gradients in grads:
        for buffer, g in zip(buffers, gradients, strict=True):
            buffer[...] = g
        optimiser.step(list(arrays), list(buffers))
        used.append(_copies(buffers))
        for buffer in buffers:
            buffer[...] = 100.0
    return made, used, arrays


def side_by_side(
    student: ModuleType, name: str, params: Arrays, grads: Sequence[Arrays], options: Settings
) -> list[list[np.ndarray]]:
    """The final parameters of two optimisers, whose steps alternate on parameters of their own."""
    both = [_copies(params) for _ in range(2)]
    optimisers = [getattr(student, name)(arrays, **options) for arrays in both]
    for gradients in grads:
        for optimiser, arrays in zip(optimisers, both, strict=True):
            optimiser.step(arrays, _copies(gradients))
    return both


def construct(student: ModuleType, name: str, params: Arrays, options: Settings) -> None:
    """Make an optimiser; what it allocates is counted."""
    getattr(student, name)(params, **options)


def steps(
    student: ModuleType,
    name: str,
    params: Arrays,
    grads: Arrays,
    options: Settings,
    T: int,
    seen: Sequence[np.ndarray],
) -> list[np.ndarray]:
    """The entries `seen` of the parameters, changed here, after T steps with the same gradients."""
    optimiser = getattr(student, name)(params, **options)
    for _ in range(T):
        optimiser.step(params, grads)
    return [w.ravel()[entries] for w, entries in zip(params, seen, strict=True)]


def steps_of_all(student: ModuleType, runs: Sequence[Sequence[Any]]) -> list[list[np.ndarray]]:
    """What `steps` returns for each of these arguments, one after another."""
    return [steps(student, *arguments) for arguments in runs]


# The algorithms
def effects(
    student: ModuleType, algorithm: str, bowls: tuple[np.ndarray, np.ndarray], settings: Settings
) -> tuple[list[np.ndarray], list[np.ndarray], list[float]]:
    """What an algorithm leaves behind on the mean of bowls, given by curvatures and minima.

    W0, which is writeable here, and the listed models; these arrays again, when each of them has
    been filled with its own number, 0, 1, ...: two that share memory then hold the same one; and
    what the global generators draw next, which began at seed 1.
    """
    curvatures, targets = bowls
    W0 = settings["W0"].copy()
    random.seed(1)
    np.random.seed(1)
    models = _run(
        student,
        algorithm,
        lambda W, idx: (curvatures[idx] * (W - targets[idx])).mean(axis=0),
        settings | {"W0": W0},
    )
    drawn = [random.random(), float(np.random.random())]
    arrays = [W0, *models]
    found = _copies(arrays)
    for number, array in enumerate(arrays):
        array.setflags(write=True)
        array[...] = number
    return found, _copies(arrays), drawn


def descend(
    student: ModuleType, algorithm: str, gradient: np.ndarray, settings: Settings, seen: np.ndarray
) -> list[np.ndarray]:
    """The entries `seen` of the listed models of an algorithm whose gradient is always the same."""
    models = _run(student, algorithm, lambda W, idx: gradient.copy(), settings)
    return [W.ravel()[seen] for W in models]


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
    arrays = _copies(grads)
    norm = student.clip_by_global_norm(list(arrays), c)
    return norm, arrays


def averages(student: ModuleType, w0: np.ndarray, iterates: Arrays, start: int) -> list[np.ndarray]:
    """The average before any update and after each.

    All iterates come in one array, which `update` may not write to, and the averages are
    overwritten once they are recorded: neither may change the result.
    """
    average, buffer = student.IterateAverage(w0, start), np.empty_like(w0)
    lent = buffer.view()
    lent.setflags(write=False)
    listed = []
    for iterate in (None, *iterates):
        if iterate is not None:
            buffer[...] = iterate
            average.update(lent)
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
