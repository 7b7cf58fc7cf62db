"""What the experiments share: networks, programs that ranks run, and examples."""

import os
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import gloo
import numpy as np
from threadpoolctl import threadpool_limits

from autograder.lab import timed, virtual_run

SHARED = Path(__file__).parents[1] / "shared"  # files of several assignments
SEED = 4787
LATENCY, BANDWIDTH = 1e-5, 1e10  # seconds and bytes a second of the virtual network
MOST = 1_000_000  # bytes of an array that is really there
SMALL, LARGE = 1_000, 8_000_000  # bytes of arrays on the real network
ALGORITHMS = ("ring", "tree", "gather")
SIZES = [k * 10**e for e in range(3, 8) for k in (1, 2, 5)] + [10**8]  # bytes
THREADS = (1, 2, 4, 8)
PREDICTED = ("latency", "bandwidth", "predicted_small", "predicted_large")
Array = np.ndarray
Reduce = Callable[..., Array]


class Lab(NamedTuple):
    """The arrays and the sizes of all experiments."""

    X: Array  # (n, 784) made-up examples, for threads
    Y: Array  # (n, 10)
    images: Array  # (1797, 64) digits
    labels: Array  # (1797, 10), one-hot
    repeats: int  # of everything that is timed
    steps: int  # of a run on the digits
    stale_steps: int  # of a run with old gradients
    networks: tuple[tuple[int, str], ...]  # real ones: number of processes, algorithm


def lab_of(quick: bool) -> Lab:
    """Made-up examples, and 1797 digits of 8 x 8 pixels (DIGITS.md)."""
    rng, n = np.random.default_rng(SEED), 1200 if quick else 6000
    with np.load(SHARED / "digits.npz") as archive:
        images, labels = archive["images"] / 16.0, np.eye(10)[archive["labels"].astype(int)]
    X, Y = rng.standard_normal((n, 784)), np.eye(10)[rng.integers(10, size=n)]
    networks = tuple((N, name) for N in (2, 4) for name in ALGORITHMS)
    sizes = (2, 64, 2000, networks[:1]) if quick else (7, 512, 6000, networks)
    return Lab(X, Y, images, labels, *sizes)


def units(columns: dict[str, str]) -> dict[str, str]:
    """The unit of each column; those of one unit may be named together, with spaces."""
    return {name: unit for names, unit in columns.items() for name in names.split()}


# All-reduce, three times
def gather_all_reduce(comm: Any, x: Array) -> Array:
    """The sum of x over the ranks: rank 0 receives all arrays, and sends their sum to all."""
    if comm.rank:
        comm.send(0, x)
        return comm.recv(0)
    total = x.copy()
    for src in range(1, comm.size):
        total += comm.recv(src)
    for dst in range(1, comm.size):
        comm.send(dst, total)
    return total


def reduction(student: ModuleType, algorithm: str) -> Reduce:
    """One of the three ways."""
    return getattr(student, f"{algorithm}_all_reduce", gather_all_reduce)


def predicted_s(
    student: ModuleType,
    algorithm: str,
    nbytes: int,
    N: int,
    latency: float = LATENCY,
    bandwidth: float = BANDWIDTH,
) -> float:
    """What the student's formula says of float64."""
    predict = getattr(student, f"predict_{algorithm}_time")
    return predict(nbytes // 8, N, 8, latency, bandwidth)


def virtual_s(reduce: Reduce, nbytes: int, N: int) -> tuple[float, float]:
    """Virtual seconds of an all-reduce of so many bytes, and bytes sent by all ranks.

    An array above MOST bytes is not made: one of MOST on a network that is so much slower takes
    the same time. NaN for an optional collective that is not implemented.
    """
    scale = max(1, nbytes // MOST)
    n = nbytes // 8 // scale
    try:
        run = virtual_run(
            reduce, N, lambda rank: (np.full(n, float(rank)),), LATENCY, BANDWIDTH / scale
        )
    except NotImplementedError:
        return np.nan, np.nan
    return max(run.clock_s), float(sum(run.sent_bytes) * scale)


def time_on_network(
    comm: Any, reduce: Reduce, repeats: int
) -> tuple[float, float, list[float], list[float]]:
    """A rank program: the latency (s) and bandwidth (bytes/s) of the network, and the seconds of an
    all-reduce of SMALL and of LARGE bytes on this rank."""
    latency = statistics.median(_there_and_back(comm, 8, 50)) / 2
    large = statistics.median(_there_and_back(comm, LARGE, 5)) / 2
    small, big = (_repeated(comm, reduce, nbytes, repeats) for nbytes in (SMALL, LARGE))
    return latency, LARGE / max(large - latency, 1e-9), small, big


def _there_and_back(comm: Any, nbytes: int, repeats: int) -> list[float]:
    """Seconds for a message from rank 0 to rank 1 and back; the other ranks wait."""
    x, seconds = np.zeros(nbytes // 8), []
    for _ in range(repeats):
        comm.barrier()
        began = time.perf_counter()
        if comm.rank == 0:
            comm.send(1, x)
            comm.recv(1)
        elif comm.rank == 1:
            comm.send(0, comm.recv(0))
        seconds.append(time.perf_counter() - began)
    return seconds


def _repeated(comm: Any, reduce: Reduce, nbytes: int, repeats: int) -> list[float]:
    x, seconds = np.zeros(nbytes // 8), []
    for _ in range(repeats + 1):
        comm.barrier()
        began = time.perf_counter()
        reduce(comm, x)
        seconds.append(time.perf_counter() - began)
    return seconds[1:]  # the first one makes connections


def measured_over_gloo(student: ModuleType, algorithm: str, N: int, repeats: int) -> dict[str, Any]:
    """Latency and bandwidth as rank 0 sees them, the seconds of the slowest rank in each repeat,
    and what the formula makes of that latency and bandwidth. No numbers where it cannot be run."""
    reduce, lacking = reduction(student, algorithm), ""
    if not gloo.is_available():
        lacking = "torch is not installed"
    elif np.isnan(virtual_s(reduce, 8, 1)[0]):
        lacking = f"{algorithm}_all_reduce is not implemented"
    if lacking:
        nothing = dict.fromkeys(PREDICTED, np.nan)
        return {"measured": f"no: {lacking}", "small": [], "large": [], **nothing}
    ranks = gloo.run(time_on_network, [(reduce, repeats)] * N)
    small, large = (np.max([rank[i] for rank in ranks], axis=0).tolist() for i in (2, 3))
    latency, bandwidth = ranks[0][:2]
    predicted = [
        predicted_s(student, algorithm, nbytes, N, latency, bandwidth) for nbytes in (SMALL, LARGE)
    ]
    numbers = dict(zip(PREDICTED, (latency, bandwidth, *predicted), strict=True))
    return {"measured": "yes", "small": small, "large": large, **numbers}


# Pipelines
def stage(comm: Any, student: ModuleType, schedule: list[Any]) -> int:
    """A rank program: works for 1 s forward and 2 s back; returns how many were live at most."""
    live = [0]  # after each piece of work

    def forward(j: int, x: Array | None) -> Array:
        comm.compute(1.0)
        live.append(live[-1] + 1)
        return np.zeros(1)

    def backward(j: int, dy: Array | None) -> Array:
        comm.compute(2.0)
        live.append(live[-1] - 1)
        return np.zeros(1)

    student.run_stage(comm, schedule[comm.rank], forward, backward)
    return max(live)


# Threads
def momentum_s(student: ModuleType, lab: Lab, B: int, T: int) -> list[float]:
    """Seconds of an epoch with T threads, several times."""
    W0 = np.zeros((lab.Y.shape[1], lab.X.shape[1]))
    arguments = (lab.X, lab.Y, 1e-4, W0, 1e-3, 0.9, B, 1, T)
    return timed(lambda: student.sgd_momentum_threaded(*arguments), lab.repeats)


def peaks() -> tuple[float, float]:
    """Operations a second of one core in a product of matrices, and bytes a second of a copy."""
    A, wide = np.ones((512, 512)), np.ones(8_000_000)
    product_s = min(timed(lambda: A @ A, 5))
    to = np.empty_like(wide)
    copy_s = min(timed(lambda: np.copyto(to, wide), 5))
    return 2 * 512**3 / product_s, 2 * wide.nbytes / copy_s


@contextmanager
def blas_threads(how_many: str) -> Iterator[int]:
    """Give BLAS one thread for itself, or several: one for each core, two at least."""
    wanted = max(2, os.cpu_count() or 1) if how_many == "several" else 1
    with threadpool_limits(wanted, user_api="blas"):
        yield wanted


def measured_threads(student: ModuleType, lab: Lab, B: int, blas: str) -> dict[str, Any]:
    """Seconds of an epoch with T threads, the serial share, and one core's roofline."""
    with blas_threads(blas) as how_many:
        times = {f"T{T}": momentum_s(student, lab, B, T) for T in THREADS}
    flops, nbytes = 4 * lab.X.size * lab.Y.shape[1], lab.X.nbytes
    peak_flops, peak_bytes = peaks()
    return {
        **times,
        "blas_threads": how_many,
        "serial": serial_share(student, times),
        "flops": flops,
        "bytes": nbytes,
        "peak_flops": peak_flops,
        "peak_bytes": peak_bytes,
        "roofline": student.roofline(flops, nbytes, peak_flops, peak_bytes),
    }


def serial_share(student: ModuleType, times: dict[str, list[float]]) -> float:
    """The student's fit to the medians, for at most as many threads as there are cores."""
    fitted = [T for T in THREADS if T <= max(2, os.cpu_count() or 1)]
    return student.fit_amdahl(fitted, [statistics.median(times[f"T{T}"]) for T in fitted])
