"""What the checks of part 1 run beside your code: functions that your threads call, and notes.

Gradients are those of least squares, (1/2B) sum ||W x - y||^2, which have nothing to do with yours.
"""

import itertools
import threading
import time
import tracemalloc
from collections.abc import Sequence
from types import ModuleType
from typing import Any

import numpy as np

Array = np.ndarray
_PATIENCE_S = 8.0  # a thread that others wait for has failed, however slow the machine is


# Task 1.2
def shares(
    student: ModuleType,
    W: Array,
    X: Array,
    Y: Array,
    gamma: float,
    most: int,
    pieces: Sequence[tuple[int, int]],
) -> list[Array]:
    """The shares of rows start:stop, all from one workspace for `most` rows.

    Each `out` holds what must not show before.
    """
    work = student.Workspace(most, X.shape[1], Y.shape[1], X.dtype)
    outs = []
    for start, stop in pieces:
        outs.append(np.full_like(W, np.nan))
        student.gradient_into(W, X, Y, gamma, slice(start, stop), outs[-1], work)
    return outs


def gradient(
    student: ModuleType, W: Array, X: Array, Y: Array, gamma: float, out: Array, most_bytes: int
) -> Array:
    """The gradient of all rows, three times, from a workspace that may have so many bytes.

    What it leaves of these is taken here, so that the calls cannot use it: they allocate nothing.
    """
    begun = tracemalloc.get_traced_memory()[0]
    work = student.Workspace(len(X), X.shape[1], Y.shape[1], X.dtype)
    used = tracemalloc.get_traced_memory()[0] - begun
    rest = np.empty(max(most_bytes - used, 0), np.uint8)
    for _ in range(3):
        student.gradient_into(W, X, Y, gamma, slice(0, len(X)), out, work)
    del rest
    return out


# Task 1.3
def momentum_twice(student: ModuleType, X: Array, Y: Array, W0: Array, *rest: Any) -> list[Array]:
    """The models of two calls with one W0, which may be written to here, and W0 afterwards.

    rest: gamma; alpha, beta, B, epochs.
    """
    gamma, *others = rest
    start = W0.copy()
    first = student.sgd_momentum(X, Y, gamma, start, *others)
    kept = first.copy()
    first[...] = 7.0  # the caller's from now on
    return [kept, student.sgd_momentum(X, Y, gamma, start, *others), start]


# Task 1.4
def _least_squares(W: Array, x: Array, y: Array, B: int, out: Array) -> None:
    out[...] = (x @ W.T - y).T @ x / B


def threaded(
    student: ModuleType,
    X: Array,
    Y: Array,
    W0: Array,
    alpha: float,
    beta: float,
    T: int,
    delays: Array,
) -> tuple[Array, list[tuple[Any, ...]], list[int]]:
    """The model after a step for each minibatch X[k], Y[k]; what grad_into saw; and crossings.

    Thread t is slow by delays[k, t] seconds in step k. Of each call of grad_into: k, t, the rows,
    the model at its begin and at its end, and whether `out` was still what it wrote at the end.
    Crossings are the steps in which an `out` is memory of another one, or of the model.
    """
    steps, B = X.shape[:2]
    calls: list[tuple[Any, ...]] = []
    held: list[list[Array]] = [[] for _ in range(steps)]

    def grad_into(k: int, t: int, W: Array, rows: slice, out: Array) -> None:
        before, step = W.copy(), k % steps
        held[step] += [W, out] if not held[step] else [out]
        _least_squares(before, X[step][rows], Y[step][rows], B, out)
        wrote = out.copy()
        time.sleep(delays[step, t % T])
        intact = bool(np.array_equal(out, wrote))
        calls.append((k, t, rows.start, rows.stop, before, W.copy(), intact))

    model = student.momentum_threaded(grad_into, W0, alpha, beta, B, steps, T)
    crossings = [
        step
        for step, arrays in enumerate(held)
        if any(np.shares_memory(a, b) for a, b in itertools.combinations(arrays, 2))
    ]
    return model, sorted(calls, key=lambda call: call[:2]), crossings


def model_of_threads(student: ModuleType, *arguments: Any) -> Array:
    """The model alone."""
    return threaded(student, *arguments)[0]


def together(student: ModuleType, T: int, steps: int) -> list[tuple[int, int, bool]]:
    """Of each call of grad_into: k, t, and whether all T threads were in theirs at the same time.

    Each waits within grad_into until all are there.
    """
    meeting = threading.Barrier(T)
    calls = []

    def grad_into(k: int, t: int, W: Array, rows: slice, out: Array) -> None:
        out[...] = 0.0
        try:
            meeting.wait(_PATIENCE_S)
            calls.append((k, t, True))
        except threading.BrokenBarrierError:
            calls.append((k, t, False))

    student.momentum_threaded(grad_into, np.zeros((2, 3)), 0.1, 0.9, 2 * T, steps, T)
    return sorted(calls)


def waiting(student: ModuleType, T: int, steps: int, seconds: float) -> int:
    """The number of calls of grad_into, where all threads wait in each step for one that sleeps."""
    calls = []

    def grad_into(k: int, t: int, W: Array, rows: slice, out: Array) -> None:
        out[...] = 0.0
        calls.append(t)
        if t == k % T:
            time.sleep(seconds)

    student.momentum_threaded(grad_into, np.zeros((2, 3)), 0.1, 0.9, 2 * T, steps, T)
    return len(calls)


def started(student: ModuleType, T: int, steps: int) -> int:
    """How many threads were started, or, if that is more, other than this one called grad_into."""
    starts: list[None] = []
    callers: list[None] = []
    own = threading.local()  # empty in each new thread
    own.known = True
    start = threading.Thread.start

    def counted(thread: threading.Thread) -> None:
        starts.append(None)
        start(thread)

    def grad_into(k: int, t: int, W: Array, rows: slice, out: Array) -> None:
        out[...] = 0.0
        if not hasattr(own, "known"):
            own.known = True
            callers.append(None)

    threading.Thread.start = counted  # type: ignore[method-assign]
    try:
        student.momentum_threaded(grad_into, np.zeros((2, 3)), 0.1, 0.9, 2 * T, steps, T)
    finally:
        threading.Thread.start = start  # type: ignore[method-assign]
    return max(len(starts), len(callers))


class Unlucky(Exception):
    """What a check's grad_into raises."""


def failing(student: ModuleType, T: int, step: int, thread: int) -> tuple[str, str, int]:
    """The error that reaches the caller when a thread fails in a step, and the threads left."""
    before = threading.active_count()

    def grad_into(k: int, t: int, W: Array, rows: slice, out: Array) -> None:
        out[...] = 0.0
        if (k, t) == (step, thread):
            raise Unlucky(f"thread {t} in step {k}")

    name = text = ""
    try:
        student.momentum_threaded(grad_into, np.zeros((2, 3)), 0.1, 0.9, 2 * T, 4, T)
    except NotImplementedError:
        raise
    except Exception as error:  # which one is the question
        name, text = type(error).__name__, str(error)
    return name, text, threading.active_count() - before


def threaded_by_numbers(
    student: ModuleType, W0: Array, T: int, steps: int, alpha: float, beta: float
) -> Array:
    """The model after steps whose shares are k + t in every entry; grad_into allocates nothing."""

    def grad_into(k: int, t: int, W: Array, rows: slice, out: Array) -> None:
        out[...] = k + t

    return student.momentum_threaded(grad_into, W0, alpha, beta, 2 * T, steps, T)


# Task 1.5
def hogwild_alone(
    student: ModuleType, X: Array, Y: Array, W0: Array, alpha: float
) -> tuple[Array, list[tuple[int, int, int, int]]]:
    """The model of one thread, and k, t and the rows of each call of grad_into."""
    steps, B = X.shape[:2]
    calls = []

    def grad_into(k: int, t: int, W: Array, rows: slice, out: Array) -> None:
        calls.append((k, t, rows.start, rows.stop))
        _least_squares(W, X[k % steps][rows], Y[k % steps][rows], B, out)

    return student.hogwild(grad_into, W0, alpha, B, steps, 1), calls


def hogwild_apart(
    student: ModuleType, G: Array, W0: Array, alpha: float, T: int, wait: bool
) -> tuple[Array, list[tuple[int, int]], bool, bool]:
    """The model after a step with each gradient G[k], and (k, t) of each call of grad_into.

    With `wait`, thread 0 is slow in its first step, until the others have begun their last ones.
    Then: whether they did, and whether all threads had the same memory as their model.
    """
    calls: list[tuple[int, int]] = []
    models: list[Array] = []
    others = sum(k % T > 0 for k in range(len(G)))
    done = threading.Event()
    freed = []

    def grad_into(k: int, t: int, W: Array, rows: slice, out: Array) -> None:
        calls.append((k, t))
        models.append(W)
        out[...] = G[k % len(G)]
        if sum(thread > 0 for _, thread in calls) >= others:
            done.set()
        if wait and k == 0:
            freed.append(done.wait(_PATIENCE_S))

    model = student.hogwild(grad_into, W0, alpha, 5, len(G), T)
    one = all(np.shares_memory(models[0], W) for W in models)
    return model, sorted(calls), one, not wait or freed == [True]
