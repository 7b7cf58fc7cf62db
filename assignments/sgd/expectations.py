"""What the checks of several parts expect alike: of models, of batches, of large gradients."""

import random

import numpy as np

from autograder.grading import expect, recipe, rounding

SCALED_W0 = np.arange(6.0).reshape(2, 3) + 1  # of programs.models_written_to


def toy_problem(data, rng, n):
    """A data.Quadratic, which also notes in `models` at which W it is asked for gradients."""
    toy = data.Quadratic(rng, n)
    toy.models, gradient = [], toy.grad_fn

    def grad_fn(W, idx):
        value = gradient(W, idx)
        toy.models.append(W)
        return value

    toy.grad_fn = grad_fn
    return toy


def expect_models(models, want):
    """A list of these models."""
    kind = type(models).__name__
    expect.that(isinstance(models, list), f"returned a {kind}, expected a list of models")
    expect.equal(len(models), len(want), what="the number of models in the list")
    for i, (model, wanted) in enumerate(zip(models, want, strict=True)):
        _expect_model(model, wanted, what=f"model {i} of the list")


def _expect_model(model, wanted, what):
    within = rounding(terms=40, condition=10, why="at most 40 steps, from W0 of size 3")
    expect.close(model, wanted, within=within, what=what)


def listed(path, period):
    """Of the models W_0 to W_T those that are to be listed: W_0, every period-th, and W_T."""
    last = len(path) - 1
    return path[[*range(0, last, period), last]]


def expect_batches(batches, want):
    """Exactly these rows were asked for, step by step."""
    expect.equal(len(batches), len(want), what="the number of steps")
    lengths = np.array([len(batch) for batch in batches])
    wanted_lengths = np.array([len(batch) for batch in want])
    expect.equal(lengths, wanted_lengths, what="the number of examples, by step")
    for step, (batch, wanted) in enumerate(zip(batches, want, strict=True), start=1):
        expect.equal(np.array(batch), np.array(wanted), what=f"the rows of step {step}")


def expect_descent(toy, models, path, batches, period):
    """The right models are listed, and each step asks for the gradient of its batch at its model.

    `path` are the models W_0 to W_T.
    """
    expect_models(models, listed(path, period))
    expect_batches(toy.batches, batches)
    for step, (model, wanted) in enumerate(zip(toy.models, path[:-1], strict=True), start=1):
        _expect_model(model, wanted, what=f"the model at which step {step} asks for a gradient")


def expect_separate(student, algorithm, after, **settings):
    """No two listed models share memory, and W0 is neither listed nor changed.

    `after` are the numbers of steps of the listed models; alpha is 0.1.
    """
    answer = student.programs.models_written_to(algorithm, {"alpha": 0.1, **settings})
    before, written = expect.items(answer, 2, what="the models before and after writing to them")
    before = expect.items(before, 1 + len(after), what="W0 and the listed models")
    written = expect.items(written, 1 + len(after), what="W0 and the listed models")
    expect.equal(
        before[0], SCALED_W0, what="W0, which is the caller's array and not to be changed,"
    )
    for i, (model, steps) in enumerate(zip(before[1:], after, strict=True)):
        _expect_model(model, 0.95**steps * SCALED_W0, what=f"model {i} of the list")
    names = ["W0", *(f"model {i} of the list" for i in range(len(after)))]
    for i, (old, new) in enumerate(zip(before, written, strict=True)):
        rises = np.round(expect.array(new, shape=old.shape, what=names[i]) - old).astype(int)
        others = [j for j in range(len(names)) if j != i and np.any(rises >> j & 1)]
        expect.that(not others, " and ".join(names[j] for j in [i, *others][:2]) + " share memory")
        _expect_model(new, old + 2**i, what=f"{names[i]}, after {2**i} was added to it,")


def expect_global_generators_untouched(student, rng, function, /, *arguments, **settings):
    """A call leaves the global generators of numpy and of Python as they were."""
    seed = int(rng.integers(2**31))
    answer = student.programs.global_draws_after(seed, function, *arguments, **settings)
    draws = expect.items(answer, 2, what="what the global generators draw after the call")
    undisturbed = np.random.RandomState(seed).random_sample(), random.Random(seed).random()
    for name, draw, want in zip(("numpy.random", "random"), draws, undisturbed, strict=True):
        same = expect.number(draw, what=f"a draw of {name}") == want
        expect.that(same, f"the global generator of {name} was used, not rng")


def expect_kept_models(student, budgets, budget, algorithm, p, **settings):
    """A run of 10 p steps with a constant gradient keeps its 11 models, and they are right."""
    T, c, d = 10 * p, 10, 784

    def inputs(rng):
        W0 = recipe("standard_normal", seed=int(rng.integers(2**31)), shape=(c, d))
        return algorithm, W0, {"W0": W0, "alpha": 1e-4, "monitor_period": p, **settings}

    budgets.memory(
        budget,
        student.programs.descend,
        inputs=inputs,
        sizes={"T": T, "p": p, "c": c, "d": d},
        verify=lambda arguments, products, _: expect_products(arguments, products, T, p),
    )


def expect_products(arguments, products, T, p):
    """The products of the listed models with the gradient of every step, which is W0."""
    _, W0, settings = arguments
    W0 = W0.build() if hasattr(W0, "build") else W0
    factors = 1 - settings["alpha"] * listed(np.arange(T + 1), p)
    expect.close(
        products,
        factors * float(np.vdot(W0, W0)),
        within=rounding(terms=W0.size + T, why="steps, and a sum over the entries of a model"),
        what="the product of each listed model with the gradient",
    )


def gradient_inputs(B, d, c):
    """Makes the arguments of a gradient, as recipes: they are as large as MNIST."""

    def inputs(rng):
        seeds = [int(seed) for seed in rng.integers(2**31, size=3)]
        W = recipe("standard_normal", seed=seeds[0], shape=(c, d))
        X = recipe("uniform", seed=seeds[1], shape=(B, d))
        Y = recipe("one_hot", seed=seeds[2], shape=(B,), classes=c)
        return W, X, Y, 0.1

    return inputs


def gradient_along_a_direction(oracle, rng, B, d, c):
    """What is expected of a measured gradient, and who judges it: a random direction is enough."""
    # a number of another size than the seeds of W, X and Y, so never one of them
    direction = recipe("standard_normal", seed=int(rng.integers(2**60)), shape=(c, d))

    def expected(W, X, Y, gamma):
        return oracle.slope(W, X, Y, gamma, direction)

    def verify(_, gradient, slope):
        expect.array(gradient, shape=(c, d), what="the gradient")
        expect.close(
            float(np.vdot(gradient, direction.build())),
            slope,
            within=rounding(terms=B + c * d, size=1.0),
            what="the gradient, in a random direction,",
            hint=f"a cost counts only where the value is right; here B, d, c = {B}, {d}, {c}",
        )

    return {"expected": expected, "verify": verify}


def expect_both_sides(asked, W, eps, directions):
    """A tester of gradients asked for the loss at W + eps D and W - eps D, and nowhere else."""
    expect.equal(len(asked), 2 * len(directions), what="the number of loss evaluations")
    moves = np.array(
        [expect.array(V, shape=W.shape, what="the model of a loss") - W for V in asked]
    )
    size = {"size": float(np.abs(W).max()), "why": "W is subtracted from W + eps D"}
    expect.close(
        np.linalg.norm(moves, axis=(1, 2)),
        np.full(len(moves), eps),
        within=rounding(terms=W.size, **size),
        what="the distances from W of those evaluations",
    )
    within = rounding(terms=len(moves), **size)
    expect.close(sum(moves), np.zeros(W.shape), within=within, what="the sum of all moves from W")
    wanted = eps * np.concatenate([directions, -directions])
    gaps = np.linalg.norm(moves[:, None] - wanted[None], axis=(2, 3))
    nearest = gaps.argmin(axis=1)
    once = sorted(nearest.tolist()) == list(range(len(moves)))
    expect.that(once, "the loss is not asked for once on each side, in each of rng's directions")
    what = "the moves from W, beside rng's directions"
    expect.close(moves, wanted[nearest], within=within, what=what)


def error_found(student, oracle, loss_fn, grad_fn, W, seed, nan_after=None, **settings):
    """What check_gradient returns, once it is judged where it asked for losses and gradients.

    `settings` are n_dirs and eps, where they are not the defaults of the contract. After so many
    directions as `nan_after` the result is known to be NaN: it may stop there.
    """
    n_dirs, eps = settings.get("n_dirs", 5), settings.get("eps", 1e-5)
    asked, models = [], []

    def noted_loss(V):
        asked.append(V)
        return loss_fn(V)

    def noted_gradient(V):
        models.append(V)
        return grad_fn(V)

    draws = np.random.default_rng(seed)
    error = student.check_gradient(noted_loss, noted_gradient, W, draws, **settings)
    directions = oracle.directions(seed, n_dirs, W.shape)
    if nan_after is not None:
        directions = directions[: max(nan_after, len(asked) // 2)]
    expect_both_sides(asked, W, eps, directions)
    for V in models:
        expect.equal(V, W, what="the model whose gradient is asked for")
    return error


def expect_largest_error(student, oracle, slopes, claimed, W, seed, **settings):
    """The error of a claimed gradient of sum(slopes * W) is the largest over the directions."""
    error = error_found(
        student,
        oracle,
        lambda V: float(np.sum(slopes * V)),
        lambda V: claimed,
        W,
        seed,
        **settings,
    )
    n_dirs = settings.get("n_dirs", 5)
    within = rounding(terms=12, condition=1e6, why="losses of size 5 differ by about 1e-5")
    want = max(oracle.direction_errors(slopes, claimed, seed, n_dirs))
    expect.close(error, want, within=within, what=f"check_gradient over {n_dirs} directions")


def expect_nan(error, what):
    """A tester of gradients returned NaN."""
    is_nan = isinstance(error, (float, np.floating)) and np.isnan(error)
    expect.that(is_nan, f"check_gradient {what} is {error!r}, expected NaN")
