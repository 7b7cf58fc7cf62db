"""Matrices, codes and inputs for the checks, made from the seed of the run; the digits network."""

import itertools
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

SHARED = Path(__file__).parents[1] / "shared"  # files of several assignments


class Digits(NamedTuple):
    """Images of 64 pixels from 0 to 1, one a row, in float32, and their labels."""

    X: np.ndarray
    y: np.ndarray
    X_test: np.ndarray
    y_test: np.ndarray


class Network(NamedTuple):
    """A trained network: a layer has weights (rows, d) and biases (rows,), both float32."""

    weights: list[np.ndarray]
    biases: list[np.ndarray]


def read_only(array: np.ndarray) -> np.ndarray:
    """The same array, but writing to it raises ValueError."""
    array.setflags(write=False)
    return array


def digits() -> Digits:
    """1797 digits (DIGITS.md): of three, two to train with and one to test, the same everywhere."""
    with np.load(SHARED / "digits.npz") as archive:
        X, y = (archive["images"] / 16.0).astype(np.float32), archive["labels"].astype(np.int64)
    test = np.arange(len(y)) % 3 == 2
    return Digits(*(read_only(part) for part in (X[~test], y[~test], X[test], y[test])))


def trained(seed: int, widths: tuple[int, ...] = (64, 48, 32, 10), epochs: int = 15) -> Network:
    """A network that reads digits, trained by SGD with momentum in a tenth of a second.

    Its numbers are multiples of 2^-10: machines whose sums differ in their last bits have the
    same network.
    """
    X, y, _, _ = digits()
    rng, images = np.random.default_rng(seed), X.astype(np.float64)
    params = [
        (rng.standard_normal((rows, d)) * np.sqrt(2 / d), np.zeros(rows))
        for d, rows in itertools.pairwise(widths)
    ]
    speeds = [(np.zeros_like(W), np.zeros_like(b)) for W, b in params]
    for _ in range(epochs):
        for batch in np.split(rng.permutation(len(y)), range(32, len(y), 32)):
            slopes = _slopes(params, images[batch], y[batch])
            for (W, b), (V, v), (dW, db) in zip(params, speeds, slopes, strict=True):
                V *= 0.9
                v *= 0.9
                V -= 0.05 * dW
                v -= 0.05 * db
                W += V
                b += v
    rounded = [
        [read_only((np.rint(array * 1024) / 1024).astype(np.float32)) for array in arrays]
        for arrays in zip(*params, strict=True)
    ]
    return Network(*rounded)


def _slopes(
    params: list[tuple[np.ndarray, np.ndarray]], X: np.ndarray, y: np.ndarray
) -> list[tuple[np.ndarray, np.ndarray]]:
    """The gradients of the mean cross-entropy, layer by layer."""
    inputs = [X]
    for W, b in params[:-1]:
        inputs.append(np.maximum(inputs[-1] @ W.T + b, 0))
    scores = inputs[-1] @ params[-1][0].T + params[-1][1]
    back = np.exp(scores - scores.max(axis=1, keepdims=True))
    back /= back.sum(axis=1, keepdims=True)
    back[np.arange(len(y)), y] -= 1
    back /= len(y)
    slopes = []
    for (W, _), A in zip(params[::-1], inputs[::-1], strict=True):
        slopes.append((back.T @ A, back.sum(axis=0)))
        back = (back @ W) * (A > 0)
    return slopes[::-1]


# Parts 1 and 2
def _ends(bits: int, symmetric: bool) -> tuple[int, int]:
    """The least and the largest code."""
    return (1 - 2 ** (bits - 1), 2 ** (bits - 1) - 1) if symmetric else (0, 2**bits - 1)


def ranges(rng: np.random.Generator, bits: int) -> tuple[np.ndarray, np.ndarray]:
    """Ends (3, 5) of ranges that hold 0, lie above it, lie below it, and whose zero is a tie.

    In the last two columns 0 is half a scale above an even code and above an odd one.
    """
    low, width = rng.uniform(0.5, 3.0, size=(2, 3))
    scale = 2.0 ** rng.integers(-6, 3, size=3)
    even = 2 * rng.integers(2 ** (bits - 1) - 1, size=3)
    ends = [(-low, width), (low, low + width), (-low - width, -low)]
    for below in (even + 0.5, even + 1.5):
        ends.append((-below * scale, (2**bits - 1 - below) * scale))
    columns = zip(*ends, strict=True)
    first, second = (read_only(np.stack(column, axis=1)) for column in columns)
    return first, second


def binary_scales(rng: np.random.Generator, shape: tuple[int, ...], digits: int) -> np.ndarray:
    """Scales around 1 with so many binary digits: times a code, they are exact in float64."""
    whole = rng.integers(2 ** (digits - 1), 2**digits, size=shape) | 1
    return read_only(whole / 2.0**digits * 2.0 ** rng.integers(-3, 4, size=shape))


def quotients_near_ties(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Numbers x (3, 6) and scales whose quotient is a tie, or a little above or below one.

    In the first row the product with the reciprocal of the scale is no tie. In the others x is
    from float32, and the quotient is above an even code and below an odd one by less than float32
    can tell.
    """
    scales = rng.uniform(0.01, 1.0, size=5000)
    halves = 2 * rng.integers(-3, 3, size=5000) + 0.5
    x = halves * scales
    telling = (x / scales == halves) & (x * (1 / scales) > halves)
    x, scales, halves = (values[telling][:6] for values in (x, scales, halves))
    singles = rng.uniform(0.5, 2.0, size=(2, 6)).astype(np.float32).astype(np.float64)
    near = (2 * rng.integers(0, 3, size=(2, 6)) + [[0.5], [1.5]]) * [[1 + 1e-10], [1 - 1e-10]]
    return read_only(np.vstack([x, singles])), read_only(np.vstack([scales, singles / near]))


def weights_of_all_kinds(rng: np.random.Generator, d: int) -> np.ndarray:
    """Rows (6, d) in float32: of both signs, negative, positive, zero, constant, of many sizes."""
    W = rng.standard_normal((6, d))
    W[1] = -np.abs(W[1]) - 3.0
    W[2] = np.abs(W[2]) + 3.0
    W[3] = 0.0
    W[4] = W[4, 0]
    W[5] *= 10.0 ** rng.integers(-6, 6, size=d)
    return read_only(W.astype(np.float32))


def weights_with_tied_zeros(rng: np.random.Generator) -> np.ndarray:
    """Two groups (1, 8) of four, of four bits, whose zero is 2.5 and 3.5 scales above their least.

    The scales have more digits than float32: rounded to it, they would move 2.5 up and 3.5 down.
    """
    whole = rng.integers(2**15, 2**16, size=2)
    scale = (whole + np.array([2.0**-14, -(2.0**-14)])) * 2.0**-16
    steps = np.array([[-2.5, 12.5, 1.0, 4.0], [2.0, -3.5, 0.0, 11.5]])
    return read_only((scale[:, None] * steps).reshape(1, 8))


def weights_between_scales(
    rng: np.random.Generator, bits: int, symmetric: bool, group: int
) -> np.ndarray:
    """Rows (4, 2 group + 2) in float64 that a scale in float64 and in float32 round differently.

    A group begins with its ends; the others are ties for a scale in the middle of the two.
    """
    _, largest = _ends(bits, symmetric)
    W = rng.uniform(0.0, 0.9, size=(4, 2 * group + 2))
    for row in W:
        for start in range(0, len(row), group):
            part = row[start : start + group]
            part[0] = -rng.uniform(0.5, 1.0)
            part[1] = rng.uniform(1.0, 2.0)
            width = part[1] if symmetric else part[1] - part[0]
            scale = width / largest
            middle = (scale + float(np.float32(scale))) / 2
            part[2:] = (np.floor(part[2:] * part[1] / middle) + 0.5) * middle
    return read_only(W)


def packed_parts(
    rng: np.random.Generator, rows: int, d: int, group: int, bits: int, symmetric: bool
) -> tuple[np.ndarray, np.ndarray, np.ndarray | None]:
    """Codes (rows, d) that have both ends of their range, scales, and zeros or None."""
    least, largest = _ends(bits, symmetric)
    codes = rng.integers(least, largest + 1, size=rows * d)
    codes[:2] = least, largest
    codes = rng.permutation(codes).reshape(rows, d).astype(np.int8 if symmetric else np.uint8)
    shape = rows, len(range(0, d, group))
    scales = binary_scales(rng, shape, 24).astype(np.float32)
    zeros = rng.integers(largest + 1, size=shape).astype(np.uint8)
    return read_only(codes), read_only(scales), None if symmetric else read_only(zeros)


def float32_bits(rng: np.random.Generator) -> np.ndarray:
    """Bits (4, n) of float32 numbers, none NaN: ties, their neighbours, subnormals, both ends."""
    upper = rng.integers(2**16, size=60)
    upper = np.concatenate([upper, [0, 1, 0x7F, 0x80, 0x7F7E, 0x7F7F, 0x807F, 0xFF7F], upper ^ 1])
    upper = upper[(upper & 0x7F80) != 0x7F80]
    lower = np.array([0, 1, 0x7FFF, 0x8000, 0x8001, 0xFFFF, *rng.integers(2**16, size=2)])
    infinity = np.array([0x7F800000, 0xFF800000, 0, 0x80000000])
    bits = np.concatenate([(upper[:, None] << 16 | lower).ravel(), infinity])
    return rng.permutation(bits).astype(np.uint32).reshape(4, -1)


# Parts 3, 4 and 6
def packed(
    rng: np.random.Generator, rows: int, d: int, bits: int, group: int, symmetric: bool
) -> list[Any]:
    """The fields of a packed matrix (rows, d) of any codes, with scales of all digits."""
    least, largest = _ends(bits, symmetric)
    codes = np.arange(least, largest + 1)
    if bits >= 5:
        stored = rng.choice(codes % 256, size=(rows, d))
    else:
        low, high = rng.choice(codes % 16, size=(2, rows, -(-d // 2)))
        high[:, d // 2 :] = 0
        stored = low + 16 * high
    shape = rows, len(range(0, d, group))
    zeros = None if symmetric else read_only(rng.integers(2**bits, size=shape).astype(np.uint8))
    scales = rng.uniform(0.01, 0.1, size=shape).astype(np.float32)
    return [read_only(stored.astype(np.uint8)), read_only(scales), zeros, (rows, d), bits, group]


def layer_bytes(rows: int, d: int, bits: int, group: int, symmetric: bool) -> int:
    """The bytes of the arrays of a layer, counted in one that is made here."""
    fields = packed(np.random.default_rng(0), rows, d, bits, group, symmetric)
    codes, scales, zeros = (0 if part is None else part.nbytes for part in fields[:3])
    return codes + scales + zeros + np.zeros(rows, np.float32).nbytes


def inputs(rng: np.random.Generator, n: int, d: int, rho: float) -> np.ndarray:
    """Inputs (n, d) whose neighbouring columns have the correlation rho, and unequal sizes."""
    X = rng.standard_normal((n, d))
    for k in range(1, d):
        X[:, k] = rho * X[:, k - 1] + np.sqrt(1 - rho**2) * X[:, k]
    return read_only(X * 2 ** rng.uniform(-1.5, 1.5, size=d))


def factor_of_neighbours(d: int, rho: float) -> np.ndarray:
    """U (d, d) with H^-1 = U^T U, where H[j, k] = rho^|j - k|: each column knows the next one."""
    U = (np.eye(d) - rho * np.eye(d, k=1)) / np.sqrt(1 - rho**2)
    U[-1, -1] = 1.0
    return read_only(U)


def upper_factor(rng: np.random.Generator, d: int) -> np.ndarray:
    """Some upper triangular U (d, d) with a positive diagonal, in which every column matters."""
    U = np.triu(rng.standard_normal((d, d)), k=1) / np.sqrt(d)
    return read_only(U + np.diag(rng.uniform(0.5, 2.0, size=d)))


def scales_of_entries(
    rng: np.random.Generator, shape: tuple[int, int], bits: int, symmetric: bool
) -> tuple[np.ndarray, np.ndarray]:
    """A scale and a zero for each entry: none belongs to the weights, so none can be recomputed."""
    scale = rng.uniform(0.3, 1.2, size=shape) / 2 ** (bits - 2)
    zero = np.zeros(shape) if symmetric else rng.integers(1, 2**bits - 1, size=shape) * 1.0
    return read_only(scale), read_only(zero)


def exact_network(
    rng: np.random.Generator, widths: tuple[int, ...], bits: int, group: int, symmetric: bool
) -> Network:
    """A network whose rounded weights are multiples of 1/8: of pixels it makes exact numbers.

    So machines that add in another order have the same inputs of the second and the third layer.
    """
    weights, biases = [], []
    for number, (d, rows) in enumerate(itertools.pairwise(widths)):
        W = np.empty((rows, d))
        for row, start in itertools.product(range(rows), range(0, d, group)):
            part = W[row, start : start + group]
            step = 2.0 ** -rng.integers(2, 4)
            largest = step * (2 ** (bits - 1) - 1)
            highest = largest if symmetric else largest + step
            part[:] = rng.uniform(-largest, highest, size=len(part))
            ends = [highest, -largest] if len(part) > 1 else [highest + largest * (not symmetric)]
            part[rng.permutation(len(part))[: len(ends)]] = ends
        weights.append(read_only(W.astype(np.float32)))
        bias = rng.integers(-128, 129, size=rows) / 2.0 ** (7 + 3 * min(number, 1))
        biases.append(read_only(bias.astype(np.float32)))
    return Network(weights, biases)
