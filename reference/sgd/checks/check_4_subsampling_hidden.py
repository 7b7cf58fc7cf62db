"""Part 4 on other inputs."""

import numpy as np

from autograder.grading import check, expect, rounding


@check(
    part="4.1",
    points=1,
    hint="handout, task 4.1",
    requires=("R4.1a", "R4.1b", "R4.1c", "R0a:estimate_error"),
)
def check_estimates_of_other_sizes(student, oracle, rng, data):
    """The estimate is right for one sample, and for more samples than examples.

    Why: More samples than examples is no mistake: with replacement nothing runs out.
    Oracle: A loop over the rows that a second generator of the same seed draws, one example at a
    time.
    """
    for n, nsamples in ((9, 40), (60, 1), (25, 25)):
        W, X, Y = data.random_problem(rng, n=n, d=4, c=3)
        seed = int(rng.integers(2**31))
        answer = student.estimate_error(W, X, Y, nsamples, np.random.default_rng(seed))

        estimate, half_width = expect.items(answer, 2, what="(estimate, half_width)")
        what = f"the estimate from {nsamples} samples of {n} examples"
        want = oracle.sampled_errors(W, X, Y, nsamples, seed, 1)[0]
        within = rounding(terms=nsamples, why="a quotient of counts")
        expect.close(estimate, want, within=within, what=what)
        want = oracle.half_width(nsamples, 0.05)
        expect.close(half_width, want, within=rounding(terms=1), what="its half width")


@check(
    part="4.1",
    points=1,
    hint="handout, task 4.1",
    requires=("R4.1b", "R4.1a"),
    judged_by=(
        "check_estimate_is_the_error_on_the_drawn_sample",
        "check_estimates_of_other_sizes",
    ),
)
def check_interval_covers_the_error_rate(student, oracle, rng, data):
    """At least 95 % of 1000 intervals contain the error rate of all examples.

    Why: A confidence interval is a promise about repetitions, so it is tested by repeating.
    Oracle: The error rate counted in a loop over all examples; the share of 1000 intervals that
    hold it, and a bound that the right width stays below.
    """
    W, X, Y = data.random_problem(rng, n=80, d=4, c=3)
    estimates = student.programs.estimates(W, X, Y, 20, int(rng.integers(2**31)), 1000)
    answer = student.estimate_error(W, X, Y, 20, np.random.default_rng(1))

    expect.array(estimates, shape=(1000,), what="1000 estimates")
    _, half_width = expect.items(answer, 2, what="(estimate, half_width)")
    expect.close(
        half_width, oracle.half_width(20, 0.05), within=rounding(terms=1), what="the half width"
    )
    covered = np.abs(estimates - oracle.error_rate(W, X, Y)) <= half_width
    # for 20 samples the interval is wider than needed: about 99 % of them contain it
    expect.number(float(covered.mean()), low=0.95, what="the share of intervals that contain it")
