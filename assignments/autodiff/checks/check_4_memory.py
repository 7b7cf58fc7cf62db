"""Part 4: derivatives by differences, a fused loss, checkpoints."""

import numpy as np

from autograder.grading import check, expect, rounding
from expectations import chain_by_hand, close_chain, facts


@check(
    part="4.1",
    points=2,
    hint="handout, task 4.1",
    requires=("R4.1a", "R0a:numerical_grad"),
    judged_by="check_differences_ask_2d_times_and_keep_x",
)
def check_central_differences_of_a_cubic(student, data, rng):
    """numerical_grad of a cubic is 3 c x^2 + c eps^2, which only central differences give.

    Why: The error of a one-sided difference falls with eps, that of a central one with eps^2.
    Oracle: In closed form: central differences of a cubic are off by exactly c eps^2.
    """
    x, c = data.distinct(rng, 2, 3), data.distinct(rng, 2, 3)
    for eps in (1e-1, 1e-2):
        got = student.numerical_grad(lambda z: float((c * z**3).sum()), x, eps)
        want = c * (3 * x**2 + eps**2)
        within = rounding(terms=6, condition=10 / eps, why="differences, divided by 2 eps")
        expect.close(got, want, within=within, what=f"the differences for eps = {eps}")


@check(part="4.1", points=1, hint="handout, task 4.1", requires=("R4.1b", "R4.1c", "R4.1a"))
def check_differences_ask_2d_times_and_keep_x(student, data, rng):
    """f is called at x + eps e_k and x - eps e_k for each entry, and x may hold integers.

    Why: An x that is changed and not restored exactly makes every later entry wrong.
    Oracle: The recorded points against x plus and minus one entry each, in any order.
    """
    default = 1e-5  # of the contract: eps is not given then
    for x, eps in ((data.distinct(rng, 2, 3), default), (np.array([3, -2, 5, 7]), 1e-3)):
        asked, c = [], data.distinct(rng, *x.shape)

        def f(z, asked=asked, c=c, shape=x.shape):
            asked.append(expect.array(z, shape=shape, dtype=float, what="the argument of f"))
            return float((c * z).sum())

        given = () if eps == default else (eps,)
        gradient = student.numerical_grad(expect.calls(f, at_most=100), x, *given)
        within = rounding(terms=x.size, condition=10 / eps, why="differences, divided by 2 eps")
        expect.close(gradient, c, within=within, what="the differences of c . x")
        steps = [sign * eps * e for e in np.eye(x.size) for sign in (-1, 1)]
        expect.equal(len(asked), len(steps), what="the number of calls of f")
        found, wanted = np.array([z.ravel() for z in asked]), x.ravel() + np.array(steps)
        nearest = np.abs(found[:, None] - wanted).max(axis=2).argmin(axis=1)
        what = "which of the points x + eps e_k, x - eps e_k f was asked at"
        expect.equal(sorted(nearest.tolist()), list(range(len(steps))), what=what)
        what = "where f was asked, in the order of the entries"
        expect.close(found[nearest.argsort()], wanted, within=rounding(terms=2), what=what)


@check(part="4.2", points=1, hint="handout, section 4: the loss by hand", requires=("R4.2a",))
def check_cross_entropy_of_the_worked_example(student):
    """The loss of two examples by hand is log 7.5 / 2, and its gradient is in thirds and fifths.

    Why: Softmax minus one-hot, over B: every factor shows in fractions.
    Oracle: By hand in the handout: the exponentials are 2, 1 and 1, 4.
    """
    logits, labels = np.log([[2.0, 1.0], [1.0, 4.0]]), np.array([0, 0])
    v = np.array([[1.0, 0.0], [0.0, 0.0]])
    loss, gradient, tangent = expect.items(
        student.programs.cross_entropy(logits, labels, v, 1.0), 3
    )

    within = rounding(terms=4)
    expect.close(loss, np.log(7.5) / 2, within=within, what="the loss")
    by_hand = np.array([[-1 / 6, 1 / 6], [-2 / 5, 2 / 5]])
    expect.close(gradient, by_hand, within=within, what="the gradient")
    expect.close(tangent, -1 / 6, within=within, what="the derivative by the first logit")


@check(
    part="4.2",
    points=1,
    needs="check_cross_entropy_of_the_worked_example",
    hint="handout, task 4.2",
    requires=("R4.2a", "R4.2b", "R0a:softmax_cross_entropy", "R0c:softmax_cross_entropy"),
)
def check_cross_entropy_agrees_with_a_loop(student, oracle, data, rng):
    """Loss, gradient for any seed, and slope along v, for logits up to 1e5, in both types.

    Why: log(softmax) overflows long before the loss does; fused, neither does.
    Oracle: One number at a time in Python floats, relative to the score of the right class.
    """
    labels = rng.integers(4, size=7)
    for size, dtype in ((1.0, "float64"), (1e3, "float64"), (1e5, "float64"), (1.0, "float32")):
        logits = (data.distinct(rng, 7, 4) * size).astype(dtype)
        v = data.distinct(rng, 7, 4).astype(dtype)
        loss, gradient, tangent = expect.items(
            student.programs.cross_entropy(logits, labels, v, 2.5), 3
        )
        of_logits = oracle.cross_entropy_gradient(logits, labels)
        within = rounding(terms=7, condition=10, dtype=dtype)
        where = f"for logits of size {size:g}, of {dtype}"
        types = tuple(np.asarray(z).dtype.name for z in (loss, gradient, tangent))
        expect.equal(types, (dtype,) * 3, what=f"the dtypes of loss and derivatives {where}")
        expect.close(
            loss, oracle.cross_entropy(logits, labels), within=within, what=f"loss {where}"
        )
        why = "exponents of that size"
        within = rounding(terms=7, condition=10 * size, size=1.0, dtype=dtype, why=why)
        expect.close(gradient, 2.5 * of_logits, within=within, what=f"2.5 x gradient {where}")
        slope = float((v * of_logits).sum())
        expect.close(tangent, slope, within=within, what=f"the derivative along v {where}")


@check(
    part="4.2",
    points=1,
    needs="check_cross_entropy_agrees_with_a_loop",
    hint="handout, task 4.2: how many arrays of (B, c)?",
    requires=("R4.2c",),
)
def check_cross_entropy_makes_few_arrays(student, oracle, budgets, data, rng):
    """The loss is one operation; value and gradient of a large batch need a few arrays of its size.

    Why: Composed of single operations the loss would keep an array for each on the tape.
    Oracle: The parents of the loss: the logits alone. Bytes counted by the allocators during the
    call, beside what the system saw.
    """
    found = student.programs.parents_of_the_loss(data.distinct(rng, 5, 3), rng.integers(3, size=5))
    what = "whether each parent of the loss is the Tensor of the logits,"
    expect.equal(found, [True], what=what, hint="one Operation with a jvp and a vjp of its own")
    sizes = {"B": 20_000, "c": 20}

    def inputs(rng):
        labels = rng.integers(sizes["c"], size=sizes["B"])
        return data.distinct(rng, sizes["B"], sizes["c"]), labels

    v = data.distinct(rng, sizes["B"], sizes["c"])

    def verify(arguments, gradient, slope):
        gradient = expect.array(gradient, shape=v.shape, what="the gradient")
        within = rounding(terms=v.size, size=1.0, why="a sum over all entries")
        expect.close(float(np.sum(gradient * v)), slope, within=within, what="gradient . v")

    budgets.memory(
        "loss_memory",
        student.programs.cross_entropy_gradient,
        inputs=inputs,
        sizes=sizes,
        expected=lambda logits, labels: oracle.cross_entropy_slope_at_once(logits, labels, v),
        verify=verify,
    )


@check(
    part="4.2",
    points=1,
    needs="check_cross_entropy_agrees_with_a_loop",
    hint="handout, task 4.2: the batch at once",
    requires=("R4.2d", "R2b"),
)
def check_cross_entropy_loops_over_no_examples(student, oracle, data, budgets, rng):
    """Loss, gradient and derivative along v take few interpreter steps for 10 000 examples.

    Why: Every training step computes the loss, and a loop over its examples would take longer than
    the rest.
    Oracle: Counted interpreter steps; the loss and its slope along v, one number at a time.
    """

    def inputs(rng):
        labels = rng.integers(3, size=data.LONG)
        return data.distinct(rng, data.LONG, 3), labels, data.distinct(rng, data.LONG, 3), 2.5

    def expected(logits, labels, v, seed):
        loss = oracle.cross_entropy(logits, labels)
        return loss, oracle.cross_entropy_slope(logits, labels, v)

    def verify(arguments, found, want):
        (logits, _, v, seed), (loss, slope) = arguments, want
        value, gradient, tangent = expect.items(found, 3)
        within = rounding(terms=data.LONG, size=1.0, why="sums over examples that may cancel")
        expect.close(value, loss, within=within, what="the loss")
        expect.close(tangent, slope, within=within, what="the derivative along v")
        gradient = expect.array(gradient, shape=logits.shape, what="the gradient")
        there = float(np.sum(gradient * v))
        expect.close(there, seed * slope, within=within, what="2.5 x gradient . v")

    program = student.programs.cross_entropy
    judged = {"expected": expected, "verify": verify}
    budgets.operations("loss_steps", program, inputs=inputs, sizes={}, **judged)


@check(
    part="4.3", points=2, hint="handout, task 4.3", requires=("R4.3a", "R4.3b", "R0a:checkpoint")
)
def check_checkpoint_changes_no_value_and_no_gradient(student, oracle, data, rng):
    """A checkpoint gives value and gradients of what is in it, which runs exactly twice.

    Why: Checkpoints save memory at the cost of one more forward pass, and of nothing else.
    Oracle: Complex steps of the chain of tanh; 3 x x for x x x, of one input given twice; counted
    runs of the block.
    """
    h, seed = data.distinct(rng, 3, 4), data.distinct(rng, 3, 4)
    ws = [data.distinct(rng, 4), data.distinct(rng, 3, 1), data.distinct(rng)]
    got = facts(student.programs.checkpointed(h, ws, seed), "value", "gradients", "calls")

    nodes = [("mul", [0, 1], {}), ("tanh", [4], {}), ("mul", [5, 2], {}), ("tanh", [6], {})]
    nodes += [("mul", [7, 3], {}), ("tanh", [8], {}), ("mul", [9, 9], {})]
    within = rounding(terms=12, condition=10, size=1.0, why="1 - tanh^2 and sums that may cancel")
    end, _ = chain_by_hand(h, ws, 0.0)
    expect.close(got["value"], end, within=within, what="the value")
    names = ["h", "the first w", "the second w", "the third w"]
    want = oracle.gradients([h, *ws], [], nodes, seed)
    for name, g, w in zip(names, expect.items(got["gradients"], 4), want, strict=True):
        expect.close(g, w, within=within, what=f"the gradient by {name}")
    what = "how often the block ran, before and after backward"
    expect.equal(got["calls"], (1, 2), what=what)
    value, gradient = expect.items(student.programs.checkpoint_of_one_input_twice(h, seed), 2)
    within = rounding(terms=3)
    expect.close(value, h**3, within=within, what="checkpoint(f, x, x) of f(x, y) = x x y")
    what = "the gradient of checkpoint(f, x, x), f(x, y) = x x y"
    expect.close(gradient, 3 * h**2 * seed, within=within, what=what)


@check(part="4.3", points=1, hint="handout, task 4.3", requires=("R4.3b", "R4.3a", "R1.2b"))
def check_checkpoint_of_constants_runs_once(student, data, rng):
    """A checkpoint of constants, or within no_grad, runs once, and is not on the tape.

    Why: Evaluation must not have the costs of training.
    Oracle: The values by hand, for Tensors, arrays and Duals; counted runs.
    """
    h, w = data.distinct(rng, 3), data.distinct(rng, 3)
    value, requires_grad, calls = expect.items(student.programs.checkpoint_of_constants(h, w), 3)
    expect.close(value, np.tanh(h * w), within=rounding(terms=1), what="the value")
    expect.equal((requires_grad, calls), (False, 1), what="requires_grad, and runs of the layer")
    value, *recorded = expect.items(student.programs.checkpoint_within_no_grad(h, w), 3)
    what = "the value of a checkpoint within no_grad"
    expect.close(value, np.tanh(h * w), within=rounding(terms=1), what=what)
    what = "requires_grad and number of parents of a checkpoint within no_grad"
    expect.equal(recorded, [False, 0], what=what)
    v = data.distinct(rng, 3)
    product, calls, tangent = expect.items(student.programs.checkpoint_of_arrays(h, w, v), 3)
    expect.close(product, h * w, within=rounding(terms=1), what="a checkpoint of arrays")
    expect.equal(calls, 1, what="its runs")
    within = rounding(terms=3, condition=10, size=1.0, why="1 - tanh^2 cancels")
    slope = v * w / np.cosh(h * w) ** 2
    expect.close(tangent, slope, within=within, what="the tangent of a checkpoint")


@check(
    part="4.3",
    points=1,
    hint="handout, task 4.3: random layers",
    requires=("R4.3c", "R0b:checkpoint"),
)
def check_checkpoint_draws_the_same_mask_again(student, data, rng):
    """A dropout mask is the same in the second run, and the caller's generator stays in step.

    Why: With another mask than in the loss, the gradient is that of another function.
    Oracle: The recorded masks; a second generator of the same seed.
    """
    h, w, seed = data.distinct(rng, 4, 5), data.distinct(rng, 5), int(rng.integers(2**31))
    got = student.programs.dropout_in_a_checkpoint(h, w, seed)
    got = facts(got, "value", "gradient", "masks", "draws")

    again = np.random.default_rng(seed)
    mask = (again.uniform(size=h.shape) < 0.5) / 0.5
    expect.items(got["masks"], 2, what="the list of masks, one a run,")
    expect.equal(got["masks"][0], mask, what="the mask of the first run")
    expect.equal(got["masks"][1], mask, what="the mask of the second run")
    expect.close(got["value"], h * w * mask, within=rounding(terms=2), what="the value")
    expect.close(got["gradient"], w * mask, within=rounding(terms=2), what="the gradient")
    draws = (again.uniform(), again.uniform())
    expect.equal(got["draws"], draws, what="what the caller's generator draws after each run")


@check(
    part="4.4",
    points=1,
    hint="handout, task 4.4",
    requires=("R4.4a", "R4.4b", "R0a:checkpointed_chain"),
)
def check_checkpointed_chain_of_any_length(student, oracle, data, rng):
    """A checkpointed chain of 1 to 30 layers has the right gradients, from 2 N runs of a layer.

    Why: N is rarely a square: the shorter last segment is easily lost.
    Oracle: A product of slopes in closed form, layer by layer; counted runs.
    """
    for N in (1, 2, 3, 9, 10, 15, 30):
        x, ws = data.distinct(rng, 3), [data.distinct(rng, 1) for _ in range(N)]
        value, gradient, of_ws, calls = expect.items(student.programs.chain(x, ws), 4)
        want, wanted_of_ws = oracle.chain_gradients(x, ws)
        end, _ = chain_by_hand(x, ws, 0.0)
        within = rounding(terms=3 * N, condition=10, why="layers that each amplify a little")
        expect.close(value, end, within=within, what=f"the end of a chain of {N}")
        expect.close(gradient, want, within=within, what=f"the gradient by x for N = {N}")
        for k, (g, w) in enumerate(zip(expect.items(of_ws, N), wanted_of_ws, strict=True)):
            expect.close(g, w, within=within, what=f"the gradient by weight {k} for N = {N}")
        expect.equal(calls, (N, 2 * N), what="how often a layer ran, before and after backward")


@check(
    part="4.4",
    points=2,
    needs="check_checkpointed_chain_of_any_length",
    hint="handout, task 4.4: how long is a segment?",
    requires=("R4.4c",),
    unjudged={"chain_of_many_layers(*).returned.2: *": "a bound: fewer arrays are as good"},
)
def check_checkpointed_chain_keeps_few_arrays(student, budgets, data, rng):
    """A checkpointed chain of N layers keeps arrays for a few times sqrt(N), also for 10 000.

    Why: In this way networks are trained whose tape would not fit into memory. A segment of a fixed
    length is as good for one N only.
    Oracle: Results of layers that exist at once, counted by weak references; bytes counted by the
    allocators for 400 layers, beside what the system saw; their growth over four lengths.
    """
    N = int(rng.integers(9000, 10_000))
    x, ws = data.positive(rng, 2), [np.exp(rng.normal(scale=0.01, size=1)) for _ in range(N)]
    value, gradient, most = expect.items(student.programs.chain_of_many_layers(x, ws), 3)
    product = np.exp(np.log(ws).sum())
    within = rounding(terms=2 * N, why="a product of all weights")
    expect.close(value, x * product, within=within, what=f"the end of a chain of {N} layers")
    expect.close(gradient, [product] * 2, within=within, what=f"the gradient for {N} layers")
    what = f"the number of results of layers that exist at once, in a chain of {N},"
    most = expect.number(most, high=3 * np.sqrt(N), what=what)
    n = 8192

    def inputs(N, rng):
        return data.positive(rng, n), [data.positive(rng, 1) for _ in range(N)], True

    judged = {
        "expected": lambda x, ws, _: chain_by_hand(x, ws, np.ones(n))[1],
        "verify": lambda arguments, gradient, want: close_chain(
            len(arguments[1]), gradient, want, "the gradient by x"
        ),
    }
    budgets.memory(
        "chain_memory",
        student.programs.gradient_of_a_chain,
        inputs=lambda rng: inputs(400, rng),
        sizes={"N": 400, "n": n},
        **judged,
    )
    budgets.growth(
        "chain_growth",
        student.programs.gradient_of_a_chain,
        inputs=inputs,
        sizes=(25, 64, 144, 256),
        **judged,
    )
