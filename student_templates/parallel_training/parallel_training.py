"""Parallel training: what it costs, predicted before it is paid.

Parts 1 to 5 are in the other files. Notation, the same in the handout:

    N, r        number of ranks, one of them        n, P         entries of an array, of a model
    T           number of threads                   itemsize     bytes of one entry
    p, m        stages and micro-batches            latency      seconds that each message costs
    S           bytes of an array                   bandwidth    bytes a second of each port

A message costs latency + bytes / bandwidth, at the sender's port and at the receiver's. A ring is
`ring_all_reduce`, a tree `tree_all_reduce` with its docstring's recursive doubling. To gather means
that every rank sends its array to rank 0, which adds them and sends the sum to every rank.
"""

import math
from collections.abc import Sequence

import numpy as np

# Parts 1 to 5 are in the other files
from collectives import (
    Comm,
    Request,
    all_to_all,
    ring_all_gather,
    ring_all_reduce,
    ring_reduce_scatter,
    tree_all_reduce,
)
from data_parallel import (
    accumulate,
    buckets,
    ddp_step,
    largest_stable_step,
    local_sgd,
    noise_scale,
    stale_sgd,
    weighted_ddp_step,
)
from pipeline import Slot, bubble, gpipe, one_f_one_b, peak_live, run_stage, timeline
from sharding import (
    AdamState,
    Parallel,
    adam_state,
    clip_shard,
    column_parallel,
    flat_padded,
    flat_shard,
    row_parallel,
    unshard,
    zero1_step,
    zero3_gradient,
)
from threads import (
    Workspace,
    gradient_into,
    hogwild,
    momentum_threaded,
    sgd_momentum,
    sgd_momentum_threaded,
    shard,
)

__all__ = [
    "AdamState",
    "Comm",
    "Parallel",
    "Request",
    "Slot",
    "Workspace",
    "accumulate",
    "adam_state",
    "all_to_all",
    "bubble",
    "buckets",
    "clip_shard",
    "column_parallel",
    "ddp_step",
    "flat_padded",
    "flat_shard",
    "gpipe",
    "gradient_into",
    "hogwild",
    "largest_stable_step",
    "local_sgd",
    "momentum_threaded",
    "noise_scale",
    "one_f_one_b",
    "peak_live",
    "ring_all_gather",
    "ring_all_reduce",
    "ring_reduce_scatter",
    "row_parallel",
    "run_stage",
    "sgd_momentum",
    "sgd_momentum_threaded",
    "shard",
    "stale_sgd",
    "timeline",
    "tree_all_reduce",
    "unshard",
    "weighted_ddp_step",
    "zero1_step",
    "zero3_gradient",
]


# Task 6.1: bytes
def predict_ring_bytes(n: int, N: int, itemsize: int, rank: int) -> int:
    """Predict the bytes that a rank sends in a `ring_all_reduce` of n entries; N need not divide n.

    They differ from rank to rank, and are 2(N - 1) n itemsize on all of them together.
    """
    raise NotImplementedError("part 6.1: bytes of a ring")


def predict_step_bytes(P: int, N: int, itemsize: int, stage: int) -> int:
    """Predict the bytes that each rank sends in a step under ZeRO, with padded shards and rings.

    Stage 0 is an all-reduce of the padded gradient, stages 1 and 2 are a reduce-scatter of it and
    an all-gather of the parameters. Stage 3 gathers the parameters twice, forward and backward,
    and reduce-scatters the gradient.
    """
    raise NotImplementedError("part 6.1: bytes of a step")


def predict_adam_bytes(P: int, N: int, stage: int) -> int:
    """Predict the bytes of model and optimiser on each rank: Adam in mixed precision under ZeRO.

    An entry has 2 bytes as a parameter, 2 as a gradient, and 12 that Adam keeps (a copy of the
    parameter and two moments, in float32). Stage 1 shards what Adam keeps, stage 2 also the
    gradients, stage 3 also the parameters; stage 0 shards nothing. A shard has ceil(P / N) entries.
    """
    raise NotImplementedError("part 6.1: bytes of Adam")


# Task 6.2: time
def predict_ring_time(n: int, N: int, itemsize: int, latency: float, bandwidth: float) -> float:
    """Predict the seconds of a `ring_all_reduce` of n entries: its longest chunk, each time."""
    raise NotImplementedError("part 6.2: time of a ring")


def predict_tree_time(n: int, N: int, itemsize: int, latency: float, bandwidth: float) -> float:
    """Predict the seconds of a `tree_all_reduce` of n entries; N need not be a power of two."""
    raise NotImplementedError("part 6.2: time of a tree")


def predict_gather_time(n: int, N: int, itemsize: int, latency: float, bandwidth: float) -> float:
    """Predict the seconds of gathering n entries of each rank at rank 0, and sending the sum."""
    raise NotImplementedError("part 6.2: time of gathering")


def predict_crossover(N: int, latency: float, bandwidth: float) -> float:
    """Predict the bytes S from which on a ring is faster than a tree.

    N >= 2 is a power of two, and chunks are S / N. Returns math.inf if a ring is never faster.
    """
    raise NotImplementedError("part 6.2: the crossover")


# Task 6.3: what overlaps
def predict_bubble(p: int, m: int) -> float:
    """Predict the share of time in which the stages of GPipe or 1F1B do nothing."""
    raise NotImplementedError("part 6.3: the bubble")


def predict_exposed_time(backward: Sequence[float], communication: Sequence[float]) -> float:
    """Predict the seconds that a step takes beyond its backward pass.

    Bucket i is ready when the backward pass has worked on it for backward[i] seconds, after those
    before. Its all-reduce takes communication[i] seconds meanwhile, one at a time, in order.
    """
    raise NotImplementedError("part 6.3: exposed communication")


# Task 6.4: real cores
def roofline(flops: float, nbytes: float, flops_per_s: float, bandwidth: float) -> float:
    """Predict the seconds of work that does flops and moves bytes, both at once, at these peaks.

    Ref: Williams, Waterman and Patterson, "Roofline", CACM 2009.
    """
    raise NotImplementedError("part 6.4: a roofline")


def amdahl(serial: float, T: int) -> float:
    """Predict the speed-up by T threads where the share `serial` of the work is not shared.

    Ref: Amdahl, AFIPS 1967.
    """
    raise NotImplementedError("part 6.4: Amdahl's law")


def fit_amdahl(threads: Sequence[int], seconds: Sequence[float]) -> float:
    """Return the serial share by least squares: seconds of T threads are about a + b / T.

    The share is a / (a + b), or 0 if a < 0, and 1 if b < 0. There are two different T at least.
    """
    raise NotImplementedError("part 6.4: a fit")
