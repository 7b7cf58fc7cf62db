"""Part 2 on other inputs: all optimisers in float32, side by side, in place, lean."""

import numpy as np

from autograder.grading import check, expect, rounding

OPTIONS = {
    "SGDMomentum": {"alpha": 0.1, "beta": 0.5},
    "Nesterov": {"alpha": 0.1, "beta": 0.5},
    "AdaGrad": {"alpha": 0.2, "eps": 1e-3},
    "RMSProp": {"alpha": 0.1, "rho": 0.6, "eps": 1e-3},
    "Adam": {"alpha": 0.1, "rho1": 0.6, "rho2": 0.9, "eps": 1e-2},
    "AdamW": {
        **{"alpha": 0.1, "rho1": 0.6, "rho2": 0.9, "eps": 1e-2},
        **{"weight_decay": 0.3, "decayed": [True, True, False]},
    },
}
SHAPES = ((2, 3, 2), (7,), (1, 4))
ALPHAS = (0.1, 0.02, 0.3, 0.05, 0.2)


def _expect_steps(student, oracle, rng, data, name):
    """Five steps in both dtypes, with one alpha and with five; on views; beside another."""
    options = OPTIONS[name]
    for dtype in ("float64", "float32"):
        params = data.random_arrays(rng, SHAPES, dtype)
        grads = [data.random_arrays(rng, SHAPES, dtype) for _ in ALPHAS]
        within = rounding(terms=5, condition=10, dtype=dtype, why="powers of rho near one")
        for alphas in ((), ALPHAS):
            path = student.programs.path(name, params, grads, options, alphas)
            want = oracle.optimiser_path(name, params, grads, options, alphas)
            for i, w in enumerate(want[-1]):
                what = f"params[{i}] after five steps in {dtype}"
                expect.array(path[-1][i], shape=w.shape, dtype=dtype, what=what)
                expect.close(path[-1][i], w, within=within, what=what)
        want = oracle.optimiser_path(name, params, grads, options)
        path = student.programs.path(name, params, grads, options, transposed=True)
        for i, w in enumerate(want[-1]):
            what = f"params[{i}], a transposed view, after five steps in {dtype}"
            expect.close(path[-1][i], w, within=within, what=what)
        for arrays in student.programs.side_by_side(name, params, grads, options):
            for i, w in enumerate(want[-1]):
                what = f"params[{i}] of one of two optimisers whose steps alternate"
                expect.close(arrays[i], w, within=within, what=what)


def _expect_in_place(student, rng, data, name):
    """An optimiser changes the arrays of params and nothing else."""
    params = data.random_arrays(rng, SHAPES)
    grads = [data.random_arrays(rng, SHAPES) for _ in ALPHAS]
    facts = student.programs.observed(name, params, grads, OPTIONS[name])
    for fact, holds in facts.items():
        expect.that(holds is True, f"this does not hold: {fact}")


def _expect_lean(student, data, budgets, accounting, name, arrays):
    """State of so many times the parameters; in a step two arrays more."""

    def parameters(rng):
        return (
            name,
            data.changeable(rng, ((1000, 1500), (900, 700)), "float32"),
            OPTIONS[name] | all_decay,
        )

    def steps(rng):
        return (
            name,
            data.changeable(rng, shapes),
            data.changeable(rng, shapes),
            OPTIONS[name] | all_decay,
            2,
        )

    all_decay = {"decayed": None} if name == "AdamW" else {}
    shapes = [*(30 * [(200, 100)]), (29, 1000)]  # under 256 KiB: no temporaries are reused
    sizes = {"S": arrays, "P": 4 * (1000 * 1500 + 900 * 700)}
    budgets.memory("state_memory", student.programs.construct, inputs=parameters, sizes=sizes)
    params = data.random_arrays(np.random.default_rng(1), [(200, 300)], "float32")
    options = OPTIONS[name] | all_decay
    allocated = accounting.bytes(student.programs.construct, name, params, options)
    what = f"the number of bytes that {name}() allocates for 240 000 of parameters"
    expect.number(allocated, low=0.9 * arrays * 240_000, what=what)
    sizes = {"S": arrays, "P": 8 * (30 * 200 * 100 + 29 * 1000), "M": 8 * 29 * 1000}
    budgets.memory("step_memory", student.programs.steps, inputs=steps, sizes=sizes)


@check(
    part="2.1",
    points=2,
    hint="handout, part 2",
    requires=("R2c:SGDMomentum", "R2d:SGDMomentum", "R2.1a", "R2a:SGDMomentum"),
)
def check_momentum_steps_in_other_settings(student, oracle, rng, data):
    """SGDMomentum is right in float32, with a schedule, on views, and beside another one.

    Why: State that is shared by all optimisers of a class shows as soon as there are two.
    Oracle: One entry at a time in Python floats.
    """
    _expect_steps(student, oracle, rng, data, "SGDMomentum")


@check(
    part="2.2",
    points=2,
    hint="handout, part 2",
    requires=("R2c:Nesterov", "R2d:Nesterov", "R2.2a", "R2a:Nesterov", "R2b:Nesterov"),
)
def check_nesterov_steps_in_other_settings(student, oracle, rng, data):
    """Nesterov is right in float32, with a schedule and in pairs, and in place, on views too.

    Why: The caller's arrays are the model; gradients are the caller's as well.
    Oracle: One entry at a time in Python floats; identity of the arrays before and after.
    """
    _expect_steps(student, oracle, rng, data, "Nesterov")
    _expect_in_place(student, rng, data, "Nesterov")


@check(
    part="2.2", points=1, hint="handout, part 2: memory", requires=("R2e:Nesterov", "R2f:Nesterov")
)
def check_nesterov_is_lean(student, data, budgets, accounting):
    """Nesterov allocates one array of state for each parameter, and two in a step.

    Why: The velocity is needed twice in a step, so it is tempting to write expressions that make
    temporary arrays.
    Oracle: Bytes counted by the allocators, against the formulas.
    """
    _expect_lean(student, data, budgets, accounting, "Nesterov", 1)


@check(
    part="2.3",
    points=2,
    hint="handout, part 2",
    requires=(
        "R2c:AdaGrad",
        "R2c:RMSProp",
        "R2d:AdaGrad",
        "R2d:RMSProp",
        "R2.3a",
        "R2.3b",
        "R2a:AdaGrad",
        "R2a:RMSProp",
        "R2b:AdaGrad",
        "R2b:RMSProp",
    ),
)
def check_adagrad_and_rmsprop_in_other_settings(student, oracle, rng, data):
    """AdaGrad and RMSProp are right in float32, with a schedule, in pairs and in place, on views.

    Why: Squares of gradients in float32 lose digits early, so they must not be converted to float64
    and back.
    Oracle: One entry at a time in Python floats; identity of the arrays before and after.
    """
    for name in ("AdaGrad", "RMSProp"):
        _expect_steps(student, oracle, rng, data, name)
        _expect_in_place(student, rng, data, name)


@check(
    part="2.3",
    points=1,
    hint="handout, part 2: memory",
    requires=("R2e:AdaGrad", "R2e:RMSProp", "R2f:AdaGrad", "R2f:RMSProp"),
)
def check_adagrad_and_rmsprop_are_lean(student, data, budgets, accounting):
    """AdaGrad and RMSProp allocate one array of state for each parameter, and two in a step.

    Why: A root, a sum and a quotient are three arrays, unless one is used three times.
    Oracle: Bytes counted by the allocators, against the formulas.
    """
    for name in ("AdaGrad", "RMSProp"):
        _expect_lean(student, data, budgets, accounting, name, 1)


@check(
    part="2.4",
    points=1,
    hint="handout, part 2",
    requires=("R2c:Adam", "R2d:Adam", "R2.4a", "R2a:Adam"),
)
def check_adam_steps_in_other_settings(student, oracle, rng, data):
    """Adam is right in float32, with a schedule, on views, and beside another Adam.

    Why: A count of steps that all optimisers share is right only while there is one.
    Oracle: One entry at a time in Python floats.
    """
    _expect_steps(student, oracle, rng, data, "Adam")


@check(
    part="2.5",
    points=1,
    hint="handout, part 2",
    requires=("R2c:AdamW", "R2d:AdamW", "R2.5a", "R2a:AdamW", "R2b:AdamW"),
)
def check_adamw_in_other_settings(student, oracle, rng, data):
    """AdamW is right in float32, with a schedule and in pairs, and in place, on views too.

    Why: The factor of the decay has alpha in it, so a schedule changes it too.
    Oracle: One entry at a time in Python floats; identity of the arrays before and after.
    """
    _expect_steps(student, oracle, rng, data, "AdamW")
    _expect_in_place(student, rng, data, "AdamW")


@check(part="2.5", points=1, hint="handout, part 2: memory", requires=("R2e:AdamW", "R2f:AdamW"))
def check_adamw_is_lean(student, data, budgets, accounting):
    """AdamW allocates two arrays of state for each parameter, and two in a step.

    Why: The decay needs no array of its own.
    Oracle: Bytes counted by the allocators, against the formulas.
    """
    _expect_lean(student, data, budgets, accounting, "AdamW", 2)
