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
from autograder.grading.context.check_run import CheckRun
from autograder.model.assignment import Assignment, Witness, Yardstick
from autograder.model.outcome import Measurement

LOOP = (
    "is there a loop over single entries, examples or layers, in Python or within a library, such"
    " as map, sum, np.vectorize, np.fromiter or `in` of a list?"
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
    name: str,
) -> None:
    """Time a call of a function whose count is within its budget, as a time budget does."""
    if call.run.context.modes.untimed:
        return
    yardstick = assignment.yardsticks[witness.yardstick]
    timing = _timed(call, verification, yardstick, witness.time, name)
    _require_witnessed(call, timing, witness, name)


def require_growth_witness(
    large: tuple[MeasuredCall, Verification],
    small: tuple[MeasuredCall, Verification],
    witness: Witness,
    name: str,
) -> None:
    """Time a call beside the same at a smaller size, in one worker: that is its yardstick."""
    run = large[0].run
    if run.context.modes.untimed:
        return

    @contextmanager
    def start() -> Iterator[Pair]:
        first = TimedCall(*large)
        yield first, TimedCall(*small, beside=first)

    timing = _compared(run, start, witness.time, name)
    _require_witnessed(large[0], timing, witness, name)


def _require_witnessed(call: MeasuredCall, timing: Timing, witness: Witness, name: str) -> None:
    detail = timing.interval()
    if not witness.yardstick:
        detail += "; the yardstick is its own time at a smaller size"
    name, unit = f"{name}_witness", "x yardstick"
    measurement = timed_measurement(name, "operations", timing, witness.time, unit, detail)
    require_within(call.run, measurement, explain=lambda: (LOOP, *time_hotspots(call)))


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
    return _compared(call.run, pairs_of(call, verification, yardstick), limit, name)


def _compared(run: CheckRun, start: StartPair, limit: float, name: str) -> Timing:
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
