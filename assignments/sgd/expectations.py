"""What the checks of several parts expect alike: of lists of models, and of batches."""

import numpy as np

from autograder.grading import expect, rounding


def expect_models(models, want):
    """A list of these models."""
    kind = type(models).__name__
    expect.that(isinstance(models, list), f"returned a {kind}, expected a list of models")
    expect.equal(len(models), len(want), what="the number of models in the list")
    for i, (model, wanted) in enumerate(zip(models, want, strict=True)):
        within = rounding(terms=40, condition=10, why="at most 40 steps, from W0 of size 3")
        expect.close(model, wanted, within=within, what=f"model {i} of the list")


def expect_batches(batches, want):
    """Exactly these rows were asked for, step by step."""
    expect.equal(len(batches), len(want), what="the number of steps")
    lengths = np.array([len(batch) for batch in batches])
    wanted_lengths = np.array([len(batch) for batch in want])
    expect.equal(lengths, wanted_lengths, what="the number of examples, by step")
    for step, (batch, wanted) in enumerate(zip(batches, want, strict=True), start=1):
        expect.equal(np.array(batch), np.array(wanted), what=f"the rows of step {step}")


def expect_separate(student, algorithm, settings):
    """No two listed models share memory, and W0 is neither listed nor changed."""
    pairs = student.programs.models_sharing_memory(algorithm, settings)
    expect.that((-1, -1) not in pairs, "W0 was changed, which is the caller's array")
    names = ["W0" if i < 0 else f"model {i} of the list" for i in (pairs[0] if pairs else ())]
    expect.that(not pairs, " and ".join(names) + " share memory")
