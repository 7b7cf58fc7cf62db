"""What the checks of several parts share: problems for optimisers, and what they expect alike."""

import random

import numpy as np

from autograder.grading import expect, rounding

SHAPES = ((3, 4), (5,), (3, 4))  # two of the same shape: each has a state of its own
SEEN = (1, 2, 5, 40)  # steps that are compared: some slips do not show in the first
ADAM = {"alpha": 0.05, "rho1": 0.8, "rho2": 0.95, "eps": 1e-3}
OPTIONS = {
    "SGDMomentum": {"alpha": 0.05, "beta": 0.8},
    "Nesterov": {"alpha": 0.05, "beta": 0.8},
    "AdaGrad": {"alpha": 0.3, "eps": 1e-2},
    "RMSProp": {"alpha": 0.05, "rho": 0.7, "eps": 1e-2},
    "Adam": ADAM,
    "AdamW": ADAM | {"weight_decay": 0.4},
}
STATES = {"SGDMomentum": 1, "Nesterov": 1, "AdaGrad": 1, "RMSProp": 1, "Adam": 2, "AdamW": 2}

# The t-th step with the same gradient g is alpha times this: the averages of a constant are known.
_STEADY_STEP = {
    "SGDMomentum": lambda g, t, beta: g * (1 - beta**t) / (1 - beta),
    "Nesterov": lambda g, t, beta: g * (1 - beta ** (t + 1)) / (1 - beta),
    "AdaGrad": lambda g, t, eps: g / (t**0.5 * abs(g) + eps),
    "RMSProp": lambda g, t, rho, eps: g / ((1 - rho**t) ** 0.5 * abs(g) + eps),
    "Adam": lambda g, t, rho1, rho2, eps: g / (abs(g) + eps) * t**0,
    "AdamW": lambda g, t, rho1, rho2, eps: g / (abs(g) + eps) * t**0,
}


def expect_descent(algorithm, oracle, bowl, alpha, beta, T, nesterov=False):
    """The path of T steps on a bowl is its closed form, of w0's dtype; returns that form."""
    gradient = expect.calls(bowl.grad, at_most=200)
    path = algorithm(gradient, bowl.w0, alpha=alpha, beta=beta, T=T)

    shape, dtype = bowl.w0.shape, bowl.w0.dtype.name
    what = f"the path of {T} steps from w0 of shape {shape}, {dtype},"
    expect.array(path, shape=(T + 1, *shape), dtype=dtype, what=what)
    exact = [part.astype("float64") for part in (bowl.curvature, bowl.minimum, bowl.w0)]
    want = oracle.momentum_path(*exact, alpha, beta, T, nesterov)
    within = rounding(terms=T + 1, condition=10, dtype=dtype, why="steps that swing")
    expect.close(path, want, within=within, what=what)
    return want


def settings(name, parameters):
    """Options for so many parameters, of which AdamW lets every other one shrink."""
    shrinking = [i % 2 == 0 for i in range(parameters)]
    return OPTIONS[name] | ({"decayed": shrinking} if name == "AdamW" else {})


def problem(rng, data, steps, dtype="float64", shapes=SHAPES):
    """Parameters, and gradients for each step."""
    grads = [data.random_arrays(rng, shapes, dtype) for _ in range(steps)]
    return data.random_arrays(rng, shapes, dtype), grads


def expect_arrays(got, want, within, what, dtype="float64"):
    """A list of these arrays; `what` says of which parameters, and after what."""
    for i, wanted in enumerate(want):
        array = expect.items(got, len(want), what="the list of parameters")[i]
        expect.array(array, shape=wanted.shape, dtype=dtype, what=what.format(i))
        expect.close(array, wanted, within=within, what=what.format(i))


def expect_path(student, oracle, rng, data, name):
    """The parameters after some of 40 steps are those of a loop over single entries.

    Returns the parameters and gradients that it used.
    """
    params, grads = problem(rng, data, max(SEEN))
    options = settings(name, len(params))
    path = student.programs.path(name, params, grads, options, SEEN)

    path = expect.items(path, len(SEEN), what="the list of parameters after some steps")
    _expect_moved(path[0], params)
    for t, arrays, want in zip(
        SEEN, path, oracle.optimiser_path(name, params, grads, options, seen=SEEN), strict=True
    ):
        within = rounding(terms=t, condition=100, why="powers of beta and rho near one")
        expect_arrays(arrays, want, within, f"params[{{}}] after {t} steps")
    return params, grads


def _expect_moved(got, params):
    """Not one of the arrays is what it was: none of their gradients is zero."""
    for array, w in zip(expect.items(got, len(params), what="params"), params, strict=True):
        still = np.array_equal(array, w)
        expect.that(not still, "this does not hold: step changes the very arrays of the caller")


def expect_in_place(student, oracle, rng, data, name, shapes=SHAPES, options=None):
    """An optimiser changes the arrays of params, views too, and nothing else of its caller's."""
    params, grads = problem(rng, data, 3, shapes=shapes)
    options = options or settings(name, len(params))
    answer = student.programs.in_place(name, params, grads, options)
    made, used, moved = expect.items(answer, 3, what="what was observed")
    _expect_same(made, params, "the constructor leaves the parameters as they are")
    for t, gradients in enumerate(expect.items(used, 3, what="the gradients after three steps")):
        _expect_same(gradients, grads[t], "step leaves the gradients as they are")

    (want,) = oracle.optimiser_path(name, params, grads, options, seen=(3,))
    within = rounding(terms=3, condition=100, why="powers of beta and rho near one")
    expect_arrays(moved, want, within, "params[{}], with gradients overwritten after each step,")
    pair = student.programs.side_by_side(name, params, grads, options)
    for moved in expect.items(pair, 2, what="the parameters of two optimisers"):
        expect_arrays(
            moved, want, within, "params[{}] of one of two optimisers whose steps alternate"
        )
    views = student.programs.path(name, params, grads, options, (3,), transposed=True)
    (moved,) = expect.items(views, 1, what="the list of parameters")
    expect_arrays(moved, want, within, "params[{}], a transposed view, after 3 steps")


def _expect_same(got, want, fact):
    """Exactly these arrays, which shows that `fact` holds."""
    for array, wanted in zip(expect.items(got, len(want), what=fact), want, strict=True):
        expect.array(array, shape=wanted.shape, what=fact)
        expect.that(np.array_equal(array, wanted), f"this does not hold: {fact}")


def expect_changing_alpha(student, oracle, rng, data, name):
    """Five steps in float32, each with an alpha of its own."""
    params, grads = problem(rng, data, 5, "float32")
    alphas = rng.uniform(0.01, 0.3, size=5).tolist()
    options = settings(name, len(params))
    path = student.programs.path(name, params, grads, options, (1, 2, 5), alphas)

    path = expect.items(path, 3, what="the list of parameters after some steps")
    wanted = oracle.optimiser_path(name, params, grads, options, alphas, (1, 2, 5))
    within = rounding(terms=5, condition=10, dtype="float32", why="powers of rho near one")
    for t, arrays, want in zip((1, 2, 5), path, wanted, strict=True):
        what = f"params[{{}}] after {t} steps in float32, each with another alpha,"
        expect_arrays(arrays, want, within, what, "float32")


def expect_state(student, rng, data, accounting, name):
    """The constructor itself makes the state; budgets say how large it may be."""
    shapes = [data.shape_of(rng, 60_000)]
    params = data.random_arrays(rng, shapes, "float32")
    allocated = accounting.bytes(student.programs.construct, name, params, settings(name, 1))
    what = f"the number of bytes that {name}() allocates for 240 000 of parameters"
    expect.number(allocated, low=0.9 * STATES[name] * 240_000, what=what)


def expect_lean_steps(student, rng, data, budgets, name, dtype="float64"):
    """Steps on thirteen parameters, each under 256 KiB: numpy then reuses no temporaries."""
    sizes = {"float64": (24_000, 30_000), "float32": (48_000, 60_000)}[dtype]
    shapes = [*(data.shape_of(rng, sizes[0]) for _ in range(12)), data.shape_of(rng, sizes[1])]
    itemsize = np.dtype(dtype).itemsize

    def inputs(rng):
        return data.steady_run(rng, name, shapes, settings(name, len(shapes)), 3, dtype)

    budgets.memory(
        "step_memory",
        student.programs.steps,
        inputs=inputs,
        sizes={
            "S": STATES[name],
            "P": itemsize * (12 * sizes[0] + sizes[1]),
            "M": itemsize * sizes[1],
        },
        verify=expect_steady,
    )


def expect_few_interpreter_steps(student, data, budgets, name):
    """Three steps on many rows and entries keep to a budget that knows nothing of the sizes."""

    def inputs(rng):
        shapes = ((int(rng.integers(5000, 7000)), 10), (int(rng.integers(5000, 6000)),))
        return data.steady_run(rng, name, shapes, settings(name, 2), 3)

    budgets.operations(
        "step_steps", student.programs.steps, inputs=inputs, sizes={}, verify=expect_steady
    )


def expect_quick_steps(student, data, budgets, budget, names, T):
    """T steps of each of these optimisers on one parameter of about 32 x 32."""

    def inputs(rng):
        rows = int(rng.integers(30, 35))
        shapes = [(rows, 1024 // rows)]
        return ([data.steady_run(rng, name, shapes, settings(name, 1), T) for name in names],)

    def verify(arguments, value, want):
        (runs,) = arguments
        for run, moved in zip(runs, expect.items(value, len(runs)), strict=True):
            expect_steady(run, moved, want)

    budgets.time(budget, student.programs.steps_of_all, inputs=inputs, verify=verify)


def expect_steady(arguments, value, want):
    """Some entries after steps with the same gradients are where a closed form says."""
    name, params, grads, options, T, seen = arguments
    wanted = []
    for i, recipes in enumerate(zip(params, grads, strict=True)):
        w, g = (part.build().ravel()[seen[i]].astype("float64") for part in recipes)
        wanted.append(steady(name, w, g, T, i=i, **options))
    dtype = params[0].dtype
    within = rounding(terms=T, condition=100, dtype=dtype, why="powers of beta and rho near one")
    what = f"{name}: params[{{}}] after {T} steps with the same gradients"
    expect_arrays(value, wanted, within, what, dtype)


def steady(name, w, g, T, alpha, i=0, weight_decay=0.0, decayed=(), **rest):
    """Where T steps with the same gradient g lead from w, the parameter of number i."""
    shrink = 1 - alpha * weight_decay if decayed and decayed[i] else 1.0
    t = np.arange(1.0, T + 1)[:, None]
    steps = shrink ** (T - t) * _STEADY_STEP[name](g, t, **rest)
    return shrink**T * w - alpha * steps.sum(axis=0)


def expect_trained(student, oracle, toy, algorithm, optimiser, options, batches, listed):
    """Rows, points and models of a run are those of a loop over single entries, whose path it
    returns. `options` are those of the optimiser and B, num_epochs, monitor_period."""
    gradient = expect.calls(toy.grad_fn, at_most=100)
    models = getattr(student, algorithm)(gradient, toy.W0, len(toy.targets), **options)

    expect.equal(toy.batches, batches, what="the rows that were asked for, step by step")
    expect.that(all(toy.slices), "idx is an array of indices: X[idx] would copy the batch")
    rest = {k: v for k, v in options.items() if k not in ("B", "num_epochs", "monitor_period")}
    path = oracle.models(optimiser, toy.W0, toy.curvatures, toy.targets, batches, rest)
    expect_models(models, path[list(listed)])
    within = rounding(terms=12, condition=100, why="12 steps, powers of rho near one")
    what = "the models at which gradients were taken"
    expect.close(np.array(toy.points), path[:-1], within=within, what=what)
    return path


def expect_models(models, want):
    """A list of these models."""
    kind = type(models).__name__
    expect.that(isinstance(models, list), f"returned a {kind}, expected a list of models")
    expect.equal(len(models), len(want), what="the number of models in the list")
    for i, (model, wanted) in enumerate(zip(models, want, strict=True)):
        within = rounding(terms=12, condition=100, why="12 steps, powers of rho near one")
        expect.close(model, wanted, within=within, what=f"model {i} of the list")


def expect_effects(student, algorithm, toy, settings, want):
    """A run lists these models, which it returns, in arrays of their own, and touches nothing of
    its caller's."""
    bowls = toy.curvatures, toy.targets
    answer = student.programs.effects(algorithm, bowls, {"W0": toy.W0, **settings})
    found, filled, drawn = expect.items(answer, 3, what="what a run leaves behind")

    found = expect.items(found, len(want) + 1, what="W0 and the listed models")
    expect.array(found[0], shape=toy.W0.shape, what="W0")
    expect.that(np.array_equal(found[0], toy.W0), "W0 was changed, which is the caller's array")
    for i, array in enumerate(expect.items(filled, len(found), what="W0 and the listed models")):
        expect.array(array, shape=toy.W0.shape, what=_model(i))
        same = [j for j in range(len(found)) if j != i and np.any(array == j)]
        what = " and ".join(map(_model, [i, *same])) + " share memory"
        expect.that(np.all(array == i), what)
    expect_models(list(found[1:]), want)
    undrawn = random.Random(1).random(), np.random.RandomState(1).random_sample()
    for number, wanted in zip(expect.items(drawn, 2, what="draws"), undrawn, strict=True):
        same = expect.number(number, what="a draw") == wanted
        expect.that(same, "a global generator was used, and not rng alone")
    return found


def _model(i):
    return f"model {i - 1} of the list" if i else "W0"


def expect_clipped(answer, norm, grads, factor, dtype="float64"):
    """What clipping returns, and the arrays as it has left them."""
    got, arrays = expect.items(answer, 2, what="what was observed")
    within = rounding(terms=21, dtype=dtype, why="up to 21 squares")
    expect.close(got, norm, within=within, what="the norm that is returned")
    for i, (array, g) in enumerate(zip(expect.items(arrays, len(grads)), grads, strict=True)):
        what = f"grads[{i}] afterwards"
        expect.array(array, shape=g.shape, dtype=dtype, what=what)
        expect.close(array, factor * g.astype("float64"), within=within, what=what)


def expect_averages(student, oracle, w0, iterates, start):
    """The average before any update and after each is the mean of the iterates that count."""
    wanted = oracle.averages(w0, iterates, start)
    averages = student.programs.averages(w0, iterates, start)
    for k, average in enumerate(expect.items(averages, len(wanted), what="the averages")):
        within = rounding(terms=max(len(iterates), 1), size=1.0, why="a mean of the iterates")
        what = f"the average after {k} updates with start = {start}"
        expect.close(average, wanted[k], within=within, what=what)


# The formula of descent is exact but for rounding up, which is optional; one step too many or too
# few is another number. The formula of the heavy ball leaves out a factor that grows with t.
TOLERANCES = {
    "heavy_ball": {"relative": 0.3, "absolute": 2},
    "gradient_descent": {"absolute": 1 - 1e-9},
}
