"""Rounding with compensation: the error of one column is made good by the columns after it.

A row w of weights meets inputs x, the rows of X (n, d). What counts is the error of the outputs,
the sum over x of ((w' - w) x)^2 = (w' - w) H (w' - w)^T with H = X^T X. If w[j] has to change by e,
the change w' - w of the whole row that costs least is e (H^-1)[j] / (H^-1)[j, j].
"""

import numpy as np

# Parts 1 and 2 are in these files
from integers import blas_product
from uniform import group_quantize, parameters, quantize, unpack

Array = np.ndarray


# Task 4.1
def obq_step(w: Array, H_inv: Array, j: int, value: float) -> tuple[Array, Array]:
    """Return w (d,) with w[j] = value and the rest moved to make up for it, and the new H_inv.

    H_inv (d, d) is the inverse of H over the columns that are not fixed yet. In the new one row and
    column j are 0, so that w[j] never moves again. The arguments stay as they are.
    Ref: Frantar and Alistarh, NeurIPS 2022.
    """
    ### BEGIN SOLUTION part 4.1: one step of optimal brain quantisation
    moved = w + (value - w[j]) / H_inv[j, j] * H_inv[j]
    moved[j] = value
    rest = H_inv - np.outer(H_inv[:, j], H_inv[j]) / H_inv[j, j]
    rest[j] = rest[:, j] = 0
    return moved, rest
    ### END SOLUTION


# Task 4.2
def damped(H: Array, damp: float) -> Array:
    """Return H + damp mean(diagonal of H) I, in which a column that no input uses gets 1.

    Where H[j, j] = 0, the entry (j, j) of the result is 1. H stays as it is.
    """
    ### BEGIN SOLUTION part 4.2: damping
    diagonal = np.diag(H)
    added = np.where(diagonal == 0, 1.0, damp * diagonal.mean())
    return H + np.diag(added)
    ### END SOLUTION


def inverse_factor(H: Array) -> Array:
    """Return the upper triangular U (d, d) with a positive diagonal and H^-1 = U^T U.

    Row j of U, from j on, is row j of the inverse that is left when the columns before j are fixed,
    divided by the root of its entry (j, j).
    """
    ### BEGIN SOLUTION part 4.2: the factor of the inverse
    return np.linalg.cholesky(np.linalg.inv(H)).T
    ### END SOLUTION


# Task 4.3
def gptq(
    W: Array, U: Array, scale: Array, zero: Array, bits: int, symmetric: bool, block: int = 64
) -> Array:
    """Return codes (rows, d) of W (rows, d), the error of each column made good by later ones.

    U (d, d) is the `inverse_factor` of a damped H; scale and zero (rows, d) belong to the entries.
    Columns are rounded to the nearest codes in the order 0, 1, ..., d - 1. The error is the moved
    column less scale (code - zero). Within a block of so many columns it moves the columns of the
    block at once; the columns after the block move once, when it is done. The codes do not depend
    on `block`.
    Ref: Frantar et al., ICLR 2023.
    """
    ### BEGIN SOLUTION part 4.3: GPTQ
    d = W.shape[1]
    W = W.astype(np.float64)
    codes = np.empty(W.shape, np.int8 if symmetric else np.uint8)
    for start in range(0, d, block):
        end = min(start + block, d)
        errors = np.empty((len(W), end - start))
        for j in range(start, end):
            codes[:, j] = quantize(W[:, j], scale[:, j], zero[:, j], bits, symmetric)
            rounded = scale[:, j] * (codes[:, j] - zero[:, j])
            errors[:, j - start] = (W[:, j] - rounded) / U[j, j]
            W[:, j:end] -= np.outer(errors[:, j - start], U[j, j:end])
        W[:, end:] -= errors @ U[start:end, end:]
    return codes
    ### END SOLUTION


# Task 4.4 (optional)
def hadamard(x: Array) -> Array:
    """Return x (..., n) times the orthonormal Hadamard matrix of order n, in Sylvester's order.

    By log2(n) passes of additions and subtractions, and one division by sqrt(n). Raises ValueError
    if n is not a power of two. x stays as it is.
    """
    ### BEGIN SOLUTION part 4.4: the fast Hadamard transform
    n = x.shape[-1]
    if n < 1 or n & (n - 1):
        raise ValueError(f"{n} is not a power of two")
    y = np.array(x, np.float64)
    width = 1
    while width < n:
        pairs = y.reshape(*y.shape[:-1], n // (2 * width), 2, width)
        above, below = pairs[..., 0, :].copy(), pairs[..., 1, :]
        pairs[..., 0, :] += below
        pairs[..., 1, :] = above - below
        width *= 2
    return y / np.sqrt(n)
    ### END SOLUTION


# Task 4.5 (optional)
def awq_scale(
    W: Array, X: Array, bits: int, group: int, alphas: list[float]
) -> tuple[Array, float]:
    """Return the factors s (d,) of the columns, and the alpha that leads to the least error.

    s = m^alpha with m[k] the mean |X[:, k]| over the inputs X (n, d), divided by the root of
    max(s) min(s). The error is that of the outputs, the sum of (X W^T - (X / s) V^T)^2, in which V
    is W s after asymmetric `group_quantize`. Of equal errors the first alpha counts. No column of X
    is 0.
    Ref: Lin et al., MLSys 2024.
    """
    ### BEGIN SOLUTION part 4.5: factors that protect salient columns
    magnitude = np.abs(X).mean(axis=0)
    best: tuple[float, Array, float] | None = None
    for alpha in alphas:
        s = magnitude**alpha
        s /= np.sqrt(s.max() * s.min())
        V = unpack(group_quantize(W * s, bits, group, symmetric=False)).astype(np.float64)
        error = float(((X @ W.T - (X / s) @ V.T) ** 2).sum())
        if best is None or error < best[0]:
            best = error, s, alpha
    assert best is not None
    return best[1:]
    ### END SOLUTION


# Task 4.6 (optional)
def gptq_by_activity(
    W: Array, H: Array, scale: Array, zero: Array, bits: int, symmetric: bool
) -> Array:
    """Return codes (rows, d) like `gptq`, but the columns with the most activity are rounded first.

    They are rounded in the order of their H[j, j], the largest first, of equal ones the lower
    number first. H (d, d) is damped. The codes are returned in the order of the columns of W.
    """
    ### BEGIN SOLUTION part 4.6: the order of activity
    order = np.argsort(-np.diag(H), kind="stable")
    U = inverse_factor(H[np.ix_(order, order)])
    codes = gptq(W[:, order], U, scale[:, order], zero[:, order], bits, symmetric)
    return codes[:, np.argsort(order)]
    ### END SOLUTION


# Task 4.7 (optional)
def w8a8(X: Array, W: Array) -> Array:
    """Return X W^T (n, rows) in float64 from symmetric codes of 8 bits, multiplied exactly.

    Each row of X (n, d) and each row of W (rows, d) has a scale of its own, for its largest
    magnitude.
    """
    ### BEGIN SOLUTION part 4.7: both factors in 8 bits
    Q, scale_q = _rows_in_8_bits(X)
    P, scale_p = _rows_in_8_bits(W)
    return blas_product(Q, P) * scale_q * scale_p.T
    ### END SOLUTION


### BEGIN SOLUTION
def _rows_in_8_bits(factor: Array) -> tuple[Array, Array]:
    """Symmetric codes, and a column of scales."""
    most = np.abs(factor).max(axis=1, keepdims=True, initial=0)  # there may be no columns
    scale, zero = parameters(-most, most, 8, symmetric=True)
    return quantize(factor, scale, zero, 8, symmetric=True), scale


### END SOLUTION


def w8a8_split(X: Array, W: Array, threshold: float) -> Array:
    """Return X W^T (n, rows) in float64: columns with outliers in float64, the rest by `w8a8`.

    A column k has outliers if some |X[i, k]| is above the threshold. No column is in both products,
    and one of the products may have none.
    Ref: Dettmers et al., NeurIPS 2022.
    """
    ### BEGIN SOLUTION part 4.7: outliers apart
    outlier = np.abs(X).max(axis=0) > threshold
    return X[:, outlier] @ W[:, outlier].T + w8a8(X[:, ~outlier], W[:, ~outlier])
    ### END SOLUTION
