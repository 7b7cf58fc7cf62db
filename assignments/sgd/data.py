"""Data for the checks and for the lab: real digits, a generator, and MNIST if you have it."""

import gzip
import math
import os
from pathlib import Path
from typing import NamedTuple

import numpy as np

SHARED = Path(__file__).parents[1] / "shared"  # files of several assignments
MNIST_FILES = (
    "train-images-idx3-ubyte",
    "train-labels-idx1-ubyte",
    "t10k-images-idx3-ubyte",
    "t10k-labels-idx1-ubyte",
)


class Split(NamedTuple):
    """Examples to train on and examples to test on; X has one example a row, Y is one-hot."""

    X: np.ndarray
    Y: np.ndarray
    X_test: np.ndarray
    Y_test: np.ndarray


class Problem(NamedTuple):
    """A random model and random examples."""

    W: np.ndarray  # (c, d)
    X: np.ndarray  # (n, d)
    Y: np.ndarray  # (n, c)


def one_hot(labels: np.ndarray, c: int, dtype: str = "float64") -> np.ndarray:
    """Labels 0 to c-1 as rows with a single 1, shape (n, c)."""
    return np.eye(c, dtype=dtype)[labels]


def read_only(array: np.ndarray) -> np.ndarray:
    """The same array, but writing to it raises ValueError."""
    array.setflags(write=False)
    return array


def random_problem(
    rng: np.random.Generator, n: int, d: int, c: int, dtype: str = "float64"
) -> Problem:
    """A model with entries of size 1 and n examples of unequally frequent classes, read-only.

    Class k is drawn with a probability proportional to 1 / (k + 1).
    """
    frequency = 1 / np.arange(1, c + 1)
    labels = rng.choice(c, size=n, p=frequency / frequency.sum())
    W = rng.standard_normal((c, d)).astype(dtype)
    X = rng.standard_normal((n, d)).astype(dtype)
    return Problem(read_only(W), read_only(X), read_only(one_hot(labels, c, dtype)))


def digits() -> Split:
    """The 8 x 8 digits (DIGITS.md), pixels between 0 and 1: 1498 to train, 299 to test.

    Every sixth digit is a test digit, so the split is the same everywhere.
    """
    with np.load(SHARED / "digits.npz") as archive:
        X, Y = archive["images"] / 16.0, one_hot(archive["labels"], 10)
    test = np.arange(len(X)) % 6 == 5
    return Split(*(read_only(part) for part in (X[~test], Y[~test], X[test], Y[test])))


def mnist_like(
    n: int = 60_000, d: int = 784, c: int = 10, seed: int = 0, n_test: int = 10_000
) -> Split:
    """Made-up float32 examples of MNIST's shape: one prototype a class, plus noise.

    Part of the noise is shared by the features (8 directions), which makes the classes
    overlap: a trained model errs on a few test examples in a hundred. At the default sizes
    X takes 188 MB.
    """
    rng = np.random.default_rng(seed)
    prototypes = 0.2 + 0.09 * rng.random((c, d), dtype=np.float32)
    directions = 0.08 * rng.standard_normal((8, d), dtype=np.float32)
    labels = rng.integers(c, size=n + n_test)
    X = prototypes[labels]
    for start in range(0, len(X), 5_000):  # in blocks, for the noise would be as large as X
        block = X[start : start + 5_000]
        block += rng.standard_normal((len(block), 8), dtype=np.float32) @ directions
        block += 0.22 * rng.standard_normal(block.shape, dtype=np.float32)
        np.clip(block, 0, 1, out=block)
    Y = one_hot(labels, c, "float32")
    return Split(*(read_only(part) for part in (X[:n], Y[:n], X[n:], Y[n:])))


def load_mnist(folder: str | Path | None = None) -> Split:
    """The real MNIST from its four IDX files (plain or .gz), float32, pixels between 0 and 1.

    The folder is the argument, or else the environment variable MNIST_FOLDER.
    Raises FileNotFoundError or ValueError, saying which file and what is wrong with it.
    """
    named = folder or os.environ.get("MNIST_FOLDER")
    if not named:
        raise FileNotFoundError(
            "no MNIST folder: pass one, or set the environment variable MNIST_FOLDER to the"
            f" folder that holds {', '.join(MNIST_FILES)}; mnist_like() needs no files"
        )
    images, labels, test_images, test_labels = (_idx(Path(named), f) for f in MNIST_FILES)
    return Split(
        read_only(_pixels(images)),
        read_only(one_hot(labels, 10, "float32")),
        read_only(_pixels(test_images)),
        read_only(one_hot(test_labels, 10, "float32")),
    )


def _pixels(images: np.ndarray) -> np.ndarray:
    return images.reshape(len(images), -1).astype(np.float32) / np.float32(255)


def _idx(folder: Path, name: str) -> np.ndarray:
    """The array in an IDX file: 0, 0, type, rank, one big-endian int32 an axis, the data."""
    path = next((p for p in (folder / name, folder / f"{name}.gz") if p.is_file()), None)
    if path is None:
        raise FileNotFoundError(f"{folder} has neither {name} nor {name}.gz")
    try:
        raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    except (OSError, EOFError) as error:
        raise ValueError(f"{path} cannot be read: {error}") from None
    if raw[:3] != b"\0\0\x08" or len(raw) < 4 + 4 * raw[3]:
        raise ValueError(f"{path} is not an IDX file of bytes: it starts with {raw[:4].hex()}")
    shape = tuple(np.frombuffer(raw, ">i4", count=raw[3], offset=4).tolist())
    data = np.frombuffer(raw, np.uint8, offset=4 + 4 * raw[3])
    if data.size != math.prod(shape):
        raise ValueError(f"{path} has {data.size} bytes for shape {shape}: incomplete?")
    return data.reshape(shape)


class Quadratic:
    """A toy problem that records its calls: f_i(W) = ||W - targets[i]||_F^2 / 2.

    `grad_fn(W, idx)`, the mean gradient W - mean(targets[idx]), is given to an algorithm. It
    notes what each call asks for, and refuses what would not select rows of a matrix.
    """

    def __init__(self, rng: np.random.Generator, n: int, c: int = 2, d: int = 3) -> None:
        self.targets = read_only(rng.standard_normal((n, c, d)))
        self.W0 = read_only(rng.standard_normal((c, d)) + 3)
        self.batches: list[list[int]] = []  # the rows of each call
        self.slices: list[bool] = []  # whether idx was a slice, of each call

    def grad_fn(self, W: np.ndarray, idx: slice | np.ndarray) -> np.ndarray:
        """The mean gradient over the rows idx. Raises ValueError for an unusable W or idx."""
        if not isinstance(W, np.ndarray) or W.shape != self.W0.shape:
            raise ValueError(f"W must be an array of shape {self.W0.shape}")
        rows = self._rows(idx)
        self.batches.append(rows.tolist())
        self.slices.append(isinstance(idx, slice))
        return W - self.targets[rows].mean(axis=0)

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
