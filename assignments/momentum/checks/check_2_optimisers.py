"""Part 2: optimisers that work in place, against loops over single entries and closed forms."""

import numpy as np

from autograder.grading import check, expect, rounding
from expectations import (
    ADAM,
    OPTIONS,
    SHAPES,
    STATES,
    expect_arrays,
    expect_changing_alpha,
    expect_few_interpreter_steps,
    expect_in_place,
    expect_lean_steps,
    expect_path,
    expect_quick_steps,
    expect_state,
    expect_steady,
    problem,
    settings,
)

DEFAULTS = {  # what holds where the caller names alpha alone
    "AdaGrad": {"eps": 1e-8},
    "RMSProp": {"rho": 0.9, "eps": 1e-8},
    "Adam": {"rho1": 0.9, "rho2": 0.999, "eps": 1e-8},
    "AdamW": {"rho1": 0.9, "rho2": 0.999, "eps": 1e-8, "weight_decay": 0.01},
}


def _expect_defaults(student, oracle, name, params, grads):
    """Two steps of an optimiser that was given alpha alone."""
    path = student.programs.path(name, params, grads, {"alpha": 0.3}, (2,))
    (moved,) = expect.items(path, 1, what="the list of parameters after two steps")
    options = {"alpha": 0.3, **DEFAULTS[name]}
    (want,) = oracle.optimiser_path(name, params, grads, options, seen=(2,))
    within = rounding(terms=2, condition=1000, why="powers of rho near one")
    expect_arrays(moved, want, within, "params[{}] after two steps with the defaults")


@check(part="2.1", points=2, hint="handout, task 2.1", requires=("R2.1a", "R2a:SGDMomentum"))
def check_momentum_steps_follow_a_plain_loop(student, oracle, rng, data):
    """SGDMomentum moves three parameters as a loop over single entries does, for 40 steps.

    Why: Each parameter has a velocity of its own, also where two have the same shape.
    Oracle: One entry at a time in Python floats, with the equation of the docstring.
    """
    expect_path(student, oracle, rng, data, "SGDMomentum")


@check(
    part="2.1",
    points=2,
    needs="check_momentum_steps_follow_a_plain_loop",
    hint="handout, part 2: in place",
    requires=("R2a:SGDMomentum", "R2b:SGDMomentum", "R2e:SGDMomentum"),
)
def check_momentum_steps_change_params_in_place(student, oracle, rng, data):
    """SGDMomentum changes its arrays, views too, and neither changes nor keeps gradients.

    Why: The model holds these arrays; new ones in the optimiser's list would train nothing.
    Oracle: What the caller's arrays hold before and after, exactly; for gradients that are
    overwritten, transposed views and two optimisers in turns the loop over single entries.
    """
    expect_in_place(student, oracle, rng, data, "SGDMomentum")


@check(
    part="2.1",
    points=1,
    needs="check_momentum_steps_follow_a_plain_loop",
    hint="handout, part 2: alpha",
    requires=("R2d:SGDMomentum", "R2c:SGDMomentum"),
)
def check_momentum_follows_a_changing_alpha(student, oracle, rng, data):
    """SGDMomentum uses the alpha that was assigned last, on float32 parameters.

    Why: A schedule changes alpha between steps; an optimiser with a copy never sees it.
    Oracle: The loop over single entries, with another alpha in every step.
    """
    expect_changing_alpha(student, oracle, rng, data, "SGDMomentum")


@check(
    part="2.1",
    points=1,
    needs="check_momentum_steps_follow_a_plain_loop",
    hint="handout, part 2: the state",
    requires=("R2e:SGDMomentum", "R2c:SGDMomentum"),
)
def check_momentum_allocates_one_array_of_state(student, rng, data, budgets, accounting):
    """SGDMomentum allocates state once as large as its float32 parameters.

    Why: For a model that fills half of the memory, one array more or less decides if it trains.
    Oracle: Bytes counted by the allocators while the optimiser is made, against the formula.
    """
    _expect_state(student, rng, data, budgets, accounting, "SGDMomentum")


def _expect_state(student, rng, data, budgets, accounting, name):
    """The constructor allocates as much as STATES says for 4 MB of float32 parameters, and nothing
    of that size is taken elsewhere: the system sees what it and a step use for 64 MB of them."""
    shapes = [data.shape_of(rng, 900_000), data.shape_of(rng, 100_000)]

    def inputs(rng):
        return name, data.changeable(rng, shapes, "float32"), settings(name, 2)

    sizes = {"S": STATES[name], "P": 4 * 1_000_000}
    many = [data.shape_of(rng, 1_000_000) for _ in range(16)]

    def many_inputs(rng):
        params, grads = (data.changeable(rng, many, "float32", "uniform") for _ in range(2))
        seen = [data.entries(rng, shape) for shape in many]
        return name, params, grads, settings(name, 16), 1, seen

    watched = {"function": student.programs.steps, "inputs": many_inputs, "verify": expect_steady}
    watched["sizes"] = {"S": STATES[name], "P": 4 * 16_000_000}
    budgets.memory(
        "state_memory", student.programs.construct, inputs=inputs, sizes=sizes, watched=watched
    )
    expect_state(student, rng, data, accounting, name)


@check(
    part="2.1",
    points=2,
    needs="check_momentum_steps_follow_a_plain_loop",
    hint="handout, part 2: the memory of a step",
    requires="R2f:SGDMomentum",
)
def check_momentum_step_needs_two_temporary_arrays(student, rng, data, budgets):
    """A step of SGDMomentum takes memory for two arrays as large as the largest parameter.

    Why: Expressions make an array for every operator; memory for them is memory the model lacks.
    Oracle: Bytes counted by the allocators in three steps, against state and two arrays; the
    closed form for gradients that stay the same.
    """
    expect_lean_steps(student, rng, data, budgets, "SGDMomentum")


@check(
    part="2.1",
    points=1,
    needs="check_momentum_steps_follow_a_plain_loop",
    hint="handout, part 2: no loop over entries",
    requires="R2g:SGDMomentum",
)
def check_momentum_step_is_vectorised(student, data, budgets):
    """SGDMomentum's steps take interpreter steps that do not grow with the parameters.

    Why: An array operation does in one instruction what a loop does entry by entry, row by row.
    Oracle: Bytecodes counted in three steps on parameters of about 60 000 and 5000 entries; the
    closed form for gradients that stay the same.
    """
    expect_few_interpreter_steps(student, data, budgets, "SGDMomentum")


@check(
    part="2.1",
    points=2,
    needs="check_momentum_steps_follow_a_plain_loop",
    hint="handout, part 2: time",
    requires=("R2h:SGDMomentum", "R2g:SGDMomentum"),
)
def check_momentum_step_takes_little_more_than_its_passes(student, data, budgets):
    """A step of SGDMomentum takes at most five times the time of a plain SGD step.

    Why: A step reads and writes whole arrays, so its time is the number of passes over them.
    Oracle: CPU time beside the operations of plain SGD; the closed form for gradients that stay
    the same.
    """
    expect_quick_steps(student, data, budgets, "momentum_time", ["SGDMomentum"], 3000)


@check(part="2.2", points=2, hint="handout, task 2.2", requires=("R2.2a", "R2a:Nesterov"))
def check_nesterov_steps_follow_a_plain_loop(student, oracle, rng, data):
    """Nesterov moves three parameters as a loop over single entries does, for 40 steps.

    Why: The same algorithm as gd_nesterov, for a caller that takes gradients at the parameters.
    Oracle: One entry at a time in Python floats, by iterates and extrapolation, without a velocity.
    """
    expect_path(student, oracle, rng, data, "Nesterov")


@check(
    part="2.2",
    points=1,
    needs="check_nesterov_steps_follow_a_plain_loop",
    hint="handout, part 2: in place, alpha",
    requires=("R2a:Nesterov", "R2b:Nesterov", "R2c:Nesterov", "R2d:Nesterov", "R2e:Nesterov"),
)
def check_nesterov_steps_change_params_in_place(student, oracle, rng, data):
    """Nesterov changes its arrays, views and float32 too, heeds alpha, and leaves gradients alone.

    Why: A step needs the gradient twice, and the memory of g is not there to keep the product.
    Oracle: What the caller's arrays hold before and after, exactly; else the loop over entries.
    """
    expect_in_place(student, oracle, rng, data, "Nesterov")
    expect_changing_alpha(student, oracle, rng, data, "Nesterov")


@check(
    part="2.2",
    points=1,
    needs="check_nesterov_steps_follow_a_plain_loop",
    hint="handout, part 2: memory",
    requires=("R2c:Nesterov", "R2e:Nesterov", "R2f:Nesterov"),
)
def check_nesterov_is_lean(student, rng, data, budgets, accounting):
    """Nesterov allocates one array of state for each parameter, and two in a step.

    Why: The velocity is needed twice in a step, so it is tempting to write expressions that make
    temporary arrays.
    Oracle: Bytes counted by the allocators, against the formulas; the closed form for gradients
    that stay the same.
    """
    expect_lean_steps(student, rng, data, budgets, "Nesterov", "float32")
    expect_state(student, rng, data, accounting, "Nesterov")


@check(
    part="2.2",
    points=1,
    needs="check_nesterov_steps_follow_a_plain_loop",
    hint="handout, part 2: no loop over entries, time",
    requires=("R2g:Nesterov", "R2h:Nesterov"),
)
def check_nesterov_step_is_vectorised(student, data, budgets):
    """Nesterov's steps take few interpreter steps, and little more time than their passes.

    Why: The look-ahead is one array operation more, not one more for every row.
    Oracle: Bytecodes counted in three steps on parameters of about 60 000 and 5000 entries; CPU
    time beside the operations of Adam; the closed form for gradients that stay the same.
    """
    expect_few_interpreter_steps(student, data, budgets, "Nesterov")
    expect_quick_steps(student, data, budgets, "nesterov_time", ["Nesterov"], 1000)


@check(part="2.3", points=1, hint="handout, task 2.3", requires=("R2.3a", "R2a:AdaGrad"))
def check_adagrad_steps_follow_a_plain_loop(student, oracle, rng, data):
    """AdaGrad moves three parameters as a loop over single entries does, for 40 steps.

    Why: An entry that had large gradients takes small steps from then on.
    Oracle: One entry at a time, with an exactly rounded sum of all squares so far.
    """
    params, grads = expect_path(student, oracle, rng, data, "AdaGrad")
    _expect_defaults(student, oracle, "AdaGrad", params, grads[:2])


@check(
    part="2.3",
    points=1,
    needs="check_adagrad_steps_follow_a_plain_loop",
    hint="handout, part 2: in place, alpha",
    requires=("R2a:AdaGrad", "R2b:AdaGrad", "R2c:AdaGrad", "R2d:AdaGrad", "R2e:AdaGrad"),
)
def check_adagrad_steps_change_params_in_place(student, oracle, rng, data):
    """AdaGrad changes its arrays, views and float32 too, heeds alpha, and leaves gradients alone.

    Why: The square needs an array of its own, because the gradient is needed once more.
    Oracle: What the caller's arrays hold before and after, exactly; else the loop over entries.
    """
    expect_in_place(student, oracle, rng, data, "AdaGrad")
    expect_changing_alpha(student, oracle, rng, data, "AdaGrad")


@check(part="2.3", points=1, hint="handout, task 2.3", requires=("R2.3b", "R2a:RMSProp"))
def check_rmsprop_steps_follow_a_plain_loop(student, oracle, rng, data):
    """RMSProp moves three parameters as a loop over single entries does, for 40 steps.

    Why: Old squares lose their weight, so the steps do not become ever smaller as AdaGrad's do.
    Oracle: One entry at a time, each square weighed by rho to the power of its age.
    """
    params, grads = expect_path(student, oracle, rng, data, "RMSProp")
    _expect_defaults(student, oracle, "RMSProp", params, grads[:2])


@check(
    part="2.3",
    points=1,
    needs="check_rmsprop_steps_follow_a_plain_loop",
    hint="handout, part 2: in place, alpha",
    requires=("R2a:RMSProp", "R2b:RMSProp", "R2c:RMSProp", "R2d:RMSProp", "R2e:RMSProp"),
)
def check_rmsprop_steps_change_params_in_place(student, oracle, rng, data):
    """RMSProp changes its arrays, views and float32 too, heeds alpha, and leaves gradients alone.

    Why: Squares of gradients in float32 lose digits early, so they must not be converted to float64
    and back.
    Oracle: What the caller's arrays hold before and after, exactly; else the loop over entries.
    """
    expect_in_place(student, oracle, rng, data, "RMSProp")
    expect_changing_alpha(student, oracle, rng, data, "RMSProp")


@check(
    part="2.3",
    points=1,
    needs=("check_adagrad_steps_follow_a_plain_loop", "check_rmsprop_steps_follow_a_plain_loop"),
    hint="handout, part 2: memory",
    requires=(
        "R2c:AdaGrad",
        "R2e:AdaGrad",
        "R2f:AdaGrad",
        "R2c:RMSProp",
        "R2e:RMSProp",
        "R2f:RMSProp",
    ),
)
def check_adagrad_and_rmsprop_are_lean(student, rng, data, budgets, accounting):
    """AdaGrad and RMSProp allocate one array of state for each parameter, and two in a step.

    Why: A root, a sum and a quotient are three arrays, unless one is used three times.
    Oracle: Bytes counted by the allocators, against the formulas; the closed form for gradients
    that stay the same.
    """
    for name in ("AdaGrad", "RMSProp"):
        expect_lean_steps(student, rng, data, budgets, name, "float32")
        expect_state(student, rng, data, accounting, name)


@check(
    part="2.3",
    points=1,
    needs=("check_adagrad_steps_follow_a_plain_loop", "check_rmsprop_steps_follow_a_plain_loop"),
    hint="handout, part 2: no loop over entries, time",
    requires=("R2g:AdaGrad", "R2h:AdaGrad", "R2g:RMSProp", "R2h:RMSProp"),
)
def check_adagrad_and_rmsprop_steps_are_vectorised(student, data, budgets):
    """AdaGrad's and RMSProp's steps take few interpreter steps, and little more than their passes.

    Why: A step size for each entry is an array of step sizes, and needs no loop over entries.
    Oracle: Bytecodes counted in three steps on parameters of about 60 000 and 5000 entries; CPU
    time beside the operations of Adam; the closed form for gradients that stay the same.
    """
    names = ["AdaGrad", "RMSProp"]
    for name in names:
        expect_few_interpreter_steps(student, data, budgets, name)
    expect_quick_steps(student, data, budgets, "adaptive_time", names, 500)


@check(part="2.4", points=1, hint="handout, the worked example of section 4", requires="R2.4a")
def check_adam_of_the_worked_example(student):
    """Two steps of Adam on the handout's worked example go from 1 to 0.7 to 0.5.

    Why: Two steps by hand show what the two averages and their corrections do.
    Oracle: The handout's table, computed by hand.
    """
    options = {"alpha": 0.3, "rho1": 1 / 3, "rho2": 0.5, "eps": 0.0}
    grads = [[np.array([5.0])], [np.array([1.0])]]
    path = student.programs.path("Adam", [np.array([1.0])], grads, options, (1, 2))

    for t, arrays in enumerate(expect.items(path, 2, what="w after each step"), start=1):
        want = [np.array([0.7 if t == 1 else 0.5])]
        expect_arrays(arrays, want, rounding(terms=8, why="two steps"), f"w after step {t}")


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
    params, grads = expect_path(student, oracle, rng, data, "Adam")
    _expect_defaults(student, oracle, "Adam", params, grads[:2])


@check(
    part="2.4",
    points=1,
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
    for scale in (1e-4, 1.0, 1e4, 0.0):
        (w,), (g,) = data.random_arrays(rng, [(4, 3)]), data.random_arrays(rng, [(4, 3)])
        T = 1 if scale else 3
        path = student.programs.path("Adam", [w], T * [[scale * g]], options, (T,))

        (arrays,) = expect.items(path, 1, what="the list of parameters")
        move = 0.01 * np.sign(g) / (1 + 1e-5 / np.abs(scale * g)) if scale else 0.0
        within = rounding(terms=1, condition=1e3, size=1.0, why="1 - rho2 cancels")
        what = f"w after {T} steps with gradients of size {scale:g}"
        expect_arrays(arrays, [w - move], within, what)


@check(
    part="2.4",
    points=1,
    needs="check_adam_steps_follow_a_plain_loop",
    hint="handout, part 2: in place",
    requires=("R2a:Adam", "R2b:Adam", "R2e:Adam"),
)
def check_adam_steps_change_params_in_place(student, oracle, rng, data):
    """Adam changes its arrays, views too, and neither changes nor keeps gradients.

    Why: The caller's gradient buffers are written anew in every step.
    Oracle: What the caller's arrays hold before and after, exactly; for gradients that are
    overwritten, transposed views and two optimisers in turns the loop over single entries.
    """
    expect_in_place(student, oracle, rng, data, "Adam")


@check(
    part="2.4",
    points=1,
    needs="check_adam_steps_follow_a_plain_loop",
    hint="handout, part 2: alpha",
    requires=("R2d:Adam", "R2c:Adam"),
)
def check_adam_follows_a_changing_alpha(student, oracle, rng, data):
    """Adam uses the alpha that was assigned last, on float32 parameters.

    Why: Adam is used with a warm-up, and one that multiplies its averages by alpha is none.
    Oracle: The loop over single entries, with another alpha in every step.
    """
    expect_changing_alpha(student, oracle, rng, data, "Adam")


@check(
    part="2.4",
    points=1,
    needs="check_adam_steps_follow_a_plain_loop",
    hint="handout, part 2: the state",
    requires=("R2e:Adam", "R2c:Adam"),
)
def check_adam_allocates_two_arrays_of_state(student, rng, data, budgets, accounting):
    """Adam allocates state twice as large as its float32 parameters.

    Why: With Adam a model, its gradient and the state take four times the model.
    Oracle: Bytes counted by the allocators while the optimiser is made, against the formula.
    """
    _expect_state(student, rng, data, budgets, accounting, "Adam")


@check(
    part="2.4",
    points=1,
    needs="check_adam_steps_follow_a_plain_loop",
    hint="handout, part 2: the memory of a step",
    requires="R2f:Adam",
)
def check_adam_step_needs_two_temporary_arrays(student, rng, data, budgets):
    """A step of Adam takes memory for two arrays as large as the largest parameter.

    Why: Written as one expression, Adam's step needs room for three or four arrays.
    Oracle: Bytes counted by the allocators in three steps, against state and two arrays; the
    closed form for gradients that stay the same.
    """
    expect_lean_steps(student, rng, data, budgets, "Adam")


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
    Oracle: Bytecodes counted in three steps on parameters of about 60 000 and 5000 entries; the
    closed form for gradients that stay the same.
    """
    expect_few_interpreter_steps(student, data, budgets, "Adam")


@check(
    part="2.4",
    points=2,
    needs="check_adam_steps_follow_a_plain_loop",
    hint="handout, part 2: time",
    requires=("R2h:Adam", "R2g:Adam"),
)
def check_adam_step_takes_little_more_than_its_passes(student, data, budgets):
    """A step of Adam takes little more time than its passes over the arrays.

    Why: Adam reads and writes seven times what plain SGD does: that is its price, and no more.
    Oracle: CPU time beside the same passes; the closed form for gradients that stay the same.
    """
    expect_quick_steps(student, data, budgets, "adam_time", ["Adam"], 1000)


@check(part="2.5", points=1, hint="handout, task 2.5", requires=("R2.5a", "R2a:AdamW"))
def check_adamw_steps_follow_a_plain_loop(student, oracle, rng, data):
    """AdamW moves three parameters, of which one does not shrink, as a loop over entries does.

    Why: Decay of biases keeps a model from fitting the mean, and is usually excluded.
    Oracle: One entry at a time in Python floats, the shrinking first and Adam's step from there.
    """
    params, grads = expect_path(student, oracle, rng, data, "AdamW")
    _expect_defaults(student, oracle, "AdamW", params, grads[:2])


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
    params, _ = problem(rng, data, 0)
    grads = 3 * [[np.zeros(shape) for shape in SHAPES]]
    path = student.programs.path("AdamW", params, grads, OPTIONS["AdamW"], (3,))

    (arrays,) = expect.items(path, 1, what="the list of parameters")
    want = [(1 - ADAM["alpha"] * 0.4) ** 3 * w for w in params]
    within = rounding(terms=3, why="three factors")
    expect_arrays(arrays, want, within, "params[{}] after three steps")


@check(
    part="2.5",
    points=1,
    needs="check_adamw_steps_follow_a_plain_loop",
    hint="handout, part 2: in place, alpha",
    requires=("R2a:AdamW", "R2b:AdamW", "R2c:AdamW", "R2d:AdamW", "R2e:AdamW"),
)
def check_adamw_steps_change_params_in_place(student, oracle, rng, data):
    """AdamW changes its arrays, views and float32 too, heeds alpha, and leaves gradients alone.

    Why: The factor of the decay has alpha in it, so a schedule changes it too.
    Oracle: What the caller's arrays hold before and after, exactly; else the loop over entries.
    """
    expect_in_place(student, oracle, rng, data, "AdamW")
    expect_changing_alpha(student, oracle, rng, data, "AdamW")


@check(
    part="2.5",
    points=1,
    needs="check_adamw_steps_follow_a_plain_loop",
    hint="handout, part 2: memory, no loop over entries, time",
    requires=("R2c:AdamW", "R2e:AdamW", "R2f:AdamW", "R2g:AdamW", "R2h:AdamW"),
)
def check_adamw_costs_what_adam_costs(student, rng, data, budgets, accounting):
    """AdamW takes the state and memory of Adam, few interpreter steps, and little more time.

    Why: The decay is a product with one number: it needs no array of its own, and no loop.
    Oracle: Bytes counted by the allocators, and bytecodes, against the formulas; CPU time beside
    the operations of Adam; the closed form for gradients that stay the same.
    """
    expect_few_interpreter_steps(student, data, budgets, "AdamW")
    expect_lean_steps(student, rng, data, budgets, "AdamW", "float32")
    expect_state(student, rng, data, accounting, "AdamW")
    expect_quick_steps(student, data, budgets, "adam_time", ["AdamW"], 1000)
