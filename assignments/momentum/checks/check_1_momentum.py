"""Part 1: momentum with exact gradients, on quadratics whose paths are known in closed form."""

import numpy as np

from autograder.grading import check, expect, rounding
from expectations import expect_descent

# different along both axes; with alpha = 0.15 and beta = 0.6 some entries swing and some do not
CURVATURE = ((0.1, 0.7, 1.3), (3.0, 6.0, 9.0))
SMALL = (  # curvature, alpha, beta, T, dtype
    ((0.5, 2.0, 8.0, 1.0), 0.2, 0.3, 3, "float32"),
    ((((1.5, 0.2),), ((0.9, 3.0),)), 0.25, 0.5, 1, "float64"),
    (((2.0,), (3.0,)), 0.1, 0.4, 0, "float32"),
)

# f(w) = (w[0]^2 + 4 w[1]^2) / 2, from (1, 1), with alpha = 1/4 and beta = 1/2
BY_HAND = np.array([[1.0, 1.0], [0.75, 0.0], [0.4375, -0.5], [0.171875, -0.25]])
NESTEROV_BY_HAND = np.array([[1.0, 1.0], [0.75, 0.0], [0.46875, 0.0], [0.24609375, 0.0]])


def _of_handout(w):
    if not isinstance(w, np.ndarray) or w.shape != (2,):
        raise ValueError("w must be an array of shape (2,)")
    return np.array([1.0, 4.0]) * w


@check(
    part="1.1",
    points=1,
    hint="handout, the worked example of section 4",
    requires=("R1.1a", "R0a:gd_momentum"),
    judged_by="check_momentum_evaluates_one_gradient_a_step",
)
def check_momentum_of_the_worked_example(student, data):
    """Three steps of momentum on the handout's worked example are those computed by hand.

    Why: Three steps by hand show what a velocity does: one direction picks up speed, the other
    overshoots.
    Oracle: The handout's table, computed by hand; all its numbers are exact in binary.
    """
    w0 = data.read_only(np.ones(2))
    path = student.gd_momentum(expect.calls(_of_handout, at_most=20), w0, 0.25, 0.5, 3)

    within = rounding(terms=3, why="three steps")
    expect.close(path, BY_HAND, within=within, what="w_0, ..., w_3")


@check(
    part="1.1",
    points=2,
    hint="handout, task 1.1",
    requires=("R1.1a", "R1b:gd_momentum", "R0a:gd_momentum"),
    judged_by="check_momentum_evaluates_one_gradient_a_step",
)
def check_momentum_follows_its_closed_form(student, oracle, rng, data):
    """Forty steps of momentum on a quadratic follow the closed form of every entry.

    Why: On a quadratic each direction is a recurrence of order two, from which all theory of
    momentum starts.
    Oracle: Powers of the two roots of each entry's characteristic equation, without any step.
    """
    expect_descent(student.gd_momentum, oracle, data.Bowl(rng, CURVATURE), 0.15, 0.6, 40)


@check(
    part="1.1",
    points=2,
    needs="check_momentum_of_the_worked_example",
    hint="handout, task 1.1: what is asked for in one step?",
    requires=("R1a:gd_momentum", "R1.1a"),
)
def check_momentum_evaluates_one_gradient_a_step(student, oracle, rng, data, budgets):
    """Thirty steps of momentum evaluate thirty gradients, at w_0, ..., w_29.

    Why: The gradient is what a step costs; momentum needs no more of them.
    Oracle: The recorded calls of the gradient, counted in the grader, and the closed form.
    """
    bowl = data.Bowl(rng, CURVATURE)
    path = expect_descent(student.gd_momentum, oracle, bowl, 0.15, 0.6, 30)
    budgets.counted("gradient_calls", len(bowl.points), sizes={"T": 30})
    _expect_points(bowl, path[:-1])


def _expect_points(bowl, want):
    """Where the gradients were taken, one in each step."""
    expect.equal(len(bowl.points), len(want), what=f"the number of gradients in {len(want)} steps")
    within = rounding(terms=len(want), condition=10, why="steps in which entries swing")
    what = "the points where gradients were taken"
    expect.close(np.array(bowl.points), want, within=within, what=what)


@check(
    part="1.1",
    points=1,
    needs="check_momentum_of_the_worked_example",
    hint="handout, part 1: the result",
    requires=("R1b:gd_momentum", "R1.1a", "R0a:gd_momentum"),
    judged_by="check_momentum_evaluates_one_gradient_a_step",
    unjudged={"*.asked.0: dtype": "of which dtype w is when grad is called is not required"},
)
def check_momentum_keeps_shape_and_type(student, oracle, rng, data):
    """Momentum returns w0's dtype and T + 1 arrays of w0's shape: for 3 steps, for one, for none.

    Why: A model may be stored in float32 and have any shape, and w_0 alone is a path as well.
    Oracle: The closed form of every entry, without any step.
    """
    for curvature, alpha, beta, T, dtype in SMALL:
        bowl = data.Bowl(rng, curvature, dtype)
        expect_descent(student.gd_momentum, oracle, bowl, alpha, beta, T)


@check(
    part="1.1",
    points=1,
    needs="check_momentum_of_the_worked_example",
    hint="handout, task 1.1",
    requires=("R1.1a", "R1b:gd_momentum"),
    judged_by="check_momentum_evaluates_one_gradient_a_step",
)
def check_momentum_needs_a_fifth_of_the_steps(student, oracle, rng, data):
    """On a quadratic with kappa = 100, momentum needs a fifth of gradient descent's steps.

    Why: Speed without a clock: the rate depends on the root of kappa, with equally many gradients.
    Oracle: Gradient descent's best rate is 99/101, so a millionth takes it 691 steps; a fifth of
    them is 138. At kappa = 100 the best alpha is 4/121, the best beta 81/121.
    """
    bowl = data.Bowl(rng, ((1.0, 3.0, 30.0), (7.0, 80.0, 100.0)))
    path = expect_descent(student.gd_momentum, oracle, bowl, 4 / 121, 81 / 121, 138)

    left = np.linalg.norm(path[-1] - bowl.minimum) / np.linalg.norm(bowl.w0 - bowl.minimum)
    expect.number(float(left), high=1e-6, what="the share of the distance that is left")


@check(
    part="1.2",
    points=1,
    hint="handout, the worked example of section 4",
    requires=("R1.2a", "R0a:gd_nesterov"),
    judged_by="check_nesterov_takes_its_gradients_ahead",
)
def check_nesterov_of_the_worked_example(student, data):
    """Three steps of Nesterov's momentum on the worked example are those computed by hand.

    Why: From the second step on the two momenta differ, for one of them looks ahead before it
    takes the gradient.
    Oracle: The handout's table, computed by hand; all its numbers are exact in binary.
    """
    w0 = data.read_only(np.ones(2))
    path = student.gd_nesterov(expect.calls(_of_handout, at_most=20), w0, 0.25, 0.5, 3)

    within = rounding(terms=3, why="three steps")
    expect.close(path, NESTEROV_BY_HAND, within=within, what="w_0, ..., w_3")


@check(
    part="1.2",
    points=2,
    hint="handout, task 1.2",
    requires=("R1.2a", "R1b:gd_nesterov", "R0a:gd_nesterov"),
    judged_by="check_nesterov_takes_its_gradients_ahead",
)
def check_nesterov_follows_its_closed_form(student, oracle, rng, data):
    """Forty steps of Nesterov's momentum on a quadratic follow the closed form of every entry.

    Why: The gradient at the look-ahead point damps the swings of the steep directions.
    Oracle: Powers of the two roots of each entry's characteristic equation, without any step.
    """
    bowl = data.Bowl(rng, CURVATURE)
    expect_descent(student.gd_nesterov, oracle, bowl, 0.15, 0.6, 40, nesterov=True)


@check(
    part="1.2",
    points=2,
    needs="check_nesterov_of_the_worked_example",
    hint="handout, task 1.2: where is the gradient taken?",
    requires=("R1.2b", "R1a:gd_nesterov"),
)
def check_nesterov_takes_its_gradients_ahead(student, oracle, rng, data, budgets):
    """Nesterov's momentum takes one gradient a step, at the point that momentum leads to.

    Why: The same gradients at other points are another algorithm, with another rate.
    Oracle: The recorded calls of the gradient, against points extrapolated from the closed form.
    """
    bowl = data.Bowl(rng, CURVATURE)
    path = expect_descent(student.gd_nesterov, oracle, bowl, 0.15, 0.6, 30, nesterov=True)
    budgets.counted("gradient_calls", len(bowl.points), sizes={"T": 30})
    _expect_points(bowl, oracle.look_ahead(path[:-1], 0.6))


@check(
    part="1.2",
    points=1,
    needs="check_nesterov_of_the_worked_example",
    hint="handout, part 1: the result",
    requires=("R1b:gd_nesterov", "R1.2a", "R0a:gd_nesterov"),
    judged_by="check_nesterov_takes_its_gradients_ahead",
    unjudged={"*.asked.0: dtype": "of which dtype w is when grad is called is not required"},
)
def check_nesterov_keeps_shape_and_type(student, oracle, rng, data):
    """Nesterov's momentum returns w0's dtype and T + 1 arrays of w0's shape: for T = 3, 1 and 0.

    Why: A model may be stored in float32 and have any shape, and w_0 alone is a path as well.
    Oracle: The closed form of every entry, without any step.
    """
    for curvature, alpha, beta, T, dtype in SMALL:
        bowl = data.Bowl(rng, curvature, dtype)
        expect_descent(student.gd_nesterov, oracle, bowl, alpha, beta, T, nesterov=True)


@check(part="1.3", points=1, hint="handout, task 1.3", requires="R1.3a")
def check_best_momentum_for_one_hundred(student):
    """For curvatures from 1 to 100, alpha is 4/121 and beta is 81/121.

    Why: With sqrt(kappa) = 10 the formulas are easy to compute by hand, and beta is not 0.9.
    Oracle: By hand: (10 + 1)^2 = 121, ((10 - 1) / (10 + 1))^2 = 81/121.
    """
    _expect_pair(student.optimal_momentum(1.0, 100.0), (4 / 121, 81 / 121), "mu = 1, L = 100")


@check(part="1.3", points=1, hint="handout, task 1.3", requires="R1.3a")
def check_best_momentum_is_a_double_root(student, oracle, rng):
    """alpha and beta give a double root at both ends of the spectrum, for three other spectra.

    Why: Any other setting makes one end faster and the other one slower.
    Oracle: The double root that both ends must have, found by bisection.
    """
    for kappa in (3.0, 40.0, 700.0):
        mu = float(rng.uniform(0.2, 5.0))
        want = oracle.best_momentum(mu, kappa * mu)
        case = f"mu = {mu:.3g}, L = {kappa:g} mu"
        _expect_pair(student.optimal_momentum(mu, kappa * mu), want, case)


def _expect_pair(answer, want, case):
    """The pair (alpha, beta) that is wanted."""
    pair = expect.items(answer, 2, what="(alpha, beta)")
    for name, got, wanted in zip(("alpha", "beta"), pair, want, strict=True):
        within = rounding(terms=4, condition=1e3, why="1 - r loses digits for large kappa")
        expect.close(got, wanted, within=within, what=f"{name} for {case}")
