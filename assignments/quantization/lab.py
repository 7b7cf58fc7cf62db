"""What the experiments share: inputs with known structure, roundings of all kinds, networks."""

from collections.abc import Callable
from types import ModuleType
from typing import Any, NamedTuple

import data as shipped
import numpy as np

SEED = 4787
ROWS, D = 96, 128  # of the matrices that are made up
OUTLIERS = (17, 90)  # columns of inputs that are larger than the others
WIDTHS = {"48-32": (64, 48, 32, 10), "16": (64, 16, 10), "8": (64, 8, 10)}
Row = dict[str, Any]


class Lab(NamedTuple):
    """The digits, trained networks, and the sizes of all experiments."""

    digits: shipped.Digits
    networks: dict[str, list[shipped.Network]]  # by their hidden layers
    n: int  # inputs to calibrate with, and as many to measure with
    matrices: int  # of each experiment with made-up numbers
    side: int  # of the square matrix whose products are timed
    batch: int  # inputs of a product
    steps: int  # of SGD
    repeats: int  # of everything that is timed


def lab_of(quick: bool) -> Lab:
    """Fewer and smaller if quick."""
    sizes = (512, 2, 512, 32, 200, 2) if quick else (1024, 10, 2048, 128, 1000, 9)
    networks = {
        hidden: [shipped.trained(SEED + number, widths) for number in range(2 if quick else 5)]
        for hidden, widths in WIDTHS.items()
    }
    return Lab(shipped.digits(), networks, *sizes)


def if_written(measure: Callable[[], Row]) -> Row:
    """What was measured; where a function of an optional task is not written, only that."""
    try:
        return {**measure(), "written": 1}
    except NotImplementedError:
        return {"written": 0}


def written(rows: list[Row]) -> list[Row]:
    """The rows whose functions are written."""
    return [row for row in rows if row["written"]]


# Inputs
def correlated(rng: np.random.Generator, n: int, rho: float) -> np.ndarray:
    """Inputs (n, D) of variance 1; columns that are k apart have a correlation of rho^k."""
    X = rng.standard_normal((n, D))
    for k in range(1, D):
        X[:, k] = rho * X[:, k - 1] + np.sqrt(1 - rho**2) * X[:, k]
    return X


def with_outliers(rng: np.random.Generator, n: int, strength: float) -> np.ndarray:
    """Inputs (n, D) of variance 1, but for two columns that are so many times larger."""
    X = rng.standard_normal((n, D))
    X[:, list(OUTLIERS)] *= strength
    return X


def relative_error(X: np.ndarray, W: np.ndarray, V: np.ndarray) -> float:
    """The squared error of the outputs of V, as a share of the squared outputs of W."""
    return float((((W - V) @ X.T) ** 2).sum() / ((W @ X.T) ** 2).sum())


# Codes of 8 bits for weights and inputs
def by_tensors(student: ModuleType, X: np.ndarray, W: np.ndarray) -> np.ndarray:
    """X W^T with one scale for X and one for W."""
    codes, scales = [], []
    for factor in (X, W):
        most = np.abs(factor).max()
        scale, zero = student.parameters(-most, most, 8, True)
        codes.append(student.quantize(factor, scale, zero, 8, True))
        scales.append(scale)
    return student.blas_product(*codes) * scales[0] * scales[1]


def smoothed(student: ModuleType, X: np.ndarray, W: np.ndarray) -> np.ndarray:
    """Columns of X are divided by a factor, and those of W multiplied by it."""
    s = np.sqrt(np.abs(X).max(axis=0) / np.abs(W).max(axis=0))
    return student.w8a8(X / s, W * s)


SCHEMES: dict[str, Callable[..., np.ndarray]] = {
    "tensor": by_tensors,
    "rows": lambda student, X, W: student.w8a8(X, W),
    "smoothed": smoothed,
    "rotated": lambda student, X, W: student.w8a8(student.hadamard(X), student.hadamard(W)),
    "split": lambda student, X, W: student.w8a8_split(X, W, 6.0),
}


# Codes of 4 bits
def in_blocks(student: ModuleType, W: np.ndarray, code: str, block: int) -> np.ndarray:
    """W in codes of four bits, with a scale for each block of so many entries of a row."""
    if code in ("symmetric", "asymmetric"):
        packed = student.group_quantize(W, 4, block, code == "symmetric")
        return student.unpack(packed).astype(np.float64)
    blocks = W.reshape(-1, block)
    most = np.abs(blocks).max(axis=1, keepdims=True)
    x = blocks / most
    sample = x.ravel()[::16]
    codebook = student.NF4 if code == "NF4" else student.kmeans_codebook(sample, 16, 100)
    return (codebook[student.encode(x, codebook)] * most).reshape(W.shape)


def bits_in_blocks(student: ModuleType, size: int, code: str, block: int) -> float:
    """Bits a weight as they are stored: scales in float32, zeros in uint8, a learned codebook."""
    bits = student.predict_bits_per_weight(4, block, 32, 8 if code == "asymmetric" else 0)
    return float(bits + (16 * 32 / size if code == "k-means" else 0))


# Networks
def layers_of(
    student: ModuleType, lab: Lab, network: shipped.Network, bits: int, group: int, rounding: str
) -> list[Any]:
    """The layers of a network in so many bits, calibrated with digits to train with, or not."""
    if rounding == "nearest":
        return [
            student.QuantizedLinear(W, b, bits, group, True)
            for W, b in zip(network.weights, network.biases, strict=True)
        ]

    def batch(i: int) -> np.ndarray:
        return lab.digits.X[100 * i : 100 * (i + 1)]

    return student.quantize_network(network.weights, network.biases, batch, 11, bits, group, True)


def float_layers(network: shipped.Network) -> list[Callable[[np.ndarray], np.ndarray]]:
    """The layers as they were trained."""
    return [
        lambda X, W=W, b=b: X @ W.T + b
        for W, b in zip(network.weights, network.biases, strict=True)
    ]


def stored_bytes(value: Any) -> int:
    """The bytes of all arrays in a layer, or in a list of them; of a view those that it holds."""
    if isinstance(value, np.ndarray):
        return stored_bytes(value.base) if isinstance(value.base, np.ndarray) else value.nbytes
    parts = value if isinstance(value, (list, tuple)) else getattr(value, "__dict__", {}).values()
    return sum(stored_bytes(part) for part in parts)


# SGD
def softmax_slope(X: np.ndarray, y: np.ndarray, w: np.ndarray) -> np.ndarray:
    """The gradient of the mean cross-entropy of a linear model of ten classes; all is flat."""
    P = probabilities(X, w)
    P[np.arange(len(y)), y] -= 1
    return (P.T @ X / len(y)).ravel()


def probabilities(X: np.ndarray, w: np.ndarray) -> np.ndarray:
    """Of the classes, by row."""
    Z = X @ w.reshape(10, -1).T
    P = np.exp(Z - Z.max(axis=1, keepdims=True))
    return P / P.sum(axis=1, keepdims=True)


def descent(
    student: ModuleType, slope: Callable[[np.ndarray], np.ndarray], case: Row, scale: float
) -> Callable[[np.ndarray, int], np.ndarray]:
    """So many steps of SGD from w on, with all weights on the grid, or in floats."""
    rng = np.random.default_rng(SEED) if case["rounding"] == "stochastic" else None

    def go(w: np.ndarray, steps: int) -> np.ndarray:
        if case["rounding"] != "none":
            return student.low_precision_sgd(slope, w, case["alpha"], steps, scale, rng)
        for _ in range(steps):
            w = w - case["alpha"] * slope(w)
        return w

    return go


# Products on this machine
def in_torch(kind: str, X: np.ndarray, W: np.ndarray) -> tuple[Callable[[], Any] | None, str]:
    """X W^T in torch on one thread, and a note; None where torch or the product is missing."""
    try:
        import torch
    except ImportError:
        return None, "torch is not installed"
    torch.set_num_threads(1)
    note = f"torch {torch.__version__}, {torch.backends.cpu.get_cpu_capability()}"
    dtype = {"float64": torch.float64, "float32": torch.float32, "bfloat16": torch.bfloat16}
    if kind == "int8":
        x, w = (torch.from_numpy(codes).to(torch.int8) for codes in (X, W))
        transposed = w.T.contiguous()
        run = lambda: torch._int_mm(x, transposed)  # noqa: E731
    else:
        x, w = (torch.from_numpy(codes).to(dtype[kind]) for codes in (X, W))
        run = lambda: x @ w.T  # noqa: E731
    try:
        run()
    except (RuntimeError, AttributeError) as error:
        return None, f"{note}: {str(error).splitlines()[0]}"
    return run, note


def in_numpy(
    student: ModuleType, kind: str, X: np.ndarray, W: np.ndarray
) -> tuple[Callable[[], Any], str]:
    """X W^T of int8 codes in numpy: in floats, in integers, or by your `blas_product`."""
    if kind == "int8 by blas_product":
        return lambda: student.blas_product(X, W), ""
    dtype = {"float64": np.float64, "float32": np.float32, "int8": np.int32}[kind]
    x, w = X.astype(dtype), W.astype(dtype)
    return lambda: x @ w.T, "added up in int32" if kind == "int8" else ""
