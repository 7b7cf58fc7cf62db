"""Fewer bytes by other means: codebooks, sparsity, low rank, top-k and distillation.

All of this part is optional.
"""

from typing import NamedTuple

import numpy as np

Array = np.ndarray
Rng = np.random.Generator

# The 16 values of NormalFloat: quantiles of the normal distribution from -1 to 1, with an exact 0.
# Ref: Dettmers et al., QLoRA, NeurIPS 2023.
NF4 = np.array(
    [
        -1.0,
        -0.6961928009986877,
        -0.5250730514526367,
        -0.39491748809814453,
        -0.28444138169288635,
        -0.18477343022823334,
        -0.09105003625154495,
        0.0,
        0.07958029955625534,
        0.16093020141124725,
        0.24611230194568634,
        0.33791524171829224,
        0.44070982933044434,
        0.5626170039176941,
        0.7229568362236023,
        1.0,
    ]
)


# Task 5.1 (optional)
def encode(x: Array, codebook: Array) -> Array:
    """Return the number of the nearest value of the codebook for each entry of x, in uint8.

    codebook (k,) is sorted, k <= 256. In the middle between two values the lower one counts.
    """
    raise NotImplementedError("part 5.1: the nearest value")


def kmeans_codebook(x: Array, k: int, steps: int) -> Array:
    """Return k sorted values (float64) that were moved to the means of the entries nearest to them.

    They start at equal distances from the least to the largest entry of x (float64), both included.
    So many times each moves to the mean of the entries that `encode` gives it. A value without
    entries stays where it is.
    """
    raise NotImplementedError("part 5.1: k-means")


# Task 5.2 (optional)
class Csr(NamedTuple):
    """A sparse matrix by rows: row r has values[starts[r]:starts[r + 1]] in those columns."""

    values: Array  # (nonzeros,) float32
    columns: Array  # (nonzeros,) int32, ascending in each row
    starts: Array  # (rows + 1,) int32
    shape: tuple[int, int]


def prune(W: Array, sparsity: float) -> Array:
    """Return W with the floor(sparsity W.size) entries of the least magnitude set to 0.

    Of equal magnitudes those that come first, row by row, are set to 0. W stays as it is.
    """
    raise NotImplementedError("part 5.2: pruning by magnitude")


def to_csr(W: Array) -> Csr:
    """Return the entries of W (rows, d) that are not 0."""
    raise NotImplementedError("part 5.2: entries that are not zero")


def csr_matvec(sparse: Csr, x: Array) -> Array:
    """Return the product (rows,) of the matrix with x (d,), in float64.

    Rows may be empty. Time and memory are those of the entries, the rows and x.
    """
    raise NotImplementedError("part 5.2: a sparse product")


# Task 5.3 (optional)
def low_rank(W: Array, r: int) -> tuple[Array, Array]:
    """Return A (rows, r) and B (r, d) whose product is the nearest to W of all of rank r.

    Nearest in the Frobenius norm. r is at most the smaller side of W.
    Ref: Eckart and Young, 1936.
    """
    raise NotImplementedError("part 5.3: low rank")


# Task 5.4 (optional)
class TopK:
    """Sends the k entries of the largest magnitude, and keeps the rest for the next gradient.

    Ref: Stich, Cordonnier and Jaggi, NeurIPS 2018.
    """

    def __init__(self, k: int) -> None:
        self.k = k

    def compress(self, gradient: Array) -> tuple[Array, Array]:
        """Return places (k,), ascending, and the entries there of the gradient (d,) plus the kept.

        All that is not returned is kept. Of equal magnitudes the lower place is sent.
        """
        raise NotImplementedError("part 5.4: the largest entries")


# Task 5.5 (optional)
def distillation_loss(student: Array, teacher: Array, T: float) -> tuple[float, Array]:
    """Return the loss of a student's logits (n, c), and its gradient (n, c).

    T^2 times the mean over the examples of the divergence KL(p || q), where p and q are the softmax
    of the teacher's and the student's logits divided by T. No logit overflows.
    Ref: Hinton, Vinyals and Dean, 2015.
    """
    raise NotImplementedError("part 5.5: distillation")
