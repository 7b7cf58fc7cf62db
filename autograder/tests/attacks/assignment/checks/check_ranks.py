"""Only the attacks by ranks are graded by these: each costs three workers."""

import numpy as np

from autograder.grading import check, expect


@check(part="1.1", points=2)
def check_gathered(student, cluster, rng):
    """Every rank gets the sum of what all of them hold, by two messages to each other."""
    x = rng.standard_normal((3, 5))
    run = cluster.run(student.gathered, size=3, inputs=lambda rank: (x[rank],))
    for value in run.values:
        expect.close(value, np.sum(x, axis=0), rtol=1e-9, why="float64", what="the sum")
    expect.equal(run.sent_bytes, [80, 80, 80], what="the bytes that each rank sends")


@check(part="2.1", points=2)
def check_neighbour(student, cluster):
    """A rank finds nothing of another."""
    run = cluster.run(student.neighbour, size=2, inputs=lambda rank: ())
    expect.equal(run.values, ["contained"] * 2, what="what the ranks find")
