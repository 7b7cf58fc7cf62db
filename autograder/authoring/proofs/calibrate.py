"""`autograder calibrate`: measure what budgets rest on, and refuse what would wrong somebody."""

from collections.abc import Callable, Iterator
from pathlib import Path

from autograder.authoring.proofs.calibration import (
    CLOCK,
    REFERENCE,
    Calibration,
    Figure,
    Reading,
    checks_naming,
    clocked,
    figures,
)
from autograder.authoring.proofs.conditions import Condition, busy_neighbours, conditions
from autograder.grading.declaring.declare import checks_taking
from autograder.grading.declaring.proving_programs import Program, composed, programs_of
from autograder.grading.running.subprocess_grading import grade_files
from autograder.model.assignment import Assignment
from autograder.model.errors import GraderError
from autograder.model.verdict import Verdict

REPEATS = 3  # of the reference in each condition, every time in fresh processes
MARGIN = 1.25  # between what passes and the budget, and between one condition and another
TOO_SLOW = 2.5  # times the budget: what must fail
_OVER = (Verdict.OVER_TIME_BUDGET, Verdict.OVER_MEMORY_BUDGET, Verdict.OVER_OPERATION_BUDGET)


def calibrate(assignment: Assignment, root: Path, say: Callable[[str], None]) -> Calibration:
    """Grade all that has a budget, one after the other: a neighbour would be a condition."""
    readings: list[Reading] = []
    held = conditions()
    for condition in held:
        say(f"{assignment.id}: {condition.name}")
        with busy_neighbours(condition.neighbours):
            for program in _programs(assignment):
                repeats = REPEATS if program is None else 1
                for _ in range(repeats):
                    readings += _readings(assignment, root, program, condition)
    return Calibration(
        **Calibration.now(assignment),
        conditions=[condition.name for condition in held],
        budgets=figures(readings),
    )


def refusals(calibration: Calibration) -> Iterator[str]:
    """Why these budgets would wrong somebody, on some machine."""
    for name, figure in calibration.budgets.items():
        if figure.unit != CLOCK:  # counts are the same everywhere: `verify` holds them
            continue
        if figure.highest_accepted > figure.budget / MARGIN:
            yield (
                f"{name}: {figure.which_accepted} takes {figure.highest_accepted:.2f} x, more than"
                f" the budget of {figure.budget:g} x divided by {MARGIN}: raise the budget"
            )
        if not figure.which_too_much:
            yield f"{name}: no must-fail program is caught by its clock: write one"
        elif figure.lowest_too_much < TOO_SLOW * figure.budget:
            yield (
                f"{name}: {figure.which_too_much} takes only {figure.lowest_too_much:.2f} x, less"
                f" than {TOO_SLOW} times the budget: size the problem so that it is slower"
            )
        if figure.drift > MARGIN:
            yield (
                f"{name}: the reference takes {figure.lowest:.2f} x to {figure.highest:.2f} x by"
                f" condition, a drift of {figure.drift:.2f}: the yardstick does other work than it;"
                " see `autograder calibrate --propose`"
            )


def _programs(assignment: Assignment) -> Iterator[Program | None]:
    yield None
    for program in programs_of(assignment).usable:
        if program.verdict in (*_OVER, Verdict.PASSED):
            yield program


def _readings(
    assignment: Assignment, root: Path, program: Program | None, condition: Condition
) -> Iterator[Reading]:
    """What one program takes of every budget whose check it passes or must fail."""
    wanted = _checks(assignment, program, condition)
    if not wanted:
        return
    files, environment = composed(assignment, program), condition.environment
    report = grade_files(files, assignment, root, environment, checks=wanted)
    name = program.name if program else REFERENCE
    for outcome in report.outcomes:
        if outcome.verdict is Verdict.GRADER_ERROR:
            raise GraderError(f"{outcome.check.id} is broken on {name}: {outcome.staff[-500:]}")
        if outcome.check.id in wanted:
            for measurement in outcome.measurements:
                yield Reading(measurement.name, name, condition.name, measurement)


def _checks(
    assignment: Assignment, program: Program | None, condition: Condition
) -> tuple[str, ...]:
    """Of the visible ones, of a must-fail program those that catch it; elsewhere than on the idle
    machine as it is, only those with a clock, because counts do not change."""
    wanted = checks_taking("budgets", assignment, hidden=False)
    if program and program.verdict is not Verdict.PASSED:
        wanted = tuple(name for name in wanted if name in program.caught_by)
    if not condition.environment and not condition.neighbours:
        return wanted
    return tuple(name for name in wanted if name in checks_naming(clocked(assignment), assignment))


def show(calibration: Calibration) -> Iterator[str]:
    """The table that an author reads."""
    yield f"{'budget':28} {'allowed':>10} {'reference':>10} {'accepted':>10} {'too much':>10} drift"
    for name, figure in calibration.budgets.items():
        yield f"{name:28} {_row(figure)}"


def _row(figure: Figure) -> str:
    values = (figure.budget, figure.reference, figure.highest_accepted, figure.lowest_too_much)
    return " ".join(f"{value:>10.4g}" for value in values) + f" {figure.drift:.2f}"
