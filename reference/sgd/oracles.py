"""Answers computed another way than the reference: one number at a time, in Python floats.

Every function depends on the inputs of a check only, never on what a student returned:
the answers to visible checks are recorded when the assignment is released.
"""

import math
from collections.abc import Sequence

import numpy as np

from autograder.grading import Recipe

Rows = Sequence[Sequence[float]]


def _floats(array: np.ndarray) -> list[list[float]]:
    """The entries as Python floats, exact for float32 too."""
    return [[float(entry) for entry in row] for row in array]


def _scores(model: Rows, example: Sequence[float]) -> list[float]:
    return [math.fsum(w * x for w, x in zip(row, example, strict=True)) for row in model]


def _probabilities(scores: Sequence[float]) -> list[float]:
    # relative to the largest score, because math.exp raises OverflowError above 709
    weights = [math.exp(score - max(scores)) for score in scores]
    return [weight / math.fsum(weights) for weight in weights]


def softmax_xent_loss(W: np.ndarray, X: np.ndarray, Y: np.ndarray, gamma: float) -> float:
    """The regularised loss, summed example by example."""
    model = _floats(W)
    losses = []
    for example, label in zip(_floats(X), _floats(Y), strict=True):
        scores = _scores(model, example)
        excess = [score - scores[label.index(1.0)] for score in scores]
        highest = max(excess)
        losses.append(highest + math.log(math.fsum(math.exp(e - highest) for e in excess)))
    squares = math.fsum(entry * entry for row in model for entry in row)
    return math.fsum(losses) / len(losses) + gamma / 2 * squares


def softmax_xent_grad(W: np.ndarray, X: np.ndarray, Y: np.ndarray, gamma: float) -> np.ndarray:
    """The gradient of the regularised loss, entry by entry."""
    model, examples, labels = _floats(W), _floats(X), _floats(Y)
    surplus = []  # probability minus label, per example and class
    for example, label in zip(examples, labels, strict=True):
        probabilities = _probabilities(_scores(model, example))
        surplus.append([p - y for p, y in zip(probabilities, label, strict=True)])
    gradient = np.empty(W.shape)
    for k in range(W.shape[0]):
        for j in range(W.shape[1]):
            terms = [s[k] * x[j] for s, x in zip(surplus, examples, strict=True)]
            gradient[k, j] = math.fsum(terms) / len(terms) + gamma * model[k][j]
    return gradient


def slope(W: Recipe, X: Recipe, Y: Recipe, gamma: float, direction: Recipe) -> float:
    """How fast the loss rises along a direction D: no product with the transposed X in it.

    For large batches, and so in numpy: the loss of example x rises by the mean of D x over the
    classes, each weighed by its probability, less D x of the right class.
    """
    model, examples, labels, D = W.build(), X.build(), Y.build(), direction.build()
    scores, changes = examples @ model.T, examples @ D.T
    weights = np.exp(scores - scores.max(axis=1, keepdims=True))
    mean_changes = (weights * changes).sum(axis=1) / weights.sum(axis=1)
    rises = mean_changes - changes[np.arange(len(changes)), labels.argmax(axis=1)]
    return float(rises.mean() + gamma * np.vdot(model, D))


def gradient_by_differences(
    W: np.ndarray, X: np.ndarray, Y: np.ndarray, gamma: float
) -> np.ndarray:
    """Central differences of the loss in every entry of W; relative error about 1e-10."""
    eps = 1e-4
    gradient = np.empty(W.shape)
    for entry in np.ndindex(*W.shape):
        above, below = W.copy(), W.copy()
        above[entry] += eps
        below[entry] -= eps
        rise = softmax_xent_loss(above, X, Y, gamma) - softmax_xent_loss(below, X, Y, gamma)
        gradient[entry] = rise / (2 * eps)
    return gradient


def error_rate(W: np.ndarray, X: np.ndarray, Y: np.ndarray) -> float:
    """The fraction of examples whose first largest score is not that of their class."""
    model = _floats(W)
    wrong = 0
    for example, label in zip(_floats(X), _floats(Y), strict=True):
        scores = _scores(model, example)
        wrong += scores.index(max(scores)) != label.index(1.0)
    return wrong / len(X)


def slopes(gradient: np.ndarray, seed: int, n_dirs: int) -> list[float]:
    """How fast the loss of this gradient rises along each of the `directions` of the seed."""
    entries = gradient.ravel().tolist()
    return [
        math.fsum(entry * part for entry, part in zip(entries, direction.flat, strict=True))
        for direction in directions(seed, n_dirs, gradient.shape)
    ]


def direction_errors(
    true_gradient: np.ndarray, claimed_gradient: np.ndarray, seed: int, n_dirs: int
) -> list[float]:
    """By direction, the error that check_gradient must find in a gradient wrong in a known way.

    The slope in a direction is the exact one, from the true gradient.
    """
    pairs = zip(
        slopes(true_gradient, seed, n_dirs), slopes(claimed_gradient, seed, n_dirs), strict=True
    )
    return [abs(slope - claimed) / max(abs(slope), abs(claimed)) for slope, claimed in pairs]


def directions(seed: int, n_dirs: int, shape: tuple[int, ...]) -> np.ndarray:
    """The directions of length 1 that a Generator of this seed gives, shape (n_dirs, *shape)."""
    rng = np.random.default_rng(seed)
    drawn = [rng.standard_normal(shape) for _ in range(n_dirs)]
    return np.array(
        [D / math.sqrt(math.fsum(D.flat[j] ** 2 for j in range(D.size))) for D in drawn]
    )


def quadratic_path(
    W0: np.ndarray, targets: np.ndarray, alpha: float, batches: Sequence[Sequence[int]]
) -> np.ndarray:
    """The models W_0 to W_T when example i pulls W towards targets[i], shape (T + 1, c, d).

    The mean gradient over a batch is W minus the mean of its targets.
    """
    model = [float(entry) for entry in W0.ravel()]
    pulls = _floats(targets.reshape(len(targets), -1))
    path = [model]
    for batch in batches:
        means = [math.fsum(pulls[i][j] for i in batch) / len(batch) for j in range(len(model))]
        model = [w - alpha * (w - mean) for w, mean in zip(model, means, strict=True)]
        path.append(model)
    return np.array(path).reshape(len(path), *W0.shape)


def trained_along(
    direction: np.ndarray,
    X: np.ndarray,
    Y: np.ndarray,
    alpha: float,
    gamma: float,
    B: int,
    after: Sequence[int],
) -> np.ndarray:
    """Products with a direction of the models after these numbers of steps over batches in order.

    Softmax regression from W = 0, class by class: one over the sum of exp(s_l - s_k) is the
    probability of class k, and what it lacks of Y[i, k] moves row k of the model along x_i.
    """
    W, products = np.zeros(direction.shape), []
    starts = list(range(0, len(X), B))
    for step in range(max(after) + 1):
        if step in after:
            products.append(math.fsum((W * direction).flat))
        start = starts[step % len(starts)]
        examples, labels = X[start : start + B], Y[start : start + B]
        scores, moved = [np.einsum("ij,j->i", examples, row) for row in W], []
        for k, row in enumerate(W):
            inverse = sum(np.exp(other - scores[k]) for other in scores)
            pull = np.einsum("i,ij->j", labels[:, k] - 1 / inverse, examples) / len(examples)
            moved.append(row + alpha * (pull - gamma * row))
        W = np.array(moved)
    return np.array(products)


def half_width(nsamples: int, delta: float) -> float:
    """Half the length of Hoeffding's interval for the mean of values between 0 and 1.

    Solved for t from the bound itself: 2 exp(-2 nsamples t^2) = delta.
    """
    low, high = 0.0, 10.0
    for _ in range(200):  # bisection: the bound falls as t grows
        middle = (low + high) / 2
        if 2 * math.exp(-2 * nsamples * middle * middle) > delta:
            low = middle
        else:
            high = middle
    return high


def sampled_errors(
    W: np.ndarray, X: np.ndarray, Y: np.ndarray, nsamples: int, seed: int, repeats: int
) -> np.ndarray:
    """The error rates on the samples that a Generator of this seed draws, one after another."""
    rng = np.random.default_rng(seed)
    wrong = [error_rate(W, X[i : i + 1], Y[i : i + 1]) for i in range(len(X))]
    samples = [rng.integers(len(X), size=nsamples).tolist() for _ in range(repeats)]
    return np.array([math.fsum(wrong[i] for i in sample) / nsamples for sample in samples])


def error_on_rows(W: Recipe, X: Recipe, Y: Recipe, rows: np.ndarray) -> float:
    """The error rate on some of many examples, in numpy.

    An example is misread if a class before its own scores as much, or one after it more.
    """
    model, examples = W.build(), X.build()[rows]
    labels = np.flatnonzero(Y.build()[rows]) % len(model)
    scores = np.einsum("ij,kj->ik", examples, model)
    own = scores[np.arange(len(rows)), labels][:, None]
    before = np.arange(len(model)) < labels[:, None]
    return float(np.where(before, scores >= own, scores > own).any(axis=1).mean())


def flops(B: int, d: int, c: int) -> int:
    """Multiplications and additions of the two matrix products, counted one by one.

    Entry by entry: a dot product of length m takes m multiplications and m additions
    (the first is added to zero, as the usual count has it).
    """
    scores = sum(2 * d for _ in range(B) for _ in range(c))
    gradient = sum(2 * B for _ in range(c) for _ in range(d))
    return scores + gradient
