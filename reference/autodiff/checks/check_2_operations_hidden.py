"""Parts 2 and 3 on other expressions, and in float32."""

import numpy as np

from autograder.grading import check, expect, rounding


@check(
    part="2.1",
    points=1,
    hint="handout, section 2: float32 and integers, in Duals (task 3.1) too",
    requires=(
        "R0c:Operation",
        "R0c:Tensor.backward",
        "R0c:jvp",
        "R2.1a:Add",
        "R2.1a:Subtract",
        "R2.1a:Multiply",
        "R2.1a:Divide",
        "R2.1a:Negative",
        "R2.1a:Power",
        "R2.1a:Exp",
        "R2.1a:Log",
        "R2.1a:Tanh",
        "R2.1a:ReLU",
        "R3.1a",
        "R3.1b",
    ),
)
def check_float32_stays_float32(student, oracle, data, rng):
    """Values, gradients and tangents of float32 leaves are float32; of integers, float64.

    Why: One float64 number in a rule doubles the memory of all that follows.
    Oracle: Types; the numbers by complex steps in double precision.
    """
    single = [
        ("neg", {}), ("exp", {}), ("tanh", {}), ("relu", {}), ("pow", {"exponent": 2}),
        ("pow", {"exponent": -1}), ("sum", {"axis": 0, "keepdims": True}),
        ("mean", {"axis": 1, "keepdims": False}), ("max", {"axis": (0, 1), "keepdims": False}),
        ("reshape", {"shape": (4, 3)}), ("transpose", {"axes": (1, 0)}),
        ("getitem", {"index": np.array([2, 0, 2])}),
    ]  # fmt: skip
    cases = [([(op, [0], given)], [(3, 4)]) for op, given in single]
    cases += [([(op, [0, 1], {})], [(3, 4), (3, 1)]) for op in ("add", "sub", "mul", "truediv")]
    cases += [([("matmul", [0, 1], {})], [(3, 4), (4, 2)]), ([("mul", [0, 1], {})], [(3, 4), ()])]
    for nodes, shapes in cases:
        leaves = [data.distinct(rng, *shape).astype(np.float32) for shape in shapes]
        seed = data.distinct(rng, *oracle.value(leaves, [], nodes).shape).astype(np.float32)
        ((value, gradients),) = student.programs.gradients([(leaves, [], nodes, seed)])
        ((_, tangent),) = student.programs.tangents([(leaves, [], nodes, leaves)])
        expect.equal(np.asarray(value).dtype.name, "float32", what=f"the dtype of {nodes[0][0]}")
        what = f"the dtype of the tangent of {nodes[0][0]}"
        expect.equal(np.asarray(tangent).dtype.name, "float32", what=what)
        for k, want in enumerate(oracle.gradients(leaves, [], nodes, seed)):
            what = f"the gradient of {nodes[0][0]}, by input {k}"
            expect.array(gradients[k], shape=want.shape, dtype=np.float32, what=what)
            within = rounding(terms=12, condition=10, dtype="float32")
            expect.close(gradients[k], want, within=within, what=what)
    x = data.distinct(rng, 2, 3).astype(np.float32)
    value, _ = student.programs.jvp_beside_a_jvp(x, x)
    expect.array(value, shape=(2, 3), dtype=np.float32, what="x x + d/dz (x x), x of float32")
    for nodes in ([("pow", [0], {"exponent": -1})], [("mul", [0, 1], {})]):
        leaves = [rng.integers(1, 5, size=(2, 3)) for _ in range(2)]
        ones = np.ones((2, 3))
        ((value, gradients),) = student.programs.gradients([(leaves, [], nodes, ones)])
        ((_, tangent),) = student.programs.tangents([(leaves, [], nodes, leaves)])
        what = f"of {nodes[0][0]} of integers"
        expect.array(value, shape=(2, 3), dtype=np.float64, what=f"the value {what}")
        gradient = expect.array(
            gradients[0], shape=(2, 3), dtype=np.float64, what=f"the gradient {what}"
        )
        within = rounding(terms=4)
        want = oracle.gradients(leaves, [], nodes, ones)[0]
        expect.close(gradient, want, within=within, what=f"the gradient {what}")
        expect.array(tangent, shape=(2, 3), dtype=np.float64, what=f"the tangent {what}")
        want = oracle.tangent(leaves, [], nodes, leaves)
        expect.close(tangent, want, within=within, what=f"the tangent {what}")


@check(
    part="2.4",
    points=2,
    hint="handout, part 2: all operations must be right for this one",
    requires=("R2a", "R1.3a", "R2.2b"),
)
def check_gradients_of_more_random_expressions(student, oracle, data, rng):
    """The gradients of 180 more random expressions of all operations agree with complex steps.

    Why: What is right on twenty expressions may still be wrong on a rare mixture.
    Oracle: Complex steps, one entry of each leaf at a time, exact to rounding.
    """
    expressions = _expressions(data, rng, 180)
    got = student.programs.gradients(expressions)
    want = oracle.many_gradients(expressions)
    for (_, mine), exact in zip(got, want, strict=True):
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
def check_forward_and_reverse_mode_are_adjoint(student, data, rng):
    """u . J v = J^T u . v for 180 more random expressions, J v forwards and J^T u backwards.

    Why: The two modes multiply by one matrix from its two sides; so each is a test of the other.
    Oracle: A relation between your own two modes, with no expected value of ours.
    """
    expressions = _expressions(data, rng, 180)
    directions = [[data.distinct(rng, *x.shape) for x in leaves] for leaves, *_ in expressions]
    forwards = [(*e[:3], v) for e, v in zip(expressions, directions, strict=True)]
    tangents = student.programs.tangents(forwards)
    gradients = student.programs.gradients(expressions)
    for e, v, (_, t), (_, g) in zip(expressions, directions, tangents, gradients, strict=True):
        forward = expect.array(np.asarray(t), shape=e[3].shape, what="J v") * e[3]
        backward = [np.asarray(a) * b for a, b in zip(g, v, strict=True)]
        size = 1.0 + float(np.abs(forward).sum()) + sum(float(np.abs(b).sum()) for b in backward)
        within = rounding(terms=60, condition=1e3, size=size, why="operations that amplify")
        there, back = float(forward.sum()), float(sum(b.sum() for b in backward))
        expect.close(there, back, within=within, what="u . J v, against J^T u . v")


def _expressions(data, rng, count):
    made = [data.random_expression(rng, 9) for _ in range(count)]
    return [(*e[:3], data.distinct(rng, *e.shape)) for e in made]
