"""What the experiments on bytes and time share: small models, and large ones in virtual time."""

from types import ModuleType
from typing import Any

import numpy as np
from lab import BANDWIDTH, LATENCY

from autograder.lab import virtual_run

Array = np.ndarray

# A small model that is really there
SHAPES = ((64, 32), (32,), (32, 10), (10,))
PARAMETERS = 64 * 32 + 32 + 32 * 10 + 10


def step_bytes(student: ModuleType, stage: int, N: int) -> tuple[float, float]:
    """Bytes that a rank sends in a step of that model, and those of its moments, as counted.

    NaN for stages without a step in part 4.
    """
    if stage > 1:
        return np.nan, np.nan
    run = virtual_run(_one_step, N, lambda rank: (student, stage))
    return float(max(run.sent_bytes)), float(max(run.values))


def _one_step(comm: Any, student: ModuleType, stage: int) -> int:
    params = [np.ones(shape) for shape in SHAPES]
    if stage == 0:
        student.ring_all_reduce(comm, student.flat_padded(params, comm.size))
        _, m, v = student.adam_state(params, 1)
    else:
        state = student.adam_state(params, comm.size)
        _, (_, m, v) = student.zero1_step(comm, params, params, state, 1e-3)
    return m.nbytes + v.nbytes


# Large models, by arrays that are SCALE times smaller on a network that is as much slower
SCALE = 1000
N = 8
FLOPS = 1e14  # operations a second of one rank
LAYERS, LAYER_BYTES, BACKWARD_S = 200, 640_000, 0.03


def bucketed_step_s(student: ModuleType, bucket_bytes: int) -> float:
    """Virtual seconds of a backward pass and, after it, one all-reduce for each bucket."""
    params = [np.zeros(LAYER_BYTES // 4 // SCALE, np.float32)] * LAYERS

    def program(comm: Any) -> None:
        def grads(params: Any, X: Array, Y: Array) -> Any:
            comm.compute(BACKWARD_S)
            return params

        X = np.zeros((1, 1))
        student.ddp_step(comm, params, grads, X, X, 0.1, bucket_bytes // SCALE)

    return max(virtual_run(program, N, lambda rank: (), LATENCY, BANDWIDTH / SCALE).clock_s)


def overlapped_s(student: ModuleType, bucket_bytes: int) -> tuple[int, float]:
    """The number of buckets, and the seconds that are predicted where buckets overlap with work."""
    groups = student.buckets([LAYER_BYTES] * LAYERS, bucket_bytes)
    work = [BACKWARD_S * len(group) / LAYERS for group in groups]
    entries = [len(group) * LAYER_BYTES // 4 for group in groups]
    ring = [student.predict_ring_time(n, N, 4, LATENCY, BANDWIDTH) for n in entries]
    return len(groups), BACKWARD_S + student.predict_exposed_time(work, ring)


class Busy:
    """A `comm` whose rank works on while messages travel, a slice at each receive."""

    def __init__(self, comm: Any, slice_s: float) -> None:
        self._comm, self._slice_s = comm, slice_s
        self.rank, self.size = comm.rank, comm.size
        self.send, self.isend, self.barrier = comm.send, comm.isend, comm.barrier

    def recv(self, src: int) -> Array:
        """After a slice of the work."""
        self._comm.compute(self._slice_s)
        return self._comm.recv(src)


def hidden_step_s(student: ModuleType, P: int, N: int, work_s: float) -> float:
    """Virtual seconds of a step whose ring, of P entries of 2 bytes, hides behind the work."""
    x = np.zeros(4 * N, np.float16)  # stands for P entries

    def program(comm: Any) -> None:
        student.ring_all_reduce(Busy(comm, work_s / (2 * (N - 1))), x)

    return max(virtual_run(program, N, lambda rank: (), LATENCY, BANDWIDTH * len(x) / P).clock_s)


def most_ranks(student: ModuleType, P: int, work_s: float) -> int:
    """The largest N whose ring takes no longer than each rank's share of the work."""
    N = 2
    while student.predict_ring_time(P, N, 2, LATENCY, BANDWIDTH) <= work_s / N:
        N += 1
    return N - 1


def scaled(student: ModuleType, P: int, tokens: int) -> dict[str, Any]:
    """The largest N, and about it the work of a rank, its ring, and the step in virtual time."""
    work_s = 4 * P * tokens / FLOPS  # the backward pass of all ranks together
    most = most_ranks(student, P, work_s)
    ranks = [max(most // 2, 2), most, 2 * most]
    return {
        "most": most,
        "N": ranks,
        "work": [work_s / N for N in ranks],
        "ring": [student.predict_ring_time(P, N, 2, LATENCY, BANDWIDTH) for N in ranks],
        "step": [hidden_step_s(student, P, N, work_s / N) for N in ranks],
    }
