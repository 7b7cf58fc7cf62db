"""What the experiments share: a network that reads digits, learning curves, and searches."""

import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import numpy as np

SHARED = Path(__file__).parents[1] / "shared"  # files of several assignments
SEED = 4787
R, ETA = 27, 3  # epochs of a whole training, and the factor between rungs
SPACE = {
    "step_size": ("log-uniform", 1e-3, 10.0),
    "momentum": ("uniform", 0.0, 1.0),
    "l2": ("log-uniform", 1e-8, 1.0),
}
NARROW = {**SPACE, "step_size": ("log-uniform", 1e-4, 1e-2)}
Config = dict[str, Any]


class Lab(NamedTuple):
    """The digits and the sizes of all experiments; X has one digit a row."""

    X: np.ndarray
    y: np.ndarray
    X_validation: np.ndarray
    y_validation: np.ndarray
    X_test: np.ndarray
    y_test: np.ndarray
    width: int  # of the hidden layer
    B: int  # batch size
    optima: int  # problems of experiment A
    searches: int  # repeats of simulated searches
    seeds: int  # repeats of searches on digits
    trials: int  # of the tuning curves


def lab_of(quick: bool) -> Lab:
    """1797 digits of 8 x 8 pixels (DIGITS.md): of six, four to train, one each to choose, to test.

    A quarter of the labels to train on is wrong, so that there is something to be tuned for.
    """
    with np.load(SHARED / "digits.npz") as archive:
        X, y = archive["images"] / 16.0, archive["labels"].astype(int)
    part, rng = np.arange(len(X)) % 6, np.random.default_rng(SEED)
    labels = np.where(rng.random(len(y)) < 0.25, rng.integers(10, size=len(y)), y)
    sets = [
        (X[part < 4], labels[part < 4]),
        (X[part == 4], y[part == 4]),
        (X[part == 5], y[part == 5]),
    ]
    arrays = [array for pair in sets for array in pair]
    sizes = (32, 30, 50, 200, 2, 6) if quick else (32, 30, 400, 2000, 5, 40)
    return Lab(*arrays, *sizes)


# Training at a price
class Weights(NamedTuple):
    """A network with one hidden layer, and the velocities of its weights."""

    W1: np.ndarray
    W2: np.ndarray
    V1: np.ndarray
    V2: np.ndarray


class Digits:
    """Trains networks on the digits: `train(config, epochs, state)`, the total of epochs to reach.

    It notes what was spent, and the best validation error so far against epochs and seconds.
    """

    def __init__(self, lab: Lab, seed: int) -> None:
        self.lab, self.seed = lab, seed
        self.spent = 0
        self.epochs: list[int] = []
        self.seconds: list[float] = []
        self.best: list[float] = []
        self.training_s = 0.0
        self._began = time.perf_counter()

    def train(self, config: Config, epochs: int, state: Any = None) -> tuple[float, Any]:
        """The validation error, NaN if the run has diverged; and the state to go on from."""
        began = time.perf_counter()
        done, weights = state or (0, start(self.lab, self.seed))
        rng = np.random.default_rng((self.seed, done))
        for _ in range(epochs - done):
            weights = one_epoch(self.lab, weights, config, rng)
        error = error_rate(weights, self.lab.X_validation, self.lab.y_validation)
        now = time.perf_counter()
        self.training_s += now - began
        self.spent += epochs - done
        self.epochs.append(self.spent)
        self.seconds.append(now - self._began)
        self.best.append(float(np.fmin(error, self.best[-1] if self.best else 1.0)))
        return error, (epochs, weights)

    def search_share(self) -> float:
        """The share of the time that was not spent on training."""
        return 1 - self.training_s / (time.perf_counter() - self._began)


def start(lab: Lab, seed: int) -> Weights:
    """Random weights, and velocities of zero."""
    rng, d = np.random.default_rng(seed), lab.X.shape[1]
    W1 = rng.standard_normal((d, lab.width)) * np.sqrt(2 / d)
    W2 = rng.standard_normal((lab.width, 10)) * np.sqrt(2 / lab.width)
    return Weights(W1, W2, np.zeros_like(W1), np.zeros_like(W2))


def one_epoch(lab: Lab, weights: Weights, config: Config, rng: np.random.Generator) -> Weights:
    """SGD with momentum through the digits once, in a random order."""
    W1, W2, V1, V2 = weights
    alpha, beta, decay = config["step_size"], config["momentum"], config["l2"]
    order = rng.permutation(len(lab.X))
    with np.errstate(over="ignore", invalid="ignore"):
        for i in range(0, len(order), lab.B):
            X, y = lab.X[order[i : i + lab.B]], lab.y[order[i : i + lab.B]]
            hidden = np.maximum(X @ W1, 0)
            slope = softmax(hidden @ W2)
            slope[np.arange(len(y)), y] -= 1
            slope /= len(y)
            back = (slope @ W2.T) * (hidden > 0)
            V1 = beta * V1 - alpha * (X.T @ back + decay * W1)
            V2 = beta * V2 - alpha * (hidden.T @ slope + decay * W2)
            W1, W2 = W1 + V1, W2 + V2
    return Weights(W1, W2, V1, V2)


def softmax(Z: np.ndarray) -> np.ndarray:
    """The probabilities of the classes, by row."""
    P = np.exp(Z - Z.max(axis=1, keepdims=True))
    return P / P.sum(axis=1, keepdims=True)


def error_rate(weights: Weights, X: np.ndarray, y: np.ndarray) -> float:
    """The fraction of digits that are read wrongly, NaN for a network that has diverged."""
    with np.errstate(over="ignore", invalid="ignore"):
        scores = np.maximum(X @ weights.W1, 0) @ weights.W2
    return float(np.mean(scores.argmax(axis=1) != y)) if np.all(np.isfinite(scores)) else np.nan


def test_error(lab: Lab, config: Config, seed: int) -> float:
    """The test error of one configuration, trained for R epochs."""
    rng, weights = np.random.default_rng((seed, 0)), start(lab, seed)
    for _ in range(R):
        weights = one_epoch(lab, weights, config, rng)
    return error_rate(weights, lab.X_test, lab.y_test)


# Searches on the digits: each spends about as much as Hyperband
def random_trials(student: ModuleType, digits: Digits, space: Any, budget: int) -> Config:
    """Random configurations, each trained to the end, until the ledger refuses the next."""
    ledger, rng = student.Ledger(budget), np.random.default_rng(digits.seed)
    return best_of(student, digits, student.random_search(space, budget // R, rng), ledger)


def grid_trials(student: ModuleType, digits: Digits, space: Any, budget: int) -> Config:
    """The configurations of a grid in a random order, which is all that the seed decides."""
    ledger, configs = student.Ledger(budget), student.grid(space, 3)
    order = np.random.default_rng(digits.seed).permutation(len(configs))
    return best_of(student, digits, [configs[i] for i in order], ledger)


def best_of(student: ModuleType, digits: Digits, configs: list[Config], ledger: Any) -> Config:
    """The best of those configurations that the ledger can pay for."""
    scores = []
    for config in configs:
        try:
            ticket = ledger.reserve(R)
        except student.OverBudget:
            break
        scores.append(digits.train(config, R)[0])
        ledger.settle(ticket, R)
    return configs[int(np.nanargmin(scores))]


def bayesian_trials(student: ModuleType, digits: Digits, space: Any, budget: int) -> Config:
    """Bayesian optimisation in the unit cube; five points to warm up."""

    def objective(x: np.ndarray) -> float:
        (config,) = student.configurations(space, x[None])
        return digits.train(config, R)[0]

    rng = np.random.default_rng(digits.seed)
    X, y = student.bayes_opt(objective, len(space), 5, budget // R, 4.0, 1e-2, rng)
    (best,) = student.configurations(space, X[[int(np.nanargmin(y))]])
    return best


def hyperband_trials(student: ModuleType, digits: Digits, space: Any, budget: int) -> Config:
    """Hyperband, whose schedule is the budget of all."""
    rng = np.random.default_rng(digits.seed)
    search = student.hyperband(lambda n: student.random_search(space, n, rng), digits.train, R, ETA)
    return search.configs[search.best]


SEARCHES: dict[str, Callable[..., Config]] = {
    "random": random_trials,
    "grid": grid_trials,
    "bayesian": bayesian_trials,
    "hyperband": hyperband_trials,
}


# Learning curves that are made up: their floors are known
# what is gained on the way to the floor, over 1 - floor; and in how many epochs it falls to 1/e
FAMILIES = {"in order": (0.0, 1.0), "cross early": (1.5, 3.0), "cross late": (1.5, 12.0)}


class Curves:
    """Training whose score after e epochs is floor + gain (1 - floor) exp(-e / time), at a price.

    Where the gain is above 1, the trials of lower floors are worse at first: the curves cross.
    """

    def __init__(self, family: str, seed: int) -> None:
        self.rng, self.spent = np.random.default_rng(seed), 0
        self.gain, self.time = FAMILIES[family]

    def sample(self, n: int) -> list[Config]:
        """New configurations; the floor of each is its quality."""
        return [{"floor": float(floor)} for floor in self.rng.random(n)]

    def train(self, config: Config, epochs: int, state: Any = None) -> tuple[float, int]:
        """The score after so many epochs in total."""
        self.spent += epochs - (state or 0)
        return self.score(config, epochs), epochs

    def score(self, config: Config, epochs: int) -> float:
        """The score after so many epochs."""
        floor = config["floor"]
        return floor + self.gain * (1 - floor) * float(np.exp(-epochs / self.time))


def searched(student: ModuleType, method: str, curves: Curves) -> Config:
    """The winner's configuration of a search that spends Hyperband's epochs."""
    budget = student.predict_epochs(R, ETA, True)
    if method == "hyperband":
        search = student.hyperband(curves.sample, curves.train, R, ETA)
    elif method == "halving":
        ladder = student.rungs(R, ETA)
        bracket = student.brackets(R, ETA)[0]
        each = sum(n * (r - b) for (n, r), b in zip(bracket, [0, *ladder], strict=False))
        runs = [
            student.successive_halving(curves.sample(27), curves.train, ladder, ETA)
            for _ in range(budget // each)
        ]
        search = min(runs, key=lambda run: run.history[-1].score)
    else:
        configs = curves.sample(budget // R)
        search = student.successive_halving(configs, curves.train, [R], ETA)
    return search.configs[search.best]


def chosen(student: ModuleType, lab: Lab, seed: int) -> Config:
    """What a random search of eight trials chooses."""
    return random_trials(student, Digits(lab, seed), SPACE, 8 * R)
