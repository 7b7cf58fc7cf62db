"""Spaces, learning curves and values for the checks, made from the seed of the run."""

from typing import Any

import numpy as np

Space = dict[str, tuple[Any, ...]]


def read_only(array: np.ndarray) -> np.ndarray:
    """The same array, but writing to it raises ValueError."""
    array.setflags(write=False)
    return array


def space(rng: np.random.Generator) -> Space:
    """One range of each kind, in an order and with ends of the run's own."""
    low = float(rng.uniform(-3.0, 3.0))
    small = 10 ** float(rng.uniform(-6.0, -3.0))
    first = int(rng.integers(-3, 4))
    ranges = {
        "momentum": ("uniform", low, low + float(rng.uniform(0.5, 4.0))),
        "step_size": ("log-uniform", small, small * 10 ** float(rng.uniform(1.5, 4.0))),
        "layers": ("integer", first, first + int(rng.integers(2, 4))),
        "optimiser": ("choice", "sgd", "adam", "adagrad")[: int(rng.integers(3, 5))],
    }
    names = list(ranges)
    rng.shuffle(names)
    if names == sorted(names):  # an order that sorting would not change shows too little
        names.reverse()
    return {name: ranges[name] for name in names}


def inside_shares(rng: np.random.Generator, n: int, d: int) -> np.ndarray:
    """Points of the unit cube, none of which is near a border between two shares.

    They are off the multiples of 1/60, and so of 1/2, 1/3, 1/4, 1/5 and 1/6.
    """
    cells = rng.integers(60, size=(n, d))
    return read_only((cells + rng.uniform(0.1, 0.9, size=(n, d))) / 60)


def configs(rng: np.random.Generator, n: int) -> list[dict[str, Any]]:
    """Configurations; the last equals the first: a trial is known by its number alone."""
    made = [
        {"step_size": float(x), "layers": int(k)}
        for x, k in zip(rng.uniform(0.01, 1.0, size=n), rng.integers(1, 5, size=n), strict=True)
    ]
    return [*made[:-1], dict(made[0])] if n > 1 else made


def curves(rng: np.random.Generator, n: int, most: int) -> np.ndarray:
    """Scores after 0, 1, ..., `most` epochs, one trial a row.

    They fall with unequal speeds to unequal floors, so that they cross. From half of the way on
    some rise again. No two scores are equal.
    """
    epochs = np.arange(most + 1)
    floor = rng.uniform(0.0, 1.0, size=(n, 1))
    speed = rng.uniform(0.3, 1.5, size=(n, 1))
    rise = rng.choice((0.0, 1.0), size=(n, 1)) * np.maximum(epochs / most - 0.4, 0)
    return read_only(floor + 2.0 * (1.0 + epochs) ** -speed + rise * rng.uniform(1, 2, (n, 1)))


def values(rng: np.random.Generator, X: np.ndarray) -> np.ndarray:
    """Values of a smooth function with a random phase at the points X."""
    phase = rng.uniform(0.0, 6.0, size=X.shape[1])
    return read_only(np.sin(5.0 * X + phase).sum(axis=1))
