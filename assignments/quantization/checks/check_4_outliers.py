"""Part 4, optional: rotations, salient columns, the order of activity, outliers apart."""

import numpy as np

from autograder.grading import check, expect, rounding
from expectations import expect_exact, expect_factors


@check(part="4.4", points=1, hint="handout, the worked examples of part 4", requires="R4.4a")
def check_hadamard_of_the_worked_example(student):
    """[1, 2, 3, 4] becomes [5, -1, -2, 0]; 3 and 12 columns raise ValueError.

    Why: In another order of rows the matrix is orthogonal as well, but not its own inverse.
    Oracle: By hand.
    """
    got = student.hadamard(np.array([1.0, 2.0, 3.0, 4.0]))
    expect.close(got, np.array([5.0, -1.0, -2.0, 0.0]), within=rounding(terms=4))
    for n in (3, 12):
        error = student.programs.error_of("hadamard", np.ones((2, n)))
        expect.equal(error, "ValueError", what=f"the error of hadamard for n = {n}")


@check(
    part="4.4",
    points=1,
    hint="handout, task 4.4",
    requires="R4.4a",
)
def check_hadamard_is_that_of_sylvester(student, oracle, rng, data):
    """Rows of 1, 2, 8 and 64 numbers, in arrays of one to three axes, become those of the matrix.

    Why: A rotation must keep lengths: without its root it makes numbers larger each time.
    Oracle: Sums over signs, which follow from the bits that two numbers share.
    """
    for shape in ((1,), (3, 2), (2, 3, 8), (2, 64)):
        x = data.read_only(rng.standard_normal(shape))
        got, want = student.hadamard(x), oracle.hadamard(x)
        within = rounding(terms=shape[-1], size=4.0, why="sums of both signs cancel")
        expect.close(got, want, within=within, what=f"the transform of shape {shape}")


@check(
    part="4.4",
    points=1,
    needs="check_hadamard_of_the_worked_example",
    hint="handout, task 4.4: no matrix",
    requires="R4.4b",
)
def check_hadamard_is_fast(student, budgets):
    """No matrix is made; steps grow like n, and 8192 columns take at most 200 times as long as 64.

    Why: The matrix has n^2 entries: for 4096 columns more than the weights of a layer.
    Oracle: Counted bytes and steps, and from outside the system and the clock. The transform of a
    single 1 is a row of signs.
    """

    def inputs(n, rng):
        x = np.zeros((8, n))
        x[np.arange(8), rng.integers(n, size=8)] = 1.0
        return (x,)

    def verify(arguments, got, _):
        (x,) = arguments
        n = x.shape[1]
        shared = np.argmax(x, axis=1)[:, None] & np.arange(n)
        odd = np.zeros(shared.shape, int)
        for bit in range(n.bit_length()):
            odd ^= shared >> bit & 1
        want = (1.0 - 2.0 * odd) / np.sqrt(n)
        expect.close(got, want, within=rounding(terms=n.bit_length()), what="the transform")

    budgets.memory(
        "hadamard_memory",
        student.hadamard,
        inputs=lambda rng: inputs(4096, rng),
        sizes={"B": 8, "d": 4096},
        verify=verify,
    )
    budgets.growth(
        "hadamard_growth",
        student.hadamard,
        inputs=inputs,
        sizes=(64, 256, 1024, 4096),
        verify=verify,
        timed_at=(64, 8192),
    )


@check(part="4.5", points=1, hint="handout, the worked examples of part 4", requires="R4.5a")
def check_salient_factors_of_the_worked_example(student):
    """For inputs of 16 and 1 the best factors are 2 and 1/2, those of alpha = 0.5.

    Why: Neither no factor nor the largest one is best.
    Oracle: By hand: the errors for 0, 0.5 and 1 are 128, 0 and 2/9.
    """
    W, X = np.array([[0.5, 3.0]]), np.array([[16.0, 1.0], [16.0, -1.0]])
    s, alpha = expect.items(student.awq_scale(W, X, 2, 2, [0.0, 0.5, 1.0]), 2)
    expect.close(s, np.array([2.0, 0.5]), within=rounding(terms=2), what="s")
    expect.that(expect.number(alpha, what="alpha") == 0.5, f"alpha is {alpha}, expected 0.5")


@check(
    part="4.5",
    points=1,
    hint="handout, task 4.5: the error of the outputs, and how s is made",
    requires="R4.5a",
)
def check_salient_factors_have_the_least_error(student, oracle, rng, data):
    """With two of twelve columns 30 times as large, s and alpha are those of the least error.

    Why: The search must look at the outputs: in the weights alone, no factor is best.
    Oracle: Each candidate in loops, with exactly rounded sums; of equal errors, the first alpha.
    """
    alphas, cases = [1.0, 0.75, 0.0, 0.25, 0.5], []
    for bits, group in ((3, 12), (3, 5), (2, 20)):
        X = np.array(data.inputs(rng, 40, 12, 0.0))
        X[:, rng.permutation(12)[:2]] *= 30.0
        X[0] *= 5.0  # one input is no reason for a factor
        W = data.read_only(rng.standard_normal((9, 12)))
        cases.append((W, data.read_only(X), bits, group, alphas))
    signs = data.read_only(rng.choice([-1.0, 1.0], size=(20, 12)))
    cases.append((W, signs, 3, 6, [0.5, 0.0, 1.0]))
    answers = [student.awq_scale(*case) for case in cases]  # a mistake is recognised by all of them
    for case, answer in zip(cases, answers, strict=True):
        expect_factors(answer, oracle, *case)


@check(part="4.6", points=1, hint="handout, the worked examples of part 4", requires="R4.6a")
def check_activity_of_the_worked_example(student):
    """Two weights 0.4 become 1, 0 for H = [[2, 1], [1, 3]]: the second one is rounded first.

    Why: What is rounded first is made good by most columns.
    Oracle: By hand.
    """
    H, one = np.array([[2.0, 1.0], [1.0, 3.0]]), np.ones((1, 2))
    codes = student.gptq_by_activity(np.full((1, 2), 0.4), H, one, 0 * one, 4, True)
    expect_exact(codes, np.array([[1, 0]], np.int8), "the codes")


@check(
    part="4.6",
    points=1,
    hint="handout, task 4.6: order and ties, what is permuted, and what is put back",
    requires="R4.6a",
)
def check_activity_makes_exact_steps(student, oracle, rng, data):
    """The codes are those of exact steps in the order of activity, returned in that of the columns.

    Why: Scales and zeros must go along with their columns, and codes must come back.
    Oracle: The normal equations for the columns that are left, solved anew for each; ties among
    columns of equal activity, which are taken by their number.
    """
    cases = []
    for d, bits, symmetric in ((9, 3, False), (14, 3, True)):
        sizes = rng.permutation(np.resize([1.0, 2.0, 1.0, 4.0, 2.0], d))
        places = np.arange(d)
        H = 0.8 ** np.abs(places[:, None] - places) * np.outer(sizes, sizes)
        H = data.read_only(H)  # on its diagonal are 1, 4 and 16, exactly
        W = data.read_only(rng.standard_normal((7, d)))
        scale, zero = data.scales_of_entries(rng, W.shape, bits, symmetric)
        cases.append((W, H, scale, zero, bits, symmetric))
    answers = [student.gptq_by_activity(*case) for case in cases]  # to recognise a mistake by all
    for (W, H, *rest), codes in zip(cases, answers, strict=True):
        want = oracle.exact_steps(W, H, *rest, oracle.activity(H))
        expect_exact(codes, want, f"the codes of {len(H)} columns")


@check(part="4.7", points=1, hint="handout, the worked examples of part 4", requires="R4.7b")
def check_outliers_of_the_worked_example(student):
    """(254, 1) times (127, 127) is 32258 in 8 bits, where 1 is lost, and 32385 with 254 apart.

    Why: One outlier makes all its neighbours in the row coarse.
    Oracle: By hand: 1 is half a scale, and becomes the even code 0.
    """
    X, W = np.array([[254.0, 1.0]]), np.array([[127.0, 127.0]])
    for got, want, what in (
        (student.w8a8(X, W), 32258.0, "w8a8"),
        (student.w8a8_split(X, W, 100.0), 32385.0, "w8a8_split"),
    ):
        expect.close(got, np.array([[want]]), within=rounding(terms=2), what=what)


def _outliers(rng, data, n, d):
    """Inputs (n, d) of unequal rows, with large columns 1 and 4, and weights (5, d)."""
    X = np.array(data.inputs(rng, n, d, 0.3)) * 4.0 ** np.arange(n)[:, None]
    X[:, [1, 4]] *= 30.0
    return data.read_only(X), data.read_only(rng.standard_normal((5, d)) * 2.0 ** np.arange(d))


def _rows(product, shape):
    """The rows of a product, each to be compared by itself: their sizes differ."""
    return expect.array(product, shape=shape, what="the product")


@check(
    part="4.7",
    points=1,
    hint="handout, task 4.7: scales",
    requires="R4.7a",
)
def check_products_in_8_bits(student, oracle, rng, data):
    """Each row of both factors has its own scale, and long sums of the largest codes are exact.

    Why: With one scale for all inputs, the largest of them decides how well the others are read.
    Oracle: Python's whole numbers, entry by entry. Sums have 1041 terms of 127 times 127 as well.
    """
    X, W = _outliers(rng, data, 4, 11)
    within = rounding(terms=4)
    for number, row in enumerate(_rows(student.w8a8(X, W), (4, 5))):
        want = oracle.w8a8(X[number : number + 1], W)[0]
        expect.close(row, want, within=within, what=f"row {number} of the product")
    ones = data.read_only(np.ones((2, 1041)))
    got = student.w8a8(ones, data.read_only(np.ones((3, 1041))))
    expect.close(got, np.full((2, 3), 1041.0), within=within, what="the product of ones")


@check(
    part="4.7",
    points=1,
    hint="handout, task 4.7: which columns?",
    requires="R4.7b",
)
def check_outliers_are_in_one_product_only(student, oracle, rng, data):
    """Columns above the threshold are multiplied in float64, the others in 8 bits; maybe none are.

    Why: A column in both products counts twice.
    Oracle: The columns in two lists; entry by entry. A number that equals the threshold is no
    outlier. One threshold is below large numbers of columns whose means are all below it.
    """
    X, W = _outliers(rng, data, 3, 8)
    largest, means = np.abs(X).max(axis=0), np.abs(X).mean(axis=0)
    for threshold in (float(np.sort(largest)[-3]), 1.01 * float(means.max()), 0.0, 1e9):
        got = student.w8a8_split(X, W, threshold)
        want = oracle.w8a8_split(X, W, threshold)
        for number, row in enumerate(_rows(got, (3, 5))):
            what = f"row {number} of the product with threshold {threshold:.3g}"
            expect.close(row, want[number], within=rounding(terms=8), what=what)
