"""Part 1 with other sizes, types and numbers of threads."""

import numpy as np

from autograder.grading import check, expect, rounding
from expectations import expect_bits, expect_shares, expect_slice


@check(part="1.1", points=1, hint="handout, task 1.1", requires="R1.1a")
def check_shards_of_other_sizes(student, oracle, rng):
    """Other numbers of items and threads are cut in order, the first parts one item longer.

    Why: A cut by rounding T times n / T is right for most sizes, and not for all.
    Oracle: Items dealt to the threads one after the other, as cards are.
    """
    for n, T in ((1, 3), (6, 7), (17, 17), (int(rng.integers(90, 400)), 13), (10**6 + 3, 2)):
        for t, want in enumerate(oracle.parts(n, T)):
            expect_slice(student.shard(n, T, t), want, f"shard({n}, {T}, {t})")


@check(part="1.2", points=2, hint="handout, task 1.2", requires=("R1.2a", "R1.2b"))
def check_shares_of_other_sizes_and_types(student, oracle, rng, data):
    """Shares in float32 and in float64 are right, of any rows, from a workspace that is larger.

    Why: A buffer in float64 makes a loop in float32 slower than one in float64.
    Oracle: One row and one class after another, by exactly rounded sums.
    """
    for dtype, B, d, c, most in ((np.float32, 7, 3, 5, 7), (np.float64, 9, 6, 2, 12)):
        W, X, Y = data.minibatch(rng, B, d, c, dtype)
        pieces = [(0, B), (2, 3), (B - 2, B), (4, 4), (1, B - 1)]
        wants = [oracle.share(W, X, Y, 0.75, *piece) for piece in pieces]
        got = student.programs.shares(W, X, Y, 0.75, most, pieces)
        name = np.dtype(dtype).name
        expect_shares(got, wants, f"in {name}, the share of piece", dtype=name)


@check(part="1.3", points=1, hint="handout, task 1.3", requires=("R1.3a", "R0b:sgd_momentum"))
def check_momentum_of_other_sizes(student, oracle, rng, data):
    """The model is right without momentum, without a regulariser, with one minibatch, and at once.

    Why: Each of these is a case of its own for a loop that joins or skips what it should not.
    Oracle: Each step as a sum over all earlier gradients with powers of beta, without a velocity.
    """
    for dtype, gamma, beta, B, epochs in (
        (np.float64, 0.3, 0.0, 2, 2),
        (np.float64, 0.0, 0.9, 8, 3),
        (np.float32, 0.2, 0.5, 1, 1),
        (np.float64, 0.2, 0.5, 4, 0),
    ):
        W, X, Y = data.minibatch(rng, 8, 3, 4, dtype)
        want = oracle.momentum(X, Y, gamma, W, 0.25, beta, B, epochs).astype(dtype)
        got = student.sgd_momentum(X, Y, gamma, W, 0.25, beta, B, epochs)
        name = np.dtype(dtype).name
        expect.array(got, shape=W.shape, dtype=dtype, what=f"the model in {name}")
        within = rounding(terms=60, dtype=name, condition=10, why="steps of 1/4")
        expect.close(got, want, within=within, what=f"the model after {epochs} epochs in {name}")


@check(
    part="1.4",
    points=1,
    hint="handout, task 1.4",
    requires=("R1.4a", "R1.4c"),
)
def check_threads_of_other_numbers(student, oracle, rng, data):
    """With 6 and 8 threads, some without rows, the model is right, with the same bits in each run.

    Why: A race that is lost once in a hundred steps is still lost.
    Oracle: Row after row, each step as a sum over all earlier gradients; runs with other delays.
    """
    steps = 6
    for T, B in ((6, 13), (8, 3)):
        X, Y = data.examples(rng, steps, B, d=3, k=2)
        W0 = data.read_only(rng.standard_normal((2, 3)))
        want = oracle.path(X, Y, W0, 0.2, 0.7)[-1]
        models = []
        for _ in range(3):
            delays = rng.choice([0.0, 0.0, 0.0, 0.004], size=(steps, T))
            models.append(student.programs.model_of_threads(X, Y, W0, 0.2, 0.7, T, delays))
            within = rounding(terms=80, condition=10, why="six steps")
            expect.close(models[-1], want, within=within, what=f"the model of {T} threads")
            expect_bits(models[-1], models[0], f"the model of {T} threads in another run")
