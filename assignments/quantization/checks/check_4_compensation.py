"""Part 4: rounding with compensation.

The grader makes every H and U, so no task needs another one. A check asks for its larger examples
first: a mistake is recognised by many numbers, and explained by few.
"""

import numpy as np

from autograder.grading import check, expect, rounding
from expectations import expect_exact, expect_step


@check(part="4.1", points=1, hint="handout, the worked examples of part 4", requires="R4.1a")
def check_step_of_the_worked_example(student):
    """Of the weights 3/4 and 1/4 the first becomes 1, and the second moves to 1/8.

    Why: With inputs that are correlated, one weight can make good what another one loses.
    Oracle: By hand, from H = [[2, 1], [1, 2]].
    """
    H_inv = np.array([[2.0, -1.0], [-1.0, 2.0]]) / 3
    w, rest = expect.items(student.obq_step(np.array([0.75, 0.25]), H_inv, 0, 1.0), 2)
    expect.close(w, np.array([1.0, 0.125]), within=rounding(terms=2), what="w")
    want = np.array([[0.0, 0.0], [0.0, 0.5]])
    expect.close(rest, want, within=rounding(terms=2), what="the new H_inv")


@check(
    part="4.1",
    points=2,
    hint="handout, task 4.1: the sign of the move, and what is left of the inverse",
    requires=("R4.1a", "R4.1b", "R0a:obq_step"),
)
def check_steps_minimise_the_error(student, oracle, rng, data):
    """After each of five steps the columns that are left have the least error of the outputs.

    Why: GPTQ is these steps, made for all rows at once.
    Oracle: The normal equations for the columns that are left, solved anew after each step.
    """
    d = 9
    X = data.inputs(rng, 40, d, 0.8)
    H = X.T @ X
    places = [int(j) for j in rng.permutation(d)[:5]]
    values = [float(v) for v in np.rint(2 * rng.standard_normal(5)) / 2]
    states = oracle.obq_steps(H, rng.standard_normal(d), places, values)
    condition = float(np.linalg.cond(H))
    for t, (j, value) in enumerate(zip(places, values, strict=True)):
        state = [data.read_only(array) for array in states[t]]
        expect_step(student, state, j, value, states[t + 1], condition)


@check(part="4.2", points=1, hint="handout, task 4.2", requires="R4.2a")
def check_damping_of_the_diagonal(student, oracle, rng, data):
    """Half of the mean 2 is added to both diagonal entries, and a column without inputs gets 1.

    Why: Damping keeps the inverse tame; damped by its largest entry, H forgets all small columns.
    Oracle: By hand, and entry by entry for columns of unequal sizes, two of them dead.
    """
    X = np.array(data.inputs(rng, 30, 7, 0.8))
    X[:, [2, 5]] = 0.0
    H = data.read_only(X.T @ X)
    answer = student.damped(H, 0.03)
    for small, damp, want in (
        ([[2.0, 1.0], [1.0, 2.0]], 0.5, [[3.0, 1.0], [1.0, 3.0]]),
        ([[4.0, 0.0], [0.0, 0.0]], 0.01, [[4.02, 0.0], [0.0, 1.0]]),
    ):
        got = student.damped(data.read_only(np.array(small)), damp)
        what = f"damped({small}, {damp})"
        expect.close(got, np.array(want), within=rounding(terms=2), what=what)
    got = expect.array(answer, shape=(7, 7), what="the damped H")
    off = ~np.eye(7, dtype=bool)
    expect.that(np.all(got[off] == H[off]), "an entry beside the diagonal has changed")
    want = np.diag(oracle.damped(H, 0.03))
    expect.close(np.diag(got), want, within=rounding(terms=7), what="the damped diagonal")


@check(part="4.2", points=1, hint="handout, task 4.2: which factor?", requires="R4.2b")
def check_factor_of_the_inverse(student, oracle, rng, data):
    """U is upper triangular with a positive diagonal, and U^T U is the inverse of H.

    Why: Its row j has what column j needs, when all columns before it are fixed.
    Oracle: By hand for [[2, 1], [1, 2]]; for others the inverse over columns j to d, for each j.
    """
    inputs = [data.inputs(rng, 4 * d, d, 0.8) for d in (1, 6, 11)]
    asked = [data.read_only(X.T @ X) for X in inputs]
    answers = [student.inverse_factor(H) for H in asked]
    H = data.read_only(np.array([[2.0, 1.0], [1.0, 2.0]]))
    want = np.sqrt([[2 / 3, 1 / 6], [0, 1 / 2]]) * [[1, -1], [1, 1]]
    expect.close(student.inverse_factor(H), want, within=rounding(terms=2), what="U of 2 x 2")
    for H, U in zip(asked, answers, strict=True):
        d = len(H)
        within = rounding(terms=d, condition=float(np.linalg.cond(H)), why="the inverse of H")
        expect.close(U, oracle.inverse_factor(H), within=within, what=f"U of {d} x {d}")
        expect.that(not np.any(np.tril(U, -1)), "U has entries below its diagonal that are not 0")


@check(
    part="4.2",
    points=1,
    needs="check_factor_of_the_inverse",
    hint="handout, task 4.2: how many factorisations?",
    requires="R4.2c",
)
def check_factor_takes_little_time(student, budgets):
    """The factor of 400 x 400 takes the time of a few factorisations, not of one for each column.

    Why: An inverse for each column is O(d^4): for a layer of 4096 columns weeks, and not seconds.
    Oracle: CPU time of an inverse, measured beside it; the product with H is the identity.
    """

    def inputs(rng):
        X = rng.standard_normal((800, 400))
        return (X.T @ X,)

    def verify(arguments, U, _):
        expect.array(U, shape=(400, 400), what="U")
        upper = not np.any(np.tril(U, -1)) and bool(np.all(np.diag(U) > 0))
        expect.that(upper, "U is not upper triangular with a positive diagonal")
        product, within = U @ arguments[0] @ U.T, rounding(terms=400, condition=40.0)
        expect.close(product, np.eye(400), within=within, what="U H U^T")

    budgets.time("factor_time", student.inverse_factor, inputs=inputs, verify=verify)


@check(part="4.3", points=1, hint="handout, the worked examples of part 4", requires="R4.3a")
def check_gptq_of_the_worked_example(student):
    """Three weights 0.4 become 0, 1, 0 for H = I + 11^T, and 0, 0, 0 for H = I.

    Why: The second column makes good what the first one lost.
    Oracle: By hand.
    """
    w, one, none = np.full((1, 3), 0.4), np.ones((1, 3)), np.zeros((1, 3))
    rows = [[3 / 4, -1 / 4, -1 / 4], [0, 2 / 3, -1 / 3], [0, 0, 1 / 2]]
    U = np.array([np.divide(row, np.sqrt(row[j])) for j, row in enumerate(rows)])
    for factor, want, what in ((U, [0, 1, 0], "I + 11^T"), (np.eye(3), [0, 0, 0], "I")):
        codes = student.gptq(w, factor, one, none, 4, True)
        expect_exact(codes, np.array([want], np.int8), f"the codes for H = {what}")


@check(
    part="4.3",
    points=2,
    hint="handout, task 4.3: one column after another; its error, over what?",
    requires=("R4.3a", "R4.3b", "R4.3c", "R0a:gptq"),
)
def check_gptq_makes_exact_steps(student, oracle, rng, data):
    """The codes are those of exact steps, for blocks of 1, 3 and 64 columns.

    Why: One factor and blocks make the steps fast, and change none of them.
    Oracle: The normal equations for the columns that are left, solved anew for each column: O(d^4).
    Each entry has a scale of its own, so a scale that is computed again is another one.
    """
    cases = []
    for d, bits, symmetric in ((5, 4, True), (10, 2, False), (16, 3, True), (13, 4, False)):
        X = data.inputs(rng, 3 * d, d, 0.8)
        H = oracle.damped(X.T @ X, 0.01)
        U = data.read_only(oracle.inverse_factor(H))
        W = data.read_only(rng.standard_normal((6, d)))
        scale, zero = data.scales_of_entries(rng, W.shape, bits, symmetric)
        want = oracle.exact_steps(W, H, scale, zero, bits, symmetric)
        given = W, U, scale, zero, bits, symmetric
        cases += [(block, want, student.gptq(*given, block)) for block in (64, 1, 3)]
    for block, want, codes in cases:
        what = f"the codes of {want.shape[1]} columns in blocks of {block}"
        expect_exact(codes, want, what)


@check(
    part="4.3",
    points=1,
    hint="handout, task 4.3: blocks, and dtypes",
    requires=("R4.3a", "R4.3c"),
)
def check_gptq_has_the_same_codes_in_all_blocks(student, oracle, rng, data):
    """For 100 columns, blocks of 1, 7, 64 and 100 columns lead to the same codes.

    Why: Released libraries lost the errors of all blocks but the first, and only tests with
    several blocks see it.
    Oracle: Babai's nearest planes, which find the same codes without an inverse and without blocks.
    Numbers in the first column are so near to ties that float32 does not tell them apart.
    """
    U, W = data.upper_factor(rng, 100), rng.standard_normal((8, 100))
    scale, zero = (np.array(part) for part in data.scales_of_entries(rng, W.shape, 4, False))
    scale[:, 0] = 0.25
    W[:, 0] = 0.5 * rng.integers(-1, 2, size=8) + 0.125 + 2.0**-34
    given = [data.read_only(array) for array in (W, U, scale, zero)]
    want = oracle.nearest_plane(*given, 4, False)
    sizes = {"blocks of 1": (1,), "one block": (100,), "blocks of 7": (7,), "blocks of 64": ()}
    answers = {name: student.gptq(*given, 4, False, *block) for name, block in sizes.items()}
    for name, codes in answers.items():
        expect_exact(codes, want, f"the codes in {name}")


@check(
    part="4.3",
    points=1,
    hint="handout, task 4.3: what is compensated?",
    requires=("R4.3a", "R4.3b"),
    unjudged={
        "gptq(1).returned: *": "its error is judged, in each row; the codes are in other checks"
    },
)
def check_gptq_stays_below_its_bound(student, rng, data):
    """Where neighbours are correlated by 0.9, the error is below its bound and 1/3 of rounding's.

    Why: This is what compensation is for; where inputs are not correlated, there is none.
    Oracle: A theorem: without clipping a row's error is at most the sum of scale^2 / 4 / U_jj^2. In
    200 seeds it was at most 0.46 of that, and 1/5.6 to 1/4.5 of the error of rounding.
    """
    W = data.read_only(rng.standard_normal((96, 128)))
    scale = np.abs(W).max(axis=1, keepdims=True) / 3 * np.ones(128)
    zero, U = np.zeros(W.shape), data.factor_of_neighbours(128, 0.9)
    codes = student.gptq(W, U, scale, zero, 8, True)
    expect.array(codes, shape=W.shape, dtype=np.int8, what="the codes")
    nearest = np.rint(W / scale)

    def errors(of):
        return (np.linalg.solve(U.T, (W - scale * of).T) ** 2).sum(axis=0)

    got, rounded = errors(codes), errors(nearest)
    bound = scale[:, 0] ** 2 / 4 * (1 / np.diag(U) ** 2).sum()
    over = f"the error is {np.max(got / bound):.3g} of its bound in one row"
    expect.that(np.all(got <= bound * (1 + 1e-9)), over)
    told = f"the error is 1/{rounded.sum() / got.sum():.3g} of that of rounding, expected 1/3"
    expect.that(3 * got.sum() <= rounded.sum(), told)
    codes = student.gptq(W, np.eye(128), scale, zero, 8, True)
    expect_exact(codes, nearest.astype(np.int8), "the codes for inputs without correlation")


def _arguments(rng, rows, d, block):
    """A problem whose codes are plain to see: each error moves the next column, and no other."""
    U = np.eye(d) - 0.5 * np.eye(d, k=1)
    W = rng.standard_normal((rows, d))
    return W, U, np.full(W.shape, 0.25), np.full(W.shape, 8.0), 4, False, block


def _verify_neighbours(arguments, got, _):
    """Column after column: each passes half of its error on."""
    W = arguments[0]
    codes, moved, d = np.empty(W.shape, np.uint8), W[:, 0], W.shape[1]
    for j in range(d):
        codes[:, j] = np.clip(np.rint(moved / 0.25) + 8, 0, 15)
        error = moved - 0.25 * (codes[:, j] - 8.0)
        moved = W[:, min(j + 1, d - 1)] + 0.5 * error
    expect_exact(got, codes, "the codes")


@check(
    part="4.3",
    points=1,
    needs="check_gptq_has_the_same_codes_in_all_blocks",
    hint="handout, task 4.3: all rows at once",
    requires="R4.3d",
)
def check_gptq_takes_little_time(student, budgets):
    """64 rows of 512 columns take the time of their array operations, a column at a time.

    Why: A loop over rows as well, or an inverse for each column, takes many times as long.
    Oracle: CPU time of such operations on random arrays, measured beside it; codes that follow from
    the neighbour alone.
    """
    budgets.time(
        "gptq_time",
        student.gptq,
        inputs=lambda rng: _arguments(rng, 64, 512, 64),
        verify=_verify_neighbours,
    )


@check(
    part="4.3",
    points=1,
    needs="check_gptq_has_the_same_codes_in_all_blocks",
    hint="handout, task 4.3: all later columns at once",
    requires="R4.3d",
)
def check_gptq_grows_slowly(student, budgets):
    """Steps grow like d; and 512 columns take less than 100 times as long as 32.

    Why: Work is rows d^2; with an inverse for each column it is d^4.
    Oracle: Counted steps of the interpreter, and the clock from outside; codes that follow from the
    neighbour alone.
    """
    budgets.growth(
        "gptq_growth",
        student.gptq,
        inputs=lambda d, rng: _arguments(rng, 8, d, 16),
        sizes=(32, 64, 128, 256),
        verify=_verify_neighbours,
        timed_at=(32, 512),
    )
