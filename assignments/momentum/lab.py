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


def minibatch_models(
    student: ModuleType,
    lab: Lab,
    start: np.ndarray,
    method: str,
    beta: float,
    alpha: float | None = None,
) -> list[np.ndarray]:
    """A model for every ten steps of SGD with momentum or of Adam."""

    def grad_fn(W: np.ndarray, idx: slice) -> np.ndarray:
        return gradient(W, lab.X[idx], lab.y[idx])

    sizes = lab.B, lab.num_epochs, 10
    if method == "adam":
        steps = alpha or 0.01, 0.9, 0.999, 1e-5
        return list(student.adam(grad_fn, start, len(lab.X), *steps, *sizes))
    return list(
        student.sgd_mss_with_momentum(grad_fn, start, len(lab.X), alpha or 0.2, beta, *sizes)
    )


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


# Models by the numbers they have: shapes, and steps that a clock can see
MODELS: dict[int, tuple[tuple[tuple[int, ...], ...], int]] = {
    100: (((1, 100),), 2000),
    501_000: (((1000, 500), (1000,)), 20),
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


def zeros(size: int) -> list[np.ndarray]:
    """The parameters of one of the MODELS."""
    return [np.zeros(shape) for shape in MODELS[size][0]]


def steps_alone(student: ModuleType, name: str, size: int) -> tuple[Callable[[], None], int]:
    """A run of steps whose gradients are there already, and how many it takes."""
    params, rng = zeros(size), np.random.default_rng(SEED)
    grads = [rng.standard_normal(w.shape) for w in params]
    stepping, count = optimiser(student, name, params), MODELS[size][1]

    def run() -> None:
        for _ in range(count):
            stepping.step(params, grads)

    return run, count


# The quadratic sum curvature w^2 / 2, whose minimum is 0
def best_settings(student: ModuleType, method: str) -> tuple[float, float, float]:
    """Alpha, beta and rate; the heavy ball's are the student's own."""
    if method == "nesterov":
        return nesterovs_best(MU, L)
    if method == "gradient_descent":
        return 2 / (MU + L), 0.0, (L / MU - 1) / (L / MU + 1)
    root = np.sqrt(L / MU)
    return *student.optimal_momentum(MU, L), float((root - 1) / (root + 1))


def distances(path: np.ndarray) -> list[float]:
    """Of each model of a path to the minimum, as a fraction of the first one's."""
    lengths = np.linalg.norm(path, axis=1)
    return list(lengths / lengths[0])


def steps_until(far: list[float], ratio: float) -> int:
    """After how many steps at most `ratio` of the distance is left. Raises ValueError if never."""
    for t, distance in enumerate(far):
        if distance <= ratio:
            return t
    raise ValueError(
        f"{far[-1]:.2g} of the distance is left after {len(far) - 1} steps; with the best settings"
        f" it is {ratio:g} long before: look at tasks 1.1 to 1.3"
    )


def contraction(far: list[float], steps: int) -> float:
    """What one of the second half of these steps leaves of the distance, in the geometric mean."""
    half = steps // 2
    return float((far[steps] / far[half]) ** (1 / (steps - half)))


def nesterovs_best(mu: float, L: float) -> tuple[float, float, float]:
    """Alpha, beta and rate of Nesterov's momentum on quadratics.

    Ref: Lessard, Recht and Packard, SIAM J. Optim. 2016, proposition 1.
    """
    root = np.sqrt(3 * L / mu + 1)
    return 4 / (3 * L + mu), float((root - 2) / (root + 2)), float(1 - 2 / root)
