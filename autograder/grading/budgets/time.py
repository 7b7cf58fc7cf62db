"""CPU time of a student's call against its budget, a multiple of a yardstick."""

import json
import random

from autograder.grading.budgets.counting import Inputs
from autograder.grading.budgets.sign_test import Zone
from autograder.grading.budgets.timed_calls import TimedCall
from autograder.grading.budgets.timed_pairs import Expected, Verify, judge_of, sides_of
from autograder.grading.budgets.timing import Timing, compare
from autograder.grading.budgets.verdict import budget_of, hold
from autograder.grading.budgets.where_time_went import where_time_went
from autograder.grading.context.check_run import CheckRun
from autograder.grading.context.seeds import generator
from autograder.grading.context.student import RemoteFunction
from autograder.model.assignment import Assignment
from autograder.model.outcome import Measurement


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
    judge = judge_of(run, inputs, verify, expected)
    if run.context.modes.propose:
        _record_operations(run, name, function, inputs)
        return
    if run.context.modes.untimed:
        TimedCall(run, function, inputs, judge).sample(0, 1)
        return
    sides = sides_of(run, assignment.yardsticks[budget.yardstick], function, inputs, judge)
    timing = compare(sides, limit, random.Random(run.seed), run.time_left)
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
        run.notes.append(too_noisy(name))
    over = timing.zone is Zone.OVER
    more = where_time_went(run, function, inputs(generator(run.seed + 1))) if over else ()
    hold(run, measurement, more=more)


def _record_operations(run: CheckRun, name: str, function: RemoteFunction, inputs: Inputs) -> None:
    """Keep what a call is made of where its time would stand."""
    counts: dict[str, float] = {}
    for observer in ("recorded_operations", "steps"):
        arguments = inputs(generator(run.seed))
        counts |= run.call(
            function, arguments, {}, f"autograder.worker.observers.{observer}"
        ).counts
    measurement = Measurement(
        name=name, kind="time", value=0.0, budget=1.0, unit="", detail=json.dumps(counts)
    )
    run.measurements.append(measurement)


def too_noisy(name: str) -> str:
    """The note beside a check that passes because nobody can tell."""
    return f"{name.replace('_', ' ')}: too noisy to tell, so it passes"


def _show(timing: Timing) -> str:
    return (
        f"95 % interval {timing.low:.2f} to {timing.high:.2f} from {timing.pairs} pairs,"
        f" wall/CPU {timing.wall_per_cpu:.1f}"
    )
