"""The clock as a witness of a count, which is taken in the submission's own process."""

import random

from autograder.grading.budgets.counting import Inputs
from autograder.grading.budgets.sign_test import Zone
from autograder.grading.budgets.time import too_noisy
from autograder.grading.budgets.timed_calls import JudgeValue
from autograder.grading.budgets.timed_pairs import sides_of
from autograder.grading.budgets.timing import compare
from autograder.grading.budgets.verdict import hold
from autograder.grading.budgets.where_time_went import where_time_went
from autograder.grading.context.check_run import CheckRun
from autograder.grading.context.seeds import generator
from autograder.grading.context.student import RemoteFunction
from autograder.model.assignment import Assignment, Witness
from autograder.model.outcome import Measurement
from autograder.model.units import show_quantity

_SUSPECTED = (
    "is there a loop inside a library, such as map, sum, sorted, itertools or np.frompyfunc over"
    " single numbers?"
)


def hold_witness(
    assignment: Assignment,
    run: CheckRun,
    function: RemoteFunction,
    inputs: Inputs,
    judge: JudgeValue,
    witness: Witness,
    counted: Measurement,
) -> None:
    """Time the call whose count is within its budget, as a time budget does."""
    if run.context.modes.untimed:
        return
    yardstick = assignment.yardsticks[witness.yardstick]
    sides = sides_of(run, yardstick, function, inputs, judge)
    timing = compare(sides, witness.time, random.Random(run.seed), run.time_left)
    measurement = Measurement(
        name=f"{counted.name}_witness",
        kind="operations",
        value=round(timing.ratio, 3),
        budget=witness.time,
        unit="x yardstick",
        detail=f"from {timing.pairs} pairs",
        undecided=timing.zone is Zone.OPEN,
    )
    if measurement.undecided:
        run.notes.append(too_noisy(counted.name))
    over = timing.zone is Zone.OVER
    lines = where_time_went(run, function, inputs(generator(run.seed + 1))) if over else ()
    what = (
        f"{show_quantity(counted.value, counted.unit)} were counted, but the call takes"
        f" {timing.ratio:.3g} x the time of the array operations; at most {witness.time:g} x"
    )
    hold(run, measurement, what, more=(_SUSPECTED, *lines))
