"""Part 4 on other sizes, bits and blocks."""

import numpy as np

from autograder.grading import check
from expectations import expect_exact, expect_factors, expect_step


@check(part="4.1", points=1, hint="handout, task 4.1", requires=("R4.1a", "R4.1b"))
def check_steps_through_all_columns(student, oracle, rng, data):
    """Steps are right until no column is left, for one column too, and where no weight moves.

    Why: In the last step there is nothing left that could make the error good.
    Oracle: The normal equations for the columns that are left, solved anew after each step.
    """
    for d in (1, 2, int(rng.integers(5, 9))):
        X = data.inputs(rng, 5 * d, d, 0.6)
        H, w = X.T @ X, rng.standard_normal(d)
        places = [int(j) for j in rng.permutation(d)]
        values = [float(v) for v in np.rint(2 * w[places]) / 2]
        values[0] = float(w[places[0]])
        states = oracle.obq_steps(H, w, places, values)
        condition = float(np.linalg.cond(H))
        for t, (j, value) in enumerate(zip(places, values, strict=True)):
            state = [data.read_only(array) for array in states[t]]
            expect_step(student, state, j, value, states[t + 1], condition)


@check(part="4.3", points=1, hint="handout, task 4.3", requires=("R4.3a", "R4.3b", "R4.3c"))
def check_gptq_of_other_sizes(student, oracle, rng, data):
    """Codes are right for one row, one column, other bits, and blocks that do not fit.

    Why: The last block is shorter, or longer than all columns.
    Oracle: Babai's nearest planes.
    """
    for rows, d, bits, symmetric, blocks in (
        *((1, 1, 4, True, (1, 3)), (1, 40, 2, True, (2, 39, 41)), (7, 33, 8, False, (16, 32))),
        (3, int(rng.integers(130, 140)), 3, False, (64, 5)),
    ):
        U, W = data.upper_factor(rng, d), data.read_only(rng.standard_normal((rows, d)))
        scale, zero = data.scales_of_entries(rng, W.shape, bits, symmetric)
        want = oracle.nearest_plane(W, U, scale, zero, bits, symmetric)
        for block in blocks:
            codes = student.gptq(W, U, scale, zero, bits, symmetric, block)
            expect_exact(codes, want, f"the codes of {d} columns in blocks of {block}")


@check(part="4.5", points=1, hint="handout, task 4.5", requires="R4.5a")
def check_salient_factors_of_other_sizes(student, oracle, rng, data):
    """Factors and alpha are right for one large column, for none, and for negative powers.

    Why: The best alpha depends on how much larger the large columns are.
    Oracle: Each candidate in loops, with exactly rounded sums.
    """
    for factor, bits, group in ((100.0, 4, 3), (8.0, 3, 10), (1.0, 2, 4)):
        X = np.array(data.inputs(rng, 25, 10, 0.4))
        X[:, int(rng.integers(10))] *= factor
        W = data.read_only(rng.standard_normal((4, 10)))
        alphas = [-0.5, 0.1, 0.3, 0.9, 0.6]
        case = W, data.read_only(X), bits, group, alphas
        expect_factors(student.awq_scale(*case), oracle, *case)
