"""Matrices, codes and inputs for the checks, made from the seed of the run; the digits network."""

import itertools
from pathlib import Path
from typing import NamedTuple

import numpy as np

SHARED = Path(__file__).parents[1] / "shared"  # files of several assignments


class Digits(NamedTuple):
    """Images of 64 pixels from 0 to 1, one a row, in float32, and their labels."""

    X: np.ndarray
    y: np.ndarray
    X_test: np.ndarray
    y_test: np.ndarray


class Network(NamedTuple):
    """A trained network: a layer has weights (rows, d) and biases (rows,), both float32."""

    weights: list[np.ndarray]
    biases: list[np.ndarray]


def read_only(array: np.ndarray) -> np.ndarray:
    """The same array, but writing to it raises ValueError."""
    array.setflags(write=False)
    return array


def digits() -> Digits:
    """1797 digits (DIGITS.md): of three, two to train with and one to test, the same everywhere."""
    with np.load(SHARED / "digits.npz") as archive:
        X, y = (archive["images"] / 16.0).astype(np.float32), archive["labels"].astype(np.int64)
    test = np.arange(len(y)) % 3 == 2
    return Digits(*(read_only(part) for part in (X[~test], y[~test], X[test], y[test])))


def trained(seed: int, widths: tuple[int, ...] = (64, 48, 32, 10), epochs: int = 15) -> Network:
    """A network that reads digits, trained by SGD with momentum in a tenth of a second.

    Its numbers are multiples of 2^-10: machines whose sums differ in their last bits have the
    same network.
    """
    X, y, _, _ = digits()
    rng, images = np.random.default_rng(seed), X.astype(np.float64)
    params = [
        (rng.standard_normal((rows, d)) * np.sqrt(2 / d), np.zeros(rows))
        for d, rows in itertools.pairwise(widths)
    ]
    speeds = [(np.zeros_like(W), np.zeros_like(b)) for W, b in params]
    for _ in range(epochs):
        for batch in np.split(rng.permutation(len(y)), range(32, len(y), 32)):
            slopes = _slopes(params, images[batch], y[batch])
            for (W, b), (V, v), (dW, db) in zip(params, speeds, slopes, strict=True):
                V *= 0.9
                v *= 0.9
                V -= 0.05 * dW
                v -= 0.05 * db
                W += V
                b += v
    rounded = [
        [read_only((np.rint(array * 1024) / 1024).astype(np.float32)) for array in arrays]
        for arrays in zip(*params, strict=True)
    ]
    return Network(*rounded)


def _slopes(
    params: list[tuple[np.ndarray, np.ndarray]], X: np.ndarray, y: np.ndarray
) -> list[tuple[np.ndarray, np.ndarray]]:
    """The gradients of the mean cross-entropy, layer by layer."""
    inputs = [X]
    for W, b in params[:-1]:
        inputs.append(np.maximum(inputs[-1] @ W.T + b, 0))
    scores = inputs[-1] @ params[-1][0].T + params[-1][1]
    back = np.exp(scores - scores.max(axis=1, keepdims=True))
    back /= back.sum(axis=1, keepdims=True)
    back[np.arange(len(y)), y] -= 1
    back /= len(y)
    slopes = []
    for (W, _), A in zip(params[::-1], inputs[::-1], strict=True):
        slopes.append((back.T @ A, back.sum(axis=0)))
        back = (back @ W) * (A > 0)
    return slopes[::-1]
