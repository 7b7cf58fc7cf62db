"""Parts 2 and 3 on other expressions."""

import numpy as np

from autograder.grading import check, expect, rounding
from expectations import of_each


@check(
    part="2.4",
    points=2,
    hint="handout, part 2: all operations must be right for this one",
    requires=("R2a", "R1.3a", "R2.2b"),
)
def check_gradients_of_more_random_expressions(student, oracle, data, rng):
    """The gradients of 60 more random expressions of all operations agree with complex steps.

    Why: What is right on twenty expressions may still be wrong on a rare mixture.
    Oracle: Complex steps, one entry of each leaf at a time, exact to rounding.
    """
    expressions = _expressions(data, rng, 60)
    got = of_each(student.programs.gradients(expressions), expressions)
    want = oracle.many_gradients(expressions)
    for expression, (value, mine), exact in zip(expressions, got, want, strict=True):
        within = rounding(terms=60, condition=1e3, size=6.0, why="operations that amplify")
        expect.close(value, data.value_of(*expression), within=within, what="the value")
        for k, (g, w) in enumerate(zip(mine, exact, strict=True)):
            size = max(1.0, float(np.abs(w).max()))
            within = rounding(terms=60, condition=1e3, size=size, why="operations that amplify")
            expect.close(g, w, within=within, what=f"the gradient by leaf {k}")


@check(
    part="3.1",
    points=1,
    hint="handout, task 3.1",
    requires=("R3.1a", "R1.3a"),
)
def check_forward_and_reverse_mode_are_adjoint(student, oracle, data, rng):
    """u . J v = J^T u . v for 60 more random expressions, J v forwards and J^T u backwards.

    Why: The two modes multiply by one matrix from its two sides; so each is a test of the other.
    Oracle: Both against one complex step along v.
    """
    expressions = _expressions(data, rng, 60)
    directions = [[data.distinct(rng, *x.shape) for x in leaves] for leaves, *_ in expressions]
    forwards = [(*e[:3], v) for e, v in zip(expressions, directions, strict=True)]
    tangents = of_each(student.programs.tangents(forwards), forwards)
    gradients = of_each(student.programs.gradients(expressions), expressions)
    slopes = oracle.slopes([(*e, v) for e, v in zip(expressions, directions, strict=True)])
    for e, v, (y1, t), (y2, g), slope in zip(
        expressions, directions, tangents, gradients, slopes, strict=True
    ):
        with expect.usable("J v"):  # of a number as well
            t = np.asarray(t, dtype=np.float64)
        forward = expect.array(t, shape=e[3].shape, what="J v") * e[3]
        backward = [
            expect.array(a, shape=b.shape, what="J^T u") * b for a, b in zip(g, v, strict=True)
        ]
        size = 1.0 + float(np.abs(forward).sum()) + sum(float(np.abs(b).sum()) for b in backward)
        within = rounding(terms=60, condition=1e3, size=size, why="operations that amplify")
        there, back = float(forward.sum()), float(sum(b.sum() for b in backward))
        for value in (y1, y2):
            value_within = rounding(terms=60, condition=1e3, size=6.0, why="may amplify")
            expect.close(value, data.value_of(*e), within=value_within, what="the value")
        expect.close(there, slope, within=within, what="u . J v")
        expect.close(back, slope, within=within, what="J^T u . v")


def _expressions(data, rng, count):
    made = [data.random_expression(rng, 9) for _ in range(count)]
    return [(*e[:3], data.distinct(rng, *e.shape)) for e in made]
