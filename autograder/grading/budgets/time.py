"""Time budgets: CPU time of a student's call as a multiple of a yardstick.

The same measurement is the witness of a count, which is taken in the submission's own process.
"""

import json
import random
from collections.abc import Iterator
from contextlib import closing, contextmanager

from autograder.grading.budgets.hotspots import time_hotspots
from autograder.grading.budgets.judging import (
    budget_of,
    require_within,
    timed_measurement,
    too_noisy,
)
from autograder.grading.budgets.measured_call import Expected, MeasuredCall, Verification, Verify
from autograder.grading.budgets.sign_test import Zone
from autograder.grading.budgets.timed_calls import TimedCall, TimedYardstick
from autograder.grading.budgets.timing import Pair, StartPair, Timing, compare
from autograder.model.assignment import Assignment, Witness, Yardstick
from autograder.model.outcome import Measurement
from autograder.model.units import show_quantity

_SUSPECTED = (
    "is there a loop inside a library, such as map, sum, sorted, itertools or np.frompyfunc over"
    " single numbers?"
)


def measure_time(
    assignment: Assignment,
    name: str,
    call: MeasuredCall,
    verify: Verify,
    expected: Expected | None,
) -> None:
    """Measure until the verdict is certain, or certainly uncertain."""
    budget = budget_of(assignment, name, "time")
    limit = budget.time or 0.0
    verification = Verification.of(call, verify, expected)
    if call.run.context.modes.propose:
        _record_operations(name, call)
        return
    if call.run.context.modes.untimed:
        TimedCall(call, verification).sample(0, 1)
        return
    timing = _timed(call, verification, assignment.yardsticks[budget.yardstick], limit, name)
    detail = f"{timing.interval()}, wall/CPU {timing.overhead:.1f}"
    measurement = timed_measurement(name, "time", timing, limit, budget.counted_in, detail)
    require_within(call.run, measurement, explain=lambda: time_hotspots(call))


def require_witness(
    assignment: Assignment,
    call: MeasuredCall,
    verification: Verification,
    witness: Witness,
    counted: Measurement,
) -> None:
    """Time the call whose count is within its budget, as a time budget does."""
    if call.run.context.modes.untimed:
        return
    yardstick = assignment.yardsticks[witness.yardstick]
    timing = _timed(call, verification, yardstick, witness.time, counted.name)
    name, detail = f"{counted.name}_witness", f"from {timing.pairs} pairs"
    measurement = timed_measurement(name, "operations", timing, witness.time, "x yardstick", detail)
    what = (
        f"{show_quantity(counted.value, counted.unit)} were counted, but the call takes"
        f" {timing.ratio:.3g} x the time of the array operations; at most {witness.time:g} x"
    )
    require_within(call.run, measurement, what, lambda: (_SUSPECTED, *time_hotspots(call)))


def pairs_of(call: MeasuredCall, verification: Verification, yardstick: Yardstick) -> StartPair:
    """Starts a fresh worker of the student's, and one of the yardstick's."""

    @contextmanager
    def start() -> Iterator[Pair]:
        with closing(TimedYardstick(call.run, yardstick)) as unit:
            yield TimedCall(call, verification, unit.arrival_s(call)), unit

    return start


def _timed(
    call: MeasuredCall, verification: Verification, yardstick: Yardstick, limit: float, name: str
) -> Timing:
    run = call.run
    start = pairs_of(call, verification, yardstick)
    timing = compare(start, limit, random.Random(run.seed), run.limit.left_s)
    if timing.zone is Zone.OPEN:
        run.notes.append(too_noisy(name))
    return timing


def _record_operations(name: str, call: MeasuredCall) -> None:
    """Keep what a call is made of where its time would stand."""
    counts: dict[str, float] = {}
    for observer in ("recorded_operations", "steps"):
        counts |= call.counts(f"autograder.worker.observers.{observer}")
    measurement = Measurement(
        name=name, kind="time", value=0.0, budget=1.0, unit="", detail=json.dumps(counts)
    )
    call.run.measurements.append(measurement)
