"""What the checks of several parts share: problems for optimisers, and what they expect alike."""

from autograder.grading import expect, rounding

SHAPES = ((3, 4), (5,), (3, 4))  # two of the same shape: each has a state of its own
SEEN = (1, 2, 5, 40)  # steps that are compared: some slips do not show in the first


def problem(rng, data, steps):
    """Parameters, and gradients for each step."""
    grads = [data.random_arrays(rng, SHAPES) for _ in range(steps)]
    return data.random_arrays(rng, SHAPES), grads


def expect_few_interpreter_steps(student, data, budgets, name, options):
    """Three steps on many rows and entries keep to a budget that knows nothing of the sizes."""

    def inputs(rng):
        return name, *data.many_rows(rng), options, 3

    budgets.operations("step_steps", student.programs.steps, inputs=inputs, sizes={})


def expect_models(models, want):
    """A list of these models."""
    kind = type(models).__name__
    expect.that(isinstance(models, list), f"returned a {kind}, expected a list of models")
    expect.equal(len(models), len(want), what="the number of models in the list")
    for i, (model, wanted) in enumerate(zip(models, want, strict=True)):
        within = rounding(terms=12, condition=100, why="12 steps, powers of rho near one")
        expect.close(model, wanted, within=within, what=f"model {i} of the list")


# The formula of descent is exact but for rounding up, which is optional; one step too many or too
# few is another number. The formula of the heavy ball leaves out a factor that grows with t.
TOLERANCES = {
    "heavy_ball": {"relative": 0.3, "absolute": 2},
    "gradient_descent": {"absolute": 1 - 1e-9},
}
