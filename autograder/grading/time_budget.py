"""CPU time of a student's call against its budget, a multiple of a yardstick."""

import json
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from autograder.budgets.sign_test import MOST, Zone
from autograder.budgets.timing import Timed, Timing, compare
from autograder.grading.budget_verdict import budget_of, hold
from autograder.grading.check_run import CheckRun
from autograder.grading.counting import Inputs
from autograder.grading.seeds import generator
from autograder.grading.student import RemoteFunction
from autograder.grading.timed_calls import JudgeValue, TimedCall, TimedYardstick
from autograder.grading.where_time_went import where_time_went
from autograder.model.assignment import Assignment
from autograder.model.outcome import Measurement

Verify = Callable[[tuple[Any, ...], Any, Any], None]  # (arguments, value, expected)
Expected = Callable[..., Any]


def hold_time(
    assignment: Assignment,
    run: CheckRun,
    name: str,
    function: RemoteFunction,
    inputs: Inputs,
    verify: Verify,
    expected: Expected | None,
) -> None:
    """Measure until the verdict is certain, or certainly uncertain."""
    budget = budget_of(assignment, name, "time")
    limit = budget.time or 0.0
    judge = _judge(run, inputs, verify, expected)

    @contextmanager
    def sides() -> Iterator[tuple[Timed, Timed]]:
        student = TimedCall(run, function, inputs, judge)
        yardstick = TimedYardstick(run, assignment.yardsticks[budget.yardstick])
        try:
            yield student, yardstick
        finally:
            yardstick.close()

    if run.bench.proposing:
        _record_operations(run, name, function, inputs)
        return
    if run.bench.recording:  # what the noise of a student's machine may ask for is recorded too
        TimedCall(run, function, inputs, judge).sample(0, 1)
        return
    timing = compare(sides, limit, random.Random(run.seed))
    undecided = timing.zone is Zone.OPEN
    measurement = Measurement(
        name=name,
        kind="time",
        value=round(timing.ratio, 3),
        budget=limit,
        unit=budget.counted_in,
        detail=_show(timing),
        undecided=undecided,
    )
    if undecided:
        run.notes.append(f"{name.replace('_', ' ')}: too noisy to tell, so it passes")
    over = timing.zone is Zone.OVER
    more = where_time_went(run, function, inputs(generator(run.seed + 1))) if over else ()
    hold(run, measurement, more=more)


def _record_operations(run: CheckRun, name: str, function: RemoteFunction, inputs: Inputs) -> None:
    """Keep what a call is made of where its time would stand."""
    counts: dict[str, float] = {}
    for observer in ("recorded_operations", "steps"):
        arguments = inputs(generator(run.seed))
        counts |= run.call(function, arguments, {}, f"autograder.budgets.{observer}").counts
    measurement = Measurement(
        name=name, kind="time", value=0.0, budget=1.0, unit="", detail=json.dumps(counts)
    )
    run.measurements.append(measurement)


def _judge(run: CheckRun, inputs: Inputs, verify: Verify, expected: Expected | None) -> JudgeValue:
    """Judges the value of a pair; what is expected is asked once a pair, in their order."""
    answers: dict[int, Any] = {}

    def ask(pair: int) -> Any:
        if pair not in answers and expected is not None:
            answers[pair] = expected(*inputs(generator(run.seed + pair)))
        return answers.get(pair)

    if run.bench.recording:
        for pair in range(MOST + 1):
            ask(pair)

    def judge(pair: int, arguments: tuple[Any, ...], value: Any) -> None:
        verify(arguments, value, ask(pair))

    return judge


def _show(timing: Timing) -> str:
    return (
        f"95 % interval {timing.low:.2f} to {timing.high:.2f} from {timing.pairs} pairs,"
        f" wall/CPU {timing.wall_per_cpu:.1f}"
    )
