"""Part 1: shards, and loops that allocate nothing."""

import numpy as np

from autograder.grading import check, expect, rounding
from expectations import expect_shares, expect_slice


@check(part="1.1", points=1, hint="handout, the worked example of section 4", requires="R1.1a")
def check_shards_cover_all_items(student, oracle, rng):
    """Ten items in four parts are 0:3, 3:6, 6:8 and 8:10; others are in order and cover all items.

    Why: A row that is in no shard is never learned from, and one in two shards counts twice.
    Oracle: By hand; items dealt to the threads one after the other, as cards are.
    """
    wants = {(10, 4): [(0, 3), (3, 6), (6, 8), (8, 10)]}
    for case in ((12, 4), (2, 5), (0, 3), (7, 1), (int(rng.integers(50, 90)), 7)):
        wants[case] = oracle.parts(*case)
    got = {(n, T): [student.shard(n, T, t) for t in range(T)] for n, T in wants}
    for (n, T), want in wants.items():
        for t in range(T):
            expect_slice(got[n, T][t], want[t], f"shard({n}, {T}, {t})")


@check(part="1.2", points=1, hint="handout, task 1.2: the share of the rows", requires="R1.2a")
def check_shares_of_three_rows(student, data):
    """Of three rows and two classes, the shares of one and of two rows are those done by hand.

    Why: A share is divided by the rows of the minibatch, and has its part of the regulariser.
    Oracle: By hand: with W (1, -1) on x = 0 both classes have probability 1/2.
    """
    W = data.read_only(np.array([[3.0, 0.0], [-3.0, 0.0]]))
    X = data.read_only(np.array([[0.0, 1.0], [0.0, 2.0], [0.0, 6.0]]))
    Y = data.read_only(np.array([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0]]))
    got = student.programs.shares(W, X, Y, 0.5, 3, [(0, 1), (1, 3)])
    first = np.array([[0.5, -1 / 6], [-0.5, 1 / 6]])
    others = np.array([[1.0, 2 / 3], [-1.0, -2 / 3]])
    expect_shares(got, [first, others], "the share of the worked example,")


@check(
    part="1.2",
    points=2,
    hint="handout, task 1.2: dividing by the rows of the shard",
    requires=("R1.2a", "R1.2b"),
)
def check_shares_add_up_to_the_gradient(student, oracle, rng, data):
    """Shares of 1 to 7 threads are those of a loop, one of no rows is 0; they sum to the gradient.

    Why: A regulariser that is added by each of T threads is T times too strong.
    Oracle: One row and one class after another, by exactly rounded sums; threads share a minibatch
    of 5 rows, also seven threads, of which two have none.
    """
    B, d, c = 5, 4, 3
    W, X, Y = data.minibatch(rng, B, d, c)
    whole = oracle.share(W, X, Y, 2.5, 0, B)
    for T in (1, 2, 3, 7):
        pieces = oracle.parts(B, T)
        wants = [oracle.share(W, X, Y, 2.5, *piece) for piece in pieces]
        got = student.programs.shares(W, X, Y, 2.5, -(-B // T), pieces)
        expect_shares(got, wants, f"with T = {T}, the share of thread")
        expect.close(sum(got), whole, within=rounding(terms=60), what=f"the sum of {T} shares")


@check(part="1.2", points=1, hint="handout, task 1.2: the maximum, and then exp", requires="R1.2b")
def check_shares_of_large_scores(student, oracle, rng, data):
    """Scores up to 1e5 and down to -1e5 give finite shares, which are right.

    Why: exp(710) is infinite, and infinity over infinity is NaN: from then on the model is lost.
    Oracle: One over a sum of exponentials of differences, class by class.
    """
    W, X, Y = data.minibatch(rng, 6, 4, 3)
    largest = float(np.abs(X @ W.T).max())
    for factor in (1e5 / largest, 800 / largest):
        large = data.read_only(factor * W)
        want = oracle.share(large, X, Y, 0.0, 1, 6)
        got = student.programs.shares(large, X, Y, 0.0, 6, [(1, 6)])
        within = rounding(terms=6, condition=1e5, size=1.0, why="exp of scores up to 1e5")
        what = f"the share where scores are up to {factor * largest:.0f}"
        expect.close(expect.items(got, 1, what="the shares")[0], want, within=within, what=what)


@check(
    part="1.2",
    points=2,
    needs="check_shares_add_up_to_the_gradient",
    hint="handout, task 1.2: out= in every operation",
    requires="R1.2c",
)
def check_gradient_allocates_nothing(student, oracle, rng, data, budgets):
    """Beyond its workspace a gradient allocates nothing, with many rows and with a large model.

    Why: An array that is allocated in each step is also written to memory in each step. A
    workspace of another dtype is twice as large, or arrays are copied on their way into it.
    Oracle: Bytes counted while it runs three times, where what the workspace leaves of its bytes
    is taken. The gradient of rows that repeat, and of features that are 0, from a few numbers.
    """
    for dtype, rows, times, d, c in ((np.float32, 8, 10_000, 5, 4), (np.float64, 4, 5, 3000, 40)):
        name, used = np.dtype(dtype).name, min(d, 5)  # features that are not 0

        def inputs(rng, dtype=dtype, rows=rows, times=times, d=d, c=c, used=used):
            W, X, Y = data.minibatch(rng, rows, d, c, dtype)
            X = np.where(np.arange(d) < used, X, dtype(0))
            B = rows * times
            most = (2 * B * c + 2 * B + c * d) * X.itemsize
            tall = [data.read_only(np.tile(part, (times, 1))) for part in (X, Y)]
            return W, *tall, 0.5, np.full_like(W, np.nan), most

        def expected(W, X, Y, gamma, out, most, rows=rows, used=used):
            few = (np.ascontiguousarray(part) for part in (W[:, :used], X[:rows, :used], Y[:rows]))
            return oracle.share(*few, gamma, 0, rows)

        def verify(arguments, got, want, B=rows * times, d=d, used=used, name=name):
            W = arguments[0]
            whole = np.hstack([want, 0.5 * W[:, used:]])
            expect.array(got, shape=whole.shape, dtype=name, what=f"the gradient with d = {d}")
            within = rounding(terms=B, size=1.0, dtype=name, why="a sum, row after row")
            expect.close(got, whole, within=within, what=f"the gradient in {name} with d = {d}")

        budgets.memory(
            "gradient_memory",
            student.programs.gradient,
            inputs=inputs,
            sizes={"B": rows * times, "c": c, "d": d, "itemsize": np.dtype(dtype).itemsize},
            expected=expected,
            verify=verify,
        )


@check(
    part="1.3",
    points=1,
    hint="handout, section 4 and task 1.3",
    requires=("R1.3a", "R0b:sgd_momentum"),
)
def check_momentum_follows_a_loop(student, oracle, rng, data):
    """Models after one and three epochs are those of a loop, in float64 and in float32.

    Why: V is used after it has been updated, and keeps what it has from one epoch to the next.
    Oracle: Each step as a sum over all earlier gradients with powers of beta, without a velocity.
    """
    for dtype, epochs, B in ((np.float64, 1, 4), (np.float64, 3, 2), (np.float32, 2, 6)):
        W, X, Y = data.minibatch(rng, 12, 4, 3, dtype)
        want = oracle.momentum(X, Y, 0.3, W, 0.2, 0.9, B, epochs).astype(dtype)
        got = student.sgd_momentum(X, Y, 0.3, W, 0.2, 0.9, B, epochs)
        name = np.dtype(dtype).name
        expect.array(got, shape=W.shape, dtype=dtype, what=f"the model in {name}")
        within = rounding(terms=20 * epochs, dtype=name, condition=10, why="steps of 1/5")
        expect.close(got, want, within=within, what=f"the model after {epochs} epochs in {name}")


@check(
    part="1.3",
    points=1,
    hint="handout, task 1.3: W = W0, and then W += V",
    requires=("R1.3b", "R0a:sgd_momentum"),
)
def check_momentum_leaves_its_start_alone(student, oracle, rng, data):
    """Two calls with one W0 return the same model, in an array of its own, and leave W0 as it was.

    Why: With W = W0 the second run begins where the first has ended, and looks better than it is.
    Oracle: A sum over all earlier gradients; W0 as the check has sent it.
    """
    W, X, Y = data.minibatch(rng, 6, 4, 3)
    want = oracle.momentum(X, Y, 0.1, W, 0.3, 0.8, 3, 2)
    answer = student.programs.momentum_twice(X, Y, W, 0.1, 0.3, 0.8, 3, 2)
    first, second, start = expect.items(answer, 3, what="two models and W0")
    expect.equal(start, W, what="W0 afterwards")
    for model, which in ((first, "first"), (second, "second")):
        within = rounding(terms=40, condition=10, why="steps of 1/3")
        expect.close(model, want, within=within, what=f"the model of the {which} call")


@check(
    part="1.3",
    points=1,
    needs="check_momentum_follows_a_loop",
    hint="handout, task 1.3: X[a:b] is a view",
    requires="R1.3c",
)
def check_momentum_allocates_nothing(student, oracle, rng, data, budgets):
    """Minibatches of 40 rows and a model of 1 MB need a workspace and three arrays like the model.

    Why: W = W + V makes a new model in each step; a minibatch that is copied is read twice.
    Oracle: Bytes counted while it runs. Of features that are 0, the model shrinks by one factor.
    """
    n, d, c, B, used = 80, 3000, 50, 40, 3

    def inputs(rng):
        W, X, Y = data.minibatch(rng, n, d, c)
        return data.read_only(np.where(np.arange(d) < used, X, 0.0)), Y, 0.4, W, 0.2, 0.9, B, 2

    def expected(X, Y, gamma, W, *rest):
        one = np.hstack([W[:, :used], np.ones((c, 1))])  # and a feature that is 0, from 1
        return oracle.momentum(X[:, : used + 1], Y, gamma, one, *rest)

    def verify(arguments, got, want):
        whole = np.hstack([want[:, :used], arguments[3][:, used:] * want[:, used:]])
        within = rounding(terms=100, condition=10, why="four steps of 1/5")
        expect.close(got, whole, within=within, what="the model")

    budgets.memory(
        "momentum_memory",
        student.sgd_momentum,
        inputs=inputs,
        sizes={"B": B, "c": c, "d": d},
        expected=expected,
        verify=verify,
    )
