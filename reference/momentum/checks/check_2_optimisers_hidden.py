"""Part 2 on other inputs: all optimisers with other shapes, types and options."""

from autograder.grading import check, expect, rounding
from expectations import expect_arrays, expect_in_place, problem

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
OTHER_SHAPES = ((2, 3, 2), (7,), (1, 4))


def _expect_other_settings(student, oracle, rng, data, name):
    """Five steps in both dtypes, with one alpha and with five; in place, on views, in turns."""
    options = OPTIONS[name]
    for dtype in ("float64", "float32"):
        params, grads = problem(rng, data, 5, dtype, OTHER_SHAPES)
        within = rounding(terms=5, condition=10, dtype=dtype, why="powers of rho near one")
        for alphas in ((), rng.uniform(0.02, 0.3, size=5).tolist()):
            path = student.programs.path(name, params, grads, options, (5,), alphas)

            (arrays,) = expect.items(path, 1, what="the list of parameters")
            (want,) = oracle.optimiser_path(name, params, grads, options, alphas, (5,))
            what = f"params[{{}}] after five steps in {dtype}"
            expect_arrays(arrays, want, within, what, dtype)
    expect_in_place(student, oracle, rng, data, name, OTHER_SHAPES, options)


@check(
    part="2.1",
    points=2,
    hint="handout, part 2",
    requires=("R2c:SGDMomentum", "R2d:SGDMomentum", "R2.1a", "R2a:SGDMomentum", "R2b:SGDMomentum"),
)
def check_momentum_steps_in_other_settings(student, oracle, rng, data):
    """SGDMomentum is right in float32, with a schedule, on views, and beside another one.

    Why: State that is shared by all optimisers of a class shows as soon as there are two.
    Oracle: One entry at a time in Python floats.
    """
    _expect_other_settings(student, oracle, rng, data, "SGDMomentum")


@check(
    part="2.2",
    points=1,
    hint="handout, part 2",
    requires=("R2c:Nesterov", "R2d:Nesterov", "R2.2a", "R2a:Nesterov", "R2b:Nesterov"),
)
def check_nesterov_steps_in_other_settings(student, oracle, rng, data):
    """Nesterov is right in float32, with a schedule and in pairs, and in place, on views too.

    Why: The caller's arrays are the model; gradients are the caller's as well.
    Oracle: One entry at a time in Python floats; what the caller's arrays hold before and after.
    """
    _expect_other_settings(student, oracle, rng, data, "Nesterov")


@check(
    part="2.3",
    points=1,
    hint="handout, part 2",
    requires=("R2c:AdaGrad", "R2d:AdaGrad", "R2.3a", "R2a:AdaGrad", "R2b:AdaGrad"),
)
def check_adagrad_steps_in_other_settings(student, oracle, rng, data):
    """AdaGrad is right in float32, with a schedule and in pairs, and in place, on views too.

    Why: Sums of squares grow, and what is kept of them must not depend on shapes.
    Oracle: One entry at a time in Python floats; what the caller's arrays hold before and after.
    """
    _expect_other_settings(student, oracle, rng, data, "AdaGrad")


@check(
    part="2.3",
    points=1,
    hint="handout, part 2",
    requires=("R2c:RMSProp", "R2d:RMSProp", "R2.3b", "R2a:RMSProp", "R2b:RMSProp"),
)
def check_rmsprop_steps_in_other_settings(student, oracle, rng, data):
    """RMSProp is right in float32, with a schedule and in pairs, and in place, on views too.

    Why: Squares of gradients in float32 lose digits early, so they must not be converted to float64
    and back.
    Oracle: One entry at a time in Python floats; what the caller's arrays hold before and after.
    """
    _expect_other_settings(student, oracle, rng, data, "RMSProp")


@check(
    part="2.4",
    points=1,
    hint="handout, part 2",
    requires=("R2c:Adam", "R2d:Adam", "R2.4a", "R2a:Adam", "R2b:Adam"),
)
def check_adam_steps_in_other_settings(student, oracle, rng, data):
    """Adam is right in float32, with a schedule, on views, and beside another Adam.

    Why: A count of steps that all optimisers share is right only while there is one.
    Oracle: One entry at a time in Python floats; what the caller's arrays hold before and after.
    """
    _expect_other_settings(student, oracle, rng, data, "Adam")


@check(
    part="2.5",
    points=1,
    hint="handout, part 2",
    requires=("R2c:AdamW", "R2d:AdamW", "R2.5a", "R2a:AdamW", "R2b:AdamW"),
)
def check_adamw_in_other_settings(student, oracle, rng, data):
    """AdamW is right in float32, with a schedule and in pairs, and in place, on views too.

    Why: The factor of the decay has alpha in it, so a schedule changes it too.
    Oracle: One entry at a time in Python floats; what the caller's arrays hold before and after.
    """
    _expect_other_settings(student, oracle, rng, data, "AdamW")
