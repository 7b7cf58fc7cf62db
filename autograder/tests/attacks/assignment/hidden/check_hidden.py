"""Hidden checks, with marked inputs. @canary hidden check@"""

import numpy as np

from autograder.grading import check, expect

MARK = float("@number@")
WORD = "@canary hidden word@"


@check(part="1.1", points=2)
def check_hidden_total(student, oracle, rng):
    """Totals of other sizes.

    Why: @canary docstring@
    """
    x = rng.standard_normal(33)
    x[0] = MARK
    x[1] = float("@digit@")
    want = oracle.total(x)
    detail = f"{WORD}: expected {want}"
    got = student.total(x)
    close = isinstance(got, float) and abs(got - want) <= 1e-9 * abs(want)
    expect.that(close, "the total is off", detail)


@check(part="1.2", points=2)
def check_hidden_scaled(student, oracle, rng):
    """Scaling by other factors."""
    x = np.append(rng.standard_normal(20), MARK)
    expect.close(student.scaled(x, 0.5), oracle.scaled(x, 0.5), rtol=1e-9, why=WORD, what=WORD)
