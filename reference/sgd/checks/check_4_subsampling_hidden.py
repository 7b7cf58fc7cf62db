"""Part 4 on other inputs."""

import numpy as np

from autograder.grading import check, expect


@check(part="4.1", points=1, hint="handout, task 4.1")
def check_estimates_of_other_sizes(student, oracle, rng, data):
    """The estimate is right for one sample, and for more samples than examples."""
    for n, nsamples in ((9, 40), (60, 1), (25, 25)):
        W, X, Y = data.random_problem(rng, n=n, d=4, c=3)
        seed = int(rng.integers(2**31))
        answer = student.estimate_error(W, X, Y, nsamples, np.random.default_rng(seed))

        fits = isinstance(answer, (tuple, list)) and len(answer) == 2
        expect.that(fits, "estimate_error must return the pair (estimate, half_width)")
        what = f"the estimate from {nsamples} samples of {n} examples"
        want = oracle.sampled_error(W, X, Y, nsamples, seed)
        expect.close(answer[0], want, rtol=1e-12, why="a quotient of counts", what=what)


@check(part="4.1", points=1, hint="handout, task 4.1")
def check_interval_covers_the_error_rate(student, oracle, rng, data):
    """At least 95 % of 1000 intervals contain the error rate of all examples."""
    W, X, Y = data.random_problem(rng, n=80, d=4, c=3)
    answers = student.programs.estimates(W, X, Y, 20, int(rng.integers(2**31)), 1000)

    expect.array(answers, shape=(1000, 2), what="1000 pairs (estimate, half_width)")
    covered = np.abs(answers[:, 0] - oracle.error_rate(W, X, Y)) <= answers[:, 1]
    # for 20 samples the interval is wider than needed: about 99 % of them contain it
    expect.number(float(covered.mean()), low=0.95, what="the share of intervals that contain it")
    widest = float(answers[:, 1].max())
    expect.number(widest, high=0.4, what="the half width for 20 samples")
