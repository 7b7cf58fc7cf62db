"""Answers computed another way than the reference: complex steps, plain loops, closed forms.

The derivative of a real function that is made of analytic operations is Im f(x + i h v) / h, exact
to rounding for h = 1e-100 because nothing is subtracted: operations are carried out in complex
numbers, without any rule. Every function depends on the inputs of a check only, never on what a
student returned: the answers to visible checks are recorded when the assignment is released.

Ref: Squire and Trapp, "Using complex variables to estimate derivatives of real functions", 1998.
"""

import math
import operator
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

_STEP = 1e-100
Array = np.ndarray
Arrays = Sequence[Array]
Nodes = Sequence[tuple[str, Sequence[int], Any]]  # operation, inputs by number, settings


def _matmul(a: Array, b: Array) -> Array:
    """Sums of products over the shared axis, without a product of matrices."""
    return (a[..., :, :, None] * b[..., None, :, :]).sum(axis=-2)


def _max(x: Array, axis: Any, keepdims: bool) -> Array:
    """The entry whose real part is the largest: there is only one in the checks that ask."""
    reduced = tuple(range(x.ndim)) if axis is None else tuple(np.atleast_1d(axis) % x.ndim)
    others = tuple(k for k in range(x.ndim) if k not in reduced)
    rows = x.transpose(others + reduced).reshape(*(x.shape[k] for k in others), -1)
    largest = np.take_along_axis(rows, rows.real.argmax(axis=-1)[..., None], axis=-1)[..., 0]
    shape = tuple(1 if k in reduced else n for k, n in enumerate(x.shape))
    return largest.reshape(shape) if keepdims else largest


def _gather(x: Array, index: Any) -> Array:
    return np.take(x, index, axis=0) if isinstance(index, Array) else x[index]


_COMPLEX: dict[str, Callable[..., Any]] = {
    **{op: getattr(operator, op) for op in ("add", "sub", "mul", "truediv")},
    **{op: getattr(np, op) for op in ("exp", "log", "tanh")},
    "matmul": _matmul,
    "neg": lambda a: 0 - a,
    "pow": lambda a, exponent: np.asarray(a) ** exponent,
    "relu": lambda a: np.where(a.real > 0, a, 0),
    "sum": lambda a, axis=None, keepdims=False: np.asarray(a.sum(axis=axis, keepdims=keepdims)),
    "mean": lambda a, axis=None, keepdims=False: np.asarray(a.mean(axis=axis, keepdims=keepdims)),
    "max": lambda a, axis=None, keepdims=False: _max(a, axis, keepdims),
    "reshape": np.reshape,
    "transpose": lambda a, axes: np.moveaxis(a, axes, range(len(axes))),
    "getitem": _gather,
}


def _result(inputs: Sequence[Any], nodes: Nodes) -> Array:
    values = [np.asarray(x, dtype=complex) for x in inputs]
    for op, numbers, settings in nodes:
        values.append(np.asarray(_COMPLEX[op](*(values[i] for i in numbers), **settings)))
    return values[-1]


def tangent(leaves: Any, constants: Any, nodes: Nodes, directions: Any) -> Array:
    """How the result changes when the leaves change along the directions: one complex step."""
    moved = [x + 1j * _STEP * np.asarray(v, float) for x, v in zip(leaves, directions, strict=True)]
    return _result([*moved, *constants], nodes).imag / _STEP


def gradients(leaves: Any, constants: Any, nodes: Nodes, seed: Any) -> list[Array]:
    """The gradient of sum(seed * result) for each leaf: one complex step for each entry."""

    def along(k: int, entry: tuple[int, ...]) -> float:
        directions = [np.zeros(np.shape(x)) for x in leaves]
        directions[k][entry] = 1.0
        return float(np.sum(seed * tangent(leaves, constants, nodes, directions)))

    return [
        np.array([along(k, e) for e in np.ndindex(np.shape(x))]).reshape(np.shape(x))
        for k, x in enumerate(leaves)
    ]


def many_gradients(expressions: Sequence[tuple[Any, ...]]) -> list[list[Array]]:
    """`gradients` of many expressions (leaves, constants, nodes, seed)."""
    return [gradients(*expression) for expression in expressions]


def many_tangents(expressions: Sequence[tuple[Any, ...]]) -> list[Array]:
    """`tangent` of many expressions (leaves, constants, nodes, directions)."""
    return [tangent(*expression) for expression in expressions]


def slopes(expressions: Sequence[tuple[Any, ...]]) -> list[float]:
    """Of many (leaves, constants, nodes, seed, directions): how fast sum(seed * result) rises."""
    return [float(np.sum(seed * tangent(*e, v))) for *e, seed, v in expressions]


# The loss: one number at a time, in Python floats
def _loss_terms(rows: Sequence[Sequence[float]], labels: Sequence[int]) -> list[float]:
    terms = []
    for row, label in zip(rows, labels, strict=True):
        excess = [score - row[label] for score in row]
        highest = max(excess)
        terms.append(highest + math.log(math.fsum(math.exp(e - highest) for e in excess)))
    return terms


def cross_entropy(logits: Array, labels: Array) -> float:
    """The mean cross-entropy, example by example."""
    terms = _loss_terms(logits.astype(float).tolist(), labels.tolist())
    return math.fsum(terms) / len(terms)


def cross_entropy_gradient(logits: Array, labels: Array) -> Array:
    """Its gradient, entry by entry: (probability - 1 for the label) / B."""
    gradient = np.empty(logits.shape)
    rows = logits.astype(float).tolist()
    for i, (row, label) in enumerate(zip(rows, labels.tolist(), strict=True)):
        odds = [math.exp(score - max(row)) for score in row]
        for k, odd in enumerate(odds):
            gradient[i, k] = (odd / math.fsum(odds) - (k == label)) / len(rows)
    return gradient


def cross_entropy_slope(logits: Array, labels: Array, v: Array) -> float:
    """How fast it rises along v."""
    return math.fsum((v * cross_entropy_gradient(logits, labels)).ravel().tolist())


def cross_entropy_slope_at_once(logits: Array, labels: Array, v: Array) -> float:
    """The same for a large batch: one complex step, the logits below their largest."""
    shifted = logits - logits.max(axis=1, keepdims=True) + 1j * _STEP * v
    terms = np.log(np.exp(shifted).sum(axis=1)) - shifted[range(len(labels)), labels]
    return float(terms.imag.sum() / _STEP / len(labels))


# The network: complex steps of a forward pass of its own
def _mlp(params: Arrays, X: Array) -> Array:
    h = X.astype(complex)
    for layer in range(0, len(params), 2):
        h = h @ params[layer] + params[layer + 1]
        if layer < len(params) - 2:
            h = np.where(h.real > 0, h, 0)
    return h


def _mlp_loss(params: Arrays, X: Array, labels: Array) -> complex:
    scores = _mlp(params, X)
    log_sums = np.log(np.exp(scores).sum(axis=1))
    return complex((log_sums - scores[range(len(labels)), labels]).sum() / len(labels))


def logits(params: Arrays, X: Array) -> Array:
    """The logits of a network."""
    return _mlp(params, X).real


def mlp_gradients(params: Arrays, X: Array, labels: Array) -> list[Array]:
    """The gradient of the network's loss, entry by entry."""
    found = []
    for k, p in enumerate(params):
        gradient = np.empty(p.shape)
        for entry in np.ndindex(p.shape):
            moved = p.astype(complex)
            moved[entry] += 1j * _STEP
            changed = [*params[:k], moved, *params[k + 1 :]]
            gradient[entry] = _mlp_loss(changed, X, labels).imag / _STEP
        found.append(gradient)
    return found


def mlp_loss(params: Arrays, X: Array, labels: Array) -> float:
    """The loss of a network."""
    return _mlp_loss(params, X, labels).real


def mlp_slopes(params: Arrays, X: Array, labels: Array, directions: Arrays) -> list[float]:
    """How fast the loss rises along a direction of each parameter: one complex step each."""
    return [
        _mlp_loss([*params[:k], params[k] + 1j * _STEP * v, *params[k + 1 :]], X, labels).imag
        / _STEP
        for k, v in enumerate(directions)
    ]


def mlp_slope(params: Arrays, X: Array, labels: Array, v: Array) -> float:
    """How fast the loss rises along v, a direction of the first matrix."""
    return _mlp_loss([params[0] + 1j * _STEP * v, *params[1:]], X, labels).imag / _STEP


def mlp_gradient_by_bias(params: Arrays, X: Array, labels: Array) -> Array:
    """The gradient of the loss by the last bias: the mean of softmax minus one-hot, by hand."""
    odds = np.exp(logits(params, X))
    right = np.eye(odds.shape[1])[labels]
    return (odds / odds.sum(axis=1, keepdims=True) - right).mean(axis=0)


def _gradients_by_hand(params: Arrays, X: Array, labels: Array) -> list[Array]:
    """Of the loss, written out: softmax minus one-hot, and layer by layer what relu lets pass."""
    inputs, passed, scores = [X], [], X
    for layer in range(0, len(params), 2):
        scores = inputs[-1] @ params[layer] + params[layer + 1]
        passed.append(scores.real > 0)
        inputs.append(scores * passed[-1])
    odds = np.exp(scores - scores.real.max(axis=1, keepdims=True))
    errors = odds / odds.sum(axis=1, keepdims=True)
    errors[range(len(labels)), labels] -= 1
    errors = errors / len(labels)
    found: list[Array] = []
    for layer in range(len(params) - 2, -1, -2):
        found = [inputs[layer // 2].T @ errors, errors.sum(axis=0), *found]
        if layer:
            errors = (errors @ params[layer].T) * passed[layer // 2 - 1]
    return found


def mlp_hessian_product(params: Arrays, X: Array, labels: Array, v: Array) -> Array:
    """H v for the first matrix: a complex step of the gradient written out by hand."""
    moved = [params[0] + 1j * _STEP * v, *params[1:]]
    return _gradients_by_hand(moved, X, labels)[0].imag / _STEP


def trained(
    params: Arrays, X: Array, labels: Array, alpha: float, batches: Sequence[Sequence[int]]
) -> tuple[list[Array], list[float]]:
    """Parameters after these batches, and the loss on each before its step."""
    losses = []
    for batch in batches:
        rows, wanted = X[list(batch)], labels[list(batch)]
        losses.append(_mlp_loss(params, rows, wanted).real)
        gradients_ = mlp_gradients(params, rows, wanted)
        params = [p - alpha * g for p, g in zip(params, gradients_, strict=True)]
    return list(params), losses


def trained_by_hand(
    params: Arrays,
    X: Array,
    labels: Array,
    alpha: float,
    batches: Sequence[Sequence[int]],
    directions: Arrays,
) -> tuple[list[float], list[float]]:
    """Of a long training: parameters along directions, and the losses."""
    params, losses = [p.astype(float) for p in params], []
    for batch in batches:
        rows, wanted = X[list(batch)], labels[list(batch)]
        losses.append(_mlp_loss(params, rows, wanted).real)
        changes = _gradients_by_hand(params, rows, wanted)
        params = [p - alpha * g for p, g in zip(params, changes, strict=True)]
    return [float(np.sum(p * v)) for p, v in zip(params, directions, strict=True)], losses


# Closed forms
def hessian_product(name: str, x: Array, v: Array) -> Array:
    """H v of the functions in programs_functions.py, from their second derivatives by hand."""
    if name == "smooth":  # sum x tanh x + mean x^3: H is diagonal
        t = np.tanh(x)
        return (2 * (1 - t**2) - 2 * x * t * (1 - t**2) + 6 * x / x.size) * v
    if name == "straight":
        return np.zeros_like(x)
    if name == "selected":  # cubes: of each row's largest, of some columns, of all
        times = (x == x.max(axis=1, keepdims=True)) + np.array([1, 0, 2]) + 1
        return 6 * times * x * v
    # rational: L / E with L = log(1 + x.x) and E = sum exp x
    S, E, e = 1 + np.sum(x * x), np.sum(np.exp(x)), np.exp(x)
    L, dL = math.log(S), 2 * x / S
    d2L_v = 2 * v / S - dL * np.sum(dL * v)
    cross = dL * np.sum(e * v) + e * np.sum(dL * v)
    return d2L_v / E - cross / E**2 - L * e * v / E**2 + 2 * L * e * np.sum(e * v) / E**3


def chain_gradients(x: Array, ws: Arrays) -> tuple[Array, list[Array]]:
    """Of the sum of the end of h -> tanh(h w), for x and every w: products of slopes, by hand."""
    hs = [x]
    for w in ws:
        hs.append(np.tanh(hs[-1] * w))
    slopes = [1 - h * h for h in hs[1:]]
    after = np.ones_like(x)
    of_ws = []
    for h, slope, w in zip(hs[-2::-1], slopes[::-1], list(ws)[::-1], strict=True):
        of_ws.append(np.array([math.fsum((after * slope * h).ravel().tolist())]))
        after = after * slope * w
    return after, of_ws[::-1]


# Costs
def forward_flops(B: int, d: int, h: int, c: int) -> int:
    """Multiplications and additions of the two products, one entry of a product after the other."""
    hidden = sum(2 * d for _ in range(B) for _ in range(h))
    return hidden + sum(2 * h for _ in range(B) for _ in range(c))


def backward_flops(B: int, d: int, h: int, c: int) -> int:
    """By W_1: d h sums over B; by W_2: h c sums over B; by the hidden layer: B h sums over c."""
    by_weights = sum(2 * B for _ in range(d * h)) + sum(2 * B for _ in range(h * c))
    return by_weights + sum(2 * c for _ in range(B * h))
