"""Answers computed another way than the reference: closed forms, and one number at a time.

Every function depends on the inputs of a check only, never on what a student returned:
the answers to visible checks are recorded when the assignment is released.
"""

import cmath
import math
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import Any

import numpy as np

Parts = Sequence[np.ndarray]


# Momentum on quadratics
def momentum_path(
    curvature: np.ndarray,
    minimum: np.ndarray,
    w0: np.ndarray,
    alpha: float,
    beta: float,
    T: int,
    nesterov: bool,
) -> np.ndarray:
    """w_0, ..., w_T in closed form, without taking a step.

    The distance e to the minimum follows e_{t+1} = p e_t - q e_{t-1}, so it is a sum of powers of
    the roots of x^2 - p x + q; the first step is e_1 = (1 - alpha curvature) e_0.
    """
    listed = np.empty((T + 1, *w0.shape))
    for index in np.ndindex(*w0.shape):
        shrink = 1 - alpha * float(curvature[index])
        p = shrink * (1 + beta) if nesterov else shrink + beta
        q = shrink * beta if nesterov else beta
        away = float(w0[index]) - float(minimum[index])
        for t in range(T + 1):
            listed[(t, *index)] = float(minimum[index]) + away * _power_sum(p, q, shrink, t)
    return listed


def _power_sum(p: float, q: float, first: float, t: int) -> float:
    """e_t of e_{t+1} = p e_t - q e_{t-1} with e_0 = 1, e_1 = first."""
    gap = cmath.sqrt(p * p - 4 * q)
    if abs(gap) < 1e-6:  # a double root but for rounding, and not 0
        return (1 + t * (2 * first / p - 1)) * (p / 2) ** t
    left, right = (p + gap) / 2, (p - gap) / 2
    weight = (first - right) / gap
    return (weight * left**t + (1 - weight) * right**t).real


def look_ahead(path: np.ndarray, beta: float) -> np.ndarray:
    """The points w_t + beta (w_t - w_{t-1}), t = 0, 1, ..., with w_{-1} = w_0."""
    before = np.concatenate([path[:1], path[:-1]])
    return (1 + beta) * path - beta * before


def best_momentum(mu: float, L: float) -> tuple[float, float]:
    """alpha and beta for which x^2 - (1 + beta - alpha h) x + beta has a double root at h = mu, L.

    Then alpha mu = (1 - r)^2 and alpha L = (1 + r)^2 with the root r, found by bisection.
    """
    low, high = 0.0, 1.0
    for _ in range(200):
        r = (low + high) / 2
        if mu * (1 + r) ** 2 < L * (1 - r) ** 2:
            low = r
        else:
            high = r
    return (1 - low) ** 2 / mu, low * low


def steps_needed(method: str, mu: float, L: float, ratio: float) -> int:
    """Simulate until both ends of the spectrum are within `ratio` of their start: number of steps.

    The norm of both distances together, as two floats; curvatures in between shrink faster.
    """
    alpha, beta = best_momentum(mu, L) if method == "heavy_ball" else (2 / (mu + L), 0.0)
    e, v, start, count = [1.0, 1.0], [0.0, 0.0], math.hypot(1.0, 1.0), 0
    while math.hypot(*e) > ratio * start:
        v = [beta * v[0] - alpha * mu * e[0], beta * v[1] - alpha * L * e[1]]
        e = [e[0] + v[0], e[1] + v[1]]
        count += 1
    return count


# Optimisers: one entry at a time, as a generator that is sent gradients and yields entries
Entry = Callable[..., Iterator[float]]


def _sgd_momentum(w: float, gs: Sequence[float], alphas: Sequence[float], beta: float) -> Any:
    v = 0.0
    for g, alpha in zip(gs, alphas, strict=True):
        v = beta * v - alpha * g
        w += v
        yield w


def _nesterov(y: float, gs: Sequence[float], alphas: Sequence[float], beta: float) -> Any:
    """By the iterates: w' = y - alpha g, then y' = w' + beta (w' - w)."""
    w = y
    for g, alpha in zip(gs, alphas, strict=True):
        after = y - alpha * g
        w, y = after, after + beta * (after - w)
        yield y


def _adagrad(w: float, gs: Sequence[float], alphas: Sequence[float], eps: float) -> Any:
    for t, alpha in enumerate(alphas):
        w -= alpha * gs[t] / (math.sqrt(math.fsum(g * g for g in gs[: t + 1])) + eps)
        yield w


def _rmsprop(w: float, gs: Sequence[float], alphas: Sequence[float], rho: float, eps: float) -> Any:
    for t, alpha in enumerate(alphas):
        w -= alpha * gs[t] / (math.sqrt(_average([g * g for g in gs[: t + 1]], rho)) + eps)
        yield w


def _adam(
    w: float,
    gs: Sequence[float],
    alphas: Sequence[float],
    rho1: float,
    rho2: float,
    eps: float,
    shrink: float = 0.0,
) -> Any:
    """With averages whose weights add up to one: what the corrections are for."""
    for t, alpha in enumerate(alphas):
        seen = gs[: t + 1]
        mean = _average(seen, rho1) / _average([1.0] * len(seen), rho1)
        square = _average([g * g for g in seen], rho2) / _average([1.0] * len(seen), rho2)
        w -= alpha * shrink * w
        w -= alpha * mean / (math.sqrt(square) + eps)
        yield w


def _average(values: Sequence[float], rho: float) -> float:
    """(1 - rho) times the sum of values, each weighed by rho to the power of its age."""
    newest = len(values) - 1
    return (1 - rho) * math.fsum(rho ** (newest - i) * values[i] for i in range(len(values)))


_ENTRIES: dict[str, Entry] = {
    "SGDMomentum": _sgd_momentum,
    "Nesterov": _nesterov,
    "AdaGrad": _adagrad,
    "RMSProp": _rmsprop,
    "Adam": _adam,
    "AdamW": _adam,
}


def optimiser_path(
    name: str,
    start: Parts,
    pulls: Sequence[Parts],
    options: dict[str, Any],
    changing: Sequence[float] = (),
    seen: Sequence[int] = (),
) -> list[list[np.ndarray]]:
    """The parameters after each step, or after those `seen`, as float64."""
    rest = {k: v for k, v in options.items() if k not in ("alpha", "weight_decay", "decayed")}
    steps = list(changing) or [options["alpha"]] * len(pulls)
    decayed = options.get("decayed") or [True] * len(start)
    listed = [[np.empty(w.shape) for w in start] for _ in pulls]
    for i, w in enumerate(start):
        if name == "AdamW":
            rest["shrink"] = options["weight_decay"] if decayed[i] else 0.0
        for index in np.ndindex(*w.shape):
            gs = [float(gradients[i][index]) for gradients in pulls]
            for t, entry in enumerate(_ENTRIES[name](float(w[index]), gs, steps, **rest)):
                listed[t][i][index] = entry
    return [listed[t - 1] for t in seen] if seen else listed


# Minibatches
def models(
    name: str,
    W0: np.ndarray,
    curvatures: np.ndarray,
    targets: np.ndarray,
    batches: Sequence[Sequence[int]],
    options: dict[str, Any],
) -> np.ndarray:
    """W_0, W_1, ... for the mean of bowls: an optimiser restarted for every length.

    The gradients that led to step t are those of the path up to t, so the path grows by one.
    """
    pulls, path = [], [W0]
    for batch in batches:
        rows = [curvatures[i] * (path[-1] - targets[i]) for i in batch]
        pulls.append([sum(rows) / len(rows)])
        path.append(optimiser_path(name, [W0], pulls, options)[-1][0])
    return np.array(path)


def svrg_models(
    W0: np.ndarray,
    curvatures: np.ndarray,
    targets: np.ndarray,
    alpha: float,
    draws: Sequence[Sequence[int]],
) -> np.ndarray:
    """W before the first step of an epoch and after each, of all epochs: one entry at a time.

    `draws` are the examples of each epoch. For bowls the two gradients of example i differ by its
    curvature times the distance moved.
    """
    n, epochs = len(targets), []
    for examples in draws:
        walked = np.empty((len(examples) + 1, *W0.shape))
        for index in np.ndindex(*W0.shape):
            start = float(epochs[-1][-1][index] if epochs else W0[index])
            pull = math.fsum(curvatures[i][index] * (start - targets[i][index]) for i in range(n))
            way = 0.0
            walked[(0, *index)] = start
            for step, i in enumerate(examples, start=1):
                way -= alpha * (float(curvatures[i][index]) * way + pull / n)
                walked[(step, *index)] = start + way
        epochs.append(walked)
    return np.array(epochs)


# Schedules, clipping, averages
def schedule(kind: str, t: int, T: int, warmup: int) -> float:
    """The factor, from exact fractions; the cosine by the square of its half angle."""
    if t < warmup:
        return float(Fraction(t + 1, warmup))
    done = Fraction(t - warmup, T - warmup)
    if kind == "cosine":
        return math.cos(math.pi * float(done / 2)) ** 2
    if kind == "inverse_sqrt":
        return float(t - warmup + 1) ** -0.5
    return 1.0 if kind == "constant" else float(1 - done)


def global_norm(grads: Parts) -> float:
    """The norm of all entries in one list; hypot scales, so that nothing overflows."""
    return math.hypot(*(float(entry) for g in grads for entry in g.ravel()))


def averages(w0: np.ndarray, iterates: Parts, start: int) -> list[np.ndarray]:
    """The mean of those iterates that count, from exactly rounded sums, after 0, 1, ... updates."""
    listed = [np.array(w0, dtype=float)]
    for k in range(1, len(iterates) + 1):
        counted = iterates[min(start, k - 1) : k]
        mean = np.empty(w0.shape)
        for index in np.ndindex(*w0.shape):
            mean[index] = math.fsum(float(w[index]) for w in counted) / len(counted)
        listed.append(mean)
    return listed
