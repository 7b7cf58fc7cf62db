"""The oracles of assignment hyperparameter_search, against scikit-learn, scipy and enumeration."""

import itertools
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from autograder.machine.files import import_file

ORACLES = Path(__file__).resolve().parents[2] / "reference/hyperparameter_search/oracles.py"
GAMMA, SIGMA2 = 6.0, 1e-3


@pytest.fixture(scope="module")
def oracles() -> ModuleType:
    """The module of the oracles."""
    if not ORACLES.exists():
        pytest.skip("NOT TESTED HERE: a student's copy has no reference")
    return import_file(ORACLES, "oracles_of_hyperparameter_search")


def test_the_posterior_is_that_of_scikit_learn(oracles: ModuleType) -> None:
    """Mean, variance and log marginal likelihood of eleven points in three dimensions."""
    gaussian_process = pytest.importorskip("sklearn.gaussian_process")
    rng = np.random.default_rng(4787)
    X, Z = rng.random((11, 3)), rng.random((6, 3))
    y = np.sin(5 * X).sum(axis=1)
    kernel = gaussian_process.kernels.RBF(length_scale=(2 * GAMMA) ** -0.5)
    fitted = gaussian_process.GaussianProcessRegressor(kernel, alpha=SIGMA2, optimizer=None)
    mean, std = fitted.fit(X, y).predict(Z, return_std=True)
    got_mean, got_variance = oracles.exact_posterior(X, y, Z, GAMMA, SIGMA2)
    assert np.allclose(got_mean, mean, rtol=1e-8)
    assert np.allclose(got_variance, std**2, rtol=0, atol=1e-8)
    evidence = oracles.log_evidence(X, y, GAMMA, SIGMA2)
    assert evidence == pytest.approx(fitted.log_marginal_likelihood_value_, rel=1e-9)


def test_acquisitions_are_those_of_scipys_normal_distribution(oracles: ModuleType) -> None:
    """Expected improvement and its probability from z = -4 to 4."""
    stats = pytest.importorskip("scipy.stats")
    rng = np.random.default_rng(4787)
    std = rng.uniform(0.01, 3.0, size=40)
    z = rng.uniform(-4.0, 4.0, size=40)
    mean = 0.7 - 0.2 - z * std
    improvement = (0.5 - mean) * stats.norm.cdf(z) + std * stats.norm.pdf(z)
    assert np.allclose(oracles.improvement(mean, std, 0.7, 0.2), improvement, atol=1e-12)
    assert np.allclose(oracles.improves(mean, std, 0.7, 0.2), stats.norm.cdf(z), atol=1e-12)


def test_halton_is_scipys(oracles: ModuleType) -> None:
    """Points 1 to 50 in six dimensions; scipy begins with point 0."""
    qmc = pytest.importorskip("scipy.stats.qmc")
    points = qmc.Halton(d=6, scramble=False).random(51)[1:]
    assert np.allclose(oracles.halton(50, 6), points, atol=1e-12)


@pytest.mark.parametrize(
    ("R", "trials", "resumed", "repeated"),
    [(9, 17, 69, 78), (27, 49, 357, 423), (81, 143, 1581, 1902), (243, 415, 6831, 8457)],
)
def test_hyperbands_schedule(
    R: int, trials: int, resumed: int, repeated: int, oracles: ModuleType
) -> None:
    """Trials and epochs with eta = 3, counted by hand elsewhere."""
    assert sum(bracket[0][0] for bracket in oracles.brackets(R, 3)) == trials
    assert oracles.epochs(R, 3, True) == resumed
    assert oracles.epochs(R, 3, False) == repeated


def test_counted_subsets_are_those_that_are_listed(oracles: ModuleType) -> None:
    """Both ways of the tuning curve, where the number of subsets is just beyond the limit."""
    scores = np.random.default_rng(4787).random(15)
    assert len(list(itertools.combinations(range(15), 5))) > 2000
    listed = np.mean([min(subset) for subset in itertools.combinations(scores, 5)])
    assert oracles.tuning_curve(scores, [5])[0] == pytest.approx(listed, rel=1e-12)
