"""Toy problems for the checks, with known answers; they record what an algorithm asks for."""

from typing import Any

import numpy as np

from autograder.grading import recipe


def read_only(array: np.ndarray) -> np.ndarray:
    """The same array, but writing to it raises ValueError."""
    array.setflags(write=False)
    return array


def random_arrays(
    rng: np.random.Generator, shapes: Any, dtype: str = "float64"
) -> list[np.ndarray]:
    """Arrays of these shapes, read-only; entries of size 1, none of them near zero."""
    return [read_only(_away_from_zero(rng, shape).astype(dtype)) for shape in shapes]


def _away_from_zero(rng: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
    return rng.choice((-1.0, 1.0), size=shape) * rng.uniform(0.5, 2.0, size=shape)


def shape_of(rng: np.random.Generator, size: int) -> tuple[int, int]:
    """A shape (rows, columns) of so many entries: a step has no shape to wait for."""
    rows = int(rng.choice([r for r in range(100, 400) if size % r == 0]))
    return rows, size // rows


def changeable(
    rng: np.random.Generator, shapes: Any, dtype: str = "float64", kind: Any = "standard_normal"
) -> list[Any]:
    """Recipes of random arrays that are built beside the submission, which may change them."""
    seeds = rng.integers(2**31, size=len(shapes))
    return [
        recipe(kind, seed=seed, shape=shape, dtype=dtype, writeable=True)
        for seed, shape in zip(seeds, shapes, strict=True)
    ]


def steady_run(
    rng: np.random.Generator, name: str, shapes: Any, options: Any, T: int, dtype: str = "float64"
) -> tuple[Any, ...]:
    """The arguments of `steps`: parameters, gradients that stay the same, and what is looked at."""
    params, grads = changeable(rng, shapes, dtype), changeable(rng, shapes, dtype)
    return name, params, grads, options, T, [entries(rng, shape) for shape in shapes]


def entries(rng: np.random.Generator, shape: Any) -> np.ndarray:
    """The places of 50 entries of an array of this shape."""
    return rng.integers(int(np.prod(shape)), size=50)


class Bowl:
    """f(w) = sum of curvature (w - minimum)^2 / 2, entry by entry.

    `grad(w)` is given to an algorithm, and notes where it is asked for; it refuses what has not
    w0's shape.
    """

    def __init__(self, rng: np.random.Generator, curvature: Any, dtype: str = "float64") -> None:
        self.curvature = read_only(np.asarray(curvature, dtype))
        shape = self.curvature.shape
        self.minimum = read_only(rng.standard_normal(shape).astype(dtype))
        self.w0 = read_only((self.minimum + _away_from_zero(rng, shape)).astype(dtype))
        self.points: list[np.ndarray] = []

    def grad(self, w: np.ndarray) -> np.ndarray:
        """The gradient at w. Raises ValueError for a w of another shape."""
        if not isinstance(w, np.ndarray) or w.shape != self.w0.shape:
            raise ValueError(f"w must be an array of shape {self.w0.shape}")
        self.points.append(w)
        return self.curvature * (w - self.minimum)


class Examples:
    """The mean of n bowls: f_i(W) = sum of curvatures[i] (W - targets[i])^2 / 2.

    `grad_fn(W, idx)`, the mean gradient over the rows idx, is given to an algorithm. It notes what
    each call asks for, and refuses what would not select rows of a matrix.
    """

    def __init__(self, rng: np.random.Generator, n: int, c: int = 2, d: int = 3) -> None:
        self.curvatures = read_only(rng.uniform(0.5, 1.5, size=(n, c, d)))
        self.targets = read_only(rng.standard_normal((n, c, d)))
        self.W0 = read_only(3 + rng.standard_normal((c, d)))
        self.points: list[np.ndarray] = []  # W of each call
        self.batches: list[list[int]] = []  # the rows of each call
        self.slices: list[bool] = []  # whether idx was a slice, of each call

    @property
    def minimum(self) -> np.ndarray:
        """Where the mean of all bowls is lowest."""
        weighted = self.curvatures * self.targets
        return weighted.sum(axis=0) / self.curvatures.sum(axis=0)

    def grad_fn(self, W: np.ndarray, idx: slice | np.ndarray) -> np.ndarray:
        """The mean gradient over the rows idx. Raises ValueError for an unusable W or idx."""
        if not isinstance(W, np.ndarray) or W.shape != self.W0.shape:
            raise ValueError(f"W must be an array of shape {self.W0.shape}")
        rows = self._rows(idx)
        self.points.append(W)
        self.batches.append(rows.tolist())
        self.slices.append(isinstance(idx, slice))
        return (self.curvatures[rows] * (W - self.targets[rows])).mean(axis=0)

    def _rows(self, idx: slice | np.ndarray) -> np.ndarray:
        n = len(self.targets)
        if isinstance(idx, slice):
            rows = np.arange(n)[idx]
        elif isinstance(idx, np.ndarray) and idx.ndim == 1 and idx.dtype.kind in "iu":
            rows = idx
        else:
            raise ValueError(f"idx must be a slice or a 1-D array of integers, not {idx!r}")
        if not len(rows) or rows.min() < 0 or rows.max() >= n:
            raise ValueError(f"idx = {idx!r} selects no rows, or rows outside 0 to {n - 1}")
        return rows
