"""Part 2: the rules of the operations, each through backward with a seed of its own."""

import numpy as np

from autograder.grading import check, expect, rounding
from expectations import described, expect_no_loops, expect_unchanged, judged_network, of_each


def _expect_gradients(student, oracle, data, rng, cases):
    """Values and gradients of expressions (leaves, constants, nodes), for random seeds.

    The caller's arrays, which may be written to, stay as they are.
    """
    values = [data.value_of(*case) for case in cases]
    expressions = [
        (*case, data.distinct(rng, *value.shape)) for case, value in zip(cases, values, strict=True)
    ]
    found = of_each(student.programs.gradients(expressions), expressions)
    wanted = oracle.many_gradients(expressions)
    within = rounding(terms=20, condition=100, why="sums that may cancel")
    for case, value, (got, gradients), wants in zip(cases, values, found, wanted, strict=True):
        where = described(case)
        expect.close(got, value, within=within, what=f"the value of {where}")
        for k, (gradient, want) in enumerate(zip(gradients, wants, strict=True)):
            what = f"the gradient of {where}, by input {k}"
            expect.close(gradient, want, within=within, what=what)
    expect_unchanged(student, expressions, use_duals=False)


@check(
    part="2.1",
    points=2,
    hint="handout, task 2.1",
    requires=(
        "R2.1a:Add",
        "R2.1a:Subtract",
        "R2.1a:Multiply",
        "R2.1a:Divide",
        "R2.1a:Negative",
        "R2.1a:Power",
        "R2.1a:Exp",
        "R2.1a:Log",
        "R2.1a:Tanh",
        "R2.1a:ReLU",
        "R1.3a",
        "R0a:Operation",
    ),
)
def check_slopes_of_entrywise_operations(student, oracle, data, rng):
    """The gradients of - / ** exp log tanh relu and of -x are right, for any seed, at 0 as well.

    Why: One wrong slope gives wrong gradients to everything that uses it.
    Oracle: Complex steps, exact to rounding: the operations in complex numbers, no rule in them.
    """
    cases = []
    for op in ("sub", "truediv", "add", "mul"):
        leaves = [data.distinct(rng, 3, 4), data.distinct(rng, 3, 4)]
        cases.append((leaves, [], [(op, [0, 1], {})]))
    for op in ("neg", "exp", "tanh", "relu"):
        cases.append(([data.distinct(rng, 3, 4)], [], [(op, [0], {})]))
    leaves = [data.positive(rng, 3, 4)]
    cases.append((leaves, [], [("log", [0], {})]))
    for exponent in (2, 3, -1, -2, 0.5, 1):
        cases.append((leaves, [], [("pow", [0], {"exponent": exponent})]))
    signed = data.read_only(np.append(data.distinct(rng, 5), 0.0))
    for exponent in (1, 2, 3):
        cases.append(([signed], [], [("pow", [0], {"exponent": exponent})]))
    cases.append(([signed, data.distinct(rng, 6)], [], [("truediv", [0, 1], {})]))
    _expect_gradients(student, oracle, data, rng, cases)


@check(
    part="2.1",
    points=1,
    hint="handout, task 2.1: constants",
    requires=("R2.1b", "R2.1a:Add", "R2.1a:Subtract", "R2.1a:Multiply", "R2.1a:Divide"),
)
def check_constants_stand_on_either_side(student, oracle, data, rng):
    """Numbers and arrays stand left or right of every operator: 2 - x, array / x, x @ array.

    Why: numpy would otherwise treat the Tensor as a number and make an array of Tensors.
    Oracle: Complex steps, exact to rounding: no rule of any derivative in them.
    """
    cases = [
        ([data.distinct(rng, 3, 4)], [constant], [(op, inputs, {})])
        for constant in (2, -1.5, data.distinct(rng, 3, 4))
        for op in ("add", "sub", "mul", "truediv")
        for inputs in ([0, 1], [1, 0])
    ]
    left, right = data.distinct(rng, 2, 3), data.distinct(rng, 4, 5)
    nodes = [("matmul", [1, 0], {}), ("matmul", [3, 2], {})]
    cases.append(([data.distinct(rng, 3, 4)], [left, right], nodes))
    _expect_gradients(student, oracle, data, rng, cases)


@check(
    part="2.1",
    points=1,
    hint="handout, task 2.1: where relu bends",
    requires=("R2.1c", "R0c:Operation"),
)
def check_relu_has_slope_zero_at_zero(student, data, rng):
    """The gradient of relu is 0 at 0, 1 above and 0 below, and float32 stays float32.

    Why: At the bend any slope between 0 and 1 is right; the course's is 0.
    Oracle: By hand.
    """
    x = np.array([-2.0, 0.0, -0.0, 3.0], dtype=np.float32)
    seed = data.distinct(rng, 4).astype(np.float32)
    expressions = [([x], [], [("relu", [0], {})], seed)]
    ((value, (gradient,)),) = of_each(student.programs.gradients(expressions), expressions)

    value = expect.array(value, shape=(4,), dtype=np.float32, what="the value")
    expect.equal(value, np.array([0, 0, 0, 3], np.float32), what="the value")
    expect.array(gradient, shape=(4,), dtype=np.float32, what="the gradient")
    expect.equal(gradient, seed * np.array([0, 0, 0, 1], np.float32), what="the gradient")


@check(
    part="2.2",
    points=2,
    hint="handout, section 4: broadcasting",
    requires=("R2.2a", "R0a:unbroadcast"),
)
def check_unbroadcast_sums_over_copies(student, data, rng):
    """unbroadcast sums over new axes and over axes of length 1, and keeps the shape.

    Why: A number that was copied to many places has the sum of their gradients.
    Oracle: Sums written out for each shape, the first of them by hand in the handout.
    """
    of_handout = student.unbroadcast(np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]), (2, 1))
    g = data.distinct(rng, 2, 3, 4)
    wanted = {
        (2, 3, 4): g,
        (3, 4): g.sum(axis=0),
        (4,): g.sum(axis=(0, 1)),
        (): g.sum(),
        (1,): g.sum().reshape(1),
        (3, 1): g.sum(axis=(0, 2)).reshape(3, 1),
        (2, 1, 4): g.sum(axis=1).reshape(2, 1, 4),
        (1, 1, 1): g.sum().reshape(1, 1, 1),
        (2, 1, 1): g.sum(axis=(1, 2)).reshape(2, 1, 1),
    }
    results = [student.unbroadcast(g, shape) for shape in wanted]

    expect.equal(of_handout, np.array([[6.0], [15.0]]), what="the handout's example")
    for (shape, want), result in zip(wanted.items(), results, strict=True):
        got = np.asarray(result)
        within = rounding(terms=24, size=24.0, why="sums of 24 entries that may cancel")
        expect.close(got, np.asarray(want), within=within, what=f"unbroadcast to {shape}")
        expect.equal(got.shape, shape, what=f"the shape of unbroadcast to {shape}")


@check(
    part="2.2",
    points=2,
    needs="check_unbroadcast_sums_over_copies",
    hint="handout, task 2.2",
    requires=("R2.2b", "R2.2a", "R0a:Operation"),
)
def check_gradients_of_broadcast_inputs(student, oracle, data, rng):
    """Gradients have the shapes of the inputs: (3, 1) with (1, 4), scalars, vectors, 0-d arrays.

    Why: A gradient in the shape of the result cannot be subtracted from its parameter.
    Oracle: Complex steps, one entry of each input at a time, so that shapes cannot go wrong.
    """
    pairs = [
        ((3, 1), (1, 4)),
        ((3, 4), ()),
        ((), (4,)),
        ((4,), (3, 4)),
        ((1,), (2, 3)),
        ((1, 1), ()),
    ]
    pairs += [((2, 1, 4), (3, 1)), ((1, 3, 1), (2, 1, 4))]
    cases = [
        ([data.distinct(rng, *shape) for shape in shapes], [], [(op, [0, 1], {})])
        for shapes in pairs
        for op in ("add", "sub", "mul", "truediv")
    ]
    _expect_gradients(student, oracle, data, rng, cases)


def _reductions():
    """Shapes, and over which of their axes: none, one from either end, several in any order."""
    every = (None, 0, 1, -1, (0, 2), (2, 1), (-1, 0), (0, 1, 2))
    for shape, axes in (((2, 3, 4), every), ((5,), (None, 0, -1))):
        for axis in axes:
            for keepdims in (False, True):
                yield shape, {"axis": axis, "keepdims": keepdims}


@check(part="2.3", points=2, hint="handout, task 2.3", requires=("R2.3a:Sum", "R2.3a:Traced.mean"))
def check_gradients_of_sums_and_means(student, oracle, data, rng):
    """Sums and means over no axis, one, several or all, with and without keepdims.

    Why: Without keepdims the gradient has lost an axis, and broadcasting puts it in a wrong place.
    Oracle: Complex steps, exact to rounding; the seed is random, so that places matter.
    """
    cases = [
        ([data.distinct(rng, *shape)], [], [(op, [0], given)])
        for op in ("sum", "mean")
        for shape, given in _reductions()
    ]
    _expect_gradients(student, oracle, data, rng, cases)


@check(
    part="2.3",
    points=2,
    hint="handout, task 2.3",
    requires=("R2.3b:Reshape", "R2.3b:Transpose", "R2.3c"),
)
def check_gradients_of_moved_and_selected_entries(student, oracle, data, rng):
    """Reshapes, cyclic transposes, slices and index arrays that name an entry twice.

    Why: What is moved must be moved back, by the inverse permutation; what is copied twice has
    two gradients.
    Oracle: Complex steps, exact to rounding; all axes differ in length, and the seed is random.
    """
    twice, rows = np.array([2, 0, 2, 2]), (np.array([0, 1, 0]), np.array([1, 2, 1]))
    moves = [("reshape", {"shape": shape}) for shape in ((4, 6), (-1,), (2, -1, 2), (24, 1))]
    moves += [("transpose", {"axes": axes}) for axes in ((1, 2, 0), (2, 0, 1), (0, 2, 1))]
    moves.append(("getitem", {"index": (slice(None), slice(0, 3, 2))}))
    cases = [([data.distinct(rng, 2, 3, 4)], [], [(op, [0], given)]) for op, given in moves]
    cases += [
        ([data.distinct(rng, 3, 4)], [], [("getitem", [0], {"index": index})])
        for index in (1, slice(1, None), twice, rows, (twice, 1))
    ]
    _expect_gradients(student, oracle, data, rng, cases)


@check(part="2.3", points=2, hint="handout, task 2.3: ties", requires=("R2.3d", "R0a:Operation"))
def check_equal_maxima_share_the_gradient(student, oracle, data, rng):
    """Of a maximum the largest entry has the gradient; m equal ones have an m-th of it each.

    Why: Given to all of them it would be counted m times.
    Oracle: Complex steps where one entry is the largest; by hand where two or three are.
    """
    cases = [
        ([data.distinct(rng, *shape)], [], [("max", [0], given)]) for shape, given in _reductions()
    ]
    _expect_gradients(student, oracle, data, rng, cases)
    x, seed = np.array([[1.0, 3.0, 3.0], [2.0, 2.0, 2.0]]), data.distinct(rng, 2)
    nodes = [("max", [0], {"axis": 1, "keepdims": False})]
    expressions = [([x], [], nodes, seed)]
    ((value, (gradient,)),) = of_each(student.programs.gradients(expressions), expressions)
    expect.equal(value, np.array([3.0, 2.0]), what="the maxima where some tie")
    by_hand = seed[:, None] * np.array([[0, 1 / 2, 1 / 2], [1 / 3, 1 / 3, 1 / 3]])
    expect.close(gradient, by_hand, within=rounding(terms=3), what="the gradient where some tie")


@check(part="2.4", points=2, hint="handout, task 2.4", requires=("R2.4a", "R2.2b", "R0a:Operation"))
def check_gradients_of_matrix_products(student, oracle, data, rng):
    """Gradients of products of (2, 3) with (3, 4), of x @ x, and of stacks of matrices.

    Why: Only with different sizes does it show which factor is transposed, and on which side it is.
    Oracle: Complex steps of a product that is summed term by term.
    """
    pairs = [((2, 3), (3, 4)), ((5, 2, 3), (5, 3, 4)), ((5, 2, 3), (3, 4))]
    pairs += [((2, 3), (5, 3, 1)), ((4, 1, 2, 3), (5, 3, 2))]
    product = [("matmul", [0, 1], {})]
    cases = [([data.distinct(rng, *a), data.distinct(rng, *b)], [], product) for a, b in pairs]
    cases.append(([data.distinct(rng, 3, 3)], [], [("matmul", [0, 0], {})]))
    turned = [("transpose", [0], {"axes": (1, 0)}), ("matmul", [0, 1], {})]
    cases.append(([data.distinct(rng, 2, 3)], [], turned))
    _expect_gradients(student, oracle, data, rng, cases)


@check(
    part="2.4",
    points=2,
    hint="handout, part 2: all operations must be right for this one",
    requires=("R2a", "R1.3a", "R0a:Operation"),
)
def check_gradients_of_random_expressions(student, oracle, data, rng):
    """The gradients of 20 random expressions of all operations agree with complex steps.

    Why: Rules that pass alone must work together: in any order, shared, and broadcast.
    Oracle: Complex steps, one entry of each leaf at a time, exact to rounding; the
    caller's arrays and seeds, which may be written to, stay as they are.
    """
    expressions = []
    for _ in range(20):
        made = data.random_expression(rng)
        expressions.append((*made[:3], data.distinct(rng, *made.shape)))
    got = of_each(student.programs.gradients(expressions), expressions)
    want = oracle.many_gradients(expressions)
    for number, (expression, (value, mine), exact) in enumerate(
        zip(expressions, got, want, strict=True)
    ):
        ops = " ".join(op for op, _, _ in expression[2])
        within = rounding(terms=60, condition=1e3, size=6.0, why="operations that amplify")
        expect.close(
            value,
            data.value_of(*expression),
            within=within,
            what=f"the value of expression {number} ({ops})",
        )
        for k, (g, w) in enumerate(zip(mine, exact, strict=True)):
            what = f"the gradient by leaf {k} of expression {number} ({ops})"
            size = max(1.0, float(np.abs(w).max()))
            within = rounding(terms=60, condition=1e3, size=size, why="operations that amplify")
            expect.close(g, w, within=within, what=what)
    expect_unchanged(student, expressions, use_duals=False)


@check(
    part="2.4",
    points=1,
    needs="check_gradients_of_matrix_products",
    hint="handout, task 2.4: which products are not needed?",
    requires=("R2.4b", "R2b"),
)
def check_a_gradient_costs_few_products(student, oracle, data, budgets, accounting, rng):
    """Value and gradient of networks of 90 and 1000 inputs cost 2.5 times their products at most.

    Why: Reverse mode costs a small multiple of the function, however many inputs there are; that
    made deep learning possible.
    Oracle: A counter in numpy's products while your engine runs, and the count of the forward pass
    term by term; counted interpreter steps, which loops over entries would multiply.
    """
    program = student.programs.gradient_of_a_network
    for B, d, h, c in ((64, 90, 30, 10), (8, 1000, 30, 10)):
        params, X, labels = data.network(rng, B, (d, h, c))
        judged = judged_network(oracle, [data.distinct(rng, *p.shape) for p in params])
        used = accounting.flops(program, params, X, labels, at_least=0, **judged)
        budgets.counted("gradient_products", used, sizes={"F": oracle.forward_flops(B, d, h, c)})

    def inputs(rng):
        return data.network(rng, 64, (90, 30, 10))

    judged = judged_network(oracle, [data.distinct(rng, *p.shape) for p in inputs(rng)[0]])
    budgets.operations("gradient_steps", program, inputs=inputs, sizes={}, **judged)


@check(
    part="2.4",
    points=1,
    needs="check_gradients_of_matrix_products",
    hint="handout, task 2.4: what does the pass back do for each entry?",
    requires=("R2.4c",),
)
def check_a_gradient_takes_little_more_than_its_products(student, oracle, data, budgets):
    """Value and gradient of a network take little more time than the products they consist of.

    Why: All derivatives together cost about three forward passes.
    Oracle: The gradient by the last bias, softmax minus one-hot; CPU time beside the same products
    and passes over arrays.
    """
    sizes = (2000, 64, 10)

    def inputs(rng):
        return (*data.network(rng, 240, sizes), 10)

    def expected(params, X, labels, times):
        return oracle.mlp_gradient_by_bias(params, X, labels)

    def verify(arguments, value, want):
        within = rounding(terms=2000, condition=1e3, why="sums over 2000 inputs, 240 examples")
        expect.close(value, want, within=within, what="the gradient by the last bias")

    budgets.time(
        "gradient_time",
        student.programs.gradients_of_a_network,
        inputs=inputs,
        expected=expected,
        verify=verify,
    )


@check(
    part="2.4",
    points=1,
    needs="check_gradients_of_random_expressions",
    hint="handout, part 2: arrays, not entries",
    requires=("R2b",),
    unjudged={"loops_taken(*).returned.*: *": "a bound on a time: less is as good"},
)
def check_no_rule_loops_over_entries(student, oracle, data, budgets, rng):
    """Value and gradient of every operation take few interpreter steps on arrays of 10 000 rows.

    Why: A loop in Python takes a hundred times as long as the array operation in its place, and one
    in `map` or np.vectorize still ten times.
    Oracle: Counted interpreter steps, which one loop over rows would multiply; the gradients by one
    complex step, along the inputs read backwards; the time beside one of the shortest loop.
    """

    def inputs(rng):
        made = data.long_expressions(rng)
        return ([(*e[:3], data.distinct(rng, *e.shape)) for e in made],)

    def expected(expressions):
        return oracle.slopes([(*e, [np.flip(x) for x in e[0]]) for e in expressions])

    def verify(arguments, found, slopes):
        within = rounding(terms=data.LONG, size=1e3, why="sums that may cancel")
        for e, (value, gradients), slope in zip(
            *arguments, of_each(found, *arguments), slopes, strict=True
        ):
            leaves, where = e[0], f"a long {described(e)}"
            direct = np.asarray(data.OPERATIONS[e[2][0][0]](*leaves, **e[2][0][2]))
            expect.close(value, direct, within=rounding(terms=data.LONG), what=f"value of {where}")
            total = 0.0
            for k, (g, x) in enumerate(zip(gradients, leaves, strict=True)):
                what = f"the gradient of {where}, by input {k}"
                total += float(np.sum(expect.array(g, shape=np.shape(x), what=what) * np.flip(x)))
            expect.close(total, slope, within=within, what=f"gradient . v of {where}")

    program = student.programs.gradients
    judged = {"expected": expected, "verify": verify}
    budgets.operations("rule_steps", program, inputs=inputs, sizes={}, **judged)
    wide = [(*e[:3], np.ones(e.shape, np.float32)) for e in data.wide_expressions(rng)]
    expect_no_loops(student, data, "gradients", wide)
