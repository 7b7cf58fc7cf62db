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
    ### BEGIN SOLUTION part 5.1: the nearest value
    middles = (codebook[1:] + codebook[:-1]) / 2
    return np.searchsorted(middles, x, side="left").astype(np.uint8)
    ### END SOLUTION


def kmeans_codebook(x: Array, k: int, steps: int) -> Array:
    """Return k sorted values (float64) that were moved to the means of the entries nearest to them.

    They start at equal distances from the least to the largest entry of x (float64), both included.
    So many times each moves to the mean of the entries that `encode` gives it. A value without
    entries stays where it is.
    """
    ### BEGIN SOLUTION part 5.1: k-means
    entries = np.ravel(x)
    codebook = np.linspace(entries.min(), entries.max(), k)
    for _ in range(steps):
        codes = encode(entries, codebook)
        counts = np.bincount(codes, minlength=k)
        sums = np.bincount(codes, weights=entries, minlength=k)
        codebook = np.where(counts > 0, sums / np.maximum(counts, 1), codebook)
    return codebook
    ### END SOLUTION


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
    ### BEGIN SOLUTION part 5.2: pruning by magnitude
    least = np.argsort(np.abs(W), axis=None, kind="stable")[: int(sparsity * W.size)]
    pruned = W.copy()
    pruned.flat[least] = 0
    return pruned
    ### END SOLUTION


def to_csr(W: Array) -> Csr:
    """Return the entries of W (rows, d) that are not 0."""
    ### BEGIN SOLUTION part 5.2: entries that are not zero
    rows, columns = np.nonzero(W)
    starts = np.searchsorted(rows, np.arange(len(W) + 1))
    return Csr(
        W[rows, columns].astype(np.float32),
        columns.astype(np.int32),
        starts.astype(np.int32),
        W.shape,
    )
    ### END SOLUTION


def csr_matvec(sparse: Csr, x: Array) -> Array:
    """Return the product (rows,) of the matrix with x (d,), in float64.

    Rows may be empty. Time and memory are those of the entries, the rows and x.
    """
    ### BEGIN SOLUTION part 5.2: a sparse product
    rows = np.repeat(np.arange(sparse.shape[0]), np.diff(sparse.starts))
    product = np.zeros(sparse.shape[0])
    np.add.at(product, rows, sparse.values * x.astype(np.float64)[sparse.columns])
    return product
    ### END SOLUTION


# Task 5.3 (optional)
def low_rank(W: Array, r: int) -> tuple[Array, Array]:
    """Return A (rows, r) and B (r, d) whose product is the nearest to W of all of rank r.

    Nearest in the Frobenius norm. r is at most the smaller side of W.
    Ref: Eckart and Young, 1936.
    """
    ### BEGIN SOLUTION part 5.3: low rank
    U, singular, Vt = np.linalg.svd(W, full_matrices=False)
    return U[:, :r] * singular[:r], Vt[:r]
    ### END SOLUTION


# Task 5.4 (optional)
class TopK:
    """Sends the k entries of the largest magnitude, and keeps the rest for the next gradient.

    Ref: Stich, Cordonnier and Jaggi, NeurIPS 2018.
    """

    def __init__(self, k: int) -> None:
        self.k = k
        ### BEGIN SOLUTION
        self._kept: Array | None = None
        ### END SOLUTION

    def compress(self, gradient: Array) -> tuple[Array, Array]:
        """Return places (k,), ascending, and the entries there of the gradient (d,) plus the kept.

        All that is not returned is kept. Of equal magnitudes the lower place is sent.
        """
        ### BEGIN SOLUTION part 5.4: the largest entries
        total = gradient.copy() if self._kept is None else self._kept + gradient
        places = np.sort(np.argsort(-np.abs(total), kind="stable")[: self.k])
        sent = total[places]
        total[places] = 0
        self._kept = total
        return places, sent
        ### END SOLUTION


# Task 5.5 (optional)
def distillation_loss(student: Array, teacher: Array, T: float) -> tuple[float, Array]:
    """Return the loss of a student's logits (n, c), and its gradient (n, c).

    T^2 times the mean over the examples of the divergence KL(p || q), where p and q are the softmax
    of the teacher's and the student's logits divided by T. No logit overflows.
    Ref: Hinton, Vinyals and Dean, 2015.
    """
    ### BEGIN SOLUTION part 5.5: distillation
    log_p, log_q = (_log_softmax(logits / T) for logits in (teacher, student))
    p, q = np.exp(log_p), np.exp(log_q)
    loss = T**2 * (p * (log_p - log_q)).sum(axis=1).mean()
    return float(loss), T * (q - p) / len(student)
    ### END SOLUTION


### BEGIN SOLUTION
def _log_softmax(Z: Array) -> Array:
    """The logarithms of the softmax of each row."""
    Z = Z - Z.max(axis=1, keepdims=True)
    return Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))


### END SOLUTION
