"""Arithmetic on codes: exact integer products, one rounding at the end, bfloat16 by its bits."""

import math

import numpy as np

Array = np.ndarray


# Task 2.1
def integer_product(Q: Array, zero_q: int, P: Array, zero_p: Array) -> Array:
    """Return the int32 products (B, rows) of (Q - zero_q) and (P - zero_p), exactly.

    Entry (b, r) is the sum over k of (Q[b, k] - zero_q) (P[r, k] - zero_p[r]). Q (B, d) and
    P (rows, d) are codes in uint8 or int8, zero_q a number, zero_p (rows,) an array of int64. Every
    result fits into int32; a product of two codes does not fit into a code.
    """
    ### BEGIN SOLUTION part 2.1: products of codes
    Q, P = Q.astype(np.int32), P.astype(np.int32)
    d = Q.shape[1]
    sums_q = Q.sum(axis=1, dtype=np.int64)[:, None]
    sums_p = P.sum(axis=1, dtype=np.int64)
    crossed = sums_q * zero_p + zero_q * sums_p - d * zero_q * zero_p
    return (Q @ P.T - crossed).astype(np.int32)
    ### END SOLUTION


# Task 2.2
def exact_terms(largest_q: int, largest_p: int) -> int:
    """Return the largest K such that float32 has the sum of any K products of two codes exactly.

    The codes are at most largest_q and largest_p in magnitude, which are at least 1. Every whole
    number up to 2^24 has a float32; 2^24 + 1 has none.
    """
    ### BEGIN SOLUTION part 2.2: how many terms are exact
    return 2**24 // (largest_q * largest_p)
    ### END SOLUTION


def blas_product(Q: Array, P: Array) -> Array:
    """Return Q P^T (B, rows) in int32, exactly, by products of float32 matrices.

    Q (B, d) and P (rows, d) are int8 codes from -127 to 127. numpy multiplies integers by a loop of
    its own, and floats by a BLAS, hundreds of times faster.
    """
    ### BEGIN SOLUTION part 2.2: integer products by floats
    K = exact_terms(127, 127)
    total = np.zeros((len(Q), len(P)), np.int32)
    for k in range(0, Q.shape[1], K):
        q, p = (codes[:, k : k + K].astype(np.float32) for codes in (Q, P))
        total += (q @ p.T).astype(np.int32)
    return total
    ### END SOLUTION


# Task 2.3
def fixed_point(factor: float) -> tuple[int, int]:
    """Return (multiplier, shift) with factor about multiplier / 2^shift.

    2^-31 <= factor < 1, and 2^30 <= multiplier < 2^31, rounded to the nearest (ties to even). Of
    two such pairs the one with the larger shift counts.
    """
    ### BEGIN SOLUTION part 2.3: a factor as a whole number
    fraction, exponent = math.frexp(factor)
    multiplier, shift = round(fraction * 2**31), 31 - exponent
    return (multiplier, shift) if multiplier < 2**31 else (2**30, shift - 1)
    ### END SOLUTION


def requantize(acc: Array, multiplier: int, shift: int, zero: int, bits: int) -> Array:
    """Return the uint8 codes of acc multiplier / 2^shift + zero, by whole numbers alone.

    acc is int32 of any shape, 30 <= shift <= 62. The quotient is rounded once, to the nearest whole
    number, ties away from 0; after zero is added, what is beyond 0 or 2^bits - 1 is clipped.
    """
    ### BEGIN SOLUTION part 2.3: from sums to codes
    product = acc.astype(np.int64) * multiplier
    half = 1 << (shift - 1)
    steps = np.sign(product) * ((np.abs(product) + half) >> shift)
    return np.clip(steps + zero, 0, 2**bits - 1).astype(np.uint8)
    ### END SOLUTION


# Task 2.4
def to_bfloat16(x: Array) -> Array:
    """Return the bits of x (float32) rounded to bfloat16, as uint16.

    bfloat16 has the upper half of the bits of float32: the sign, 8 bits of exponent, 7 of fraction.
    Rounded to the nearest, ties to an even last bit; beyond the largest number to infinity. NaN
    stays NaN.
    """
    ### BEGIN SOLUTION part 2.4: bits of bfloat16
    bits = x.view(np.uint32)
    last = (bits >> 16) & 1
    rounded = (bits + (0x7FFF + last)) >> 16
    return np.where(np.isnan(x), 0x7FC0, rounded).astype(np.uint16)
    ### END SOLUTION


def from_bfloat16(bits: Array) -> Array:
    """Return the float32 numbers of bits (uint16) of bfloat16."""
    ### BEGIN SOLUTION part 2.4: numbers of bfloat16
    return (bits.astype(np.uint32) << 16).view(np.float32)
    ### END SOLUTION


# Task 2.5 (optional)
class LossScaler:
    """A factor for the loss that keeps the gradients of a low precision above 0 and below infinity.

    scale     the factor now
    interval  after so many steps in a row without infinity or NaN the scale is doubled
    Ref: Micikevicius et al., ICLR 2018.
    """

    def __init__(self, scale: float, interval: int) -> None:
        self.scale, self.interval = scale, interval
        ### BEGIN SOLUTION
        self._good_steps = 0
        ### END SOLUTION

    def update(self, found_inf: bool) -> bool:
        """Return whether the step may be made, and set the scale of the next one.

        With `found_inf`, which stands for infinity and NaN, the step is left out and the scale is
        halved, but never below 1. The count of good steps begins anew then, and when the scale is
        doubled.
        """
        ### BEGIN SOLUTION part 2.5: the scale of the loss
        if found_inf:
            self.scale, self._good_steps = max(self.scale / 2, 1.0), 0
            return False
        self._good_steps += 1
        if self._good_steps == self.interval:
            self.scale, self._good_steps = 2 * self.scale, 0
        return True
        ### END SOLUTION
