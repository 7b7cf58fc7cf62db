"""Part 3: Gaussian processes and Bayesian optimisation."""

import math

import numpy as np

from autograder.grading import check, expect, recipe, rounding
from expectations import Recorded, expect_posterior, expect_run


@check(part="3.1", points=1, hint="handout, task 3.1", requires="R3.1a")
def check_kernel_of_three_points(student):
    """With gamma = 2 and ln 2, points at distances 1/2, 1 and 0 have the kernels known by hand.

    Why: gamma multiplies the squared distance: it is no length scale and is not halved.
    Oracle: By hand: exp(-ln 2) = 1/2, and 1/16 at twice the distance.
    """
    X, Z = np.array([[0.0, 0.0], [1.0, 0.0]]), np.array([[0.0, 0.0], [0.0, 1.0], [0.0, 2.0]])
    want = np.array([[1.0, 0.5, 1 / 16], [0.5, 0.25, 1 / 32]])
    K = student.rbf_kernel(X, Z, math.log(2))
    expect.close(K, want, within=rounding(terms=4), what="K with gamma = ln 2")


@check(
    part="3.1",
    points=1,
    needs="check_kernel_of_three_points",
    hint="handout, task 3.1",
    requires=("R3.1a", "R3.1b"),
)
def check_kernel_of_random_points(student, oracle, rng, data):
    """The kernel is right for random points, also for a close cluster that lies far from 0.

    Why: ||x||^2 + ||z||^2 - 2 x.z is exact on paper; a thousand away from 0 it has lost ten digits.
    Oracle: One pair after another, distances in exact rationals; 1 for a point with itself.
    """
    for m, n, d, offset in ((5, 7, 3, 0.0), (6, 4, 2, 1000.0), (3, 3, 1, -50.0)):
        X = data.read_only(offset + rng.random((m, d)))
        Z = data.read_only(np.concatenate([X[:2], offset + rng.random((n - 2, d))]))
        gamma = float(rng.uniform(0.5, 5.0))
        K = expect.array(student.rbf_kernel(X, Z, gamma), shape=(m, n), what="K")
        want = oracle.kernel(X, Z, gamma)
        within = rounding(terms=d + 5, condition=20, why="the exponent is at most 15")
        expect.close(K, want, within=within, what=f"K of points around {offset:g}")
        same = K[0, 0] == 1 and K[1, 1] == 1 and np.all(K <= 1)
        expect.that(same, "K is not 1 for a point with itself, or above 1 elsewhere")


@check(
    part="3.1",
    points=1,
    needs="check_kernel_of_three_points",
    hint="handout, task 3.1: how large is the largest array?",
    requires="R3.1d",
)
def check_kernel_fits_in_memory(student, rng, budgets):
    """The kernel of 900 and 1000 points in 60 dimensions takes memory for five matrices, not 60.

    Why: All differences at once are an array of m n d numbers: 432 MB here, for a result of 7 MB.
    Oracle: Bytes counted by the allocators against a formula; single entries computed by hand.
    """
    m, n, d = 900, 1000, 60

    def inputs(rng):
        a, b = (int(s) for s in rng.integers(2**31, size=2))
        seen = np.stack([rng.integers(m, size=40), rng.integers(n, size=40)], axis=1)
        return (
            recipe("uniform", seed=a, shape=(m, d)),
            recipe("uniform", seed=b, shape=(n, d)),
            0.1,
            seen,
        )

    def verify(arguments, value, want):
        X, Z = arguments[0].build(), arguments[1].build()
        rows, columns = arguments[3].T
        exact = np.exp(-0.1 * ((X[rows] - Z[columns]) ** 2).sum(axis=1))
        within = rounding(terms=d, condition=5, why="the exponent is about 1")
        what = "40 entries of K, and its shape"
        expect.close(value, np.append(exact, [float(m), float(n)]), within=within, what=what)

    budgets.memory(
        "kernel_memory",
        student.programs.corner_of_kernel,
        inputs=inputs,
        sizes={"m": m, "n": n},
        verify=verify,
    )


@check(
    part="3.1",
    points=1,
    needs="check_kernel_of_three_points",
    hint="handout, task 3.1: which loop is short?",
    requires="R3.1c",
)
def check_kernel_has_no_loop_over_points(student, rng, budgets):
    """The kernel of 2000 and 20 points in three dimensions takes few interpreter steps.

    Why: A loop over points is a hundred times slower than the array operations it replaces.
    Oracle: Interpreter steps, counted; single entries computed by hand.
    """

    def inputs(rng):
        seen = np.stack([rng.integers(2000, size=40), rng.integers(20, size=40)], axis=1)
        return rng.random((2000, 3)), rng.random((20, 3)), 0.7, seen

    def verify(arguments, value, want):
        X, Z, gamma, seen = arguments
        rows, columns = seen.T
        exact = np.exp(-gamma * ((X[rows] - Z[columns]) ** 2).sum(axis=1))
        within = rounding(terms=5, condition=5, why="the exponent is at most 2")
        what = "40 entries of K, and its shape"
        expect.close(value, np.append(exact, [2000.0, 20.0]), within=within, what=what)

    budgets.operations(
        "kernel_steps",
        student.programs.corner_of_kernel,
        inputs=inputs,
        sizes={},
        verify=verify,
    )


@check(part="3.2", points=1, hint="handout, the worked example of a GP", requires="R3.2a")
def check_gp_of_one_point(student):
    """One value 1, with noise 1/4: at a point with kernel 1/2 the mean is 0.4, the variance 0.8.

    Why: With one point the formulas are fractions: noise is added to K, and not to the variance.
    Oracle: By hand: 0.5 / 1.25, and 1 - 0.25 / 1.25.
    """
    X, y = np.zeros((1, 1)), np.ones(1)
    Z = np.array([[0.0], [1.0]])
    answer = student.programs.posterior(X, y, Z, math.log(2), 0.25)
    log_density = -0.5 / 1.25 - 0.5 * math.log(1.25) - 0.5 * math.log(2 * math.pi)
    want = np.array([0.8, 0.4]), np.array([0.2, 0.8])
    expect_posterior(answer, want, log_density, "the posterior of one point")


@check(
    part="3.2",
    points=3,
    needs="check_gp_of_one_point",
    hint="handout, task 3.2",
    requires=("R3.2a", "R3.2c"),
)
def check_gp_agrees_with_exact_elimination(student, oracle, rng, data):
    """Mean, variance and log marginal likelihood of random points are those of exact elimination.

    Why: The likelihood is what gamma and the noise are chosen by; a wrong factor chooses others.
    Oracle: The linear system in exact rationals, by elimination; the determinant as a fraction.
    """
    for n, m, d in ((7, 5, 3), (10, 4, 1)):
        X, Z = data.read_only(rng.random((n, d))), data.read_only(rng.random((m, d)))
        y = data.values(rng, X)
        gamma, sigma2 = float(rng.uniform(2, 8)), 10 ** float(rng.uniform(-4, -1))
        answer = student.programs.posterior(X, y, Z, gamma, sigma2)
        want = oracle.exact_posterior(X, y, Z, gamma, sigma2)
        expect_posterior(answer, want, oracle.log_evidence(X, y, gamma, sigma2))


@check(
    part="3.2",
    points=1,
    needs="check_gp_of_one_point",
    hint="handout, task 3.2: the inverse",
    requires="R3.2b",
)
def check_gp_variance_of_close_points(student, oracle, rng, data):
    """Where points lie close together and the noise is 1e-9, no variance is negative.

    Why: The inverse of an almost singular matrix gives variances of -1e-6, whose root is NaN.
    Oracle: The linear system in exact rationals. What is allowed is rounding over the noise: 1e-7.
    """
    X = np.linspace(0.0, 1.0, 14)[:, None] + 0.01 * rng.random((14, 1))
    y, Z = data.values(rng, X), data.read_only(np.concatenate([X, X + 0.02]))
    answer = student.programs.posterior(X, y, Z, 2.0, 1e-9)
    mean, variance, likelihood = expect.items(answer, 3, what="the posterior")
    wanted = oracle.exact_posterior(X, y, Z, 2.0, 1e-9)
    why = "rounding errors of 1e-16 over a noise of 1e-9"
    expect.close(variance, wanted[1], rtol=0.0, atol=1e-7, why=why, what="the variance")
    expect.that(np.all(variance >= 0), "a variance is negative", f"{float(np.min(variance)):.2g}")
    expect.close(mean, wanted[0], rtol=0.0, atol=1e-4, why=why, what="the mean")
    evidence = oracle.log_evidence(X, y, 2.0, 1e-9)
    expect.close(likelihood, evidence, rtol=1e-3, why=why, what="the log marginal likelihood")


@check(
    part="3.2",
    points=1,
    needs="check_gp_of_one_point",
    hint="handout, task 3.2: what is kept?",
    requires=("R3.2d", "R0a:GP"),
)
def check_gp_forgets_and_copies(student, oracle, rng, data):
    """A second fit forgets the first, other GPs and later changes of X and y do not matter.

    Why: The arrays are the caller's, who appends to them or reuses them after the fit.
    Oracle: Exact elimination with the data of the second fit alone; without data, the prior.
    """
    first = data.read_only(rng.random((6, 2))), data.read_only(rng.random(6))
    X, Z = data.read_only(rng.random((5, 2))), data.read_only(rng.random((4, 2)))
    y = data.values(rng, X)
    answer = student.programs.fitted_twice(first, (X, y), Z, 3.0, 0.01)
    want = oracle.exact_posterior(X, y, Z, 3.0, 0.01)
    expect_posterior(answer, want, oracle.log_evidence(X, y, 3.0, 0.01), "the second fit")
    nothing = np.zeros((0, 2)), np.zeros(0)
    answer = student.programs.fitted_twice(first, nothing, Z, 3.0, 0.01)
    expect_posterior(answer, (np.zeros(4), np.ones(4)), 0.0, "a fit to no points")


@check(
    part="3.2",
    points=2,
    needs="check_gp_of_one_point",
    hint="handout, task 3.2: what is done once?",
    requires="R3.2e",
)
def check_gp_factorises_once(student, rng, budgets):
    """A fit to 400 points and 200 predictions take little more time than their array operations.

    Why: A search predicts thousands of times for each fit: work of order n^3 belongs into the fit.
    Oracle: CPU time as a multiple of products of the same sizes; at the points themselves the mean
    is near the values.
    """

    def inputs(rng):
        X = rng.random((400, 3))
        y = np.sin(5 * X).sum(axis=1)
        return X, y, np.concatenate([X[:100], 50.0 + rng.random((100, 3))]), 3.0, 1e-4

    def verify(arguments, value, want):
        y = arguments[1]
        expect.array(value, shape=(200, 2), what="mean and variance")
        why = "the noise is 1e-4, and 400 values of a smooth function agree"
        exact = np.stack([y[:100], np.zeros(100)], axis=1)
        expect.close(value[:100], exact, rtol=0.0, atol=0.05, why=why, what="the posterior at X")
        prior = np.stack([np.zeros(100), np.ones(100)], axis=1)
        what = "the posterior far from X"
        expect.close(value[100:], prior, within=rounding(terms=400), what=what)

    budgets.time("gp_time", student.programs.predictions, inputs=inputs, verify=verify)


@check(
    part="3.3",
    points=1,
    hint="handout, the worked example of an acquisition",
    requires=("R3.3a", "R3.3b", "R3.3c"),
)
def check_acquisitions_of_the_worked_example(student):
    """With mean 0, std 2 and best 0 the improvement is 0.798, its probability 1/2, the bound -4.

    Why: std is the root of the variance: with the variance in its place the improvement doubles.
    Oracle: By hand: 2 / sqrt(2 pi), one half, 0 - 2 times 2.
    """
    mean, std = np.zeros(2), np.array([2.0, 1.0])
    within = rounding(terms=4)
    EI = student.expected_improvement(mean, std, 0.0)
    root = math.sqrt(2 * math.pi)
    expect.close(EI, np.array([2 / root, 1 / root]), within=within, what="EI")
    PI = student.probability_of_improvement(mean, std, 0.0)
    expect.close(PI, np.array([0.5, 0.5]), within=within, what="PI")
    bound = student.lower_confidence_bound(mean, std, 2.0)
    expect.close(bound, np.array([-4.0, -2.0]), within=within, what="the lower confidence bound")


@check(
    part="3.3",
    points=2,
    hint="handout, task 3.3",
    requires=("R3.3a", "R3.3b", "R3.3c"),
)
def check_acquisitions_agree_with_quadrature(student, oracle, rng, data):
    """EI and PI are the integrals that define them, far above, near and below the best value.

    Why: Point by point a wrong sign or factor shows; in a whole search it hardly does.
    Oracle: Gauss-Legendre quadrature of the definition, without the closed form.
    """
    std = data.read_only(rng.uniform(0.1, 2.0, size=(3, 4)))
    best, mean = float(rng.uniform(-1.0, 1.0)), None
    mean = data.read_only(best + std * rng.uniform(-4.0, 4.0, size=(3, 4)))
    for xi in (0.0, 0.3):
        within = rounding(terms=10, condition=10, size=8.0, why="a difference of two terms")
        EI = student.expected_improvement(mean, std, best, xi)
        expect.close(EI, oracle.improvement(mean, std, best, xi), within=within, what="EI")
        PI = student.probability_of_improvement(mean, std, best, xi)
        expect.close(PI, oracle.improves(mean, std, best, xi), within=within, what="PI")
    kappa = float(rng.uniform(0.5, 3.0))
    bound = student.lower_confidence_bound(mean, std, kappa)
    want = mean - kappa * std
    expect.close(bound, want, within=rounding(terms=2), what="the lower confidence bound")


@check(
    part="3.3",
    points=1,
    needs="check_acquisitions_of_the_worked_example",
    hint="handout, task 3.3: std = 0",
    requires=("R3.3d:expected_improvement", "R3.3d:probability_of_improvement"),
)
def check_acquisitions_without_uncertainty(student, rng, data):
    """Where std is 0, EI is the gain or 0 and PI is 1 or 0, with no NaN at a tie.

    Why: At a point that is known there is nothing to divide by, and 0 / 0 is never the best.
    Oracle: The definitions with a certain value; beside one whose EI is known by hand.
    """
    best, xi = float(rng.uniform(-1.0, 1.0)), 0.25
    mean = data.read_only(np.array([best - 1.5, best + 1.0, best - 0.25, best - 0.25]))
    std = data.read_only(np.array([0.0, 0.0, 0.0, 1.0]))
    within = rounding(terms=4, condition=10, size=2.0, why="differences of numbers near 1")
    EI = student.expected_improvement(mean, std, best, xi)
    want = np.array([1.25, 0.0, 0.0, 1 / math.sqrt(2 * math.pi)])
    expect.close(EI, want, within=within, what="EI")
    mean = data.read_only(np.array([2.0, 4.0, 3.0, 3.0]))  # best - xi = 3, exactly
    PI = student.probability_of_improvement(mean, std, 3.25, xi)
    PI = np.asarray(expect.array(PI, shape=(4,), what="PI"), float)
    expect.close(PI, np.array([1.0, 0.0, 0.0, 0.5]), within=within, what="PI")


def _bump(center, waves):
    """exp(-3 ||p - c||^2), times waves that are highest at c as well."""

    def acquisition(P):
        away = P - center
        return np.prod(np.exp(-3 * away**2) * (1 + waves * np.cos(9 * away)), axis=1)

    return acquisition


def _expect_maximum(student, rng, d, center, waves):
    """The best of the points that were evaluated, and nearly the highest of all."""
    recorded = Recorded(_bump(center, waves), d)
    seed = int(rng.integers(2**31))
    acquisition = expect.calls(recorded.of_many, at_most=100)
    x = student.maximise(acquisition, d, np.random.default_rng(seed))
    expect.array(x, shape=(d,), what="the point that is returned")
    pairs = zip(recorded.points, recorded.values, strict=True)
    seen = [value for point, value in pairs if np.all(point == x)]
    expect.that(seen, "the point that is returned was not evaluated")
    lower = max(recorded.values) - seen[0]
    expect.that(lower <= 0, f"a point that was evaluated is higher by {lower:.2g}")
    top = float(recorded.function(np.clip(center, 0, 1)[None])[0])
    why = "the handout's 0.1 %"
    expect.close(seen[0], top, rtol=1e-3, why=why, what="the acquisition at that point")
    return x, seed, recorded


@check(
    part="3.4",
    points=2,
    hint="handout, task 3.4",
    requires=("R3.4a", "R3.4b", "R3.4c", "R0b:maximise"),
    unjudged={"maximise(*).asked.*": "where a search looks is its own choice, within the cube"},
)
def check_maximum_inside_the_cube(student, rng):
    """The highest of several hills in two dimensions is found, and the same again with that seed.

    Why: The acquisition is cheap, so it can be looked at everywhere, and it has many hills.
    Oracle: The recorded calls, and the top that is known by construction.
    """
    center = rng.uniform(0.15, 0.85, size=2)
    x, seed, recorded = _expect_maximum(student, rng, 2, center, 0.3)
    again = Recorded(recorded.function, 2)
    acquisition = expect.calls(again.of_many, at_most=100)
    repeated = student.maximise(acquisition, 2, np.random.default_rng(seed))
    expect.equal(repeated, x, what="the point of a second call with the same seed")


@check(
    part="3.4",
    points=1,
    hint="handout, task 3.4: the border",
    requires=("R3.4a", "R3.4c"),
    unjudged={"maximise(*).asked.*": "where a search looks is its own choice, within the cube"},
)
def check_maximum_on_the_border(student, rng):
    """A maximum on an edge or in a corner of the cube is found, in one to three dimensions.

    Why: The uncertainty is largest at the border, so there the acquisition often is highest.
    Oracle: A hill whose top lies outside: within the cube its nearest point is the highest.
    """
    for d in (1, 2, 3):
        center = rng.uniform(0.2, 0.8, size=d)
        center[: max(1, d - 1)] = rng.choice((-0.2, 1.2), size=max(1, d - 1))
        _expect_maximum(student, rng, d, center, 0.0)


def _of_handout(x):
    """cos(8 x) - 0.3 + (x - 1/2)^2, from the course."""
    return math.cos(8 * x[0]) - 0.3 + (x[0] - 0.5) ** 2


@check(
    part="3.5",
    points=1,
    hint="handout, task 3.5: warm-up",
    requires=("R3.5a", "R3.5d", "R0a:bayes_opt"),
)
def check_bayes_opt_counts_its_evaluations(student, rng, budgets):
    """Nine evaluations, the first four at rng.random((4, 2)); all points and values are returned.

    Why: The warm-up is paid as well: a search that does not count it is compared unfairly.
    Oracle: The recorded calls; the draws of a second generator of the same seed.
    """
    seed = int(rng.integers(2**31))
    recorded = Recorded(lambda x: float(np.sum((x - 0.3) ** 2)), 2)
    objective = expect.calls(recorded.of_one, at_most=50)
    answer = student.bayes_opt(objective, 2, 4, 9, 5.0, 1e-3, np.random.default_rng(seed))
    warmup = np.random.default_rng(seed).random((4, 2))
    expect_run(answer, recorded, warmup, 9, budgets)


@check(
    part="3.5",
    points=1,
    needs="check_bayes_opt_counts_its_evaluations",
    hint="handout, task 3.5: which point is next?",
    requires="R3.5b",
)
def check_first_step_maximises_the_improvement(student, oracle, rng):
    """After four random points the fifth has 90 % of the highest expected improvement at least.

    Why: In this step the values are standardised, fitted, and weighed against their uncertainty.
    Oracle: The improvement on a lattice, by exact elimination and quadrature, from the warm-up.
    """
    lattice = np.linspace(0.0, 1.0, 201)[:, None]
    for scale, shift in 3 * ((1.0, 0.0), (50.0, 300.0)):
        seed, phase = int(rng.integers(2**31)), float(rng.uniform(0.0, 6.0))

        def objective(x, scale=scale, shift=shift, phase=phase):
            return scale * math.sin(9 * x[0] + phase) + shift

        recorded = Recorded(objective, 1)
        asked = expect.calls(recorded.of_one, at_most=50)
        answer = student.bayes_opt(asked, 1, 4, 5, 100.0, 1e-3, np.random.default_rng(seed))
        warmup = np.random.default_rng(seed).random((4, 1))
        expect_run(answer, recorded, warmup, 5)
        values = np.array([objective(x) for x in warmup])
        curve = oracle.improvement_curve(warmup, values, lattice, 100.0, 1e-3)
        _expect_share(recorded.points[4], lattice, curve)


def _expect_share(x, lattice, curve):
    """The improvement at x is 90 % of the highest on the lattice, at least."""
    share = np.interp(x[0], lattice[:, 0], curve) / curve.max()
    what = f"the next point has {share:.0%} of the highest expected improvement"
    expect.that(share >= 0.9, what)


@check(
    part="3.5",
    points=1,
    needs="check_bayes_opt_counts_its_evaluations",
    hint="handout, task 3.5",
    requires=("R3.5b", "R0b:bayes_opt"),
)
def check_bayes_opt_finds_the_minimum(student, rng):
    """Twenty evaluations of the course's function come within 0.01 of its minimum, twice the same.

    Why: Random search needs some hundred evaluations to be as sure.
    Oracle: The minimum on a fine lattice. A right search came within 0.001 in 200 of 200 seeds.
    """
    seed = int(rng.integers(2**31))
    lattice = np.linspace(0.0, 1.0, 20001)
    lowest = float(np.min(np.cos(8 * lattice) - 0.3 + (lattice - 0.5) ** 2))
    runs = []
    for _ in range(2):
        recorded = Recorded(_of_handout, 1)
        objective = expect.calls(recorded.of_one, at_most=50)
        answer = student.bayes_opt(objective, 1, 3, 20, 10.0, 1e-4, np.random.default_rng(seed))
        expect_run(answer, recorded, np.random.default_rng(seed).random((3, 1)), 20)
        runs.append(recorded)
    found = min(runs[0].values) - lowest
    expect.that(found <= 0.01, f"the lowest value is {found:.2g} above the minimum")
    same = runs[0].values == runs[1].values
    expect.that(same, "two runs with the same seed differ: not all is drawn from rng")


@check(
    part="3.5",
    points=1,
    needs="check_bayes_opt_counts_its_evaluations",
    hint="handout, task 3.5: diverged runs",
    requires="R3.5c",
    unjudged={"bayes_opt(*).returned.1: [eN]*": "the entry that is altered is NaN already"},
)
def check_bayes_opt_survives_divergence(student, oracle, rng):
    """Runs that returned NaN or infinity count as the worst finite one, and the search goes on.

    Why: One NaN in y makes every prediction NaN; a penalty of 1e6 flattens all the others.
    Oracle: The improvement by exact elimination, with the worst finite value in their place.
    """
    lattice = np.linspace(0.0, 1.0, 201)[:, None]
    for bad in 2 * (math.nan, math.inf):
        seed, phase = int(rng.integers(2**31)), float(rng.uniform(0.0, 6.0))
        warmup = np.random.default_rng(seed).random((5, 1))
        border = float(np.sort(warmup[:, 0])[-2])  # the upper two diverge

        def objective(x, bad=bad, border=border, phase=phase):
            return bad if x[0] >= border else math.sin(9 * x[0] + phase)

        recorded = Recorded(objective, 1)
        answer = student.bayes_opt(
            expect.calls(recorded.of_one, at_most=50),
            *(1, 5, 6, 100.0, 1e-3),
            np.random.default_rng(seed),
        )
        _expect_run_with_holes(answer, recorded, warmup)
        values = np.array([objective(x) for x in warmup])
        worst = max(value for value in values if math.isfinite(value))
        filled = np.where(np.isfinite(values), values, worst)
        curve = oracle.improvement_curve(warmup, filled, lattice, 100.0, 1e-3)
        _expect_share(recorded.points[5], lattice, curve)


def _expect_run_with_holes(answer, recorded, warmup):
    """As `expect_run`, for values that may be infinite."""
    X, y = expect.items(answer, 2, what="(X, y)")
    expect.equal(len(recorded.points), 6, what="the number of evaluations")
    expect.equal(X, np.array(recorded.points), what="X, of all points that were evaluated,")
    expect.equal(X[:5], warmup, what="the first points, rng.random((n_warmup, d)),")
    expect.that(isinstance(y, np.ndarray) and y.shape == (6,), "y is not an array (n_total,)")
    same = np.array_equal(y, np.array(recorded.values), equal_nan=True)
    expect.that(same, "y is not what the objective returned, NaN and infinity among it")
