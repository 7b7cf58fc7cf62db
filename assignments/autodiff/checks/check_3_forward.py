"""Part 3: forward mode, and forward over reverse."""

import numpy as np

from autograder.grading import check, expect, rounding
from expectations import (
    NODES_BY_HAND,
    chain_by_hand,
    close_chain,
    described,
    expect_no_loops,
    expect_unchanged,
    of_each,
)


@check(part="3.1", points=1, hint="handout, section 4: the worked example", requires=("R3.1a",))
def check_tangent_of_the_worked_example(student, data, rng):
    """The worked example at (3, 2) along (1, 10) has tangent 48, and as by hand elsewhere.

    Why: Forward mode computes one number beside each value; by hand it can be followed.
    Oracle: By hand in the handout; it is also 8 * 1 + 4 * 10, from the gradients.
    """
    points = [[np.array(z) for z in (3.0, 2.0, 1.0, 10.0)], [data.positive(rng) for _ in range(4)]]
    expressions = [(z[:2], [], NODES_BY_HAND, z[2:]) for z in points]
    got = of_each(student.programs.tangents(expressions), expressions)

    for (x0, x1, v0, v1), (value, tangent) in zip(points, got, strict=True):
        within, where = rounding(terms=4), f"at ({x0:g}, {x1:g})"
        expect.close(value, x0 * (x0 + x1) + x1, within=within, what=f"the value {where}")
        by_hand = (2 * x0 + x1) * v0 + (x0 + 1) * v1
        expect.close(tangent, by_hand, within=within, what=f"the tangent {where}")


@check(
    part="3.1",
    points=2,
    needs="check_tangent_of_the_worked_example",
    hint="handout, task 3.1",
    requires=("R3.1a", "R0a:Operation"),
)
def check_tangents_of_random_expressions(student, oracle, data, rng):
    """The tangents of each operation, in every direction of broadcasting, and of 20 random ones.

    Why: Each rule forward is the transpose of one backward; here they are tested on their own. A
    tangent has the shape of its value, also where a small array is added to a large one.
    Oracle: One complex step along the same direction, exact to rounding; leaves and directions of
    arrays that may be written to, compared with what they were.
    """
    for made in (data.each_operation(rng), [data.random_expression(rng) for _ in range(20)]):
        _expect_tangents(student, oracle, data, rng, made)


def _expect_tangents(student, oracle, data, rng, made):
    """The values and the tangents of expressions along random directions."""
    expressions = [(*e[:3], [data.distinct(rng, *x.shape) for x in e.leaves]) for e in made]
    got = of_each(student.programs.tangents(expressions), expressions)
    want = oracle.many_tangents(expressions)
    for expression, (value, tangent), exact in zip(expressions, got, want, strict=True):
        where = described(expression) if len(expression[2]) == 1 else "a random expression"
        if len(expression[2]) > 1:
            where += f" ({' '.join(op for op, _, _ in expression[2])})"
        for kind, g, w in (
            ("value", value, data.value_of(*expression)),
            ("tangent", tangent, exact),
        ):
            size = max(1.0, float(np.abs(w).max()))
            within = rounding(terms=60, condition=1e3, size=size, why="operations that amplify")
            expect.close(g, w, within=within, what=f"the {kind} of {where}")
    expect_unchanged(student, expressions, use_duals=True)


@check(
    part="3.1",
    points=1,
    needs="check_tangent_of_the_worked_example",
    hint="handout, task 3.1: jvp",
    requires=("R3.1b", "R0a:jvp"),
)
def check_jvp_gives_value_and_derivative(student, data, rng):
    """jvp gives f(x) and J v from one call of f; J v is 0 where f does not depend on x.

    Why: A directional derivative needs one run, however many inputs there are.
    Oracle: By hand: the sums of squares of rows change by 2 x . v; counted calls of f.
    """
    x, v = data.distinct(rng, 3, 4), data.distinct(rng, 3, 4)
    y, tangent, calls = expect.items(student.programs.pushed_forward("rows", x, v), 3)

    within = rounding(terms=4, condition=10, why="sums that may cancel")
    expect.close(y, (x * x).sum(axis=1), within=within, what="y")
    expect.close(tangent, 2 * (x * v).sum(axis=1), within=within, what="J v")
    expect.equal(calls, 1, what="the number of calls of f")
    y, tangent, calls = expect.items(student.programs.pushed_forward("a constant", x, v), 3)
    expect.equal(calls, 1, what="the number of calls of f")
    expect.close(y, 3.0, within=rounding(terms=1), what="a constant's value")
    expect.close(tangent, 0.0, within=rounding(terms=1, size=1.0), what="a constant's tangent")


@check(
    part="3.1",
    points=1,
    needs="check_jvp_gives_value_and_derivative",
    hint="handout, task 3.1: a jvp within a jvp",
    requires=("R3.1c",),
)
def check_nested_jvp_keeps_directions_apart(student, data, rng):
    """The derivative by x of x d/dy (x + y) is 1, and that of x d/dy (x x y y) is 6 x x y.

    Why: Two epsilons that are not kept apart give 2 instead of 1: perturbation confusion.
    Oracle: By hand: the inner derivatives are 1 and 2 x x y, at a number y.
    """
    x, y = float(data.positive(rng)), float(data.positive(rng))
    sums, products = expect.items(student.programs.nested_jvp(x, y), 2)
    expect.close(sums, 1.0, within=rounding(terms=3), what="the derivative of x d/dy (x + y)")
    by_hand = 6 * x**2 * y  # the derivative of x * 2 x x y, where y is a number
    what = "the derivative of x d/dy (x x y y)"
    expect.close(products, by_hand, within=rounding(terms=9), what=what)


@check(
    part="3.1",
    points=1,
    needs="check_jvp_gives_value_and_derivative",
    hint="handout, task 3.1: what f does not depend on",
    requires=("R3.1b", "R3.1c", "R0c:jvp"),
)
def check_jvp_of_what_is_not_used_is_zero(student, data, rng):
    """Where f does not use its argument J v is 0, of y's shape and type, also within another jvp.

    Why: A 0 in double precision makes every float32 array that it is added to twice as large.
    Oracle: By hand: 0 for f = w, and 2 x v for x x + d/dz (x x); the type of w.
    """
    x, v, w = data.distinct(rng, 2, 3), data.distinct(rng, 2, 3), data.distinct(rng, 4)
    for dtype in ("float32", "float64"):
        given = w.astype(dtype)
        y, tangent = expect.items(student.programs.jvp_of_another(given, x, v), 2)
        y = expect.array(y, shape=(4,), dtype=dtype, what=f"y of a function that is w, of {dtype}")
        expect.equal(y, given, what=f"y of a function that is w, of {dtype}")
        expect.array(tangent, shape=(4,), dtype=dtype, what=f"J v of a function that is w, {dtype}")
        expect.equal(tangent, np.zeros(4, dtype), what=f"J v of a function that is w, of {dtype}")
        value, tangent = expect.items(
            student.programs.jvp_beside_a_jvp(x.astype(dtype), v.astype(dtype)), 2
        )
        within = rounding(terms=2, dtype=dtype)
        value = expect.array(value, shape=(2, 3), dtype=dtype, what=f"x x + d/dz (x x), {dtype}")
        expect.close(value, x * x, within=within, what=f"x x + d/dz (x x), x of {dtype}")
        what = f"the derivative of x x + d/dz (x x), x of {dtype},"
        tangent = expect.array(tangent, shape=(2, 3), dtype=dtype, what=what)
        expect.close(tangent, 2 * x * v, within=within, what=what)


@check(
    part="3.1",
    points=1,
    needs="check_tangent_of_the_worked_example",
    hint="handout, section 2: float32 and integers, in Tensors and Duals",
    requires=("R0c:Operation", "R0c:Tensor.backward", "R0c:jvp", "R3.1a", "R3.1b"),
)
def check_float32_stays_float32(student, oracle, data, rng):
    """Values, gradients and tangents of float32 leaves are float32; of integers, float64.

    Why: One float64 number in a rule doubles the memory of all that follows.
    Oracle: Types; the numbers by complex steps in double precision.
    """
    cases = [
        ([x.astype(np.float32) for x in e.leaves], e.nodes, "float32")
        for e in data.each_operation(rng, one_form=True)
    ]
    for op, inputs, given in (("pow", [0], {"exponent": -1}), ("mul", [0, 1], {})):
        integers = [rng.integers(1, 5, size=(2, 3)) for _ in inputs]
        cases.append((integers, [(op, inputs, given)], "float64"))
    values = [data.value_of(leaves, [], nodes) for leaves, nodes, _ in cases]
    gradients, tangents = [], []
    for (leaves, nodes, dtype), value in zip(cases, values, strict=True):
        gradients.append((leaves, [], nodes, data.distinct(rng, *value.shape).astype(dtype)))
        tangents.append((leaves, [], nodes, [data.distinct(rng, *np.shape(x)).astype(dtype)
                                             for x in leaves]))  # fmt: skip
    of_tensors = of_each(student.programs.gradients(gradients), gradients)
    of_duals = of_each(student.programs.tangents(tangents), tangents)
    wanted = zip(oracle.many_gradients(gradients), oracle.many_tangents(tangents), strict=True)
    for (leaves, nodes, dtype), value, wants, (v1, gs), (v2, t) in zip(
        cases, values, wanted, of_tensors, of_duals, strict=True
    ):
        name = f"{described((leaves, [], nodes))}, of {np.asarray(leaves[0]).dtype},"
        judged = [("value", v1, value), ("value in a Dual", v2, value), ("tangent", t, wants[1])]
        judged += [("gradient", g, w) for g, w in zip(gs, wants[0], strict=True)]
        for kind, got, want in judged:
            what = f"the {kind} of {name}"
            got = expect.array(np.asarray(got), shape=want.shape, dtype=dtype, what=what)
            within = rounding(terms=24, condition=10, dtype=dtype, size=2.0, why="may cancel")
            expect.close(got, want, within=within, what=what)


@check(
    part="3.1",
    points=1,
    needs=("check_jvp_gives_value_and_derivative", "check_gradients_of_functions"),
    hint="handout, task 3.1: Tensors and Duals",
    requires=("R3.1f", "R3.1c"),
)
def check_jvp_of_tensors_is_right_or_refused(student, data, rng):
    """Where jvp meets a Tensor its value and J v are right, or TypeError is raised.

    Why: Mixing the two modes may be refused, but must not silently return a derivative of zero.
    Oracle: By hand: x x w changes by t = 2 x v w, its gradient 2 x w by 2 w v, that of 3 x x by
    6 v; and the gradient of the sum of t by w is 2 x v.
    """
    x, v, w = (data.distinct(rng, 2, 3) for _ in range(3))
    square = x * x * w, 2 * x * v * w
    by_hand = {"a jvp within an hvp": (6 * x, 6 * v), "a gradient": (2 * x * w, 2 * w * v)}
    by_hand["a gradient around"] = float((2 * x * v * w).sum()), 2 * x * v
    found = student.programs.jvp_with_tensors(x, v, w)
    expect.that(isinstance(found, dict) and set(by_hand) <= set(found), "cases are missing")
    for case, got in found.items():
        value, tangent = by_hand.get(case, square)
        if got != "TypeError":
            got = expect.items(got, 2, what=f"the result with {case}")
            within = rounding(terms=6, condition=10, size=1.0, why="a sum that may cancel")
            expect.close(got[0], value, within=within, what=f"the value with {case}")
            expect.close(got[1], tangent, within=within, what=f"J v with {case}")


@check(
    part="3.1",
    points=1,
    needs="check_tangents_of_random_expressions",
    hint="handout, part 2: arrays, not entries",
    requires=("R3.1g",),
    unjudged={"loops_taken(*).returned.*: *": "a bound on a time: less is as good"},
)
def check_no_tangent_loops_over_entries(student, oracle, data, budgets, rng):
    """The tangent of every operation takes few interpreter steps on arrays of 10 000 rows.

    Why: Forward mode is fast where a tangent takes as many array operations as its value.
    Oracle: Counted interpreter steps, which one loop over rows would multiply; the sum of each
    tangent by one complex step.
    """

    def inputs(rng):
        made = data.long_expressions(rng)
        return ([(*e[:3], [np.flip(x) for x in e.leaves]) for e in made],)

    def expected(expressions):
        return oracle.slopes([(*e[:3], 1.0, e[3]) for e in expressions])

    def verify(arguments, found, slopes):
        within = rounding(terms=data.LONG, condition=10, size=1e3, why="sums of many terms")
        for e, (value, tangent), slope in zip(
            *arguments, of_each(found, *arguments), slopes, strict=True
        ):
            where = f"a long {described(e)}"
            direct = np.asarray(data.OPERATIONS[e[2][0][0]](*e[0], **e[2][0][2]))
            expect.close(value, direct, within=rounding(terms=data.LONG), what=f"value of {where}")
            if direct.shape:
                what = f"the tangent of {where}"
                tangent = float(np.sum(expect.array(tangent, shape=direct.shape, what=what)))
            expect.close(tangent, slope, within=within, what=f"the tangent of {where}, summed up,")

    program = student.programs.tangents
    judged = {"expected": expected, "verify": verify}
    budgets.operations("tangent_steps", program, inputs=inputs, sizes={}, **judged)
    wide = [(*e[:3], [np.flip(x) for x in e.leaves]) for e in data.wide_expressions(rng)]
    expect_no_loops(student, data, "tangents", wide)


@check(
    part="3.1",
    points=1,
    needs="check_jvp_gives_value_and_derivative",
    hint="handout, task 3.1: what is kept?",
    requires=("R3.1e",),
)
def check_jvp_keeps_no_layer(student, budgets, data):
    """jvp through 200 layers of 0.5 MB takes the memory of a few.

    Why: Forward mode has no backward pass, so nothing has to be kept: its main advantage.
    Oracle: Bytes counted by the allocators during the call, beside what the system saw.
    """
    n = 65_536

    def inputs(rng):
        return data.positive(rng, n), data.positive(rng, n), 200

    budgets.memory(
        "jvp_memory",
        student.programs.jvp_of_a_chain,
        inputs=inputs,
        sizes={"n": n},
        expected=lambda x, v, depth: chain_by_hand(x, [1.01] * depth, v)[1],
        verify=lambda _, tangent, want: close_chain(200, tangent, want, "J v of the chain"),
    )


@check(
    part="3.1",
    points=1,
    needs="check_jvp_gives_value_and_derivative",
    hint="handout, task 3.1: what a constant adds",
    requires=("R3.1d",),
)
def check_jvp_costs_few_products(student, oracle, data, budgets, accounting, rng):
    """A directional derivative of a network costs three times its products at most.

    Why: A product rule has two terms, so value and derivative take three products, not more.
    Oracle: A counter in numpy's products while your engine runs; the slope by a complex step.
    """
    B, d, h, c = 32, 20, 10, 5
    params, X, labels = data.network(rng, B, (d, h, c))
    v = data.distinct(rng, d, h)
    within = rounding(terms=90, condition=1e3, why="sums over 32 examples and 200 entries of v")
    used = accounting.flops(
        student.programs.jvp_of_a_network,
        *(params, X, labels, v),
        at_least=0,
        expected=oracle.mlp_slope,
        verify=lambda _, slope, want: expect.close(
            slope, want, within=within, what="the slope of the loss"
        ),
    )
    forward = oracle.forward_flops(B, d, h, c)
    budgets.counted("jvp_products", used, sizes={"F": forward})


@check(part="3.2", points=2, hint="handout, task 3.2", requires=("R3.2a", "R0a:hvp", "R0c:hvp"))
def check_hessian_products_of_functions(student, oracle, data, rng):
    """hvp agrees with the second derivatives of four functions, is symmetric, and keeps float32.

    Why: Curvature in a direction costs a few gradients; the whole Hessian would cost d of them.
    Oracle: Second derivatives by hand; u . H v = v . H u, which needs no expected value.
    """
    x = data.distinct(rng, 2, 3)
    u, v = data.distinct(rng, 2, 3), data.distinct(rng, 2, 3)
    for name in ("smooth", "rational", "straight", "selected"):
        products = expect.items(student.programs.hessian_products(name, x, [u, v]), 2)
        for direction, got in zip((u, v), products, strict=True):
            want = oracle.hessian_product(name, x, direction)
            within = rounding(terms=12, condition=100, size=1.0, why="terms that may cancel")
            expect.close(got, want, within=within, what=f"H v of {name}")
        there, back = float(np.sum(u * products[1])), float(np.sum(v * products[0]))
        within = rounding(terms=12, condition=100, size=1.0, why="terms that may cancel")
        expect.close(there, back, within=within, what=f"u . H v of {name}, against v . H u")
        x32, v32 = x.astype(np.float32), v.astype(np.float32)
        (got,) = expect.items(student.programs.hessian_products(name, x32, [v32]), 1)
        what = f"H v of {name}, of float32"
        got = expect.array(got, shape=(2, 3), dtype=np.float32, what=what)
        within = rounding(terms=12, condition=100, size=1.0, dtype="float32", why="may cancel")
        expect.close(got, oracle.hessian_product(name, x, v), within=within, what=what)


@check(
    part="3.2",
    points=1,
    hint="handout, task 3.2: what must the rules be made of?",
    requires=("R3.2a", "R3.2b"),
)
def check_hessian_products_of_a_network(student, oracle, data, rng, budgets, accounting):
    """hvp of a network's loss by its first matrix is right, and costs few products.

    Why: Newton's method and sharpness of minima need H v of networks with millions of parameters.
    Oracle: A complex step of the gradient, which is written out by hand; counted products.
    """
    B, d, h, c = 32, 20, 10, 5
    params, X, labels = data.network(rng, B, (d, h, c))
    within = rounding(terms=320, condition=100, why="sums over 32 examples and 10 hidden units")
    used = accounting.flops(
        student.programs.hvp_of_a_network,
        *(params, X, labels, data.distinct(rng, d, h)),
        at_least=0,
        expected=oracle.mlp_hessian_product,
        verify=lambda _, product, want: expect.close(product, want, within=within, what="H v"),
    )
    budgets.counted("hvp_products", used, sizes={"F": oracle.forward_flops(B, d, h, c)})
