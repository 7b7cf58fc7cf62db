"""`autograder calibrate`: grade everything that a budget measures, under several conditions."""

from collections.abc import Callable, Iterator
from pathlib import Path

from autograder.authoring.proofs.calibration import (
    REFERENCE,
    Calibration,
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
_OVER = (Verdict.OVER_TIME_BUDGET, Verdict.OVER_MEMORY_BUDGET, Verdict.OVER_OPERATION_BUDGET)


def calibrate(assignment: Assignment, root: Path, say: Callable[[str], None]) -> Calibration:
    """Grade one program after the other: gradings at the same time would disturb each other."""
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


def _programs(assignment: Assignment) -> Iterator[Program | None]:
    yield None
    for program in programs_of(assignment).usable:
        if program.verdict in (*_OVER, Verdict.PASSED):
            yield program


def _readings(
    assignment: Assignment, root: Path, program: Program | None, condition: Condition
) -> Iterator[Reading]:
    """What a program takes of each budget whose check it passes or must fail.

    Raises GraderError for a check that fails by an error of its own.
    """
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
                yield Reading(name, condition.name, measurement)


def _checks(
    assignment: Assignment, program: Program | None, condition: Condition
) -> tuple[str, ...]:
    """The visible checks that measure; of a must-fail program those that catch it. Under other
    conditions than the idle machine as it is, only those with a clock: counts do not change."""
    wanted = checks_taking("budgets", assignment, hidden=False)
    if program and program.verdict is not Verdict.PASSED:
        wanted = tuple(name for name in wanted if name in program.caught_by)
    if not condition.environment and not condition.neighbours:
        return wanted
    return tuple(name for name in wanted if name in checks_naming(clocked(assignment), assignment))
