"""Budgets of growth: the exponent with which steps or bytes grow with a size.

For the fixture `budgets`.
"""

import math
import statistics
from collections.abc import Sequence

from autograder.grading.budgets.counters import BYTES, STEPS, budgeted_count
from autograder.grading.budgets.judging import counted_measurement, require_within
from autograder.grading.budgets.measured_call import Expected, MeasuredCall, Verification, Verify
from autograder.grading.budgets.memory_selftest import require_memory_is_seen
from autograder.grading.budgets.time import LOOP, require_witness
from autograder.model.assignment import Assignment
from autograder.model.errors import GraderError

_COUNTERS = {"memory": BYTES, "operations": STEPS}
_FEWEST, _MOST = 4, 6  # sizes: two points are always on a line


def measure_growth(
    assignment: Assignment,
    name: str,
    calls: Sequence[MeasuredCall],
    sizes: Sequence[int],
    verify: Verify | None,
    expected: Expected | None,
    timed: MeasuredCall | None,
) -> None:
    """Compare the exponent with which a count grows over `sizes` with its budget.

    There is a call for each size; a budget with a witness has a larger one, which is `timed`.
    """
    budget = assignment.budget(name)
    if budget.kind not in _COUNTERS:
        raise GraderError(f"budget {name!r} is one of {budget.kind}: its growth is not counted")
    if not _FEWEST <= len(set(sizes)) == len(sizes) <= _MOST or min(sizes) <= 0:
        raise GraderError(
            f"budget {name!r}: growth is judged over {_FEWEST} to {_MOST} different sizes above 0,"
            f" not over {tuple(sizes)}"
        )
    if (timed is None) != (budget.witness is None):
        raise GraderError(f"budget {name!r}: timed_at is the size of a witness, and none has both")
    counter = _COUNTERS[budget.kind]
    if counter is BYTES:
        require_memory_is_seen(calls[0].run.context)
    calls[0].warm_up()
    verifications = [Verification.of(call, verify, expected, pairs=1) for call in calls]
    seen = [
        v.observed(call, counter.observer) for v, call in zip(verifications, calls, strict=True)
    ]
    counts = [budgeted_count(counter, each.counts) for each in seen]
    exponent = growth_exponent(sizes, counts)
    shown = ", ".join(f"{size}: {count:.0f}" for size, count in zip(sizes, counts, strict=True))
    detail = f"{counter.name} by size: {shown}"
    measurement = counted_measurement(name, budget, round(exponent, 3), {}, detail)
    what = f"{counter.name} grow like n^{exponent:.2f}; the budget is n^{measurement.budget:g}"
    more = (LOOP,) if counter is STEPS else ()
    require_within(calls[0].run, measurement, what, lambda: more)
    if timed and budget.witness:
        verification = Verification.of(timed, verify, expected)
        require_witness(assignment, timed, verification, budget.witness, name)


def growth_exponent(sizes: Sequence[float], counts: Sequence[float]) -> float:
    """Least-squares slope of log(count) against log(size): 0 for a constant, 1 for a line."""
    xs = [math.log(size) for size in sizes]
    ys = [math.log(max(count, 1.0)) for count in counts]
    return statistics.linear_regression(xs, ys).slope
