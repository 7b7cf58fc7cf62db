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
    raise NotImplementedError("part 4.1: one step of optimal brain quantisation")


# Task 4.2
def damped(H: Array, damp: float) -> Array:
    """Return H + damp mean(diagonal of H) I, in which a column that no input uses gets 1.

    Where H[j, j] = 0, the entry (j, j) of the result is 1. H stays as it is.
    """
    raise NotImplementedError("part 4.2: damping")


def inverse_factor(H: Array) -> Array:
    """Return the upper triangular U (d, d) with a positive diagonal and H^-1 = U^T U.

    Row j of U, from j on, is row j of the inverse that is left when the columns before j are fixed,
    divided by the root of its entry (j, j).
    """
    raise NotImplementedError("part 4.2: the factor of the inverse")


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
    raise NotImplementedError("part 4.3: GPTQ")


# Task 4.4 (optional)
def hadamard(x: Array) -> Array:
    """Return x (..., n) times the orthonormal Hadamard matrix of order n, in Sylvester's order.

    By log2(n) passes of additions and subtractions, and one division by sqrt(n). Raises ValueError
    if n is not a power of two. x stays as it is.
    """
    raise NotImplementedError("part 4.4: the fast Hadamard transform")


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
    raise NotImplementedError("part 4.5: factors that protect salient columns")


# Task 4.6 (optional)
def gptq_by_activity(
    W: Array, H: Array, scale: Array, zero: Array, bits: int, symmetric: bool
) -> Array:
    """Return codes (rows, d) like `gptq`, but the columns with the most activity are rounded first.

    They are rounded in the order of their H[j, j], the largest first, of equal ones the lower
    number first. H (d, d) is damped. The codes are returned in the order of the columns of W.
    """
    raise NotImplementedError("part 4.6: the order of activity")


# Task 4.7 (optional)
def w8a8(X: Array, W: Array) -> Array:
    """Return X W^T (n, rows) in float64 from symmetric codes of 8 bits, multiplied exactly.

    Each row of X (n, d) and each row of W (rows, d) has a scale of its own, for its largest
    magnitude.
    """
    raise NotImplementedError("part 4.7: both factors in 8 bits")


def w8a8_split(X: Array, W: Array, threshold: float) -> Array:
    """Return X W^T (n, rows) in float64: columns with outliers in float64, the rest by `w8a8`.

    A column k has outliers if some |X[i, k]| is above the threshold. No column is in both products,
    and one of the products may have none.
    Ref: Dettmers et al., NeurIPS 2022.
    """
    raise NotImplementedError("part 4.7: outliers apart")
