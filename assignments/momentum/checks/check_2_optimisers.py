"""Part 2: optimisers that work in place, against loops over single entries."""

from autograder.grading import check, expect, rounding
from expectations import SEEN, expect_few_interpreter_steps, problem

MOMENTUM = {"alpha": 0.05, "beta": 0.8}


def _expect_path(student, oracle, rng, data, name, options, alphas=()):
    """The parameters after some of 40 steps are those of a loop over single entries."""
    params, grads = problem(rng, data, max(SEEN))
    path = student.programs.path(name, params, grads, options, alphas)

    want = oracle.optimiser_path(name, params, grads, options, alphas, seen=SEEN)
    for t, arrays in zip(SEEN, want, strict=True):
        for i, (got, wanted) in enumerate(zip(path[t - 1], arrays, strict=True)):
            within = rounding(terms=t, condition=100, why="powers of beta and rho near one")
            expect.close(got, wanted, within=within, what=f"params[{i}] after {t} steps")


def _expect_in_place(student, oracle, rng, data, name, options):
    """An optimiser changes the arrays of params and nothing else, views as well."""
    params, grads = problem(rng, data, 3)
    facts = student.programs.observed(name, params, grads, options)
    for fact, holds in facts.items():
        expect.that(holds is True, f"this does not hold: {fact}")
    path = student.programs.path(name, params, grads, options, transposed=True)
    within = rounding(terms=3, condition=100, why="powers of beta near one")
    for i, want in enumerate(oracle.optimiser_path(name, params, grads, options)[-1]):
        what = f"params[{i}], a transposed view, after 3 steps"
        expect.close(path[-1][i], want, within=within, what=what)


@check(part="2.1", points=2, hint="handout, task 2.1", requires=("R2.1a", "R2a:SGDMomentum"))
def check_momentum_steps_follow_a_plain_loop(student, oracle, rng, data):
    """SGDMomentum moves three parameters as a loop over single entries does, for 40 steps.

    Why: Each parameter has a velocity of its own, also where two have the same shape.
    Oracle: One entry at a time in Python floats, with the equation of the docstring.
    """
    _expect_path(student, oracle, rng, data, "SGDMomentum", MOMENTUM)


@check(
    part="2.1",
    points=2,
    hint="handout, part 2: in place",
    requires=("R2a:SGDMomentum", "R2b:SGDMomentum"),
)
def check_momentum_steps_change_params_in_place(student, oracle, rng, data):
    """SGDMomentum changes its arrays, views too, and neither changes nor keeps gradients.

    Why: The model holds these arrays; new ones in the optimiser's list would train nothing.
    Oracle: Identity of the arrays before and after, and the same steps with gradients in arrays
    of their own; for transposed views the loop over single entries.
    """
    _expect_in_place(student, oracle, rng, data, "SGDMomentum", MOMENTUM)


@check(
    part="2.1",
    points=1,
    needs="check_momentum_steps_follow_a_plain_loop",
    hint="handout, part 2: alpha",
    requires="R2d:SGDMomentum",
)
def check_momentum_follows_a_changing_alpha(student, oracle, rng, data):
    """SGDMomentum uses the alpha that was assigned last, as a schedule needs.

    Why: A schedule changes alpha between steps; an optimiser with a copy never sees it.
    Oracle: The loop over single entries, with another alpha in every step.
    """
    alphas = rng.uniform(0.01, 0.1, size=max(SEEN)).tolist()
    _expect_path(student, oracle, rng, data, "SGDMomentum", MOMENTUM, alphas)


@check(
    part="2.1",
    points=1,
    needs="check_momentum_steps_follow_a_plain_loop",
    hint="handout, part 2: the state",
    requires=("R2e:SGDMomentum", "R2c:SGDMomentum"),
)
def check_momentum_allocates_one_array_of_state(student, data, budgets, accounting, rng):
    """SGDMomentum allocates state once as large as its float32 parameters.

    Why: For a model that fills half of the memory, one array more or less decides if it trains.
    Oracle: Bytes counted by the allocators while the optimiser is made, against the formula.
    """
    _expect_state(student, data, budgets, accounting, rng, "SGDMomentum", MOMENTUM, 1)


def _expect_state(student, data, budgets, accounting, rng, name, options, arrays):
    """The constructor allocates `arrays` times the bytes of 16 MB of float32 parameters."""

    def inputs(rng):
        return name, data.changeable(rng, ((1500, 2000), (1000, 1000)), "float32"), options

    sizes = {"S": arrays, "P": 4 * (1500 * 2000 + 1000 * 1000)}
    made = budgets.memory("state_memory", student.programs.construct, inputs=inputs, sizes=sizes)
    expect.equal(made, 2, what="the number of parameters of the optimiser that was made")
    params = data.random_arrays(rng, [(200, 300)], "float32")
    allocated = accounting.bytes(student.programs.construct, name, params, options)
    what = "the number of bytes that the constructor allocates for 240 000 of parameters"
    expect.number(allocated, low=0.9 * arrays * 240_000, what=what)


@check(
    part="2.1",
    points=2,
    needs="check_momentum_steps_follow_a_plain_loop",
    hint="handout, part 2: the memory of a step",
    requires="R2f:SGDMomentum",
)
def check_momentum_step_needs_two_temporary_arrays(student, data, budgets):
    """A step of SGDMomentum takes memory for two arrays as large as the largest parameter.

    Why: Expressions make an array for every operator; memory for them is memory the model lacks.
    Oracle: Bytes counted by the allocators in three steps, against state and two arrays.
    """
    _expect_lean_steps(student, data, budgets, "SGDMomentum", MOMENTUM, 1)


def _expect_lean_steps(student, data, budgets, name, options, arrays):
    """Steps on forty parameters, each under 256 KiB: numpy then reuses no temporaries."""
    shapes = 39 * [(120, 200)] + [(150, 200)]

    def inputs(rng):
        params, grads = data.changeable(rng, shapes), data.changeable(rng, shapes)
        return name, params, grads, options, 3

    sizes = {"S": arrays, "P": 8 * (39 * 120 * 200 + 150 * 200), "M": 8 * 150 * 200}
    budgets.memory("step_memory", student.programs.steps, inputs=inputs, sizes=sizes)


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
    Oracle: Bytecodes counted in three steps on parameters of 60 000 and of 5000 entries.
    """
    expect_few_interpreter_steps(student, data, budgets, "SGDMomentum", MOMENTUM)


@check(
    part="2.1",
    points=2,
    needs="check_momentum_steps_follow_a_plain_loop",
    hint="handout, part 2: time",
    requires=("R2h:SGDMomentum", "R2.1a"),
)
def check_momentum_step_takes_little_more_than_its_passes(student, data, budgets):
    """A step of SGDMomentum takes at most five times the time of a plain SGD step.

    Why: A step reads and writes whole arrays, so its time is the number of passes over them.
    Oracle: The closed form for a gradient that stays the same; CPU time beside the operations of
    plain SGD.
    """

    def inputs(rng):
        return (
            "SGDMomentum",
            data.changeable(rng, [(32, 32)]),
            data.changeable(rng, [(32, 32)]),
            MOMENTUM,
            6000,
        )

    def verify(arguments, value, want):
        (params,), (grads,) = arguments[1], arguments[2]
        w, g = (part.build().ravel()[::89] for part in (params, grads))
        # v_t = -alpha g (1 - beta^t) / (1 - beta), and w moves by their sum
        moves = sum((1 - 0.8**t) / 0.2 for t in range(1, 6001))
        within = rounding(terms=6000, why="6000 steps")
        expect.close(value[0], w - 0.05 * moves * g, within=within, what="params after 6000 steps")

    budgets.time("momentum_time", student.programs.steps, inputs=inputs, verify=verify)


@check(part="2.2", points=2, hint="handout, task 2.2", requires="R2.2a")
def check_nesterov_steps_follow_a_plain_loop(student, oracle, rng, data):
    """Nesterov moves three parameters as a loop over single entries does, for 40 steps.

    Why: The same algorithm as gd_nesterov, for a caller that takes gradients at the parameters.
    Oracle: One entry at a time in Python floats, by iterates and extrapolation, without a velocity.
    """
    _expect_path(student, oracle, rng, data, "Nesterov", MOMENTUM)


@check(
    part="2.2",
    points=1,
    needs="check_nesterov_steps_follow_a_plain_loop",
    hint="handout, part 2: no loop over entries",
    requires="R2g:Nesterov",
)
def check_nesterov_step_is_vectorised(student, data, budgets):
    """Nesterov's steps take interpreter steps that do not grow with the parameters.

    Why: The look-ahead is one array operation more, not one more for every row.
    Oracle: Bytecodes counted in three steps on parameters of 60 000 and of 5000 entries.
    """
    expect_few_interpreter_steps(student, data, budgets, "Nesterov", MOMENTUM)


@check(part="2.3", points=2, hint="handout, task 2.3", requires="R2.3a")
def check_adagrad_steps_follow_a_plain_loop(student, oracle, rng, data):
    """AdaGrad moves three parameters as a loop over single entries does, for 40 steps.

    Why: An entry that had large gradients takes small steps from then on.
    Oracle: One entry at a time, with an exactly rounded sum of all squares so far.
    """
    _expect_path(student, oracle, rng, data, "AdaGrad", {"alpha": 0.3, "eps": 1e-2})


@check(part="2.3", points=2, hint="handout, task 2.3", requires="R2.3b")
def check_rmsprop_steps_follow_a_plain_loop(student, oracle, rng, data):
    """RMSProp moves three parameters as a loop over single entries does, for 40 steps.

    Why: Old squares lose their weight, so the steps do not become ever smaller as AdaGrad's do.
    Oracle: One entry at a time, each square weighed by rho to the power of its age.
    """
    options = {"alpha": 0.05, "rho": 0.7, "eps": 1e-2}
    _expect_path(student, oracle, rng, data, "RMSProp", options)


@check(
    part="2.3",
    points=1,
    needs=("check_adagrad_steps_follow_a_plain_loop", "check_rmsprop_steps_follow_a_plain_loop"),
    hint="handout, part 2: no loop over entries",
    requires=("R2g:AdaGrad", "R2g:RMSProp"),
)
def check_adagrad_and_rmsprop_steps_are_vectorised(student, data, budgets):
    """AdaGrad's and RMSProp's steps take interpreter steps that do not grow with the parameters.

    Why: A step size for each entry is an array of step sizes, and needs no loop over entries.
    Oracle: Bytecodes counted in three steps on parameters of 60 000 and of 5000 entries.
    """
    options = {"alpha": 0.05, "eps": 1e-2}
    for name in ("AdaGrad", "RMSProp"):
        expect_few_interpreter_steps(student, data, budgets, name, options)
