"""Part 3: fewer messages, older gradients, and how large a batch has to be."""

import itertools

import numpy as np

from autograder.grading import check, expect, rounding
from expectations_steps import (
    expect_given,
    expect_on_all,
    on_ranks,
    run_steps,
)


@check(part="3.4", points=2, hint="handout, task 3.4", requires="R3.4a")
def check_local_steps_with_averages(student, oracle, rng, data, cluster):
    """Seven local steps with momentum, averaged after steps 3, 6 and 7, are those of a loop.

    Why: Velocities that are averaged or set back make another method, with almost the same loss.
    Oracle: One rank after another, one example after another, with exactly rounded sums.
    """
    params = data.parameters(rng, (2, 3, 2))
    X, Y = data.examples(rng, 3, 7, 2, d=2, k=2)
    for beta, H in ((0.8, 3), (0.8, 1), (0.5, 20)):
        examples = on_ranks(data.gradient, params, X, Y)
        run = run_steps(student.programs.local_sgd, cluster, examples, params, 0.2, beta, H)
        want = oracle.local_sgd(params, X, Y, 0.2, beta, H)
        within = rounding(terms=40, condition=10)
        expect_on_all(run, want, f"with H = {H}, the parameters", within)


@check(
    part="3.4",
    points=1,
    needs="check_local_steps_with_averages",
    hint="handout, task 3.4: how often?",
    requires=("R3.4b", "R0c:local_sgd"),
)
def check_one_all_reduce_for_each_average(student, oracle, rng, data, cluster, budgets):
    """Six steps with H = 3 are two averages, and two all-reduces of all parameters.

    Why: Local SGD is there to communicate less: once more at the end, and half is lost.
    Oracle: Messages, counted by the network.
    """
    params = data.parameters(rng, (2, 3, 2))
    X, Y = data.examples(rng, 4, 6, 2, d=2, k=2)
    run = run_steps(
        student.programs.local_sgd,
        cluster,
        on_ranks(data.gradient, params, X, Y),
        params,
        0.2,
        0.7,
        3,
    )
    within = rounding(terms=40, condition=10)
    expect_on_all(run, oracle.local_sgd(params, X, Y, 0.2, 0.7, 3), "the parameters", within)
    budgets.counted("local_messages", max(run.messages), sizes={"N": 4, "averages": 2})
    expect_given(run, "all_reduce")


@check(
    part="3.5",
    points=1,
    hint="handout, task 3.5",
    requires="R3.5a",
    unjudged={"stale_sgd(*).asked.0: previous": "any point of the path may be asked for"},
)
def check_stale_steps_use_old_gradients(student, oracle, rng, data):
    """Rows are w_0 to w_steps, each step from the last point with the gradient of an older one.

    Why: With the old point as the base too, the run falls into tau + 1 runs of their own.
    Oracle: Exact rationals. Gradients are asked for at points of the path only, as recorded.
    """
    h, c, w0 = (data.read_only(rng.uniform(0.5, 2.0, size=3)) for _ in range(3))
    for tau, steps in ((0, 5), (1, 6), (3, 9), (6, 4)):
        asked = []

        def grad(w, asked=asked):
            asked.append(expect.array(w, shape=(3,), what="w of grad"))
            return h * (w - c)

        got = student.stale_sgd(grad, w0, 0.2, tau, steps)
        want = oracle.stale_path(h, c, w0, 0.2, tau, steps)
        within = rounding(terms=10, condition=4)
        expect.close(got, want, within=within, what=f"the path with tau = {tau}")
        for w in asked:  # at once, or when it is used: both are right
            near = np.abs(want - w).max(axis=1).argmin()
            what = f"with tau = {tau}, the point at which a gradient was asked for"
            expect.close(w, want[near], within=within, what=what)


@check(part="3.5", points=1, hint="handout, task 3.5: the border", requires="R3.5b")
def check_border_of_stability(student, oracle, rng):
    """The largest stable step for tau = 0, 1, 2, 3, 5, 10 is where a root reaches the unit circle.

    Why: Old gradients cost step size: about half of it for each doubling of tau.
    Oracle: The roots of z^(tau+1) = z^tau - x, found numerically; x by bisection.
    """
    for tau in (0, 1, 2, 3, 5, 10):
        curvature = float(rng.uniform(0.3, 3.0))
        expect.close(
            student.largest_stable_step(curvature, tau),
            oracle.border(tau) / curvature,
            rtol=1e-9,
            why="the bisection ends at 1e-13, and roots near the circle are rounded",
            what=f"the largest stable step with tau = {tau}",
        )


@check(
    part="3.5",
    points=1,
    needs=("check_stale_steps_use_old_gradients", "check_border_of_stability"),
    hint="handout, task 3.5: the border",
    requires="R3.5b",
    unjudged={
        "stale_sgd(*).asked.0: *": "check_stale_steps_use_old_gradients judges it",
        "stale_sgd(*).returned: *": "only the size at the end of a run is judged here",
    },
)
def check_runs_on_both_sides_of_the_border(student, oracle):
    """At 90 % of the border a run converges, at 110 % it diverges.

    Why: A formula is worth what it predicts.
    Oracle: The sizes of the first and of the last steps of the run, compared.
    """
    for tau in (0, 2, 4):
        for share, verb in ((0.9, "converges"), (1.1, "diverges")):
            lr = share * oracle.border(tau)
            grad = expect.calls(lambda w: w, at_most=400)
            path = student.stale_sgd(grad, np.ones(1), lr, tau, 200)
            expect.array(path, shape=(201, 1), what="the path")
            late = float(np.abs(path[-20:]).max())
            what = f"with tau = {tau}, at {100 * share:.0f} % of the border"
            told = f"{what} a run {verb}, and w is {late:.3g} at its end"
            expect.that(late < 0.5 if share < 1 else late > 2, told)
            expect.close(
                student.largest_stable_step(1.0, tau), lr / share, rtol=1e-9, why="a bisection"
            )


@check(part="3.6", points=1, hint="handout, task 3.6: two equations", requires="R3.6a")
def check_noise_scale_of_two_batches(student):
    """Squared norms 10 and 6 of batches of 2 and 6 examples are |G|^2 = 4 and tr(S) = 12.

    Why: Two batch sizes that training has anyway tell which one would be enough.
    Oracle: By hand: 4 + 12/2 = 10, and 4 + 12/6 = 6.
    """
    _expect_pair(student.noise_scale(10.0, 2, 6.0, 6), 4.0, 12.0)


def _expect_pair(got, squared, trace):
    """The two estimates."""
    pair = expect.items(got, 2, what="the estimates")
    for value, want, name in zip(pair, (squared, trace), ("|G|^2", "tr(S)"), strict=True):
        within = rounding(terms=10, condition=10, size=10.0, why="differences of squares")
        expect.close(value, want, within=within, what=f"the estimate of {name}")


@check(
    part="3.6",
    points=1,
    hint="handout, task 3.6",
    requires="R3.6a",
    unjudged={"noise_scale(*).returned.1: previous": "a mean over all batches has no order"},
)
def check_noise_scale_is_without_bias(student, rng):
    """The mean of the estimates over all batches of three of five gradients is |G|^2 and tr(S).

    Why: The squared norm of a mean of few is too large, by the noise that is in it.
    Oracle: All 125 batches with replacement, enumerated; the two numbers from their definitions.
    """
    gradients = rng.standard_normal((5, 2)) + 0.3
    G = gradients.mean(axis=0)
    trace = float(((gradients - G) ** 2).sum() / 5)
    sums = np.zeros(2)
    for batch in itertools.product(range(5), repeat=3):
        small = float((gradients[batch[0]] ** 2).sum())
        big = float((gradients[list(batch)].mean(axis=0) ** 2).sum())
        pair = expect.items(student.noise_scale(small, 1, big, 3), 2, what="the estimates")
        sums += [expect.number(value, what="an estimate") for value in pair]
    _expect_pair(tuple(sums / 125), float(G @ G), trace)
