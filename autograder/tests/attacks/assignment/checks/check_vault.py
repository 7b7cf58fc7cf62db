"""What students see. Every attack is graded by these."""

from autograder.grading import check, expect


@check(part="1.1", points=4)
def check_total(student, oracle, rng):
    """The total is the sum of all entries."""
    x = rng.standard_normal(50)
    expect.close(student.total(x), oracle.total(x), rtol=1e-9, why="float64", what="the total")


@check(part="1.1", points=2)
def check_minimum(student, rng):
    """The slope leads to the minimum."""
    goal = float(rng.uniform(1, 2))

    def slope(w):
        return 2.0 * (w - goal)

    found = student.minimise(slope, 0.0)
    expect.close(found, goal, rtol=1e-3, why="60 steps", what="the minimum")


@check(part="2.1", points=2)
def check_probe(student):
    """A probe of the sandbox finds nothing."""
    expect.equal(student.probe(), "contained", what="the probe")


@check(part="1.2", points=4)
def check_scaled(student, oracle, rng):
    """Scaling multiplies every entry."""
    x = rng.standard_normal(40)
    expect.close(student.scaled(x, 3.0), oracle.scaled(x, 3.0), rtol=1e-9, why="float64")
