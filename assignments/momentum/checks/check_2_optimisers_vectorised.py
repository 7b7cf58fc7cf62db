"""Part 2, all optimisers: no loop over rows or entries."""

from autograder.grading import check

MOMENTUM = {"alpha": 0.05, "beta": 0.8}
ADAM = {"alpha": 0.05, "rho1": 0.8, "rho2": 0.95, "eps": 1e-3}
SHAPES = ((6000, 10), (5000,))  # many rows, many entries: a loop over either is far over the budget


def _expect_few_interpreter_steps(student, data, budgets, name, options):
    """Three steps of an optimiser stay within a budget that knows nothing of the sizes."""

    def inputs(rng):
        return name, data.changeable(rng, SHAPES), data.changeable(rng, SHAPES), options, 3

    budgets.operations("step_steps", student.programs.steps, inputs=inputs, sizes={})


@check(
    part="2.1",
    points=1,
    needs="check_momentum_steps_follow_a_plain_loop",
    hint="handout, part 2: no loop over entries",
    requires="R2g",
)
def check_momentum_step_is_vectorised(student, data, budgets):
    """SGDMomentum's steps take interpreter steps that do not grow with the parameters.

    Why: An array operation does in one instruction what a loop does entry by entry, row by row.
    Oracle: Bytecodes counted in three steps on parameters of 60 000 and of 5000 entries.
    """
    _expect_few_interpreter_steps(student, data, budgets, "SGDMomentum", MOMENTUM)


@check(
    part="2.2",
    points=1,
    needs="check_nesterov_steps_follow_a_plain_loop",
    hint="handout, part 2: no loop over entries",
    requires="R2g",
)
def check_nesterov_step_is_vectorised(student, data, budgets):
    """Nesterov's steps take interpreter steps that do not grow with the parameters.

    Why: The look-ahead is one array operation more, not one more for every row.
    Oracle: Bytecodes counted in three steps on parameters of 60 000 and of 5000 entries.
    """
    _expect_few_interpreter_steps(student, data, budgets, "Nesterov", MOMENTUM)


@check(
    part="2.3",
    points=1,
    needs=("check_adagrad_steps_follow_a_plain_loop", "check_rmsprop_steps_follow_a_plain_loop"),
    hint="handout, part 2: no loop over entries",
    requires="R2g",
)
def check_adagrad_and_rmsprop_steps_are_vectorised(student, data, budgets):
    """AdaGrad's and RMSProp's steps take interpreter steps that do not grow with the parameters.

    Why: A step size for each entry is an array of step sizes, and needs no loop over entries.
    Oracle: Bytecodes counted in three steps on parameters of 60 000 and of 5000 entries.
    """
    for name in ("AdaGrad", "RMSProp"):
        options = {"alpha": 0.05, "eps": 1e-2}
        _expect_few_interpreter_steps(student, data, budgets, name, options)


@check(
    part="2.4",
    points=1,
    needs="check_adam_steps_follow_a_plain_loop",
    hint="handout, part 2: no loop over entries",
    requires="R2g",
)
def check_adam_step_is_vectorised(student, data, budgets):
    """Adam's steps take a number of interpreter steps that does not grow with the parameters.

    Why: An array operation does in one instruction what a loop does entry by entry, row by row.
    Oracle: Bytecodes counted in three steps on parameters of 60 000 and of 5000 entries.
    """
    _expect_few_interpreter_steps(student, data, budgets, "Adam", ADAM)


@check(
    part="2.5",
    points=1,
    needs="check_adamw_steps_follow_a_plain_loop",
    hint="handout, part 2: no loop over entries",
    requires="R2g",
)
def check_adamw_step_is_vectorised(student, data, budgets):
    """AdamW's steps take interpreter steps that do not grow with the parameters.

    Why: The decay is a product with one number, for as many rows as there are.
    Oracle: Bytecodes counted in three steps on parameters of 60 000 and of 5000 entries.
    """
    options = ADAM | {"weight_decay": 0.4}
    _expect_few_interpreter_steps(student, data, budgets, "AdamW", options)
