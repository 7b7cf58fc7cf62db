"""Part 2: what the rules of the operations cost, one at a time, on long arrays."""

import numpy as np

from autograder.grading import check, expect, rounding


@check(
    part="2.4",
    points=1,
    needs="check_gradients_of_random_expressions",
    hint="handout, part 2: arrays, not entries",
    requires=("R2b",),
)
def check_no_rule_loops_over_entries(student, oracle, data, budgets, rng):
    """Value and gradient of every operation take few interpreter steps on arrays of 10 000 rows.

    Why: A loop in Python takes a hundred times as long as the array operation in its place.
    Oracle: Counted interpreter steps, which one loop over rows would multiply; the gradients by one
    complex step, along the inputs read backwards.
    """

    def inputs(rng):
        made = data.long_expressions(rng)
        return ([(*e[:3], data.distinct(rng, *e.shape)) for e in made],)

    (expressions,) = inputs(rng)
    got = student.programs.gradients(expressions)
    slopes = oracle.slopes([(*e, [np.flip(x) for x in e[0]]) for e in expressions])
    within = rounding(terms=data.LONG, condition=10, size=1e3, why="sums that may cancel")
    for (leaves, _, ((op, *_),), _), (_, gradients), slope in zip(
        expressions, got, slopes, strict=True
    ):
        total = 0.0
        for k, (g, x) in enumerate(zip(gradients, leaves, strict=True)):
            g = expect.array(
                g, shape=np.shape(x), what=f"the gradient of a long {op}, by input {k}"
            )
            total += float(np.sum(g * np.flip(x)))
        expect.close(total, slope, within=within, what=f"gradient . v of a long {op}")
    budgets.operations("rule_steps", student.programs.gradients, inputs=inputs, sizes={})
