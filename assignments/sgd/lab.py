"""What the experiments of the lab share: the settings, the clock, the counters."""

import os
import platform
import time
from collections.abc import Callable
from types import ModuleType
from typing import Any, NamedTuple

import numpy as np

try:
    from autograder.budgets import allocations, array_flops
except ImportError:
    raise SystemExit(
        "experiments: the lab counts with the autograder's counters, and this Python has none:"
        " run quickstart.py, activate .venv, and start again"
    ) from None

GAMMA = 1e-4


class Lab(NamedTuple):
    """The data and the settings of all experiments."""

    X: np.ndarray
    Y: np.ndarray
    X_test: np.ndarray
    Y_test: np.ndarray
    alpha_all: float  # step size of gradient descent
    alpha_one: float  # step size with one example a step
    alpha_batch: float  # step size with a batch of B
    B: int
    num_epochs: int
    repeats: int  # of everything that is timed

    @property
    def W0(self) -> np.ndarray:
        """The model of zeros, of the data's type."""
        return np.zeros((self.Y.shape[1], self.X.shape[1]), self.X.dtype)


def settings_for(data: ModuleType, name: str, quick: bool) -> Lab:
    """The lab on `digits`, `mnist-like` or `mnist`."""
    repeats = 2 if quick else 5
    if name == "digits":
        return Lab(*data.digits(), 1.0, 0.02, 0.5, 30, 2 if quick else 10, repeats)
    size = {"n": 6_000, "n_test": 1_000} if quick else {}
    split = data.load_mnist() if name == "mnist" else data.mnist_like(**size)
    return Lab(*split, 1.0, 0.001, 0.05, 60, 1 if quick else 10, repeats)


def timed(run: Callable[[], Any], repeats: int) -> list[float]:
    """Wall seconds of each of `repeats` runs, after one that is not counted."""
    run()
    seconds = []
    for _ in range(repeats):
        started = time.perf_counter()
        run()
        seconds.append(time.perf_counter() - started)
    return seconds


def machine() -> dict[str, Any]:
    """What the numbers depend on beside the code."""
    blas = np.show_config(mode="dicts").get("Build Dependencies", {}).get("blas", {})
    return {
        "system": platform.platform(),
        "processor": platform.processor() or platform.machine(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "numpy": np.__version__,
        "blas": f"{blas.get('name', 'unknown')} {blas.get('version', '')}".strip(),
        "blas_threads": os.environ["OPENBLAS_NUM_THREADS"],
    }


def counted(gradient: Callable[..., Any], *arguments: Any) -> tuple[int, int]:
    """Operations in the products of one call, and bytes at its peak above the arguments.

    These are the counters of the checks of part 5; they slow the call down.
    """
    _, flops = array_flops.count_flops(gradient, *arguments)
    for _ in range(2):  # the first time, numpy allocates some things for good
        _, counts = allocations.observe(gradient, arguments, {}, "")
    return flops, int(counts["bytes"])
