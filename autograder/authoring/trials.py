"""Gradings that must come out as declared, and with the same verdicts at home as on the server.

`verify` runs them, several at a time.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import msgspec

from autograder.authoring.judge import (
    broken,
    judge_agreement,
    judge_program,
    judge_template,
)
from autograder.authoring.paths import Paths
from autograder.grading.declaring.declare import checks_taking, declared_checks
from autograder.grading.declaring.proving_programs import Program, compose
from autograder.grading.running.subprocess_grading import grade_in_subprocess
from autograder.model.assignment import Assignment
from autograder.model.errors import AutograderError
from autograder.model.report import Report
from autograder.model.verdict import Verdict
from autograder.release.template import template_folder

REPEATS = 3  # of the reference: finds checks that flip often, the proof under load the others
_QUICK_RIGHT = 2  # accepted variants that a quick run tries
_QUICK_WRONG = 10  # must-fail programs at most, evenly spread: all have their own proof
_MEASURING = ("budgets", "accounting")  # what checks that measure take


class Trial(msgspec.Struct, frozen=True):
    """A submission that is graded."""

    name: str
    program: Program | None  # None: the reference
    template: bool = False
    at_home: bool = True  # as well as on the server
    measured: bool = True  # also by the checks that measure, which take most of the time


def trials_of(programs: list[Program], quick: bool) -> Iterator[Trial]:
    """The reference, the template and every program; `quick`: a sample of the programs."""
    for number in range(1 if quick else REPEATS):
        yield Trial(f"reference, time {number + 1}", None, at_home=number == 0)
    yield Trial("template", None, template=True)
    right = [program for program in programs if program.verdict is Verdict.PASSED]
    wrong = [program for program in programs if program.verdict is not Verdict.PASSED]
    for program in right[:_QUICK_RIGHT] if quick else right:
        yield Trial(program.name, program, measured=not quick)
    for program in wrong[:: -(-len(wrong) // _QUICK_WRONG) or 1] if quick else wrong:
        yield Trial(program.name, program)


def problems_of(trial: Trial, assignment: Assignment, root: Path, paths: Paths) -> list[str]:
    """Grade a trial both ways; returns what is wrong with the results."""
    with tempfile.TemporaryDirectory(prefix="trial-") as scratch:
        folder = Path(scratch)
        if trial.template:
            folder = template_folder(assignment, root)
        else:
            compose(assignment, trial.program, folder)
        try:
            server, home = _both(trial, assignment, folder, paths)
        except AutograderError as error:
            return [str(error)]
    agreement = judge_agreement(trial.program, home, server) if home else ()
    if not trial.template:
        return [*judge_program(trial.program, server), *agreement]
    of_lab = checks_taking("measurements", assignment, hidden=True)
    return [*broken(server), *judge_template(server, of_lab), *agreement]


def _both(
    trial: Trial, assignment: Assignment, submission: Path, paths: Paths
) -> tuple[Report, Report | None]:
    """The report of the server, and the one of home where it has anything to run."""
    limit_s = 2 * assignment.limits.run_s
    named = trial.program.caught_by if trial.program else ()
    if not trial.measured:
        named = _unmeasured(assignment)
    server = grade_in_subprocess(paths.on_server(submission, named), limit_s)
    visible = {check.id for check in declared_checks(assignment, hidden=False)}
    ours = tuple(name for name in named if name in visible)
    if not trial.at_home or (named and not ours):
        return server, None
    request = paths.at_home(submission, ours)
    return server, grade_in_subprocess(request, limit_s) if request else None


def _unmeasured(assignment: Assignment) -> tuple[str, ...]:
    """The ids of the checks that measure nothing."""
    measure = {c for f in _MEASURING for c in checks_taking(f, assignment, hidden=True)}
    every = declared_checks(assignment, hidden=True)
    return tuple(check.id for check in every if check.id not in measure)
