"""Part 1: the tape, topological order, and the way back. Only + and * occur here."""

import numpy as np

from autograder.grading import check, expect, rounding
from expectations import (
    NODES_BY_HAND,
    chain_by_hand,
    close_chain,
    expect_unchanged,
    facts,
    graphs,
    made_of,
    of_each,
)


def _expect_order(order, leaves, nodes):
    """Each of them once, parents first."""
    wanted = made_of(leaves, nodes)
    given = order if isinstance(order, str) else type(order).__name__
    expect.that(isinstance(order, list), f"toposort gives a {given}, not a list")
    expect.that(
        all(isinstance(n, int) for n in order), "the list holds something else than Tensors"
    )
    expect.that(-1 not in order, "a Tensor is listed that is neither a leaf nor a result of yours")
    expect.equal(len(order), len(set(order)), what="the number of different Tensors in the list")
    expect.equal(sorted(order), sorted(wanted), what="the Tensors that are listed, by number")
    place = {number: k for k, number in enumerate(order)}
    early = [
        n for n in order if n >= leaves and any(place[p] > place[n] for p in nodes[n - leaves][1])
    ]
    expect.that(not early, f"Tensor {early[:1]} is listed before one of its parents")


@check(part="1.1", points=1, hint="handout, section 4: the worked example", requires=("R1.1a",))
def check_order_of_the_worked_example(student):
    """The five Tensors of the worked example are listed once each, parents first.

    Why: A Tensor may pass its gradient on only when the gradients of all its uses have been added.
    Oracle: By hand in the handout: both leaves, their sum, the product, the result.
    """
    order = student.programs.order_of(2, NODES_BY_HAND)

    _expect_order(order, 2, NODES_BY_HAND)
    expect.equal(order[2:], [2, 3, 4], what="the numbers of the last three Tensors of the list")


@check(
    part="1.1",
    points=2,
    needs="check_order_of_the_worked_example",
    hint="handout, task 1.1",
    requires=("R1.1a",),
)
def check_order_of_random_graphs(student, rng):
    """Each Tensor that a result is made of is listed once, after its parents, in many graphs.

    Why: A Tensor with several uses is reached on several paths, and must be listed once.
    Oracle: A search through the description of the graph, without any Tensor; the order is compared
    with its definition, so that any right one passes. The graphs: single leaves, diamonds, values
    that nothing uses; and random ones.
    """
    for _, nodes in graphs():
        _expect_order(student.programs.order_of(2, nodes), 2, nodes)
    for count in (12, 30):
        ops = rng.choice(["add", "mul"], size=count)
        uses = [rng.integers(3 + k, size=2).tolist() for k in range(count)]
        nodes = [(str(op), inputs, {}) for op, inputs in zip(ops, uses, strict=True)]
        _expect_order(student.programs.order_of(3, nodes), 3, nodes)


@check(
    part="1.1",
    points=2,
    needs="check_order_of_the_worked_example",
    hint="handout, task 1.1: what grows with the graph?",
    requires=("R1.1b", "R1.1c"),
)
def check_order_takes_linear_work_without_recursion(student, budgets, rng):
    """A chain of 5000 operations is sorted, and twice the chain takes twice the steps and time.

    Why: Networks run over thousands of time steps: Python's recursion ends at 1000 calls, and a
    search through the list for each Tensor makes the work quadratic.
    Oracle: The length of the chain; counted interpreter steps over five lengths, each Tensor used
    twice, so that following every path would never end; and the CPU time for about 4500 layers
    beside that for 100, because a search in a list takes no steps of Python.
    """
    program = student.programs.chain_of_diamonds
    budgets.growth(
        "order_work",
        program,
        inputs=lambda size, rng: (np.zeros(1), size, False),
        sizes=(50, 100, 200, 400, 800),
        verify=lambda arguments, length, _: expect.equal(
            length, 2 * arguments[1] + 1, what="the number of Tensors in the list of a chain"
        ),
        timed_at=(100, int(rng.integers(4350, 4650))),
    )
    length = program(np.zeros(1), 2500, False)
    expect.equal(length, 5001, what="the number of Tensors in the list of a chain of 5000")


@check(part="1.2", points=2, hint="handout, task 1.2", requires=("R1.2a",))
def check_operations_are_recorded(student, data, rng):
    """A product knows its parents, and that it requires a gradient; one of constants does not.

    Why: What needs no gradient must cost nothing on the way back, so it must not be on the tape.
    Oracle: The definition in the handout, on Tensors of two leaves and a constant.
    """
    a, b = data.distinct(rng, 2, 3), data.distinct(rng, 2, 3)
    found = student.programs.recorded_facts(a, b)
    names = ("data", "leaf", "product", "its parents", "parents beside a number")
    found = facts(found, *names, "made of constants")

    expect.close(found["data"], a * b, within=rounding(terms=1), what="the data of x * y")
    expect.equal(found["leaf"], (True, 0, True), what="requires_grad, parents, no grad of a leaf")
    expect.that(found["product"] is True, "x * y does not require a gradient")
    expect.equal(found["its parents"], [1, 2], what="the parents of x * y, by number")
    expect.equal(found["parents beside a number"], [True], what="whether x is a parent of x * 2.0")
    what = "requires_grad and number of parents of a product of constants"
    expect.equal(found["made of constants"], (False, 0), what=what)


@check(part="1.2", points=1, hint="handout, task 1.2", requires=("R1.2b",))
def check_nothing_is_recorded_within_no_grad(student, data, rng):
    """Within no_grad nothing is recorded; afterwards it is again, also after an exception.

    Why: Evaluation needs no tape, and a switch that stays off would silently end all training.
    Oracle: The definition: on, off, off after an inner block, on, on after an exception.
    """
    seen = student.programs.recorded_within_no_grad(data.distinct(rng, 3))

    what = "whether x * x is recorded: before, within, after an inner block, after, after an error"
    expect.equal(seen, [True, False, False, True, True], what=what)


@check(
    part="1.2",
    points=2,
    needs="check_nothing_is_recorded_within_no_grad",
    hint="handout, task 1.2: what does a Tensor keep alive?",
    requires=("R1.2c",),
)
def check_no_grad_keeps_no_layer(student, budgets, data):
    """Within no_grad a chain of 200 layers of 0.5 MB takes the memory of a few.

    Why: A tape that is never read costs as much memory as one that is needed.
    Oracle: Bytes counted by the allocators during the call, beside what the system saw.
    """
    n = 65_536

    def inputs(rng):
        return data.positive(rng, n), 200

    budgets.memory(
        "no_grad_memory",
        student.programs.chain_within_no_grad,
        inputs=inputs,
        sizes={"n": n},
        expected=lambda x, depth: chain_by_hand(x, [1.01] * depth, 0.0)[0],
        verify=lambda _, end, want: close_chain(200, end, want, "the end of the chain"),
    )


@check(
    part="1.2",
    points=1,
    needs="check_operations_are_recorded",
    hint="handout, task 1.2: reference cycles",
    requires=("R1.2d",),
)
def check_a_dropped_result_frees_its_tape(student, data, rng):
    """When a result is dropped, all 10 Tensors it was made of die at once.

    Why: A function that refers to the Tensor that refers to it makes a cycle, and its arrays stay
    until the garbage collector happens to run.
    Oracle: Weak references, while the garbage collector is off.
    """
    count = student.programs.alive(data.distinct(rng, 4), False)
    expect.equal(count, 0, what="the number of Tensors alive after their result was dropped")


@check(
    part="1.3",
    points=1,
    hint="handout, section 4: the worked example; shapes (1,) and (1, 1) have a single entry too",
    requires=("R1.3a", "R1.3b"),
)
def check_gradients_of_the_worked_example(student, data, rng):
    """The gradients of the worked example are 8 and 4 at (3, 2), and as by hand elsewhere.

    Why: Both leaves are used twice, so each gradient is a sum; the example shows which terms. A
    result of a single entry, be it of shape (), (1,) or (1, 1), needs no seed.
    Oracle: By hand in the handout: 2 x0 + x1 and x0 + 1.
    """
    points = [(np.array(3.0), np.array(2.0))]
    points += [
        (data.positive(rng, *ones), data.positive(rng, *ones)) for ones in ((), (1,), (1, 1))
    ]
    expressions = [(list(x), [], NODES_BY_HAND, None) for x in points]
    got = of_each(student.programs.gradients(expressions), expressions)

    for (x0, x1), (value, gradients) in zip(points, got, strict=True):
        within, where = rounding(terms=3), f"at ({x0.item():g}, {x1.item():g}), shape {x0.shape}"
        expect.close(value, x0 * (x0 + x1) + x1, within=within, what=f"the value {where}")
        for k, by_hand in enumerate((2 * x0 + x1, x0 + 1)):
            what = f"the gradient with respect to x{k} {where}"
            expect.close(gradients[k], by_hand, within=within, what=what)


@check(
    part="1.3",
    points=2,
    needs="check_gradients_of_the_worked_example",
    hint="handout, task 1.3: why +=; a leaf may be the result itself",
    requires=("R1.3a", "R0a:Tensor.backward"),
)
def check_uses_of_a_tensor_add_up(student, oracle, data, rng):
    """Gradients add up over all uses: x itself, x * x, diamonds, shared sums, for any seed.

    Why: The derivative is the sum over all paths: hence += and not =. And what is added must be no
    array that something else still needs, such as the caller's seed.
    Oracle: Complex steps, one entry at a time: exact, and no rule of any derivative in them; leaves
    and seeds of arrays that may be written to, compared with what they were.
    """
    expressions = [
        ([data.distinct(rng, 2, 3), data.distinct(rng, 2, 3)], [], nodes, data.distinct(rng, 2, 3))
        for _, nodes in graphs()
    ]
    expressions[0][0].pop()  # a leaf alone
    found = of_each(student.programs.gradients(expressions), expressions)
    wanted = oracle.many_gradients(expressions)
    within = rounding(terms=64, condition=20, why="sums over the ways")
    for (name, nodes), expression, (value, got), want in zip(
        graphs(), expressions, found, wanted, strict=True
    ):
        leaves, of_value = expression[0], data.value_of(*expression)
        expect.close(value, of_value, within=within, what=f"the value of {name}")
        for k, (g, w) in enumerate(zip(got, want, strict=True)):
            what = f"the gradient by x{k} of {name}"
            if k in made_of(len(leaves), nodes):
                expect.close(g, w, within=within, what=what)
            else:
                expect.that(
                    g is None or not np.any(g), f"{what}, on which it does not depend, is {g}"
                )
    expect_unchanged(student, expressions, use_duals=False)


@check(
    part="1.3",
    points=1,
    hint="handout, task 1.3: the gradients of several calls",
    requires=("R1.3c", "R1.3a"),
)
def check_gradients_add_up_until_zero_grad(student, data, rng):
    """A second backward adds to grad, leaves others alone, and zero_grad forgets.

    Why: A batch too large for memory is done in parts, whose gradients add up.
    Oracle: By hand: the gradients of x y and of x x are y and 2 x.
    """
    a, b = data.distinct(rng, 2, 3), data.distinct(rng, 2, 3)
    got = student.programs.two_backwards(a, b)
    got = facts(got, "first", "both", "untouched", "forgotten", "after zero_grad")

    within = rounding(terms=3, condition=10, why="b + 2 a may cancel")
    expect.close(got["first"], b, within=within, what="the gradient after one backward")
    expect.close(got["both"], b + 2 * a, within=within, what="the gradient after two")
    expect.close(got["untouched"], a, within=within, what="the gradient of y, used once")
    expect.that(got["forgotten"], "grad is not None after zero_grad")
    expect.close(got["after zero_grad"], b, within=within, what="the gradient after zero_grad")


@check(part="1.3", points=1, hint="handout, task 1.3", requires=("R1.3d", "R0c:Tensor.backward"))
def check_gradients_are_arrays_of_their_own(student, data, rng):
    """grad is an array of its own, of the leaf's shape and dtype, also for float32 and scalars.

    Why: x + y passes one gradient to both: if they share it, clipping one in place changes both.
    Oracle: Each array is written to, and the others do not change; shapes and types of the leaves.
    """
    a, names = data.distinct(rng, 3, 2), ("x.grad", "y.grad", "the seed", "x.data", "z.grad")
    names += ("the seed of z.transpose()",)
    for number, array in enumerate(facts(student.programs.written_to(a), *names).values()):
        shape = a.T.shape if number == 5 else a.shape
        held = expect.array(array, shape=shape, what=names[number])
        other = next((i for i, name in enumerate(names) if i != number and np.all(held == i)), None)
        expect.that(other is None, f"{names[number]} and {names[other or 0]} share memory")
        expect.that(np.all(held == number), f"{names[number]} is not an array that can be changed")
    square = [("mul", [0, 0], {})]
    for shape, dtype in (
        ((2, 3), "float32"),
        ((), "float64"),
        ((), "float32"),
        ((1, 1), "float64"),
    ):
        leaf, seed = (data.distinct(rng, *shape).astype(dtype) for _ in range(2))
        expressions = [([leaf], [], square, seed)]
        ((value, gradients),) = of_each(student.programs.gradients(expressions), expressions)
        within, what = rounding(terms=2, dtype=dtype), f"grad of a {dtype} leaf"
        expect.equal(np.asarray(value).dtype.name, dtype, what=f"the dtype of x * x of {dtype}")
        expect.close(value, leaf * leaf, within=within, what=f"x * x of {dtype}")
        gradient = expect.array(gradients[0], shape=shape, dtype=dtype, what=what)
        expect.close(gradient, 2 * leaf * seed, within=within, what=what)


@check(part="1.3", points=1, hint="handout, task 1.3: what backward refuses", requires=("R1.3e",))
def check_backward_refuses_what_makes_no_sense(student):
    """backward raises ValueError or RuntimeError for missing and wrong seeds, and a used tape.

    Why: A gradient of several numbers at once has no meaning without weights, and a wrong shape
    would be broadcast in silence.
    Oracle: The list in the handout.
    """
    wanted = {
        "no seed": "ValueError",
        "seed of another shape": "ValueError",
        "no gradient required": "RuntimeError",
        "second backward": "RuntimeError",
        "part of a free tape": "RuntimeError",
    }
    for case, error in wanted.items():
        raised = student.programs.raised_by(case)
        expect.that(raised == error, f"{case}: {raised or 'nothing'} is raised, expected {error}")


@check(
    part="1.3",
    points=1,
    hint="handout, task 1.3: one visit each",
    requires=("R1.3g", "R1.3a"),
)
def check_each_tensor_is_visited_once(student, budgets, data, rng):
    """Thirty times (x + x) / 2 is differentiated at once, though a billion ways lead through it.

    Why: Following every path takes 2^30 visits; adding up first takes 61.
    Oracle: The gradient 1 in closed form; interpreter steps, counted for twelve times.
    """

    def inputs(rng):
        return data.distinct(rng, 3), 12, True

    def verify(_, gradient, __):
        within = rounding(terms=12)
        expect.close(gradient, np.ones(3), within=within, what="the gradient of 12 layers")

    program = student.programs.chain_of_diamonds
    budgets.operations("diamond_steps", program, inputs=inputs, sizes={"N": 12}, verify=verify)
    gradient = program(data.distinct(rng, 3), 30, True)
    expect.close(gradient, np.ones(3), within=rounding(terms=30), what="the gradient")


@check(part="1.3", points=1, hint="handout, task 1.1: no recursion", requires=("R1.3g", "R1.1b"))
def check_backward_goes_through_a_long_chain(student, data, rng):
    """A chain of 10 000 operations is differentiated.

    Why: A recurrent network is such a chain; a recursion would end at 1000 calls.
    Oracle: The gradient of (x + x) / 2 is 1, however often it is taken.
    """
    gradient = student.programs.chain_of_diamonds(data.distinct(rng, 3), 5000, True)
    expect.close(gradient, np.ones(3), within=rounding(terms=10), what="the gradient")


@check(
    part="1.3",
    points=1,
    hint="handout, task 1.3: what is freed",
    requires=("R1.3f",),
)
def check_backward_frees_the_tape(student, data, rng, budgets):
    """After backward the Tensors on the way are gone, and many steps take the memory of one.

    Why: The result is often kept, for its value; the tape behind it must not be.
    Oracle: Weak references and counted bytes, both while the garbage collector is off.
    """
    count = student.programs.alive(data.distinct(rng, 4), True)
    expect.equal(count, 0, what="the number of Tensors alive after backward")
    n = 65_536
    budgets.memory(
        "descent_memory",
        student.programs.steps_of_descent,
        inputs=lambda rng: (data.positive(rng, n), 100),
        sizes={"n": n},
        # each of the 99 steps before the last value takes a fifth of x away
        expected=lambda x, steps: float((x * x).sum()) * 0.8 ** (2 * (steps - 1)),
        verify=lambda _, energy, want: expect.close(
            energy, want, within=rounding(terms=n, why="a sum, after 99 steps"), what="x . x"
        ),
    )


@check(part="1.3", points=1, hint="handout, task 1.2: whose values?", requires=("R1.2e", "R1.3a"))
def check_gradients_belong_to_the_values_used(student, data, rng):
    """The gradient is the one at the values of the forward pass, whatever data is assigned later.

    Why: An optimiser assigns new parameters; a rule that looks them up later is off by a step.
    Oracle: By hand: x x y has the gradients 2 x y and x x.
    """
    a, b = data.distinct(rng, 3), data.distinct(rng, 3)
    got = expect.items(student.programs.gradient_after_assignment(a, b), 2)
    for k, want in enumerate((2 * a * b, a * a)):
        what = f"the gradient with respect to {'xy'[k]}"
        expect.close(got[k], want, within=rounding(terms=3), what=what)


@check(
    part="1.4",
    points=2,
    hint="handout, task 1.4",
    requires=(
        "R1.4a:value_and_grad",
        "R1.4a:grad",
        "R1.4c:value_and_grad",
        "R1.4c:grad",
        "R1.4e:value_and_grad",
        "R1.4e:grad",
        "R0a:value_and_grad",
        "R0a:grad",
    ),
)
def check_gradients_of_functions(student, data, rng):
    """grad and value_and_grad give the gradients of x y y + x, by either argument or both.

    Why: Users want gradients of functions, also within no_grad; the tape is a detail of the engine.
    Oracle: By hand: y y + 1 and 2 x y; calls of f, counted.
    """
    x, y = data.distinct(rng, 2, 3), data.distinct(rng, 2, 3)
    by_hand = [y * y + 1, 2 * x * y]
    within = rounding(terms=6, condition=10, why="sums that may cancel")

    for argnums, recording in ((0, True), (1, True), ((0, 1), True), ((1, 0), True), (0, False)):
        where = f"argnums = {argnums}{'' if recording else ', within no_grad'}"
        wanted = (argnums,) if isinstance(argnums, int) else argnums
        for make in ("value_and_grad", "grad"):
            got, calls = expect.items(
                student.programs.gradient_of("two arrays", [x, y], argnums, make, recording), 2
            )
            expect.equal(calls, 1, what=f"the number of calls of f by {make}")
            if make == "value_and_grad":
                value, got = expect.items(got, 2, what="the result of value_and_grad")
                expect.close(value, float((x * y * y + x).sum()), within=within, what="the value")
            got = (got,) if isinstance(argnums, int) else got
            got = expect.items(got, len(wanted), what=f"the gradients of {make}")
            for k, g in zip(wanted, got, strict=True):
                what = f"the gradient by argument {k} of {make}, {where}"
                expect.close(g, by_hand[k], within=within, what=what)


@check(
    part="1.4",
    points=1,
    hint="handout, task 1.4",
    requires=(
        "R1.4b:value_and_grad",
        "R1.4b:grad",
        "R1.4b:vjp",
        "R0c:value_and_grad",
        "R0c:grad",
        "R0c:vjp",
        "R1.4c:vjp",
    ),
)
def check_what_is_not_used_has_gradient_zero(student, data, rng):
    """The gradient by an argument that f does not use is 0, in its shape and type.

    Why: The scalar 0 or None in place of an array causes an error later, in other code.
    Oracle: The definition of a derivative of a constant.
    """
    x, y = data.distinct(rng, 2, 3), data.distinct(rng, 4, 1)
    for dtype in ("float64", "float32"):
        args = [z.astype(dtype) for z in (x, y)]
        for name, argnums, shape in (("the first only", 1, (4, 1)), ("neither", 0, (2, 3))):
            gradient, calls = expect.items(
                student.programs.gradient_of(name, args, argnums, "grad"), 2
            )
            _expect_zeros(gradient, shape, dtype, f"the gradient by argument {argnums}")
            expect.equal(calls, 1, what="the number of calls of f")
        both, calls = expect.items(
            student.programs.gradient_of("the first only", args, (0, 1), "value_and_grad"), 2
        )
        value, gradients = expect.items(both, 2, what="the result of value_and_grad")
        used, unused = expect.items(gradients, 2, what="the gradients of value_and_grad")
        _expect_zeros(unused, (4, 1), dtype, "the gradient by argument 1 of value_and_grad")
        within, what = rounding(terms=8, dtype=dtype), f"x x, summed up, of {dtype}"
        used = expect.array(used, shape=(2, 3), dtype=dtype, what=f"the gradient of {what}")
        expect.close(used, 2 * x, within=within, what=f"the gradient of {what}")
        expect.close(value, float((x * x).sum()), within=within, what=f"the value of {what}")
        expect.equal(np.asarray(value).dtype.name, dtype, what=f"the dtype of {what}")
        expect.equal(calls, 1, what="the number of calls of f")
        y3, pulled, calls = expect.items(
            student.programs.pulled_back("a constant", args[0], [1.0, -2.0]), 3
        )
        expect.close(y3, 3.0, within=rounding(terms=1), what="the value of a constant, by vjp")
        for zeros in expect.items(pulled, 2):
            _expect_zeros(zeros, (2, 3), dtype, "pull(u) of a constant")
        expect.equal(calls, 1, what="the number of calls of f")


def _expect_zeros(gradient, shape, dtype, what):
    gradient = expect.array(gradient, shape=shape, dtype=dtype, what=f"{what}, of {dtype}")
    expect.equal(gradient, np.zeros(shape, dtype), what=f"{what}, of {dtype}")


@check(part="1.4", points=1, hint="handout, task 1.4", requires=("R1.4d", "R1.4c:vjp", "R0a:vjp"))
def check_pull_multiplies_by_the_transposed_jacobian(student, data, rng):
    """vjp gives y and a pull that multiplies any u by the transposed Jacobian, again and again.

    Why: One forward pass is enough for any number of rows of the Jacobian.
    Oracle: By hand: row i of x has the sum of squares y_i, and J^T u = 2 u_i x; counted calls.
    """
    x, us = data.distinct(rng, 3, 4), [data.distinct(rng, 3) for _ in range(2)]
    y, pulled, calls = expect.items(student.programs.pulled_back("rows", x, us), 3)

    expect.close(y, (x * x).sum(axis=1), within=rounding(terms=4), what="y")
    expect.equal(calls, 1, what="the number of calls of f")
    for u, got in zip(us, expect.items(pulled, 2), strict=True):
        expect.close(got, 2 * u[:, None] * x, within=rounding(terms=4), what="pull(u)")
