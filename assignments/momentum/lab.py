"""What the experiments share: a quadratic, made-up examples, and optimisers ready to run."""

from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any, NamedTuple

import numpy as np

MU, L = 1.0, 100.0  # curvatures of the quadratic
GAMMA = 1e-4
SEED = 4787


class Lab(NamedTuple):
    """The data and the settings of all experiments."""

    X: np.ndarray  # (n, d) examples, one a row
    y: np.ndarray  # (n,) labels, -1 or 1
    X_test: np.ndarray
    y_test: np.ndarray
    curvatures: np.ndarray  # of the quadratic, from MU to L
    full_epochs: int  # steps with full gradients
    num_epochs: int  # of minibatch methods
    B: int
    repeats: int  # of everything that is timed
    map_steps: int  # of each point of the map of stability
    noisy_steps: int  # of the run that is averaged


def lab_of(quick: bool) -> Lab:
    """Made-up examples of two classes whose features are unequally large: badly conditioned."""
    n, n_test, d = (3_000, 1_000, 100) if quick else (30_000, 10_000, 100)
    rng = np.random.default_rng(SEED)
    scale = np.logspace(0.3, -1.2, d)
    labels = rng.choice((-1.0, 1.0), size=n + n_test)
    X = scale * (rng.standard_normal((n + n_test, d)) + 0.2 * np.outer(labels, rng.random(d)))
    return Lab(
        *(X[:n], labels[:n], X[n:], labels[n:]),
        curvatures=np.geomspace(MU, L, 50),
        full_epochs=30 if quick else 100,
        num_epochs=3 if quick else 10,
        B=600,
        repeats=2 if quick else 5,
        map_steps=60 if quick else 200,
        noisy_steps=2_000 if quick else 20_000,
    )


# Logistic regression: the models W (1, d) of minibatch methods
def loss(W: np.ndarray, X: np.ndarray, y: np.ndarray) -> float:
    """The mean of log(1 + exp(-y w.x)), and GAMMA / 2 ||W||^2."""
    return float(np.logaddexp(0, -y * (X @ W[0])).mean() + GAMMA / 2 * np.sum(W * W))


def error_rate(W: np.ndarray, X: np.ndarray, y: np.ndarray) -> float:
    """The fraction of examples on the wrong side."""
    return float(np.mean((X @ W[0] >= 0) != (y > 0)))


def gradient(W: np.ndarray, X: np.ndarray, y: np.ndarray) -> np.ndarray:
    """The gradient of `loss`, (1, d)."""
    wrong = -y / (1 + np.exp(y * (X @ W[0])))  # how much each example pulls
    return wrong[None] @ X / len(X) + GAMMA * W


def batches(lab: Lab) -> Iterator[slice]:
    """The rows of the batches of one epoch, in order."""
    return (slice(i, i + lab.B) for i in range(0, len(lab.X), lab.B))


PLAIN = "plain SGD"
# Optimisers by name, with the numbers of assignment and course
OPTIMISERS: dict[str, tuple[Any, ...]] = {
    "SGDMomentum": (0.2, 0.9),
    "Nesterov": (0.2, 0.9),
    "AdaGrad": (0.1, 1e-8),
    "RMSProp": (0.01, 0.9, 1e-8),
    "Adam": (0.01, 0.9, 0.999, 1e-5),
    "AdamW": (0.01, 0.9, 0.999, 1e-5, 1e-2),
}


class PlainSGD:
    """w <- w - alpha g, without any state: what the others are compared with."""

    def step(self, params: list[np.ndarray], grads: list[np.ndarray]) -> None:
        """Change each parameter in place."""
        for parameter, slopes in zip(params, grads, strict=True):
            parameter -= 0.2 * slopes


def optimiser(student: ModuleType, name: str, params: list[np.ndarray]) -> Any:
    """A new optimiser of that name; "plain SGD" is ours."""
    return PlainSGD() if name == PLAIN else getattr(student, name)(params, *OPTIMISERS[name])


def one_epoch(student: ModuleType, lab: Lab, name: str) -> Callable[[], None]:
    """An epoch of minibatches with an optimiser, from the model of zeros."""

    def run() -> None:
        W = np.zeros((1, lab.X.shape[1]))
        stepping = optimiser(student, name, [W])
        for rows in batches(lab):
            stepping.step([W], [gradient(W, lab.X[rows], lab.y[rows])])

    return run


# The quadratic sum curvature w^2 / 2, whose minimum is 0
def distances(path: np.ndarray) -> list[float]:
    """Of each model of a path to the minimum, as a fraction of the first one's."""
    lengths = np.linalg.norm(path, axis=1)
    return list(lengths / lengths[0])


def nesterovs_best(mu: float, L: float) -> tuple[float, float, float]:
    """Alpha, beta and rate of Nesterov's momentum on quadratics.

    Ref: Lessard, Recht and Packard, SIAM J. Optim. 2016, proposition 1.
    """
    root = np.sqrt(3 * L / mu + 1)
    return 4 / (3 * L + mu), float((root - 2) / (root + 2)), float(1 - 2 / root)
