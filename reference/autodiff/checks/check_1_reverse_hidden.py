"""Part 1 on other graphs, and where recording is off."""

import numpy as np

from autograder.grading import check, expect, rounding
from expectations import of_each


@check(
    part="1.3",
    points=1,
    hint="handout, tasks 1.1 and 1.3",
    requires=("R1.3a", "R1.1a", "R0a:Tensor.backward"),
)
def check_uses_add_up_in_larger_graphs(student, oracle, data, rng):
    """Gradients add up over all uses in graphs of 3 leaves and 12 operations.

    Why: In larger graphs the order of visits decides whether a sum is complete.
    Oracle: Complex steps, one entry at a time: exact, and no rule of any derivative in them.
    """
    for _ in range(8):
        ops = rng.choice(["add", "mul"], size=12)
        # of the last few values, so that products of products stay small
        nodes = [
            (str(op), [int(rng.integers(max(0, k), k + 3)), int(rng.integers(3))], {})
            for k, op in enumerate(ops)
        ]
        nodes = [(op, ins if k else [0, 1], s) for k, (op, ins, s) in enumerate(nodes)]
        total = [("add", [2 + 12, 2], {}), ("mul", [3 + 12, 0], {}), ("add", [4 + 12, 1], {})]
        leaves = [data.distinct(rng, 2, 2) for _ in range(3)]
        nodes, seed = [*nodes, *total], data.distinct(rng, 2, 2)
        expressions = [(leaves, [], nodes, seed)]
        ((value, got),) = of_each(student.programs.gradients(expressions), expressions)
        want = data.value_of(leaves, [], nodes)
        size = max(1.0, float(np.abs(want).max()))
        within = rounding(terms=15, condition=1e3, size=size, why="products of many factors")
        expect.close(value, want, within=within, what="the value")
        want = oracle.gradients(leaves, [], nodes, seed)
        for k in range(3):
            size = max(1.0, float(np.abs(want[k]).max()))
            within = rounding(terms=15, condition=1e3, size=size, why="products of many factors")
            expect.close(got[k], want[k], within=within, what=f"the gradient of leaf {k}")


@check(
    part="1.4",
    points=1,
    hint="handout, task 1.4",
    requires=(
        "R1.4e:value_and_grad",
        "R1.4e:grad",
        "R1.4b:value_and_grad",
        "R1.4b:grad",
        "R1.4a:value_and_grad",
        "R1.4a:grad",
    ),
)
def check_gradients_of_functions_within_no_grad(student, data, rng):
    """grad and value_and_grad record also within no_grad.

    Why: A gradient that is silently zero because of a switch elsewhere is hard to find.
    Oracle: By hand: y y + 1.
    """
    x, y = data.distinct(rng, 3, 2), data.distinct(rng, 3, 2)
    gradient, calls = expect.items(
        student.programs.gradient_of("two arrays", [x, y], 0, "grad", recording=False), 2
    )
    expect.equal(calls, 1, what="the number of calls of f")
    pair, calls = expect.items(
        student.programs.gradient_of("two arrays", [x, y], 0, "value_and_grad", recording=False), 2
    )
    expect.equal(calls, 1, what="the number of calls of f")
    value, both = expect.items(pair, 2, what="the result of value_and_grad")

    within = rounding(terms=4, condition=10)
    expect.close(gradient, y * y + 1, within=within, what="the gradient")
    expect.close(both, y * y + 1, within=within, what="the gradient of value_and_grad")
    expect.close(value, float((x * y * y + x).sum()), within=within, what="the value")
