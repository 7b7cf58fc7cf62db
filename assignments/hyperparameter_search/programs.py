"""What the checks run beside your code, in the process that runs your code.

`student` is your module. These functions use it as the lab does, and return plain values.
"""

import random
from collections.abc import Sequence
from types import ModuleType
from typing import Any

import numpy as np


def effects(student: ModuleType, function: str, *arguments: Any) -> tuple[Any, list[Any], Any]:
    """What a function returns, and what it leaves behind.

    Its arguments afterwards, without those that are functions; and what the global generators draw
    next, which began at seed 1. An argument {"seed": s} becomes a Generator.
    """
    random.seed(1)
    np.random.seed(1)
    given = [_generator(a) if _is_seed(a) else a for a in arguments]
    result = getattr(student, function)(*given)
    drawn = [random.random(), float(np.random.random())]
    plain = [a for a in given if not callable(a) and not isinstance(a, np.random.Generator)]
    return result, plain, drawn


def _is_seed(argument: Any) -> bool:
    return isinstance(argument, dict) and list(argument) == ["seed"]


def _generator(argument: dict[str, int]) -> np.random.Generator:
    return np.random.default_rng(argument["seed"])


def raised(student: ModuleType, function: str, *arguments: Any) -> str:
    """The type of the error that a call raises; empty if it raises none."""
    try:
        getattr(student, function)(*arguments)
    except NotImplementedError:
        raise
    except Exception as error:  # which one is the question
        return type(error).__name__
    return ""


def ledger(
    student: ModuleType, budget: int, events: Sequence[tuple[str, int, int]]
) -> list[tuple[str, int]]:
    """What a ledger answers to events, and what is left after each; first what is left at once.

    ("reserve", cost, 0) makes ticket number 0, 1, ... of the reservations that succeed;
    ("settle", number, used) settles one. An answer is empty, or the type of the error.
    """
    account, tickets = student.Ledger(budget), []
    answers = [("", account.left)]
    for event, first, second in events:
        error = ""
        try:
            if event == "reserve":
                tickets.append(account.reserve(first))
            else:
                account.settle(tickets[first], second)
        except NotImplementedError:
            raise
        except Exception as failure:  # which one is the question
            error = type(failure).__name__
        answers.append((error, account.left))
    return answers


def halving_with_states(
    student: ModuleType, configs: list[dict[str, Any]], ladder: list[int], eta: int, numbers: int
) -> tuple[int, list[tuple[int, int, float]]]:
    """The winner and the history of a halving whose states are arrays of so many numbers."""

    def train(config: dict[str, Any], epochs: int, state: Any = None) -> tuple[float, Any]:
        before = 0 if state is None else int(state[0])
        return config["floor"] + 1 / (1 + epochs) + 0 * before, np.full(numbers, float(epochs))

    search = student.successive_halving(configs, train, ladder, eta)
    return int(search[2]), [tuple(entry) for entry in search[1]]


def promotions(
    student: ModuleType,
    ladder: list[int],
    eta: int,
    scores: np.ndarray,
    events: Sequence[int],
) -> list[tuple[int, int]]:
    """The jobs of ASHA; before each, the oldest running ones finish until events[i] are left."""
    asha, running, jobs = student.ASHA(ladder, eta), [], []
    for most in events:
        while len(running) > most:
            trial, epochs = running.pop(0)
            asha.report(trial, epochs, float(scores[trial, epochs]))
        job = asha.next_job()
        jobs.append(job)
        if job is not None:
            running.append(job)
    return jobs


def posterior(
    student: ModuleType, X: np.ndarray, y: np.ndarray, Z: np.ndarray, gamma: float, sigma2: float
) -> tuple[Any, Any, Any]:
    """Mean and variance at Z, and the log marginal likelihood, of a GP."""
    gp = student.GP(gamma, sigma2).fit(X, y)
    mean, variance = gp.predict(Z)
    return mean, variance, gp.log_marginal_likelihood()


def fitted_twice(
    student: ModuleType,
    first: tuple[np.ndarray, np.ndarray],
    second: tuple[np.ndarray, np.ndarray],
    Z: np.ndarray,
    gamma: float,
    sigma2: float,
) -> tuple[Any, Any, Any]:
    """The same after a fit to other data, beside another GP; then the caller changes X and y."""
    X, y = (np.array(part) for part in second)
    gp, other = student.GP(gamma, sigma2), student.GP(2 * gamma, 2 * sigma2)
    gp.fit(*first)
    gp = gp.fit(X, y)
    other.fit(*first)
    X[...] = 7.0
    y[...] = 7.0
    mean, variance = gp.predict(Z)
    return mean, variance, gp.log_marginal_likelihood()


def predictions(
    student: ModuleType, X: np.ndarray, y: np.ndarray, Z: np.ndarray, gamma: float, sigma2: float
) -> np.ndarray:
    """Mean and variance (m, 2) of a GP at the points Z, one prediction after another."""
    gp = student.GP(gamma, sigma2).fit(X, y)
    pairs = [gp.predict(z[None]) for z in Z]
    return np.array([[float(mean[0]), float(variance[0])] for mean, variance in pairs])


def corner_of_kernel(
    student: ModuleType, X: np.ndarray, Z: np.ndarray, gamma: float, seen: np.ndarray
) -> np.ndarray:
    """The entries `seen` (row, column) of a kernel matrix, and its sizes in a last row."""
    K = student.rbf_kernel(X, Z, gamma)
    rows, columns = seen.T
    return np.append(K[rows, columns], [float(size) for size in K.shape])


def curve_of(student: ModuleType, scores: np.ndarray, k: int) -> Any:
    """The tuning curve at one k."""
    return student.tuning_curve(scores, [k])
