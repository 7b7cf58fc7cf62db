"""What the checks of parts 3 and 4 share: functions that note their calls, runs, comparisons."""

import numpy as np

from autograder.grading import expect, rounding
from expectations import expect_messages


class Examples:
    """The examples of one rank, and a `grad_fn` that notes which of them it is asked for."""

    def __init__(self, gradient, params, X, Y):
        self._gradient, self._params = gradient, params
        self.X, self.Y = X, Y  # (n, d) and (n, k), or minibatches of these
        self.asked = []  # triples (params, X, Y)

    def grad_fn(self, params, X, Y):
        """The gradient of the summed loss of these examples, in the dtype of params."""
        arrays = expect.items(params, len(self._params), what="params of grad_fn")
        for i, (got, own) in enumerate(zip(arrays, self._params, strict=True)):
            expect.array(got, shape=own.shape, dtype=own.dtype, what=f"params[{i}] of grad_fn")
        with expect.usable("X of grad_fn"):
            rows = len(X)
        for given, own, name in ((X, self.X, "X"), (Y, self.Y, "Y")):
            shape = rows, own.shape[-1]
            expect.array(given, shape=shape, dtype=own.dtype, what=f"{name} of grad_fn")
        self.asked.append((arrays, X, Y))
        return self._gradient(arrays, X, Y)

    def expect_asked(self, rows=slice(None), who="grad_fn"):
        """grad_fn was asked for these rows, each once, in order, at the parameters of the rank."""
        for arrays, *_ in self.asked:
            for i, (got, own) in enumerate(zip(arrays, self._params, strict=True)):
                expect.equal(got, own, what=f"params[{i}] of {who}")
        for want, name, k in ((self.X[rows], "X", 1), (self.Y[rows], "Y", 2)):
            got = [asked[k] for asked in self.asked]
            asked = sum(map(len, got))
            told = f"{who} was asked for {asked} examples, expected {len(want)}"
            expect.that(asked == len(want), told)
            if len(want):
                expect.equal(
                    np.concatenate(got), want, what=f"{name} of {who}, all calls together,"
                )


def on_ranks(gradient, params, X, Y):
    """The examples (N, b, ...) of all ranks."""
    return [Examples(gradient, params, x, y) for x, y in zip(X, Y, strict=True)]


def expect_arrays(got, want, within, what):
    """A list of arrays, up to rounding."""
    for i, (array, wanted) in enumerate(
        zip(expect.items(got, len(want), what=what), want, strict=True)
    ):
        expect.close(array, np.asarray(wanted), within=within, what=f"{what}, array {i}")


def expect_on_all(run, want, what, within=None, dtype=np.float64):
    """Every rank returned this list of arrays, of this dtype; a number of numpy is an array ()."""
    within = within or rounding(terms=40, condition=4, dtype=np.dtype(dtype).name)
    for rank, value in enumerate(run.values):
        arrays = expect.items(value, len(want), what=f"{what} of rank {rank}")
        arrays = [np.asarray(a) if isinstance(a, np.generic) else a for a in arrays]
        expect_arrays(arrays, want, within, f"{what} of rank {rank}")
        for i, (array, wanted) in enumerate(zip(arrays, want, strict=True)):
            name = f"{what} of rank {rank}, array {i}"
            expect.array(array, shape=np.shape(wanted), dtype=dtype, what=name)


def expect_given(run, name):
    """Rank 0 sent to all others, as the collectives that a step is given do; a ring's do not."""
    targets = sorted({transfer.target for transfer in run.transfers if transfer.source == 0})
    told = f"rank 0 sent to the ranks {targets} only: not by the {name} that the step is given"
    expect.that(targets == [*range(1, len(run.values))], told)


def expect_all_reduces(run, entries):
    """Rank 0 took part in all-reduces of so many entries each, in this order, and in no other."""
    N = len(run.values)
    lengths = [transfer.shape for transfer in run.transfers if transfer.source == 0]
    made = len(lengths) / (2 * (N - 1))
    expect.that(made == len(entries), f"{made:g} all-reduces were made, expected {len(entries)}")
    want = []
    for n in entries:
        own, *others = (part.shape for part in np.array_split(np.empty(n), N))
        want += [*others, *[own] * (N - 1)]
    expect.equal(lengths, want, what=f"the lengths of messages, for all-reduces of {entries},")


def expect_shards(run, want, norm, what):
    """Each rank returned its row of `want`, and this norm."""
    within = rounding(terms=20)
    for rank, value in enumerate(run.values):
        shard, got = expect.items(value, 2, what=f"the result of rank {rank}")
        expect.close(got, norm, within=within, what=f"{what}, the norm on rank {rank}")
        expect.close(shard, want[rank], within=within, what=f"{what}, the shard of rank {rank}")


def run_steps(program, cluster, examples, params, *settings):
    """Run a step of part 3 on as many ranks as have examples."""
    return cluster.run(
        program,
        size=len(examples),
        inputs=lambda r: (params, examples[r].grad_fn, examples[r].X, examples[r].Y, *settings),
    )


def run_weighted(student, cluster, examples, valid, params, *settings):
    """The same of a weighted step; valid (N, b)."""
    return cluster.run(
        student.programs.weighted_ddp_step,
        size=len(examples),
        inputs=lambda r: (
            params,
            examples[r].grad_fn,
            examples[r].X,
            examples[r].Y,
            valid[r],
            *settings,
        ),
    )


def run_clip(student, cluster, shards, max_norm):
    """Clip a gradient in shards (N, s)."""
    return cluster.run(
        student.programs.clip_shard, size=len(shards), inputs=lambda r: (shards[r], max_norm)
    )


def run_adam(student, cluster, params, grads, settings):
    """Some steps from Adam's first state; grads[k][r] are those of rank r in step k."""
    return cluster.run(
        student.programs.adam_steps,
        size=len(grads[0]),
        inputs=lambda r: (params, [step[r] for step in grads], *settings),
    )


def expect_paths(run, want, dtype=np.float64):
    """The parameters of all ranks after each step; returns the last states."""
    answers = [expect.items(value, 2, what="parameters and state") for value in run.values]
    for k, wanted in enumerate(want):
        at = [expect.items(path, len(want), what="the parameters")[k] for path, _ in answers]
        within = rounding(terms=20, condition=10, dtype=np.dtype(dtype).name)
        after = run._replace(values=at)
        expect_on_all(after, wanted, f"after step {k + 1} the parameters", within, dtype)
    return [state for _, state in answers]


def expect_state(state, t, m, v, what, dtype=np.float64):
    """A triple (t, m, v)."""
    expect.equal(expect.number(state[0], what=f"t of {what}"), t, what=f"t of {what}")
    within = rounding(terms=10, size=1.0, dtype=np.dtype(dtype).name, why="gradients of size 1")
    for got, want, name in zip(state[1:], (m, v), ("m", "v"), strict=True):
        expect.array(got, shape=want.shape, dtype=dtype, what=f"{name} of {what}")
        expect.close(got, want, within=within, what=f"{name} of {what}")


def expect_adam_goes_on(student, oracle, rng, data, cluster):
    """A step of three ranks from the moments of seven others, which may not be written to."""
    params, (m, v) = data.arrays(rng, ((2, 3), (3,))), rng.standard_normal((2, 9))
    grads = [data.arrays(rng, ((2, 3), (3,))) for _ in range(3)]
    settings, v = (0.1, 0.7, 0.9, 1e-3), v**2
    shards = [(7, *(data.read_only(a[3 * r : 3 * r + 3].copy()) for a in (m, v))) for r in range(3)]
    run = cluster.run(
        student.programs.adam_step,
        size=3,
        inputs=lambda r: (params, grads[r], shards[r], *settings),
    )
    (path,), *moments = oracle.adam(params, [grads], settings, (7, m.tolist(), v.tolist()))
    answers = [expect.items(value, 2, what="parameters and state") for value in run.values]
    after = run._replace(values=[value for value, _ in answers])
    expect_on_all(after, path, "after step 8 the parameters")
    for rank, (_, state) in enumerate(answers):
        cut = slice(3 * rank, 3 * rank + 3)
        expect.items(state, 3, what="a state")
        m, v = (moment[cut] for moment in moments)
        expect_state(state, 8, m, v, f"the state of rank {rank}")
    expect_messages(run, np.float64)


def run_zero3(student, cluster, oracle, data, weights, X, dY):
    """Run a network whose weights are in shards on as many ranks as X (N, b, d) has."""
    flats = [oracle.flat([W], len(X)).reshape(len(X), -1) for W in weights]
    shapes = [W.shape for W in weights]
    return cluster.run(
        student.programs.zero3_gradient,
        size=len(X),
        inputs=lambda r: ([data.read_only(f[r]) for f in flats], shapes, X[r], dY[r]),
    )


def expect_zero3(run, all_y, all_dx, shards):
    """y and dx of each rank; its shards, shards[layer][rank], of the gradients of the weights."""
    within = rounding(terms=40, condition=40, why="layers follow each other")
    for rank, value in enumerate(run.values):
        y, grads, dx = expect.items(value, 3, what=f"the result of rank {rank}")
        expect.close(y, all_y[rank], within=within, what=f"y of rank {rank}")
        expect.close(dx, all_dx[rank], within=within, what=f"dx of rank {rank}")
        got = expect.items(grads, len(shards), what=f"the gradients of rank {rank}")
        for layer, (shard, wanted) in enumerate(zip(got, shards, strict=True)):
            what = f"the shard of rank {rank} of the gradient of layer {layer}"
            expect.close(shard, wanted[rank], within=within, what=what)


def expect_parallel(run, wants):
    """y, dx, dW and db of each rank."""
    within = rounding(terms=20, condition=10)
    for rank, (value, want) in enumerate(zip(run.values, wants, strict=True)):
        got = expect.items(value, 4, what=f"the result of rank {rank}")
        for array, wanted, name in zip(got, want, ("y", "dx", "dW", "db"), strict=True):
            expect.close(array, wanted, within=within, what=f"{name} of rank {rank}")


def layer_of(rng, data, n, d, k):
    """x (n, d), W (d, k), b (k,) and dy (n, k)."""
    return data.arrays(rng, ((n, d), (d, k), (k,), (n, k)))


def run_columns(student, cluster, layer, cuts):
    """Run column_parallel; rank r has the columns cuts[r]."""
    x, W, b, dy = layer
    return cluster.run(
        student.programs.column_parallel,
        size=len(cuts),
        inputs=lambda r: (x, W[:, cuts[r]], b[cuts[r]], dy[:, cuts[r]]),
    )


def run_rows(student, cluster, layer, cuts):
    """Run row_parallel; rank r has the rows cuts[r] of W, and those columns of x."""
    x, W, b, dy = layer
    return cluster.run(
        student.programs.row_parallel,
        size=len(cuts),
        inputs=lambda r: (x[:, cuts[r]], W[cuts[r]], b, dy),
    )
