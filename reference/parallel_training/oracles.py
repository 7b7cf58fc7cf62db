"""Answers computed another way than the reference, for part 1: one number at a time.

The other parts are in oracles_*.py. Every function depends on the inputs of a check only, never on
what a student returned: the answers to visible checks are recorded when the assignment is released.
"""

import math

import numpy as np

Array = np.ndarray


# Task 1.1
def parts(n: int, T: int) -> list[tuple[int, int]]:
    """Start and stop of T parts of n items, which are dealt one after the other, as cards are."""
    hands = [0] * T
    for card in range(n):
        hands[card % T] += 1
    stops = [sum(hands[: t + 1]) for t in range(T)]
    return [(stop - hand, stop) for stop, hand in zip(stops, hands, strict=True)]


# Task 1.2
def _probability(scores: list[float], k: int) -> float:
    """Of class k: one over the sum of exp(s_j - s_k), which is infinite where it is very small."""
    try:
        return 1 / math.fsum(math.exp(s - scores[k]) for s in scores)
    except OverflowError:
        return 0.0


def share(W: Array, X: Array, Y: Array, gamma: float, start: int, stop: int) -> Array:
    """The share of rows start:stop in the gradient of a minibatch, by exactly rounded sums."""
    B, classes = len(X), range(len(W))
    errors = []
    for i in range(start, stop):
        scores = [math.fsum((W[k] * X[i]).astype(float)) for k in classes]
        errors.append([_probability(scores, k) - float(Y[i, k]) for k in classes])
    result = np.empty(W.shape)
    for k, j in np.ndindex(*W.shape):
        terms = [e[k] * float(X[i, j]) for i, e in zip(range(start, stop), errors, strict=True)]
        result[k, j] = math.fsum(terms) / B + (stop - start) / B * gamma * float(W[k, j])
    return result


# Task 1.3
def _after_steps(W0: Array, gradients: list[Array], alpha: float, beta: float) -> Array:
    """A step is the sum of all earlier gradients, each with the power of beta of its age."""
    W = W0.astype(float)
    for k in range(len(gradients)):
        W = W - alpha * sum(beta ** (k - j) * gradients[j] for j in range(k + 1))
    return W


def momentum(
    X: Array, Y: Array, gamma: float, W0: Array, alpha: float, beta: float, B: int, epochs: int
) -> Array:
    """The model of SGD with momentum, without a velocity."""
    W, gradients = W0.astype(float), list[Array]()
    for _ in range(epochs):
        for k in range(len(X) // B):
            rows = slice(k * B, (k + 1) * B)
            gradients.append(share(W, X[rows], Y[rows], gamma, 0, B))
            W = _after_steps(W0, gradients, alpha, beta)
    return W


# Tasks 1.4 and 1.5: the gradients of least squares, of programs_threads.py
def path(X: Array, Y: Array, W0: Array, alpha: float, beta: float) -> Array:
    """The models (steps + 1, c, d) before, between and after the steps with X[k], Y[k]."""
    models, gradients = [W0.astype(float)], list[Array]()
    for x, y in zip(X, Y, strict=True):
        G = np.zeros(W0.shape)
        for row, target in zip(x, y, strict=True):
            for c in range(len(G)):
                G[c] += (math.fsum(models[-1][c] * row) - target[c]) * row
        gradients.append(G / len(x))
        models.append(_after_steps(W0, gradients, alpha, beta))
    return np.array(models)
