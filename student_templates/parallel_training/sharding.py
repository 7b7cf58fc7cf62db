"""Sharding: each rank keeps only its part of the parameters, or of what the optimiser knows.

    N, r       number of ranks, one of them          P    number of entries of all arrays together
    s          ceil(P / N), the length of a shard    params, grads    lists of arrays of one dtype

Arrays are flattened row by row and put one after the other; zeros fill the end up to N s entries.
Shard r has the entries r s, ..., (r + 1) s - 1 of that, so all shards have one length, whatever the
shapes are. `all_reduce`, `reduce_scatter` and `all_gather` are those of collectives.py; a caller
may give others. Results are new arrays; arguments are never changed.
"""

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from collectives import Comm, ring_all_gather, ring_all_reduce, ring_reduce_scatter

Array = np.ndarray
Arrays = list[Array]
Shape = tuple[int, ...]
Collective = Callable[[Comm, Array], Array]


# Task 4.1
def flat_padded(arrays: Sequence[Array], N: int) -> Array:
    """Return all entries of the arrays and the zeros that follow them, (N s,)."""
    raise NotImplementedError("part 4.1: flat and padded")


def flat_shard(arrays: Sequence[Array], rank: int, N: int) -> Array:
    """Return the shard (s,) of this rank; it shares no memory with the arrays."""
    raise NotImplementedError("part 4.1: one shard")


def unshard(flat: Array, shapes: Sequence[Shape]) -> Arrays:
    """Return arrays of these shapes from flat (N s,), all shards one after the other."""
    raise NotImplementedError("part 4.1: from shards to arrays")


# Task 4.2
def clip_shard(
    comm: Comm, shard: Array, max_norm: float, all_reduce: Collective = ring_all_reduce
) -> tuple[Array, float]:
    """Return (a shard (s,) of the clipped gradient, the norm of the whole gradient before).

    The gradient is in shards on all ranks. Where its Euclidean norm is above max_norm > 0, it is
    scaled to max_norm; else, also where it is 0, it stays as it is. One number is all-reduced.
    """
    raise NotImplementedError("part 4.2: clipping")


# Task 4.3
class AdamState(NamedTuple):
    """What Adam keeps on one rank: the number of steps, and two moments of its shard."""

    t: int
    m: Array  # (s,)
    v: Array  # (s,)


def adam_state(params: Arrays, N: int) -> AdamState:
    """Return the state before the first step: t = 0; m and v are zeros (s,) of params' dtype."""
    raise NotImplementedError("part 4.3: the first state")


def zero1_step(
    comm: Comm,
    params: Arrays,
    grads: Arrays,
    state: AdamState,
    lr: float,
    beta1: float = 0.9,
    beta2: float = 0.999,
    eps: float = 1e-8,
    reduce_scatter: Collective = ring_reduce_scatter,
    all_gather: Collective = ring_all_gather,
) -> tuple[Arrays, AdamState]:
    """Return the parameters after a step of Adam, and the rank's next state (ZeRO, stage 1).

    params are the same on all ranks; grads are this rank's, and the gradient g is their mean over
    the ranks. Each rank updates its own shard w of the parameters:
        t <- t + 1,    m <- beta1 m + (1 - beta1) g,    v <- beta2 v + (1 - beta2) g^2
        w <- w - lr mhat / (sqrt(vhat) + eps),   mhat = m / (1 - beta1^t),  vhat = v / (1 - beta2^t)
    `state` is any triple (t, m, v). Communication: one reduce-scatter of the flat gradients, and
    one all-gather of the shards. The state of a rank has 2 s entries.
    Ref: Rajbhandari, Rasley, Ruwase and He, "ZeRO", SC 2020; Kingma and Ba, "Adam", ICLR 2015.
    """
    raise NotImplementedError("part 4.3: ZeRO, stage 1")


# Task 4.4
def zero3_gradient(
    comm: Comm,
    shards: Arrays,
    shapes: Sequence[tuple[int, int]],
    x: Array,
    dy: Array,
    reduce_scatter: Collective = ring_reduce_scatter,
    all_gather: Collective = ring_all_gather,
) -> tuple[Array, Arrays, Array]:
    """Run a network forward and back whose weights are in shards (ZeRO, stage 3; optional).

    Layer l is h <- tanh(h W_l), with W_l of shape shapes[l], of which this rank has the flat padded
    shard shards[l]. x (b, d_in) are this rank's examples, dy (b, d_out) is the gradient of its loss
    with respect to its result y. Returns (y, shards of the gradients, dx): the gradient of W_l is
    summed over all ranks, and each keeps its shard of it.

    Each layer is gathered where it is used, forward and again backward, and freed before the next.
    Memory: four times the largest layer, the shards of weights and gradients, the activations.
    Communication: two all-gathers and one reduce-scatter for each layer.
    """
    raise NotImplementedError("part 4.4: ZeRO, stage 3")


# Task 4.5
class Parallel(NamedTuple):
    """What one rank has of a linear layer: its result, and the gradients of x, W and b."""

    y: Array
    dx: Array
    dW: Array
    db: Array


def column_parallel(
    comm: Comm, x: Array, W: Array, b: Array, dy: Array, all_reduce: Collective = ring_all_reduce
) -> Parallel:
    """Run y = x W + b forward and back; each rank has some of the columns of W (optional).

    x (n, d) is the same on all ranks. W (d, k) and b (k,) are this rank's columns, y (n, k) and dy
    (n, k), the gradient with respect to y, too. dx (n, d) is that of the whole layer, on all ranks.
    Communication: none forward, one all_reduce backward.
    Ref: Shoeybi et al., "Megatron-LM", 2019.
    """
    raise NotImplementedError("part 4.5: column parallel")


def row_parallel(
    comm: Comm, x: Array, W: Array, b: Array, dy: Array, all_reduce: Collective = ring_all_reduce
) -> Parallel:
    """Run y = x W + b forward and back; each rank has some of the rows of W (optional).

    x (n, k) are this rank's columns of the input, W (k, d) its rows, which differ from rank to
    rank; b (d,) and dy (n, d) are the same on all ranks. y (n, d) is the result of the whole layer,
    on all ranks. Communication: one all_reduce forward, none backward.
    """
    raise NotImplementedError("part 4.5: row parallel")
