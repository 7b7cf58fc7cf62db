"""Budgets of growth: the exponent with which steps or bytes grow with a size.

For the fixture `budgets`.
"""

import math
import statistics
from collections.abc import Sequence

from autograder.grading.budgets.judging import counted_measurement, require_within
from autograder.grading.budgets.measured_call import Expected, MeasuredCall, Verification, Verify
from autograder.grading.budgets.memory_selftest import require_memory_is_seen
from autograder.grading.budgets.memory_witness import UNCOUNTED, most_let_pass, watch_call
from autograder.grading.budgets.time import LOOP, require_growth_witness
from autograder.grading.context.counters import BYTES, STEPS, budgeted_count
from autograder.model.assignment import Assignment
from autograder.model.errors import GraderError
from autograder.model.outcome import Message
from autograder.model.units import show_bytes
from autograder.model.verdict import Verdict
from autograder.sandbox.faults import StudentFault

_COUNTERS = {"memory": BYTES, "operations": STEPS}
_FEWEST, _MOST = 4, 6  # sizes: two points are always on a line


def measure_growth(
    assignment: Assignment,
    name: str,
    calls: Sequence[MeasuredCall],
    sizes: Sequence[int],
    verify: Verify | None,
    expected: Expected | None,
    timed: Sequence[MeasuredCall],
) -> None:
    """Compare the exponent with which a count grows over `sizes` with its budget.

    There is a call for each size. With a witness two are `timed`, at a small and a large size.
    """
    budget = assignment.budget(name)
    if budget.kind not in _COUNTERS:
        raise GraderError(f"budget {name!r} is one of {budget.kind}: its growth is not counted")
    if not _FEWEST <= len(set(sizes)) == len(sizes) <= _MOST or min(sizes) <= 0:
        raise GraderError(
            f"budget {name!r}: growth is judged over {_FEWEST} to {_MOST} different sizes above 0,"
            f" not over {tuple(sizes)}"
        )
    if len(timed) != (2 if budget.witness else 0):
        raise GraderError(f"budget {name!r}: timed_at are a witness's two sizes")
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
    if counter is BYTES:
        ends = [(calls[i], verifications[i], sizes[i]) for i in (0, -1)]
        _require_seen_growth(ends, measurement.budget)
    if budget.witness:
        small, large = ((call, Verification.of(call, verify, expected)) for call in timed)
        require_growth_witness(large, small, budget.witness, name)


def _require_seen_growth(
    ends: Sequence[tuple[MeasuredCall, Verification, int]], exponent: float
) -> None:
    """The system, too, must not see more growth from the first call to the last one."""
    sightings = [watch_call(call, verification) for call, verification, _ in ends]
    (_, _, few), (_, _, many) = ends
    risen = [sighting.risen for sighting in sightings if sighting is not None]
    if len(risen) == len(ends) and risen[1] > most_let_pass(risen[0] * (many / few) ** exponent):
        what = f"the operating system saw the call use {show_bytes(risen[1])} for a size of {many}"
        what += f", and {show_bytes(risen[0])} for {few}"
        raise StudentFault(Verdict.OVER_MEMORY_BUDGET, Message(what, hint=UNCOUNTED))


def growth_exponent(sizes: Sequence[float], counts: Sequence[float]) -> float:
    """Least-squares slope of log(count) against log(size): 0 for a constant, 1 for a line."""
    xs = [math.log(size) for size in sizes]
    ys = [math.log(max(count, 1.0)) for count in counts]
    return statistics.linear_regression(xs, ys).slope
