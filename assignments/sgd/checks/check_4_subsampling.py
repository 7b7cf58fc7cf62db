"""Part 4: the error rate, estimated from a subsample."""

import numpy as np

from autograder.grading import check, expect, recipe, rounding
from expectations import expect_global_generators_untouched


def _pair(value):
    """The two numbers that estimate_error returns."""
    estimate, half_width = expect.items(value, 2, what="(estimate, half_width)")
    estimate = expect.number(estimate, low=0.0, high=1.0, what="the estimate")
    return estimate, expect.number(half_width, low=0.0, what="the half width")


@check(
    part="4.1",
    points=2,
    hint="handout, task 4.1",
    requires=("R4.1a", "R4.1c", "R0a:estimate_error", "R0b:estimate_error"),
    judged_by="check_half_width_is_that_of_hoeffding",
)
def check_estimate_is_the_error_on_the_drawn_sample(student, oracle, rng, data):
    """The estimate is the error rate on the rows that rng.integers(n, size=nsamples) draws.

    Why: An estimate is only as good as its sample, and only a sample drawn as agreed can be
    repeated.
    Oracle: A loop over the rows that a second generator of the same seed draws, one example at a
    time; twelve estimates from one generator, each of which begins where the one before ended.
    """
    W, X, Y = data.random_problem(rng, n=50, d=4, c=3)
    for nsamples in (30, 70):
        seed = int(rng.integers(2**31))
        answer = student.estimate_error(W, X, Y, nsamples, np.random.default_rng(seed))

        want = oracle.sampled_errors(W, X, Y, nsamples, seed, 12)
        within = rounding(terms=nsamples, why="a quotient of counts")
        expect.close(_pair(answer)[0], want[0], within=within, what="the estimate")
        estimates = student.programs.estimates(W, X, Y, nsamples, seed, 12)
        what = "the estimate of a later call, one of 12 with one generator,"
        expect.close(estimates, want, within=within, what=what)
    draws = np.random.default_rng(seed)
    expect_global_generators_untouched(student, rng, "estimate_error", W, X, Y, 30, draws)


@check(
    part="4.1",
    points=1,
    hint="handout, task 4.1: Hoeffding's inequality",
    requires=("R4.1b", "R4.1c"),
    judged_by="check_estimate_is_the_error_on_the_drawn_sample",
)
def check_half_width_is_that_of_hoeffding(student, oracle, rng, data):
    """The half width solves 2 exp(-2 nsamples t^2) = delta for t.

    Why: Half the width falls as 1/sqrt(nsamples), whatever the data and however large n is.
    Oracle: Hoeffding's bound solved for t by bisection, without the formula that you derive.
    """
    W, X, Y = data.random_problem(rng, n=50, d=4, c=3)

    for nsamples, delta in (
        (10, 0.05),
        (300, 0.05),
        (300, 0.2),
        (int(rng.integers(20, 200)), 0.01),
    ):
        given = {} if delta == 0.05 else {"delta": delta}  # 0.05 is the default of the contract
        answer = student.estimate_error(W, X, Y, nsamples, np.random.default_rng(1), **given)
        what = f"the half width for {nsamples} samples and delta = {delta}"
        want = oracle.half_width(nsamples, delta)
        expect.close(_pair(answer)[1], want, within=rounding(terms=1), what=what)


@check(
    part="4.1",
    points=2,
    hint="handout, task 4.1: with replacement",
    requires="R4.1a",
    judged_by="check_estimate_is_the_error_on_the_drawn_sample",
)
def check_estimates_scatter_as_draws_with_replacement(student, oracle, rng, data):
    """2000 estimates average to the error rate, with the variance of draws with replacement.

    Why: The spread of many estimates shows what one of them cannot: whether the sampling is the one
    that the formula assumes.
    Oracle: The binomial law: mean p and variance p (1 - p) / nsamples, with p counted in a loop
    over all examples; the allowance is six standard deviations and more.
    """
    W, X, Y = data.random_problem(rng, n=40, d=4, c=3)
    seed = int(rng.integers(2**31))
    estimates = student.programs.estimates(W, X, Y, 30, seed, 2000)

    error = oracle.error_rate(W, X, Y)
    variance = error * (1 - error) / 30
    expect.array(estimates, shape=(2000,), what="2000 estimates")
    expect.close(
        float(estimates.mean()),
        error,
        rtol=0.0,
        atol=6 * float(np.sqrt(variance / 2000)),
        why="six standard deviations of a mean of 2000",
        what="the mean of the estimates",
    )
    expect.close(
        float(estimates.var()),
        variance,
        rtol=0.25,
        why="eight standard deviations of a variance of 2000",
        what="the variance of the estimates",
    )


@check(
    part="4.1",
    points=1,
    needs="check_estimate_is_the_error_on_the_drawn_sample",
    hint="handout, task 4.1: what is computed for examples outside the sample?",
    requires="R4.1d",
)
def check_estimate_touches_only_its_sample(student, oracle, rng, budgets):
    """An estimate from 1000 of 60 000 examples needs memory for 1000.

    Why: Statistics makes large data cheap only where the code leaves the rest of the data alone.
    Oracle: Bytes counted by the allocators during your call, against a formula in which n does not
    occur; the estimate is compared with the share of the drawn rows in which another class wins.
    """
    n, m, d, c = int(rng.integers(60_000, 60_100)), int(rng.integers(1000, 1050)), 50, 100

    def inputs(rng):
        seeds = [int(seed) for seed in rng.integers(2**31, size=4)]
        W = recipe("standard_normal", seed=seeds[0], shape=(c, d))
        X = recipe("uniform", seed=seeds[1], shape=(n, d))
        Y = recipe("one_hot", seed=seeds[2], shape=(n,), classes=c)
        return W, X, Y, m, seeds[3], 1

    def expected(W, X, Y, m, seed, _):
        rows = np.random.default_rng(seed).integers(n, size=m)
        return np.array([oracle.error_on_rows(W, X, Y, rows)])

    def verify(_, estimates, want):
        within = rounding(terms=m, why="a quotient of counts")
        expect.close(estimates, want, within=within, what="the estimate")

    budgets.memory(
        "subsample_memory",
        student.programs.estimates,
        inputs=inputs,
        sizes={"m": m, "d": d, "c": c},
        expected=expected,
        verify=verify,
    )
