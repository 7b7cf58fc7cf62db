"""Part 1, the rest of backward: seeds, sums over calls, what is freed; gradients of functions."""

import numpy as np

from autograder.grading import check, expect, rounding


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

    within = rounding(terms=3, condition=10, why="b + 2 a may cancel")
    expect.close(got["first"], b, within=within, what="the gradient after one backward")
    expect.close(got["both"], b + 2 * a, within=within, what="the gradient after two")
    expect.close(got["untouched"], a, within=within, what="the gradient of y, used once")
    expect.that(got["forgotten"], "grad is not None after zero_grad")
    expect.close(got["after zero_grad"], b, within=within, what="the gradient after zero_grad")


@check(part="1.3", points=1, hint="handout, task 1.3", requires=("R1.3d", "R0c"))
def check_gradients_are_arrays_of_their_own(student, data, rng):
    """grad is an array of its own, of the leaf's shape and dtype, also for float32 and scalars.

    Why: x + y passes one gradient to both: if they share it, clipping one in place changes both.
    Oracle: numpy's own test of shared memory; shapes and types of the leaves.
    """
    shared = student.programs.shared_memory(data.distinct(rng, 3, 2))
    expect.that(not shared, f"{', '.join(shared)} share memory")
    square = [("mul", [0, 0], {})]
    for shape, dtype in (
        ((2, 3), "float32"),
        ((), "float64"),
        ((), "float32"),
        ((1, 1), "float64"),
    ):
        leaf, seed = (data.distinct(rng, *shape).astype(dtype) for _ in range(2))
        ((_, gradients),) = student.programs.gradients([([leaf], [], square, seed)])
        expect.array(gradients[0], shape=shape, dtype=dtype, what=f"grad of a {dtype} leaf")


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

    Why: Following every way takes 2^30 visits; adding up first takes 61.
    Oracle: The gradient 1 in closed form; interpreter steps, counted for twelve times.
    """

    def inputs(rng):
        return data.distinct(rng, 3), 12, True

    program = student.programs.chain_of_diamonds
    budgets.operations("diamond_steps", program, inputs=inputs, sizes={"N": 12})
    gradient = program(data.distinct(rng, 3), 30, True)
    expect.close(gradient, np.ones(3), within=rounding(terms=30), what="the gradient")


@check(part="1.3", points=1, hint="handout, task 1.1: no recursion", requires=("R1.3g", "R1.1b"))
def check_backward_goes_through_a_long_chain(student, data, rng):
    """A chain of 10 000 operations is differentiated.

    Why: A recurrent network is such a chain; a recursion would end at 1000.
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
    )


@check(part="1.3", points=1, hint="handout, task 1.2: whose values?", requires=("R1.2e", "R1.3a"))
def check_gradients_belong_to_the_values_used(student, data, rng):
    """The gradient is the one at the values of the forward pass, whatever data is assigned later.

    Why: An optimiser assigns new parameters; a rule that looks them up later is off by a step.
    Oracle: By hand: x x y has the gradients 2 x y and x x.
    """
    a, b = data.distinct(rng, 3), data.distinct(rng, 3)
    got = student.programs.gradient_after_assignment(a, b)
    for k, want in enumerate((2 * a * b, a * a)):
        what = f"the gradient with respect to {'xy'[k]}"
        expect.close(got[k], want, within=rounding(terms=3), what=what)


@check(part="1.4", points=2, hint="handout, task 1.4", requires=("R1.4a", "R1.4c", "R0a"))
def check_gradients_of_functions(student, data, rng):
    """grad and value_and_grad give the gradients of x y y + x, by either argument or both.

    Why: Gradients of functions are what users want; the tape is a detail of yours.
    Oracle: By hand: y y + 1 and 2 x y; calls of f, counted.
    """
    x, y = data.distinct(rng, 2, 3), data.distinct(rng, 2, 3)
    by_hand = [y * y + 1, 2 * x * y]
    within = rounding(terms=6, condition=10, why="sums that may cancel")

    for argnums in (0, 1, (0, 1), (1, 0)):
        both, calls = student.programs.gradient_of("two arrays", [x, y], argnums, "value_and_grad")
        value, got = expect.items(both, 2, what="the result of value_and_grad")
        alone, _ = student.programs.gradient_of("two arrays", [x, y], argnums, "grad")
        expect.close(value, float((x * y * y + x).sum()), within=within, what="the value")
        expect.equal(calls, 1, what="the number of calls of f")
        wanted = (argnums,) if isinstance(argnums, int) else argnums
        if isinstance(argnums, int):
            got, alone = (got,), (alone,)
        got = expect.items(got, len(wanted), what="the gradients")
        alone = expect.items(alone, len(wanted), what="the gradients of grad alone")
        for k, g, h in zip(wanted, got, alone, strict=True):
            what = f"the gradient by argument {k}, argnums = {argnums}"
            expect.close(g, by_hand[k], within=within, what=what)
            expect.close(h, by_hand[k], within=within, what=f"{what}, of grad alone")


@check(part="1.4", points=1, hint="handout, task 1.4", requires=("R1.4b", "R0c"))
def check_what_is_not_used_has_gradient_zero(student, data, rng):
    """The gradient by an argument that f does not use is 0, in its shape and type.

    Why: The scalar 0 or None in place of an array fails later, and far from here.
    Oracle: The definition of a derivative of a constant.
    """
    x, y = data.distinct(rng, 2, 3), data.distinct(rng, 4, 1)
    for name, argnums, shape in (("the first only", 1, (4, 1)), ("neither", 0, (2, 3))):
        what = f"the gradient by argument {argnums}"
        gradient, _ = student.programs.gradient_of(name, [x, y], argnums, "grad")
        expect.equal(gradient, np.zeros(shape), what=what)
        single = [z.astype(np.float32) for z in (x, y)]
        gradient, _ = student.programs.gradient_of(name, single, argnums, "grad")
        expect.array(gradient, shape=shape, dtype=np.float32, what=f"{what}, of float32")


@check(part="1.4", points=1, hint="handout, task 1.4", requires=("R1.4d", "R1.4c"))
def check_pull_multiplies_by_the_transposed_jacobian(student, data, rng):
    """vjp gives y and a pull that multiplies any u by the transposed Jacobian, again and again.

    Why: One run forward serves every row of the Jacobian that is asked for.
    Oracle: By hand: row i of x has the sum of squares y_i, and J^T u = 2 u_i x; counted calls.
    """
    x, us = data.distinct(rng, 3, 4), [data.distinct(rng, 3) for _ in range(2)]
    y, pulled, calls = student.programs.pulled_back("rows", x, us)

    expect.close(y, (x * x).sum(axis=1), within=rounding(terms=4), what="y")
    expect.equal(calls, 1, what="the number of calls of f")
    for u, got in zip(us, pulled, strict=True):
        expect.close(got, 2 * u[:, None] * x, within=rounding(terms=4), what="pull(u)")
