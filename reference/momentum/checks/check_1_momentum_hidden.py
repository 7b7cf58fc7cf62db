"""Part 1 on other inputs: other shapes, types and settings."""

from autograder.grading import check, expect, rounding
from expectations import expect_descent

CASES = (  # curvature, alpha, beta, T
    ((0.5, 2.0, 3.5, 8.0, 1.0), 0.2, 0.3, 1),
    (((1.0,), (4.0,), (0.3,)), 0.1, 0.8, 7),
    (((0.7, 5.0), (2.0, 0.2)), 0.3, 0.0, 2),
    ((((1.5, 0.2),), ((0.9, 3.0),)), 0.25, 0.5, 5),
    ((2.0, 3.0), 0.1, 0.4, 0),
)


@check(
    part="1.1",
    points=3,
    hint="handout, task 1.1",
    requires=("R1b:gd_momentum", "R1.1a", "R0a:gd_momentum"),
    judged_by="check_momentum_evaluates_one_gradient_a_step",
    unjudged={"*.asked.0: dtype": "of which dtype w is when grad is called is not required"},
)
def check_momentum_on_other_shapes_and_types(student, oracle, rng, data):
    """Momentum is right for other shapes, numbers of steps and beta, for float32, and again.

    Why: A velocity left over from the last call, or of a fixed shape, shows in the second call.
    Oracle: The closed form of every entry, without any step.
    """
    _expect_paths(student.gd_momentum, oracle, rng, data, nesterov=False)


@check(
    part="1.2",
    points=2,
    hint="handout, task 1.2",
    requires=("R1b:gd_nesterov", "R1.2a", "R0a:gd_nesterov"),
    judged_by="check_nesterov_takes_its_gradients_ahead",
    unjudged={"*.asked.0: dtype": "of which dtype w is when grad is called is not required"},
)
def check_nesterov_on_other_shapes_and_types(student, oracle, rng, data):
    """Nesterov's momentum is right for other shapes, steps and beta, for float32, and again.

    Why: A velocity left over from the last call, or of a fixed shape, shows in the second call.
    Oracle: The closed form of every entry, without any step.
    """
    _expect_paths(student.gd_nesterov, oracle, rng, data, nesterov=True)


def _expect_paths(algorithm, oracle, rng, data, nesterov):
    """The closed form in all cases, in float64 and then in float32."""
    for dtype in ("float64", "float32"):
        for curvature, alpha, beta, T in CASES:
            bowl = data.Bowl(rng, curvature, dtype)
            expect_descent(algorithm, oracle, bowl, alpha, beta, T, nesterov)


@check(part="1.3", points=2, hint="handout, task 1.3", requires="R1.3a")
def check_best_momentum_for_other_curvatures(student, oracle):
    """alpha and beta are the best for other curvatures, also far from 1.

    Why: With mu = 1 many wrong formulas are right.
    Oracle: The double root that both ends of the spectrum must have, found by bisection.
    """
    for mu, L in ((4.0, 9.0), (0.01, 30.0), (1e-3, 2e-3), (50.0, 5e5)):
        answer = student.optimal_momentum(mu, L)

        pair, best = expect.items(answer, 2, what="(alpha, beta)"), oracle.best_momentum(mu, L)
        for name, got, wanted in zip(("alpha", "beta"), pair, best, strict=True):
            within = rounding(terms=4, condition=1e3, why="1 - r loses digits for large kappa")
            expect.close(got, wanted, within=within, what=f"{name} for mu = {mu:g}, L = {L:g}")
