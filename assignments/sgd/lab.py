"""What the experiments share: the data, the sizes, and the algorithms ready to run."""

from collections.abc import Callable
from types import ModuleType
from typing import Any, NamedTuple

import data
import numpy as np

GAMMA = 1e-4
ALGORITHMS = ("gradient descent", "Algorithm 1", "Algorithm 2", "Algorithm 3", "Algorithm 4")


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

    @property
    def steps(self) -> dict[str, int]:
        """Of each algorithm, so that all visit equally many examples."""
        n, batches = len(self.X), -(-len(self.X) // self.B)
        in_epoch = dict(zip(ALGORITHMS, (1, n, n, batches, batches), strict=True))
        return {name: self.num_epochs * steps for name, steps in in_epoch.items()}

    def sorted_by_class(self) -> "Lab":
        """The same examples, those of class 0 first."""
        order = np.argsort(self.Y.argmax(axis=1), kind="stable")
        return self._replace(X=self.X[order], Y=self.Y[order])


def lab_on(name: str, quick: bool) -> Lab:
    """The lab on `digits`, `mnist-like` or `mnist`."""
    repeats = 2 if quick else 5
    if name == "digits":
        return Lab(*data.digits(), 1.0, 0.02, 0.5, 30, 2 if quick else 10, repeats)
    size = {"n": 6_000, "n_test": 1_000} if quick else {}
    split = data.load_mnist() if name == "mnist" else data.mnist_like(**size)
    return Lab(*split, 0.1, 0.001, 0.05, 60, 1 if quick else 10, repeats)


def ready(student: ModuleType, lab: Lab, algorithm: str, listed: int) -> Callable[[], Any]:
    """One of ALGORITHMS, to be called without arguments; it lists about `listed` models."""
    n, W0, epochs, B, seed = len(lab.X), lab.W0, lab.num_epochs, lab.B, 4787

    def grad_fn(W: np.ndarray, idx: Any) -> np.ndarray:
        return student.softmax_xent_grad(W, lab.X[idx], lab.Y[idx], GAMMA)

    period, rng = period_of(lab, algorithm, listed), np.random.default_rng(seed)
    run, arguments = {
        "gradient descent": (student.gradient_descent, (lab.alpha_all, epochs, period)),
        "Algorithm 1": (student.sgd_random, (lab.alpha_one, epochs, period, rng)),
        "Algorithm 2": (student.sgd_sequential, (lab.alpha_one, epochs, period)),
        "Algorithm 3": (student.sgd_minibatch, (lab.alpha_batch, B, epochs, period, rng)),
        "Algorithm 4": (student.sgd_minibatch_sequential, (lab.alpha_batch, B, epochs, period)),
    }[algorithm]
    return lambda: run(grad_fn, W0, n, *arguments)


def period_of(lab: Lab, algorithm: str, listed: int) -> int:
    """The monitor period with which about `listed` models are listed after the first."""
    return max(1, lab.steps[algorithm] // listed)


def epochs_of(models: list[np.ndarray], lab: Lab, algorithm: str, listed: int) -> list[float]:
    """After how many epochs each listed model stood; the last period may be a shorter one."""
    steps, period = lab.steps[algorithm], period_of(lab, algorithm, listed)
    return [min(k * period, steps) * lab.num_epochs / steps for k in range(len(models))]
