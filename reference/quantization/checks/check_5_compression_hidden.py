"""Part 5 on other codebooks, matrices, gradients and logits."""

import numpy as np

from autograder.grading import check, expect, rounding
from expectations import expect_csr


@check(part="5.1", points=1, hint="handout, task 5.1", requires=("R5.1a", "R5.1b"))
def check_other_codebooks(student, oracle, rng):
    """Codes of dyadic middles, and codebooks of matrices and of equal entries, are right.

    Why: Weights are matrices, and many of them may be equal.
    Oracle: Exact fractions.
    """
    values = np.sort(rng.choice(np.arange(-64, 64), size=17, replace=False)) / 16
    x = rng.integers(-160, 160, size=(3, 4, 50)) / 32
    got = student.encode(x, values)
    expect.array(got, shape=x.shape, dtype=np.uint8, what="the codes of multiples of 1/32")
    expect.equal(got, oracle.encoded(x, values), what="the codes of multiples of 1/32")
    for W, k, steps in (
        (rng.standard_normal((9, 13)) * rng.choice([0.1, 20.0], size=(9, 1)), 16, 5),
        (rng.uniform(100.0, 101.0, size=(6, 8)), 2, 3),
        (np.full((3, 3), -0.75), 4, 2),
    ):
        want = oracle.codebook_of_means(W, k, steps)
        what = f"the codebook of {k} values of a matrix of {W.shape}"
        expect.close(
            student.kmeans_codebook(W, k, steps), want, within=rounding(terms=W.size), what=what
        )


@check(part="5.2", points=1, hint="handout, task 5.2", requires=("R5.2a", "R5.2b"))
def check_other_sparse_matrices(student, oracle, rng):
    """A pruned matrix, stored sparse, has the right entries and products; rows differ in size.

    Why: The parts of a pipeline must fit together.
    Oracle: Loops over all entries, exact sums of fractions.
    """
    W = np.round(rng.standard_normal((13, 8)), 1) * 10.0 ** rng.integers(-1, 3, size=(13, 1))
    pruned = oracle.pruned(W, 0.7)
    expect.equal(student.prune(W, 0.7), pruned, what="a matrix pruned to a sparsity of 0.7")
    want = oracle.sparse(pruned)
    expect_csr(student.to_csr(pruned), pruned, want, "the sparse matrix")
    x = rng.standard_normal(8).astype(np.float32)
    product = student.programs.product_of_entries(*want, W.shape, x)
    within = rounding(terms=100, size=300.0, why="running sums of entries up to 300 are allowed")
    expect.close(product, oracle.sparse_product(*want, x), within=within, what="the product")


@check(part="5.4", points=1, hint="handout, task 5.4", requires="R5.4a")
def check_gradients_in_one_array(student, oracle, rng):
    """Gradients that stand in the same array, one after another, are sent without loss.

    Why: A training loop uses one array for all its gradients, and one compressor for each layer.
    Oracle: A loop with whole numbers; a second compressor is fed in between.
    """
    for d, k in ((15, 2), (6, 5)):
        gradients = rng.integers(-5, 6, size=(12, d)).astype(float)
        want = oracle.sent(gradients, k)
        messages = expect.items(student.programs.sent(k, gradients), 12, what="what was sent")
        for number, (message, wanted) in enumerate(zip(messages, want, strict=True)):
            places, entries = expect.items(message, 2, what=f"message {number}")
            expect.equal(places, wanted[0], what=f"the places of message {number}")
            expect.equal(entries, wanted[1], what=f"the entries of message {number}")


@check(
    part="5.5",
    points=1,
    hint="handout, task 5.5",
    requires="R5.5a",
    unjudged={
        "distillation_loss(4).returned.0: sign": "where both agree the loss is a rounded 0",
        "distillation_loss(4).returned.0: zeros": "where both agree the loss is a rounded 0",
    },
)
def check_distillation_at_the_extremes(student, oracle, rng):
    """Loss and gradient are right where the teacher is certain, and 0 where both agree.

    Why: 0 times the logarithm of 0 is NaN.
    Oracle: Decimals of 60 digits, and differences of them.
    """
    certain = 1000.0 * np.eye(4)[[2, 0, 1]]
    equal = rng.standard_normal((2, 5))
    for student_logits, teacher_logits, T in (
        (rng.standard_normal((3, 4)), certain, 0.5),
        (certain, certain[::-1].copy(), 2.0),
        (certain, rng.standard_normal((3, 4)), 1.0),
        (equal + 700.0, equal, 4.0),
    ):
        wanted = oracle.distilled(student_logits, teacher_logits, T)
        answer = student.distillation_loss(student_logits, teacher_logits, T)
        got = expect.items(answer, 2, what="(loss, gradient)")
        for value, want, name in zip(got, wanted, ("loss", "gradient"), strict=True):
            within = rounding(terms=12, condition=1000, size=T, why="logits up to 1000")
            expect.close(value, want, within=within, what=f"the {name} at T = {T:g}")
