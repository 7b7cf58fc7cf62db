"""Part 3 on other numbers of ranks, shapes and types."""

import numpy as np

from autograder.grading import check, rounding
from expectations import expect_messages
from expectations_steps import expect_on_all, on_ranks, run_steps, run_weighted


@check(part="3.2", points=1, hint="handout, task 3.2", requires=("R3.2b", "R0a:ddp_step"))
def check_steps_of_other_shapes_and_ranks(student, rng, data, cluster):
    """Steps are right on 1, 2 and 5 ranks, for arrays of no axis and of three.

    Why: A bucket is flat, and what comes out of it has its shape again.
    Oracle: A closed form: for losses x sum(w) + y |w|^2 / 2 the gradient is mean(x) + mean(y) w.
    """

    def gradient(params, X, Y):
        return [np.sum(X) + np.sum(Y) * w for w in params]

    for N, b, bucket_bytes in ((1, 3, 100), (2, 1, 8), (5, 2, 72)):
        params = data.arrays(rng, ((), (2, 1, 3), (4,), (1, 1)))
        X, Y = data.examples(rng, N, b, d=1, k=1)
        run = run_steps(
            student.programs.ddp_step,
            cluster,
            on_ranks(gradient, params, X, Y),
            params,
            0.3,
            bucket_bytes,
        )
        want = [w - 0.3 * (np.mean(X) + np.mean(Y) * w) for w in params]
        expect_on_all(run, want, f"the parameters of {N} ranks")


@check(part="3.3", points=1, hint="handout, task 3.3", requires=("R3.3a", "R3.3b"))
def check_weighted_steps_of_other_counts(student, oracle, rng, data, cluster):
    """Weighted steps are right on 1, 2 and 5 ranks with other counts, and in float32.

    Why: Where all counts are equal, wrong ways of dividing are right.
    Oracle: One process with the valid examples of all ranks, one after another.
    """
    for counts, dtype in (
        ((3,), np.float64),
        ((0,), np.float64),
        ((1, 6), np.float32),
        ((0, 6, 0, 1, 2), np.float64),
    ):
        params = [data.read_only(w.astype(dtype)) for w in data.parameters(rng, (2, 3, 1))]
        X, Y = (a.astype(dtype) for a in data.examples(rng, len(counts), 6, d=2, k=1))
        X, Y = data.read_only(X), data.read_only(Y)
        valid = data.valid(rng, counts, 6)
        examples = on_ranks(data.gradient, params, X, Y)
        run = run_weighted(student, cluster, examples, valid, params, 0.4, 40)
        want = oracle.weighted_step(params, X, Y, valid, 0.4)
        expect_on_all(run, want, f"with {counts} valid examples, the parameters", dtype=dtype)
        expect_messages(run, dtype)
        for rank, (each, marks) in enumerate(zip(examples, valid, strict=True)):
            each.expect_asked(marks, who=f"grad_fn of rank {rank}")


@check(part="3.4", points=1, hint="handout, task 3.4", requires="R3.4a")
def check_local_steps_of_other_periods(student, oracle, rng, data, cluster):
    """Local SGD is right on 1, 2 and 4 ranks, for H from 1 to the number of steps.

    Why: With H = 1 and without momentum it is data parallel training, with one rank plain SGD.
    Oracle: One rank after another, one example after another.
    """
    for N, K, beta, H in ((1, 4, 0.9, 2), (2, 5, 0.0, 1), (4, 5, 0.6, 2), (2, 3, 0.9, 3)):
        params = data.parameters(rng, (2, 2, 1))
        X, Y = data.examples(rng, N, K, 3, d=2, k=1)
        examples = on_ranks(data.gradient, params, X, Y)
        run = run_steps(student.programs.local_sgd, cluster, examples, params, 0.3, beta, H)
        within = rounding(terms=40, condition=10)
        want = oracle.local_sgd(params, X, Y, 0.3, beta, H)
        expect_on_all(run, want, f"for N = {N}, H = {H}, the parameters", within)
