"""Quantised layers and networks, and what they cost.

Notation, the same in the handout and in the other files:

    W (rows, d), b (rows,)    weights and biases: a layer computes x W^T + b
    X (B, d)                  inputs of a layer, one a row, in float32
    H (d, d)                  the sum of x^T x over the inputs x of a calibration

Between two layers stands a ReLU, and none after the last. Arguments are never changed (they may be
read-only); random numbers come from `rng` only.
"""

from collections.abc import Callable, Sequence

import numpy as np

# Parts 1, 2, 4 and 5 are in the other files
from compensation import (
    awq_scale,
    damped,
    gptq,
    gptq_by_activity,
    hadamard,
    inverse_factor,
    obq_step,
    w8a8,
    w8a8_split,
)
from compression import (
    NF4,
    Csr,
    TopK,
    csr_matvec,
    distillation_loss,
    encode,
    kmeans_codebook,
    low_rank,
    prune,
    to_csr,
)
from integers import (
    LossScaler,
    blas_product,
    exact_terms,
    fixed_point,
    from_bfloat16,
    integer_product,
    requantize,
    to_bfloat16,
)
from uniform import (
    Packed,
    clip_for_least_error,
    code_range,
    dequantize,
    group_parameters,
    group_quantize,
    pack,
    pack_nibbles,
    pack_threes,
    parameters,
    quantize,
    quantize_stochastic,
    spread,
    unpack,
    unpack_nibbles,
    unpack_threes,
)

__all__ = [
    "NF4",
    "Csr",
    "LossScaler",
    "Packed",
    "TopK",
    "awq_scale",
    "blas_product",
    "clip_for_least_error",
    "code_range",
    "csr_matvec",
    "damped",
    "dequantize",
    "distillation_loss",
    "encode",
    "exact_terms",
    "fixed_point",
    "from_bfloat16",
    "gptq",
    "gptq_by_activity",
    "group_parameters",
    "group_quantize",
    "hadamard",
    "integer_product",
    "inverse_factor",
    "kmeans_codebook",
    "low_rank",
    "obq_step",
    "pack",
    "pack_nibbles",
    "pack_threes",
    "parameters",
    "prune",
    "quantize",
    "quantize_stochastic",
    "requantize",
    "spread",
    "to_bfloat16",
    "to_csr",
    "unpack",
    "unpack_nibbles",
    "unpack_threes",
    "w8a8",
    "w8a8_split",
]

Array = np.ndarray
Rng = np.random.Generator

TILE = 64  # rows of weights that are floats at a time
DAMP = 0.01  # of the mean of H's diagonal


# Task 3.1
def matmul_packed(X: Array, packed: Packed, tile: int) -> Array:
    """Return X W^T (B, rows) in float32, for X (B, d) float32 and the packed matrix W.

    At most `tile` rows of W are floats at a time.
    """
    raise NotImplementedError("part 3.1: a product tile by tile")


# Task 3.2
class QuantizedLinear:
    """A layer with packed weights. It keeps `packed`, `bias` (rows,) in float32, and nothing else.

    With H (d, d), that of a `Calibration`, the weights W (rows, d) are rounded by `gptq` with H
    damped by DAMP; without it each to the nearest.
    """

    def __init__(
        self,
        W: Array,
        bias: Array,
        bits: int,
        group: int,
        symmetric: bool,
        H: Array | None = None,
    ) -> None:
        raise NotImplementedError("part 3.2: a layer from floats")

    def __call__(self, X: Array) -> Array:
        """Return x W^T + b (B, rows) in float32 for the rows x of X (B, d) float32."""
        raise NotImplementedError("part 3.2: the outputs of a layer")

    def nbytes(self) -> int:
        """Return the bytes of all arrays of the layer."""
        raise NotImplementedError("part 3.2: the bytes of a layer")


# Task 3.3
class Calibration:
    """Its `H` (d, d), in float64, is the sum of x^T x over all inputs x of a layer so far."""

    def __init__(self, d: int) -> None:
        raise NotImplementedError("part 3.3: before the first batch")

    def update(self, X: Array) -> None:
        """Add the inputs X (B, d), of any size B, in float32."""
        raise NotImplementedError("part 3.3: one more batch")


# Task 3.4
def forward(layers: Sequence[Callable[[Array], Array]], X: Array) -> Array:
    """Return the outputs of the network for X (B, d); between two layers stands a ReLU."""
    raise NotImplementedError("part 3.4: the outputs of a network")


def quantize_network(
    weights: Sequence[Array],
    biases: Sequence[Array],
    batch: Callable[[int], Array],
    batches: int,
    bits: int,
    group: int,
    symmetric: bool,
) -> list[QuantizedLinear]:
    """Return the layers of the network, each rounded with compensation for the inputs it will get.

    These inputs are what the layers before it, which are quantised already, make of the data:
    batch(0), ..., batch(batches - 1), arrays (B, d) in float32, each asked for once for each layer.
    """
    raise NotImplementedError("part 3.4: layer after layer")


# Task 3.5 (optional)
def low_precision_sgd(
    gradient: Callable[[Array], Array],
    w: Array,
    alpha: float,
    steps: int,
    scale: float,
    rng: Rng | None,
) -> Array:
    """Return w (d,) after so many steps w - alpha gradient(w), each rounded to 8 symmetric bits.

    w is scale times its code at all times, at the start too, in float64. Codes are stochastic with
    rng, to the nearest without. The start is rounded to the nearest.
    Ref: De Sa et al., High-accuracy low-precision training, 2018.
    """
    raise NotImplementedError("part 3.5: steps on a grid")


# Part 6: predict the cost before paying it
def predict_bits_per_weight(bits: int, group: int, scale_bits: int, zero_bits: int) -> float:
    """Predict the bits of a weight, with its share of the scale and of the zero of its group."""
    raise NotImplementedError("part 6.1: bits of a weight")


def predict_layer_bytes(rows: int, d: int, bits: int, group: int, symmetric: bool) -> int:
    """Predict what `nbytes` returns for a QuantizedLinear of W (rows, d): codes to biases."""
    raise NotImplementedError("part 6.1: bytes of a layer")


def predict_squared_error(scale: float, stochastic: bool) -> float:
    """Predict the mean squared error of rounding numbers that lie anywhere between two codes."""
    raise NotImplementedError("part 6.1: the error of rounding")


def predict_flops_per_byte(bits_per_weight: float) -> float:
    """Predict the operations for each byte of weights when a matrix meets one vector.

    A multiplication and an addition for each weight; every weight is read once.
    """
    raise NotImplementedError("part 6.1: operations a byte")
