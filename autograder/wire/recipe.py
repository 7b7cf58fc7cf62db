"""Large inputs as recipes: a seed and a shape are sent instead of megabytes.

Checks and assignments' data make recipes; the worker builds the arrays.
"""

import math
from collections.abc import Callable
from typing import Any

import msgspec
import numpy as np

from autograder.model.errors import GraderError


class Recipe(msgspec.Struct, frozen=True, kw_only=True):
    """How to build an array; the same array in the grader and in the worker."""

    kind: str
    seed: int
    shape: tuple[int, ...]
    dtype: str = "float64"
    low: int = 0
    high: int = 2
    classes: int = 2
    writeable: bool = False

    def build(self) -> np.ndarray:
        """The array, of shape `shape` (`one_hot`: `shape + (classes,)`)."""
        array = _BUILDERS[self.kind](np.random.default_rng(self.seed), self)
        array = np.ascontiguousarray(array, dtype=self.dtype)
        array.setflags(write=self.writeable)
        return array

    @property
    def nbytes(self) -> int:
        """Bytes of the array."""
        entries = math.prod(self.shape) * (self.classes if self.kind == "one_hot" else 1)
        return entries * np.dtype(self.dtype).itemsize


_BUILDERS: dict[str, Callable[[np.random.Generator, Recipe], np.ndarray]] = {
    "standard_normal": lambda rng, r: rng.standard_normal(r.shape, dtype=_drawn(r)),
    "uniform": lambda rng, r: rng.random(r.shape, dtype=_drawn(r)),
    "integers": lambda rng, r: rng.integers(r.low, r.high, size=r.shape),
    "zeros": lambda rng, r: np.zeros(r.shape),
    "one_hot": lambda rng, r: _one_hot(rng.integers(0, r.classes, size=r.shape), r.classes),
}


def recipe(
    kind: str, *, seed: int | np.random.Generator, shape: tuple[int, ...], **options: Any
) -> Recipe:
    """A recipe of one of the known kinds; of a generator the next number is the seed.

    Raises GraderError for an unknown kind: a check asked for it, not a student.
    """
    if kind not in _BUILDERS:
        raise GraderError(f"unknown recipe {kind!r}; known: {', '.join(_BUILDERS)}")
    if isinstance(seed, np.random.Generator):
        seed = int(seed.integers(2**32))
    return Recipe(kind=kind, seed=int(seed), shape=tuple(shape), **options)


def _drawn(wanted: Recipe) -> type[np.float32] | type[np.float64]:
    # float32 is drawn as such: half the memory and the time of drawing float64 first
    return np.float32 if wanted.dtype == "float32" else np.float64


def _one_hot(labels: np.ndarray, classes: int) -> np.ndarray:
    # rows of np.eye would be shorter, and take 80 GB for 100 000 classes
    rows = np.zeros((*labels.shape, classes))
    np.put_along_axis(rows, labels[..., None], 1.0, axis=-1)
    return rows
