"""Part 5: codebooks, sparsity, low rank, the largest entries, and distillation.

A check asks for all its answers before it judges the first, the worked example: a mistake is
recognised by many numbers, and explained by few.
"""

import math

import numpy as np

from autograder.grading import check, expect, rounding
from expectations import expect_csr

NF4 = np.array(  # the values of NormalFloat as float32 has them
    [
        *(-1.0, -0.6961928, -0.52507305, -0.3949175, -0.28444138, -0.18477343, -0.091050036, 0.0),
        *(0.0795803, 0.1609302, 0.2461123, 0.33791524, 0.44070983, 0.562617, 0.72295684, 1.0),
    ],
    np.float32,
).astype(np.float64)


def _expect_codes(codes, want, what):
    """Exactly these codes, in uint8."""
    expect.array(codes, shape=want.shape, dtype=np.uint8, what=what)
    expect.equal(codes, want, what=what)


@check(part="5.1", points=1, hint="handout, task 5.1: the middle", requires="R5.1a")
def check_codes_are_those_of_the_nearest_values(student, oracle, rng, data):
    """encode is right in the middle between two values, beyond the ends and for 256 values.

    Why: A codebook has no scale to divide by: its code is decided by distances alone.
    Oracle: By hand for the middles; distances as exact fractions for matrices in float32 and
    float64, with the 16 values of NF4 as well, where all middles are numbers of float64.
    """
    middles = np.concatenate([(NF4[1:] + NF4[:-1]) / 2, [0.0, -0.0, -2.0, 2.0], NF4])
    of_256 = np.sort(rng.standard_normal(256))
    cases = [
        (data.read_only(x), data.read_only(codebook))
        for x, codebook in (
            (middles[:, None], NF4),
            (rng.uniform(-1.1, 1.1, size=(9, 13)), NF4),
            (rng.standard_normal((5, 31)).astype(np.float32), of_256),
        )
    ]
    answers = [student.encode(*case) for case in cases]
    x, values = np.array([-2.0, -0.5, 0.5, 0.6]), np.array([-1.0, 0.0, 1.0])
    codes, want = student.encode(x, values), np.array([0, 0, 1, 2])
    _expect_codes(codes, want, "the codes of the worked example")
    for (x, codebook), codes in zip(cases, answers, strict=True):
        what = f"the codes of {x.shape} entries, with {len(codebook)} values"
        _expect_codes(codes, oracle.encoded(x, codebook), what)


@check(part="5.1", points=1, hint="handout, task 5.1: k-means", requires="R5.1b")
def check_codebook_of_means(student, oracle, rng, data):
    """k-means of 0, 1, 2 and 10 moves 0 to 1 and leaves 5, which has no entries, where it is.

    Why: The mean of no entries is 0 / 0, and one NaN spreads to the codes of all entries.
    Oracle: By hand; Lloyd's steps in exact fractions for entries in two groups with a gap.
    """
    x = np.concatenate([rng.normal(-5.0, 0.5, size=30), rng.normal(4.0, 1.0, size=33)])
    cases = (8, 0), (8, 1), (16, 1), (16, 7)
    answers = [student.kmeans_codebook(data.read_only(rng.permutation(x)), *case) for case in cases]
    codebook = student.kmeans_codebook(np.array([0.0, 1.0, 2.0, 10.0]), 3, 1)
    want = np.array([1.0, 5.0, 10.0])
    expect.close(codebook, want, within=rounding(terms=4), what="the codebook of four numbers")
    for (k, steps), codebook in zip(cases, answers, strict=True):
        want = oracle.codebook_of_means(x, k, steps)
        what = f"the codebook of {k} values after {steps} steps"
        expect.close(codebook, want, within=rounding(terms=len(x)), what=what)


@check(part="5.2", points=1, hint="handout, task 5.2: which entries", requires="R5.2a")
def check_least_magnitudes_are_pruned(student, oracle, rng, data):
    """Of a matrix with equal magnitudes, negative entries and unequal rows the right ones are 0.

    Why: -3 matters more than 1, and the weights of a row may all be small.
    Oracle: Magnitudes and places, sorted as pairs; whole numbers, so that many are equal.
    """
    W = rng.integers(-4, 5, size=(7, 11)) * np.repeat([1.0, 3.0], [4, 3])[:, None]
    cases = [
        (data.read_only(W.astype(dtype)), sparsity)
        for sparsity in (0.0, 0.5, 0.7, 0.9, 1.0)
        for dtype in (np.float64, np.float32)
    ]
    answers = [student.prune(*case) for case in cases]
    V = data.read_only(np.array([[3.0, -1.0], [1.0, -2.0]]))
    for sparsity, row in ((0.25, [1.0, -2.0]), (0.5, [0.0, -2.0])):
        want = np.array([[3.0, 0.0], row])
        expect.equal(student.prune(V, sparsity), want, what=f"a sparsity of {sparsity}")
    for (given, sparsity), got in zip(cases, answers, strict=True):
        what = f"a matrix of {W.shape}, pruned to a sparsity of {sparsity}"
        expect.array(got, shape=W.shape, dtype=given.dtype, what=what)
        expect.equal(got, oracle.pruned(given, sparsity), what=what)


def _sparse(rng, rows, d, share):
    """A matrix with this share of entries that are not 0; first, last and other rows are empty."""
    W = rng.standard_normal((rows, d)) * (rng.random((rows, d)) < share)
    W[[0, rows // 2, rows // 2 + 1, rows - 1]] = 0
    W[1, [0, d - 1]] = 1.5, -2.5
    return W


@check(part="5.2", points=1, hint="handout, task 5.2: CSR", requires="R5.2b")
def check_sparse_matrices_and_their_products(student, oracle, rng, data):
    """to_csr finds the entries that are not 0, and csr_matvec adds them up, also in empty rows.

    Why: An empty row has no entry to begin with, and the next row must not count twice.
    Oracle: A loop over all entries; exact sums of fractions.
    """
    example = np.array([[3.0, 0.0], [0.0, 0.0], [0.0, -2.0]], np.float32)
    matrices = example, _sparse(rng, 9, 14, 0.3), np.zeros((3, 5)), -np.zeros((2, 3))
    answers = [student.to_csr(data.read_only(W)) for W in matrices]
    vectors = [data.read_only(rng.standard_normal(W.shape[1])) for W in matrices]
    multiplied = [
        student.programs.product_of_entries(*oracle.sparse(W), W.shape, x)
        for W, x in zip(matrices, vectors, strict=True)
    ]
    for W, answer, x, product in zip(matrices, answers, vectors, multiplied, strict=True):
        want = oracle.sparse(W)
        expect_csr(answer, W, want, f"the sparse matrix of {W.shape}")
        wanted = oracle.sparse_product(*want, x)
        within = rounding(terms=W.shape[1], size=4.0, why="sums of some numbers of size 1")
        expect.close(product, wanted, within=within, what=f"the product of {W.shape} with a vector")


@check(
    part="5.2",
    points=1,
    needs="check_sparse_matrices_and_their_products",
    hint="handout, task 5.2: no dense matrix",
    requires="R5.2b",
)
def check_sparse_product_makes_no_dense_matrix(student, rng, budgets):
    """The product of a matrix of 1500 rows with 10 entries each takes memory for its entries only.

    Why: A matrix that becomes dense in its product is stored as a sparse one for nothing.
    Oracle: Logical bytes, counted; exact sums of the entries of each row.
    """
    rows, d, each = 1500, 6000, 10

    def inputs(rng):
        within = rng.integers(d // each, size=(rows, each))  # each tenth of a row has one entry
        columns = (within + np.arange(each) * (d // each)).ravel().astype(np.int32)
        values = rng.standard_normal(rows * each).astype(np.float32)
        starts = np.arange(0, rows * each + 1, each).astype(np.int32)
        return values, columns, starts, (rows, d), rng.standard_normal(d)

    def expected(values, columns, starts, shape, x):
        products = (values * x[columns]).reshape(rows, each)
        return np.array([math.fsum(row) for row in products])

    def verify(arguments, product, want):
        expect.close(product, want, within=rounding(terms=each), what="the product")

    budgets.memory(
        "sparse_memory",
        student.programs.product_of_entries,
        inputs=inputs,
        sizes={"entries": rows * each, "rows": rows, "d": d},
        expected=expected,
        verify=verify,
    )


@check(part="5.3", points=1, hint="handout, task 5.3", requires="R5.3a")
def check_low_rank_is_the_nearest(student, rng, data):
    """A B is the nearest of rank 1 to the diagonal 3, 2; and to others of rank 1, 3 and full.

    Why: Cut on the wrong side, or with the least singular values, it is as small and useless.
    Oracle: W is made as a sum of known orthogonal parts; the nearest has the largest of them.
    """
    cases = []
    for rows, d in ((9, 5), (4, 11)):
        least = min(rows, d)
        left = np.linalg.qr(rng.standard_normal((rows, least)))[0]
        right = np.linalg.qr(rng.standard_normal((d, least)))[0]
        parts = 3.0 * 0.6 ** np.arange(least)
        W = data.read_only(left * parts @ right.T)
        cases += [(W, r, left[:, :r] * parts[:r] @ right[:, :r].T) for r in (1, 3, least)]
    answers = [student.low_rank(W, r) for W, r, _ in cases]
    A, B = expect.items(student.low_rank(np.diag([3.0, 2.0]), 1), 2, what="(A, B)")
    expect.array(A, shape=(2, 1), what="A")
    expect.array(B, shape=(1, 2), what="B")
    expect.close(A @ B, np.diag([3.0, 0.0]), within=rounding(terms=4), what="A B")
    for (W, r, want), answer in zip(cases, answers, strict=True):
        what = f"rank {r} of {W.shape}"
        A, B = expect.items(answer, 2, what=what)
        expect.array(A, shape=(len(W), r), what=f"A, {what},")
        expect.array(B, shape=(r, W.shape[1]), what=f"B, {what},")
        within = rounding(terms=11, condition=10, why="neighbouring parts differ by 40 %")
        expect.close(A @ B, want, within=within, what=f"A B, {what},")


def _expect_sent(messages, want, k):
    """Exactly these places and entries, one message after another."""
    messages = expect.items(messages, len(want), what="what was sent")
    for number, (message, (places, entries)) in enumerate(zip(messages, want, strict=True)):
        got = expect.items(message, 2, what=f"message {number}")
        for array, wanted, name in zip(got, (places, entries), ("places", "entries"), strict=True):
            what = f"the {name} of message {number}"
            expect.array(array, shape=(k,), what=what)
            expect.equal(array, wanted, what=what)
        expect.that(got[0].dtype.kind in "iu", "places are not whole numbers")


@check(part="5.4", points=1, hint="handout, task 5.4: what is kept", requires="R5.4a")
def check_nothing_of_a_gradient_is_lost(student, oracle, rng):
    """(3, -2) sends 3, and (1, -2) then -4; what is kept comes later, all of it.

    Why: Without what was kept, small entries that always point the same way are never sent.
    Oracle: By hand; a loop with whole numbers, which are never rounded, many of them equal.
    """
    example = [np.array([3.0, -2.0]), np.array([1.0, -2.0])]
    want = [(np.array([0]), np.array([3.0])), (np.array([1]), np.array([-4.0]))]
    cases = [(1, example), (1, example)]  # the second one begins with nothing
    for d, k in ((12, 3), (5, 4), (3, 3)):
        cases.append((k, list(rng.integers(-3, 4, size=(9, d)).astype(float))))
    answers = [student.programs.sent_of_read_only(*case) for case in cases]
    for (k, gradients), answer in zip(cases, answers, strict=True):
        wanted = want if gradients is example else oracle.sent(np.array(gradients), k)
        _expect_sent(answer, wanted, k)


@check(part="5.5", points=1, hint="handout, task 5.5: p log(p / q), and T", requires="R5.5a")
def check_distillation_loss_and_its_gradient(student, oracle, rng, data):
    """Loss and gradient of two classes at T = 2 are those by hand; logits of 5000 do not overflow.

    Why: T^2 keeps the gradient at its size, so that the mix with another loss does not depend on T.
    Oracle: By hand: p = (3/4, 1/4) and q = (1/2, 1/2); decimals of 60 digits, differences of them.
    """
    teacher = np.array([[2 * math.log(3), 0.0]])
    cases, answers = ((5, 4, 3.0, 2.0), (3, 6, 1.0, 5.0), (4, 3, 0.5, 5000.0)), []
    for n, c, T, size in cases:
        logits = [data.read_only(np.round(size * rng.standard_normal((n, c)), 2)) for _ in range(2)]
        answers.append((logits, student.distillation_loss(*logits, T)))
    answer = student.distillation_loss(np.zeros((1, 2)), teacher, 2.0)
    loss, gradient = expect.items(answer, 2, what="(loss, gradient)")
    by_hand = 4 * (0.75 * math.log(1.5) + 0.25 * math.log(0.5))
    within = rounding(terms=4, condition=4, why="logarithms of both signs")
    expect.close(loss, by_hand, within=within, what="the loss of two classes")
    expect.close(gradient, np.array([[-0.5, 0.5]]), within=within, what="its gradient")
    for (n, c, T, size), (logits, answer) in zip(cases, answers, strict=True):
        wanted = oracle.distilled(*logits, T)
        got = expect.items(answer, 2, what="(loss, gradient)")
        scales = (T * size, T / n)
        for value, want, name, scale in zip(got, wanted, ("loss", "gradient"), scales, strict=True):
            within = rounding(terms=n * c, condition=max(1.0, size / T), size=scale)
            expect.close(value, want, within=within, what=f"the {name} at T = {T:g}")
