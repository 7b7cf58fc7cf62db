"""What the experiments on learning share: old gradients, and a network that reads digits."""

from collections.abc import Sequence
from types import ModuleType
from typing import Any

import numpy as np
from lab import SEED, Lab

from autograder.lab import virtual_run

Array = np.ndarray
SHAPES = ((64, 32), (32,), (32, 10), (10,))  # of the network


# Old gradients
def converges(student: ModuleType, step: float, tau: int, steps: int) -> bool:
    """Whether stale SGD on w^2 / 2 ends no further from 0 than it was in the middle."""
    with np.errstate(over="ignore", invalid="ignore"):
        path = student.stale_sgd(lambda w: w, np.ones(1), step, tau, steps)
    size, tenth = np.abs(path[:, 0]), steps // 10
    late, middle = size[-tenth:].max(), size[steps // 2 : steps // 2 + tenth].max()
    return bool(np.isfinite(late) and late <= middle)


def border(student: ModuleType, tau: int, steps: int) -> float:
    """The largest step at which it converges, by halving an interval."""
    low, high = 0.0, 3.0
    for _ in range(16):
        middle = (low + high) / 2
        low, high = (middle, high) if converges(student, middle, tau, steps) else (low, middle)
    return low


# A network that reads digits
def digits_params() -> list[Array]:
    """Random weights, biases of 0."""
    rng = np.random.default_rng(SEED)
    return [rng.standard_normal(s) / 8 if len(s) > 1 else np.zeros(s) for s in SHAPES]


def gradient(params: Sequence[Array], X: Array, Y: Array) -> list[Array]:
    """Of the summed loss of these digits."""
    hidden, dh, dz = _backward(params, X, Y)
    return [X.T @ dh, dh.sum(axis=0), hidden.T @ dz, dz.sum(axis=0)]


def loss(params: Sequence[Array], X: Array, Y: Array) -> float:
    """The mean over these digits."""
    W1, b1, W2, b2 = params
    scores = np.tanh(X @ W1 + b1) @ W2 + b2
    scores = scores - scores.max(axis=1, keepdims=True)
    return float(np.mean(np.log(np.exp(scores).sum(axis=1)) - (scores * Y).sum(axis=1)))


def exact_noise_scale(params: Sequence[Array], X: Array, Y: Array) -> float:
    """tr(S) / |G|^2 over all these digits."""
    hidden, dh, dz = _backward(params, X, Y)
    squared = [(a**2).sum(axis=1) for a in (X, hidden, dh, dz)]
    single = (squared[0] + 1) * squared[2] + (squared[1] + 1) * squared[3]
    G = norm_squared([g / len(X) for g in gradient(params, X, Y)])
    return float((single.mean() - G) / G)


def norm_squared(arrays: Sequence[Array]) -> float:
    """Of all entries together."""
    return float(sum((a**2).sum() for a in arrays))


def _backward(params: Sequence[Array], X: Array, Y: Array) -> tuple[Array, Array, Array]:
    """The hidden layer, and the slopes of each digit's loss before it and at the end."""
    W1, b1, W2, b2 = params
    hidden = np.tanh(X @ W1 + b1)
    P = hidden @ W2 + b2
    P = np.exp(P - P.max(axis=1, keepdims=True))
    dz = P / P.sum(axis=1, keepdims=True) - Y
    return hidden, dz @ W2.T * (1 - hidden**2), dz


def local_loss(student: ModuleType, lab: Lab, H: int, order: str) -> tuple[float, int]:
    """The training loss after local SGD on eight ranks, and messages sent by each."""
    rng, N, b = np.random.default_rng(SEED), 8, 16
    places = rng.permutation(len(lab.images))
    if order == "sorted":
        places = np.argsort(lab.labels.argmax(axis=1), kind="stable")
    mine = [rng.choice(part, (lab.steps, b)) for part in np.array_split(places, N)]

    def program(comm: Any) -> Any:
        X, Y = lab.images[mine[comm.rank]], lab.labels[mine[comm.rank]]
        return student.local_sgd(comm, digits_params(), gradient, X, Y, 0.5, 0.0, H)

    run = virtual_run(program, N, lambda rank: ())
    return loss(run.values[0], lab.images, lab.labels), run.messages[0]


POINTS = (0, 10, 20, 50, 100, 200, 400, 800)  # steps at which the noise scale is estimated


def noise_scales(student: ModuleType, lab: Lab, seed: int) -> dict[str, list[float]]:
    """Loss and noise scale during training with eight ranks of 16 digits, estimated and exact."""
    rng, params = np.random.default_rng((SEED, seed)), digits_params()
    points = [point for point in POINTS if point <= 2 * lab.steps]
    found: dict[str, list[float]] = {"step": [], "loss": [], "estimated": [], "exact": []}
    for step in range(points[-1] + 1):
        if step in points:
            estimate = _estimated_noise_scale(student, lab, params, rng)
            exact = exact_noise_scale(params, lab.images, lab.labels)
            values = (step, loss(params, lab.images, lab.labels), estimate, exact)
            for column, value in zip(found, values, strict=True):
                found[column].append(value)
        batch = rng.integers(len(lab.images), size=128)
        grads = gradient(params, lab.images[batch], lab.labels[batch])
        params = [w - 0.5 * g / 128 for w, g in zip(params, grads, strict=True)]
    return found


def _estimated_noise_scale(
    student: ModuleType, lab: Lab, params: list[Array], rng: np.random.Generator
) -> float:
    """From the gradients that eight ranks would have, in 50 steps."""
    small, big = [], []
    for _ in range(50):
        ranks = []
        for batch in rng.integers(len(lab.images), size=(8, 16)):
            grads = gradient(params, lab.images[batch], lab.labels[batch])
            ranks.append([g / 16 for g in grads])
        small += [norm_squared(grads) for grads in ranks]
        big.append(norm_squared([np.mean(each, axis=0) for each in zip(*ranks, strict=True)]))
    squared, trace = student.noise_scale(float(np.mean(small)), 16, float(np.mean(big)), 128)
    return trace / squared
