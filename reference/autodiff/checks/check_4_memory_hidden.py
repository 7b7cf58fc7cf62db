"""Part 4 on other inputs: other shapes and types, and checkpoints within a computation."""

import numpy as np

from autograder.grading import check, expect, rounding


@check(
    part="4.2",
    points=1,
    hint="handout, task 4.2",
    requires=("R4.2a", "R4.2b", "R0c:softmax_cross_entropy"),
)
def check_cross_entropy_of_other_shapes_and_types(student, oracle, data, rng):
    """The loss of one example, of two classes, of many, and of float32 logits.

    Why: With a single row or column, one axis is easily confused with another.
    Oracle: One number at a time in Python floats, relative to the score of the right class.
    """
    for (B, c), dtype in (((1, 4), "float64"), ((9, 2), "float64"), ((5, 30), "float64"),
                          ((6, 3), "float32")):  # fmt: skip
        logits = (4 * data.distinct(rng, B, c)).astype(dtype)
        labels, v = rng.integers(c, size=B), data.distinct(rng, B, c).astype(dtype)
        loss, gradient, tangent = expect.items(
            student.programs.cross_entropy(logits, labels, v, 1.5), 3
        )
        of_logits = oracle.cross_entropy_gradient(logits, labels)
        where = f"for {B} examples of {c} classes in {dtype}"
        why = "logits of size 4, which cancel in a small loss"
        within = rounding(terms=B + c, condition=10, dtype=dtype, size=1.0, why=why)
        expect.close(
            loss, oracle.cross_entropy(logits, labels), within=within, what=f"loss {where}"
        )
        expect.array(gradient, shape=(B, c), dtype=dtype, what="the gradient")
        what = "the dtypes of the loss and of its derivative along v"
        types = tuple(np.asarray(x).dtype.name for x in (loss, tangent))
        expect.equal(types, (dtype, dtype), what=what)
        expect.close(gradient, 1.5 * of_logits, within=within, what=f"1.5 x gradient {where}")
        slope = float((v * of_logits).sum())
        expect.close(tangent, slope, within=within, what=f"the derivative along v {where}")


@check(part="4.3", points=1, hint="handout, task 4.3", requires=("R4.3a", "R4.3b"))
def check_checkpoints_within_a_larger_computation(student, oracle, data, rng):
    """Two checkpoints in a row, one of them in another, with an input that is used outside too.

    Why: A checkpoint is a part of a tape, and must work with operations before, beside and after
    it.
    Oracle: Complex steps of the same computation, exact to rounding.
    """
    h, w, u = data.distinct(rng, 3, 4), data.distinct(rng, 4, 4), data.distinct(rng, 4)
    value, got = expect.items(student.programs.checkpoints_in_a_row(h, w, u), 2)
    first = [("matmul", [0, 1], {}), ("tanh", [3], {}), ("mul", [4, 2], {}), ("exp", [5], {})]
    second = [("mul", [6, 2], {}), ("add", [7, 0], {}), ("tanh", [8], {}), ("mul", [9, 2], {})]
    nodes = [*first, *second, ("add", [10, 7], {}), ("sum", [11], {})]
    within = rounding(terms=20, condition=100, why="several products and sums")
    expect.close(value, data.value_of([h, w, u], [], nodes), within=within, what="the value")
    want = oracle.gradients([h, w, u], [], nodes, 1.0)
    for k, (g, x) in enumerate(zip(expect.items(got, 3), want, strict=True)):
        expect.close(g, x, within=within, what=f"the gradient by input {k}")
