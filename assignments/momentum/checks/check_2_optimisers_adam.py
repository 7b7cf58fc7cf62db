"""Part 2, Adam and AdamW: the same properties, and what is special about them."""

import numpy as np

from autograder.grading import check, expect, rounding
from expectations import SEEN, SHAPES, expect_few_interpreter_steps, problem

ADAM = {"alpha": 0.05, "rho1": 0.8, "rho2": 0.95, "eps": 1e-3}
ADAMW = ADAM | {"weight_decay": 0.4}


def _expect_path(student, oracle, rng, data, name, options):
    """The parameters after some of 40 steps are those of a loop over single entries."""
    params, grads = problem(rng, data, max(SEEN))
    path = student.programs.path(name, params, grads, options)

    want = oracle.optimiser_path(name, params, grads, options, seen=SEEN)
    for t, arrays in zip(SEEN, want, strict=True):
        for i, (got, wanted) in enumerate(zip(path[t - 1], arrays, strict=True)):
            within = rounding(terms=t, condition=100, why="powers of rho near one")
            expect.close(got, wanted, within=within, what=f"params[{i}] after {t} steps")


@check(part="2.4", points=1, hint="handout, the worked example of section 4", requires="R2.4a")
def check_adam_of_the_worked_example(student):
    """Two steps of Adam on the handout's worked example go from 1 to 0.7 to 0.5.

    Why: Two steps by hand show what the two averages and their corrections do.
    Oracle: The handout's table, computed by hand.
    """
    options = {"alpha": 0.3, "rho1": 1 / 3, "rho2": 0.5, "eps": 0.0}
    grads = [[np.array([5.0])], [np.array([1.0])]]
    path = student.programs.path("Adam", [np.array([1.0])], grads, options)

    for t, want in ((1, 0.7), (2, 0.5)):
        within = rounding(terms=8, why="two steps")
        expect.close(path[t - 1][0], np.array([want]), within=within, what=f"w after step {t}")


@check(
    part="2.4",
    points=2,
    hint="handout, task 2.4",
    requires=("R2.4a", "R2a:Adam"),
)
def check_adam_steps_follow_a_plain_loop(student, oracle, rng, data):
    """Adam moves three parameters as a loop over single entries does, for 40 steps.

    Why: Most slips in Adam are silent: it learns with them as well, only not as well.
    Oracle: One entry at a time, with averages whose weights are made to add up to one.
    """
    _expect_path(student, oracle, rng, data, "Adam", ADAM)


@check(
    part="2.4",
    points=2,
    needs="check_adam_of_the_worked_example",
    hint="handout, task 2.4: what is the first step?",
    requires=("R2.4b", "R2.4a"),
)
def check_adam_takes_a_first_step_of_size_alpha(student, rng, data):
    """Adam's first step is alpha for small and large gradients, and nothing for a zero gradient.

    Why: Adam does not care in which units the loss is measured, which is why one alpha fits many.
    Oracle: The closed form alpha sign(g) / (1 + eps / |g|) of the first step.
    """
    options = {"alpha": 0.01, "rho1": 0.9, "rho2": 0.999, "eps": 1e-5}
    for scale in (1e-4, 1.0, 1e4):
        (w,), (g,) = data.random_arrays(rng, [(4, 3)]), data.random_arrays(rng, [(4, 3)])
        path = student.programs.path("Adam", [w], [[scale * g]], options)

        want = -0.01 * np.sign(g) / (1 + 1e-5 / np.abs(scale * g))
        within = rounding(terms=1, condition=1e3, size=1.0, why="1 - rho2 cancels")
        what = f"the first step for gradients of size {scale:g}"
        expect.close(path[0][0] - w, want, within=within, what=what)
    path = student.programs.path("Adam", [w], 3 * [[np.zeros((4, 3))]], options)
    expect.close(path[2][0], w, within=rounding(terms=1), what="w after three zero gradients")


@check(
    part="2.4",
    points=1,
    hint="handout, part 2: in place",
    requires=("R2a:Adam", "R2b:Adam"),
)
def check_adam_steps_change_params_in_place(student, oracle, rng, data):
    """Adam changes its arrays, views too, and neither changes nor keeps gradients.

    Why: The caller's gradient buffers are written anew in every step.
    Oracle: Identity of the arrays before and after, and the same steps with gradients in arrays
    of their own; for transposed views the loop over single entries.
    """
    params, grads = problem(rng, data, 3)
    facts = student.programs.observed("Adam", params, grads, ADAM)
    for fact, holds in facts.items():
        expect.that(holds is True, f"this does not hold: {fact}")
    path = student.programs.path("Adam", params, grads, ADAM, transposed=True)
    within = rounding(terms=3, condition=100, why="powers of rho near one")
    for i, want in enumerate(oracle.optimiser_path("Adam", params, grads, ADAM)[-1]):
        what = f"params[{i}], a transposed view, after 3 steps"
        expect.close(path[-1][i], want, within=within, what=what)


@check(
    part="2.4",
    points=1,
    needs="check_adam_steps_follow_a_plain_loop",
    hint="handout, part 2: the state",
    requires=("R2e:Adam", "R2c:Adam"),
)
def check_adam_allocates_two_arrays_of_state(student, data, budgets, accounting, rng):
    """Adam allocates state twice as large as its float32 parameters.

    Why: With Adam a model, its gradient and the state take four times the model.
    Oracle: Bytes counted by the allocators while the optimiser is made, against the formula.
    """

    def inputs(rng):
        return "Adam", data.changeable(rng, ((1500, 2000), (1000, 1000)), "float32"), ADAM

    sizes = {"S": 2, "P": 4 * (1500 * 2000 + 1000 * 1000)}
    made = budgets.memory("state_memory", student.programs.construct, inputs=inputs, sizes=sizes)
    expect.equal(made, 2, what="the number of parameters of the optimiser that was made")
    params = data.random_arrays(rng, [(200, 300)], "float32")
    allocated = accounting.bytes(student.programs.construct, "Adam", params, ADAM)
    what = "the number of bytes that the constructor allocates for 240 000 of parameters"
    expect.number(allocated, low=0.9 * 2 * 240_000, what=what)


@check(
    part="2.4",
    points=1,
    needs="check_adam_steps_follow_a_plain_loop",
    hint="handout, part 2: the memory of a step",
    requires="R2f:Adam",
)
def check_adam_step_needs_two_temporary_arrays(student, data, budgets):
    """A step of Adam takes memory for two arrays as large as the largest parameter.

    Why: Written as one expression, Adam's step needs room for three or four arrays.
    Oracle: Bytes counted by the allocators in three steps, against state and two arrays.
    """
    shapes = 39 * [(120, 200)] + [(150, 200)]  # under 256 KiB: numpy then reuses no temporaries

    def inputs(rng):
        return "Adam", data.changeable(rng, shapes), data.changeable(rng, shapes), ADAM, 3

    sizes = {"S": 2, "P": 8 * (39 * 120 * 200 + 150 * 200), "M": 8 * 150 * 200}
    budgets.memory("step_memory", student.programs.steps, inputs=inputs, sizes=sizes)


@check(
    part="2.4",
    points=1,
    needs="check_adam_steps_follow_a_plain_loop",
    hint="handout, part 2: no loop over entries",
    requires="R2g:Adam",
)
def check_adam_step_is_vectorised(student, data, budgets):
    """Adam's steps take a number of interpreter steps that does not grow with the parameters.

    Why: An array operation does in one instruction what a loop does entry by entry, row by row.
    Oracle: Bytecodes counted in three steps on parameters of 60 000 and of 5000 entries.
    """
    expect_few_interpreter_steps(student, data, budgets, "Adam", ADAM)


@check(
    part="2.4",
    points=2,
    needs="check_adam_steps_follow_a_plain_loop",
    hint="handout, part 2: time",
    requires=("R2h:Adam", "R2.4a"),
)
def check_adam_step_takes_little_more_than_its_passes(student, data, budgets):
    """A step of Adam takes little more time than its passes over the arrays.

    Why: Adam reads and writes seven times what plain SGD does: that is its price, and no more.
    Oracle: The closed form for a gradient that stays the same; CPU time beside the same passes.
    """

    def inputs(rng):
        return (
            "Adam",
            data.changeable(rng, [(32, 32)]),
            data.changeable(rng, [(32, 32)]),
            ADAM,
            2000,
        )

    def verify(arguments, value, want):
        (params,), (grads,) = arguments[1], arguments[2]
        w, g = (part.build().ravel()[::89] for part in (params, grads))
        # the corrected averages of a constant are that constant, and its square
        moved = 2000 * 0.05 * g / (np.abs(g) + 1e-3)
        within = rounding(terms=2000, condition=100, why="powers of rho near one")
        expect.close(value[0], w - moved, within=within, what="params after 2000 steps")

    budgets.time("adam_time", student.programs.steps, inputs=inputs, verify=verify)


@check(part="2.5", points=1, hint="handout, task 2.5", requires="R2.5a")
def check_adamw_steps_follow_a_plain_loop(student, oracle, rng, data):
    """AdamW moves three parameters, of which one does not shrink, as a loop over entries does.

    Why: Decay of biases keeps a model from fitting the mean, and is usually excluded.
    Oracle: One entry at a time in Python floats, the shrinking first and Adam's step from there.
    """
    options = ADAMW | {"decayed": [True, False, True]}
    _expect_path(student, oracle, rng, data, "AdamW", options)


@check(
    part="2.5",
    points=1,
    hint="handout, task 2.5: what happens without a gradient?",
    requires=("R2.5b", "R2.5a"),
)
def check_adamw_shrinks_without_a_gradient(student, rng, data):
    """Where all gradients are zero, AdamW multiplies every parameter by 1 - alpha weight_decay.

    Why: In Adam with an L2 term the decay is divided by its own size; decoupled, it decays.
    Oracle: The power of the factor: three steps without a gradient.
    """
    params = data.random_arrays(rng, SHAPES)
    grads = 3 * [[np.zeros(shape) for shape in SHAPES]]
    path = student.programs.path("AdamW", params, grads, ADAMW)

    for i, w in enumerate(params):
        want = (1 - 0.05 * 0.4) ** 3 * w
        within = rounding(terms=3, why="three factors")
        expect.close(path[2][i], want, within=within, what=f"params[{i}] after three steps")


@check(
    part="2.5",
    points=1,
    needs="check_adamw_steps_follow_a_plain_loop",
    hint="handout, part 2: no loop over entries",
    requires="R2g:AdamW",
)
def check_adamw_step_is_vectorised(student, data, budgets):
    """AdamW's steps take interpreter steps that do not grow with the parameters.

    Why: The decay is a product with one number, for as many rows as there are.
    Oracle: Bytecodes counted in three steps on parameters of 60 000 and of 5000 entries.
    """
    expect_few_interpreter_steps(student, data, budgets, "AdamW", ADAMW)
