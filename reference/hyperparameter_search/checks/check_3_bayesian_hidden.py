"""Part 3 on other sizes, and every step of a search."""

import math

import numpy as np

from autograder.grading import check, expect, rounding
from expectations import Recorded, expect_posterior, expect_run


@check(part="3.1", points=1, hint="handout, task 3.1", requires=("R3.1a", "R3.1b"))
def check_kernel_of_other_sizes(student, oracle, rng):
    """The kernel is right for other sizes, for transposed views, for no points at all.

    Why: A matrix with as many rows as columns hides a transpose.
    Oracle: One pair after another, distances in exact rationals.
    """
    for m, n, d in ((1, 6, 4), (7, 2, 1), (0, 3, 2), (4, 4, 6)):
        X, Z = rng.random((d, m)).T, rng.random((n, 2 * d))[:, ::2]
        gamma = float(rng.uniform(0.1, 3.0))
        K = student.rbf_kernel(X, Z, gamma)
        within = rounding(terms=d + 5, condition=20, why="the exponent is at most 18")
        what = f"K of {m} and {n} points in {d}-D"
        expect.close(K, oracle.kernel(X, Z, gamma), within=within, what=what)


@check(part="3.2", points=2, hint="handout, task 3.2", requires=("R3.2a", "R3.2c", "R3.2d"))
def check_gp_of_other_sizes(student, oracle, rng, data):
    """A GP is right for other numbers of points, for equal points, large values and much noise.

    Why: The same point twice makes K singular; the noise makes it regular again.
    Oracle: The linear system in exact rationals.
    """
    for n, m, d, sigma2, scale in (
        (1, 3, 2, 1.0, 1.0),
        (8, 1, 2, 0.01, 30.0),
        (5, 6, 4, 1e-3, 1.0),
    ):
        X, Z = np.array(rng.random((n, d))), rng.random((m, d))
        X[-1] = X[0]
        y = scale * rng.standard_normal(n)
        gamma = float(rng.uniform(0.5, 9.0))
        answer = student.programs.posterior(X, y, Z, gamma, sigma2)
        want, evidence = oracle.exact_posterior(X, y, Z, gamma, sigma2), None
        evidence = oracle.log_evidence(X, y, gamma, sigma2)
        mean, variance, likelihood = expect.items(answer, 3, what="the posterior")
        expect_posterior(
            (mean, variance, likelihood), want, evidence, f"the posterior of {n} points"
        )


@check(
    part="3.3",
    points=1,
    hint="handout, task 3.3",
    requires=(
        "R3.3a",
        "R3.3b",
        "R3.3c",
        "R3.3d:expected_improvement",
        "R3.3d:probability_of_improvement",
    ),
)
def check_acquisitions_of_other_shapes(student, oracle, rng):
    """The acquisitions are right for other shapes, for one number, and with zeros among std.

    Why: What is right for a vector may fail for one point.
    Oracle: Quadrature of the definitions.
    """
    for shape in ((1,), (5, 1), (2, 3)):
        std = rng.uniform(0.01, 3.0, size=shape)
        std.flat[0] = 0.0
        best, xi = float(rng.uniform(-5.0, 5.0)), float(rng.uniform(0.0, 1.0))
        mean = best - xi + (std + 0.1) * rng.uniform(-3.0, 3.0, size=shape)
        within = rounding(terms=10, condition=10, size=20.0, why="a difference of two terms")
        EI = student.expected_improvement(mean, std, best, xi)
        expect.close(EI, oracle.improvement(mean, std, best, xi), within=within, what="EI")
        PI = student.probability_of_improvement(mean, std, best, xi)
        PI = np.asarray(expect.array(PI, shape=shape, what="PI"), float)
        expect.close(PI, oracle.improves(mean, std, best, xi), within=within, what="PI")
        bound = student.lower_confidence_bound(mean, std, xi)
        what = "the lower confidence bound"
        expect.close(bound, mean - xi * std, within=rounding(terms=4, size=8.0), what=what)


@check(
    part="3.4",
    points=1,
    hint="handout, task 3.4",
    requires=("R3.4a", "R3.4b", "R3.4c"),
    unjudged={"maximise(*).asked.*": "where a search looks is its own choice, within the cube"},
)
def check_maximum_of_other_functions(student, rng):
    """The maximum is found for narrow hills, tiny values and negative ones.

    Why: An acquisition may be 1e-12 everywhere but at one place: late in a search it is.
    Oracle: Hills whose top is known by construction.
    """
    for d, scale, shift in ((1, 1e-12, 0.0), (3, 1.0, 0.0), (2, 10.0, -50.0)):
        center = rng.uniform(0.1, 0.9, size=d)

        def hill(P, center=center, scale=scale, shift=shift):
            return shift + scale * np.exp(-8 * ((P - center) ** 2).sum(axis=1))

        recorded = Recorded(hill, d)
        acquisition = expect.calls(recorded.of_many, at_most=100)
        x = student.maximise(acquisition, d, np.random.default_rng(int(rng.integers(2**31))))
        expect.array(x, shape=(d,), what="the point that is returned")
        seen = [v for p, v in zip(recorded.points, recorded.values, strict=True) if np.all(p == x)]
        expect.that(seen, "the point that is returned was not evaluated")
        expect.that(seen[0] >= max(recorded.values), "a point that was evaluated is higher")
        why = "the handout's 0.1 %"
        what = "the height above the plain"
        expect.close(seen[0] - shift, scale, rtol=1e-3, why=why, what=what)


@check(
    part="3.5",
    points=2,
    hint="handout, task 3.5",
    requires=("R3.5a", "R3.5b", "R3.5d"),
)
def check_every_step_maximises_the_improvement(student, oracle, rng):
    """Each of five steps after three random points has 90 % of the expected improvement.

    Why: A GP that is not fitted again, or a best value of the warm-up, shows from the second step.
    Oracle: Exact elimination and quadrature on a lattice, for the values that were there.
    """
    lattice = np.linspace(0.0, 1.0, 201)[:, None]
    for _ in range(2):
        seed, phase = int(rng.integers(2**31)), float(rng.uniform(0.0, 6.0))
        recorded = Recorded(lambda x, phase=phase: math.sin(9 * x[0] + phase), 1)
        objective = expect.calls(recorded.of_one, at_most=50)
        answer = student.bayes_opt(objective, 1, 3, 8, 100.0, 1e-3, np.random.default_rng(seed))
        expect_run(answer, recorded, np.random.default_rng(seed).random((3, 1)), 8)
        for t in range(3, 8):
            X, y = np.array(recorded.points[:t]), np.array(recorded.values[:t])
            points = np.concatenate([lattice, recorded.points[t][None]])
            curve = oracle.improvement_curve(X, y, points, 100.0, 1e-3)
            share = curve[-1] / curve.max()
            what = f"point {t} has {share:.0%} of the highest expected improvement"
            expect.that(share >= 0.9, what)
