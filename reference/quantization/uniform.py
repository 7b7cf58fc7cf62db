"""Uniform quantisation: numbers become codes, whole numbers of a few bits.

    x is about scale (code - zero)

code     asymmetric: 0 to 2^bits - 1, in uint8
         symmetric: -(2^(bits - 1) - 1) to 2^(bits - 1) - 1, in int8, and zero is 0
bits     2 to 8
group    so many neighbouring entries of a row share a scale; the last group of a row may be shorter
"""

from typing import NamedTuple

import numpy as np

Array = np.ndarray
Rng = np.random.Generator

SMALLEST_SCALE = 2.0**-126  # the least normal number of float32: nothing is divided by 0


class Packed(NamedTuple):
    """A quantised matrix, as it is stored. G is the number of groups of a row."""

    codes: Array  # uint8: (rows, ceil(d / 2)) nibbles if bits <= 4, else (rows, d) bytes
    scales: Array  # (rows, G) float32
    zeros: Array | None  # (rows, G) uint8; None if symmetric
    shape: tuple[int, int]  # (rows, d) of the matrix
    bits: int
    group: int


# Task 1.1
def code_range(bits: int, symmetric: bool) -> tuple[int, int]:
    """Return the least and the largest code."""
    ### BEGIN SOLUTION part 1.1: the range of codes
    if symmetric:
        largest = 2 ** (bits - 1) - 1
        return -largest, largest
    return 0, 2**bits - 1
    ### END SOLUTION


def parameters(low: Array, high: Array, bits: int, symmetric: bool) -> tuple[Array, Array]:
    """Return scale (float64) and zero (int64) for numbers from low to high, in the shape of low.

    low and high are arrays of one shape, of any dtype of floats; they are computed with in float64.
    Symmetric: the scale takes the larger of |low| and |high| to the largest code, and zero is 0.
    Asymmetric: [low, high] is widened to hold 0, its width is 2^bits - 1 scales, and zero is the
    code of the number 0: -low / scale, rounded to the nearest (ties to even). No scale is less than
    SMALLEST_SCALE.
    """
    ### BEGIN SOLUTION part 1.1: scale and zero
    low = np.minimum(np.asarray(low, np.float64), 0)
    high = np.maximum(np.asarray(high, np.float64), 0)
    largest = code_range(bits, symmetric)[1]
    if symmetric:
        scale = np.maximum(np.maximum(-low, high) / largest, SMALLEST_SCALE)
        return scale, np.zeros(scale.shape, np.int64)
    scale = np.maximum((high - low) / largest, SMALLEST_SCALE)
    return scale, np.rint(-low / scale).astype(np.int64)  # a code, because the range holds 0
    ### END SOLUTION


# Task 1.2
def quantize(x: Array, scale: Array, zero: Array, bits: int, symmetric: bool) -> Array:
    """Return the codes of x: x / scale rounded to the nearest (ties to even), plus zero, clipped.

    scale and zero broadcast to the shape of x; the quotient is computed in float64.
    """
    ### BEGIN SOLUTION part 1.2: codes to the nearest
    steps = np.rint(np.asarray(x, np.float64) / scale)
    return _clipped(steps, zero, bits, symmetric)
    ### END SOLUTION


def quantize_stochastic(
    x: Array, scale: Array, zero: Array, bits: int, symmetric: bool, rng: Rng
) -> Array:
    """Return codes that are right in the mean: floor(x / scale + u), plus zero, clipped.

    u is rng.random(x.shape), a number of its own for each entry; scale and zero broadcast to x.
    Ref: Gupta et al., ICML 2015.
    """
    ### BEGIN SOLUTION part 1.2: stochastic rounding
    steps = np.floor(np.asarray(x, np.float64) / scale + rng.random(np.shape(x)))
    return _clipped(steps, zero, bits, symmetric)
    ### END SOLUTION


### BEGIN SOLUTION
def _clipped(steps: Array, zero: Array, bits: int, symmetric: bool) -> Array:
    """Codes from whole numbers of scales: clipped first, because a cast would wrap around."""
    codes = np.clip(steps + zero, *code_range(bits, symmetric))
    return codes.astype(np.int8 if symmetric else np.uint8)


### END SOLUTION


def dequantize(codes: Array, scale: Array, zero: Array) -> Array:
    """Return scale (code - zero), computed in float64 and returned in float32."""
    ### BEGIN SOLUTION part 1.2: numbers from codes
    return ((codes.astype(np.float64) - zero) * scale).astype(np.float32)
    ### END SOLUTION


# Task 1.3
def pack_nibbles(codes: Array) -> Array:
    """Return codes (rows, d) of at most 4 bits, two a byte: (rows, ceil(d / 2)) uint8.

    Column 2j is in the low half of byte j, column 2j + 1 in the high half; what is left over is 0.
    A negative code has the four lowest bits of its two's complement, so -1 becomes 15.
    """
    ### BEGIN SOLUTION part 1.3: two codes a byte
    nibbles = codes.astype(np.uint8) & 0x0F
    packed = nibbles[:, ::2].copy()
    packed[:, : nibbles.shape[1] // 2] |= nibbles[:, 1::2] << 4
    return packed
    ### END SOLUTION


def unpack_nibbles(packed: Array, d: int, signed: bool) -> Array:
    """Return the d codes of each row: int8 from -8 to 7 if signed, else uint8 from 0 to 15."""
    ### BEGIN SOLUTION part 1.3: the codes of bytes
    codes = np.empty((len(packed), 2 * packed.shape[1]), np.uint8)
    codes[:, ::2], codes[:, 1::2] = packed & 0x0F, packed >> 4
    codes = codes[:, :d]
    if signed:
        return (codes ^ 8).astype(np.int8) - np.int8(8)  # the bit of the sign counts -8
    return codes
    ### END SOLUTION


# Task 1.4
def group_parameters(
    W: Array, bits: int, group: int, symmetric: bool
) -> tuple[Array, Array | None]:
    """Return scales (rows, G) float32, and zeros (rows, G) uint8 or None, of W (rows, d).

    Those of `parameters` for the least and largest entry of each group. A zero belongs to the
    scale before it is rounded to float32.
    """
    ### BEGIN SOLUTION part 1.4: a scale for each group
    starts = np.arange(0, W.shape[1], group)
    low, high = (ends.reduceat(W, starts, axis=1) for ends in (np.minimum, np.maximum))
    scale, zero = parameters(low, high, bits, symmetric)
    return scale.astype(np.float32), None if symmetric else zero.astype(np.uint8)
    ### END SOLUTION


def spread(scales: Array, zeros: Array | None, d: int, group: int) -> tuple[Array, Array]:
    """Return the scale and the zero of each entry of a matrix of d columns, (rows, d) in float64.

    scales and zeros are (rows, G); zeros may be None, which stands for 0.
    """
    ### BEGIN SOLUTION part 1.4: the scale of each entry
    if zeros is None:
        zeros = np.zeros_like(scales)
    scale, zero = (
        np.repeat(values.astype(np.float64), group, axis=1) for values in (scales, zeros)
    )
    return scale[:, :d], zero[:, :d]
    ### END SOLUTION


def pack(codes: Array, scales: Array, zeros: Array | None, bits: int, group: int) -> Packed:
    """Return the packed matrix of these codes (rows, d), int8 if zeros is None, else uint8."""
    ### BEGIN SOLUTION part 1.4: codes as they are stored
    stored = pack_nibbles(codes) if bits <= 4 else codes.view(np.uint8)
    return Packed(stored, scales, zeros, codes.shape, bits, group)
    ### END SOLUTION


def group_quantize(W: Array, bits: int, group: int, symmetric: bool) -> Packed:
    """Return W (rows, d) rounded to the nearest codes, with a scale for each group.

    The codes belong to the scales as they are stored, in float32.
    """
    ### BEGIN SOLUTION part 1.4: a matrix in groups
    scales, zeros = group_parameters(W, bits, group, symmetric)
    scale, zero = spread(scales, zeros, W.shape[1], group)
    return pack(quantize(W, scale, zero, bits, symmetric), scales, zeros, bits, group)
    ### END SOLUTION


def unpack(packed: Packed, rows: slice = slice(None)) -> Array:
    """Return the entries of these rows as float32, one row of (d,) each."""
    ### BEGIN SOLUTION part 1.4: numbers of a packed matrix
    d, signed = packed.shape[1], packed.zeros is None
    codes = packed.codes[rows]
    if packed.bits <= 4:
        codes = unpack_nibbles(codes, d, signed)
    elif signed:
        codes = codes.view(np.int8)
    zeros = None if packed.zeros is None else packed.zeros[rows]
    return dequantize(codes, *spread(packed.scales[rows], zeros, d, packed.group))
    ### END SOLUTION


# Task 1.5
def clip_for_least_error(x: Array, bits: int, steps: int) -> float:
    """Return the c for which clipping to [-c, c] gives the least squared error of symmetric codes.

    The candidates are k / steps of the largest |x|, k = 1, ..., steps. The error is that of x in
    float64 less scale times code, with the scale of -c and c. Of equal errors the larger c counts.
    """
    ### BEGIN SOLUTION part 1.5: where to clip
    x = np.asarray(x, np.float64)
    errors, most = [], np.abs(x).max()
    for k in range(1, steps + 1):
        scale, zero = parameters(-most * k / steps, most * k / steps, bits, symmetric=True)
        codes = quantize(x, scale, zero, bits, symmetric=True)
        errors.append(((x - scale * codes) ** 2).sum())
    best = steps - int(np.argmin(errors[::-1]))
    return float(most * best / steps)
    ### END SOLUTION


# Task 1.6 (optional)
def pack_threes(codes: Array) -> Array:
    """Return codes (rows, d) from 0 to 7, eight in three bytes: (rows, ceil(3 d / 8)) uint8.

    The bits of a row stand one after the other, each code and each byte from its lowest bit on; the
    bits left over in the last byte are 0.
    """
    ### BEGIN SOLUTION part 1.6: three bits a code
    bits = np.unpackbits(codes[..., None], axis=-1, count=3, bitorder="little")
    return np.packbits(bits.reshape(len(codes), -1), axis=-1, bitorder="little")
    ### END SOLUTION


def unpack_threes(packed: Array, d: int) -> Array:
    """Return the d codes of each row, uint8 from 0 to 7."""
    ### BEGIN SOLUTION part 1.6: the codes of three bits
    bits = np.unpackbits(packed, axis=-1, count=3 * d, bitorder="little")
    return np.packbits(bits.reshape(len(packed), d, 3), axis=-1, bitorder="little")[..., 0]
    ### END SOLUTION
