"""Grade the mutants of a reference: which changes do its checks notice? For ci/mutation.py."""

import tempfile
from collections.abc import Callable, Sequence
from enum import Enum
from pathlib import Path

import msgspec

from autograder.authoring.proofs.mutants import Mutant
from autograder.grading.context.request import GradingRequest, Modes
from autograder.grading.declaring.declare import checks_taking, declared_checks
from autograder.grading.running.subprocess_grading import grade_in_subprocess, grading_pool
from autograder.model.assignment import Assignment
from autograder.model.course import load_course
from autograder.model.errors import AutograderError
from autograder.model.report import Report
from autograder.model.verdict import Verdict


class Fate(Enum):
    """The result of grading a mutant."""

    KILLED = "killed"  # a check did not pass
    SURVIVED = "survived"
    BROKEN = "BROKEN"  # a check had an error, or there was no report: a fault of the grader


class Result(msgspec.Struct, frozen=True):
    """One graded mutant."""

    mutant: Mutant
    fate: Fate
    verdict: str = ""  # of the check that killed it
    reason: str = ""  # the id of that check, or what is broken


def grade_mutants(
    assignment: Assignment,
    root: Path,
    mutants: Sequence[Mutant],
    jobs: int,
    say: Callable[[str], None],
) -> list[Result]:
    """Grade each as a submission, with hidden checks and secret inputs; `jobs` at a time.

    Raises ConfigError without a course secret, GraderError when the checks cannot even be listed.
    """
    secret_file = load_course(root).secret_path()
    found = []
    with grading_pool(jobs) as pool:
        waiting = [pool.submit(_grade, assignment, root, secret_file, m) for m in mutants]
        for number, (mutant, graded) in enumerate(zip(mutants, waiting, strict=True), start=1):
            found.append(result := graded.result())
            if result.fate is not Fate.KILLED:
                say(f"{result.fate.value} {mutant.id}: {mutant.before}  ->  {mutant.after}")
            if number % 50 == 0:
                say(f"{number} of {len(mutants)} graded")
    return found


def stages(assignment: Assignment, mutant: Mutant) -> list[tuple[str, ...]]:
    """The checks that grade it, by stages; the next stage runs while the mutant survives.

    First the checks of its parts that measure nothing, which find most; then all others, because
    parts build on one another.
    """
    declared = declared_checks(assignment, hidden=True)
    budgets = checks_taking("budgets", assignment, hidden=True)
    near = [check for check in declared if not mutant.parts or check.part in mutant.parts]
    first = tuple(check.id for check in near if check.id not in budgets)
    rest = tuple(check.id for check in declared if check.id not in first)
    return [stage for stage in (first, rest) if stage]


def _grade(assignment: Assignment, root: Path, secret_file: Path, mutant: Mutant) -> Result:
    with tempfile.TemporaryDirectory(prefix="mutant-") as scratch:
        mutant.write(assignment, Path(scratch))
        for checks in stages(assignment, mutant):
            request = GradingRequest(
                root=root,
                assignment=assignment.id,
                submission=Path(scratch),
                hidden=True,
                secret_file=secret_file,
                checks=checks,
                modes=Modes(stop_at_first=True),
            )
            try:
                report = grade_in_subprocess(request, 2 * assignment.limits.run_s)
            except AutograderError as error:
                return Result(mutant, Fate.BROKEN, reason=str(error))
            result = _judged(mutant, report)
            if result.fate is not Fate.SURVIVED:
                return result
    return Result(mutant, Fate.SURVIVED)


def _judged(mutant: Mutant, report: Report) -> Result:
    for outcome in report.broken:
        staff = outcome.staff.strip()[-1500:]
        return Result(mutant, Fate.BROKEN, reason=f"{outcome.check.id} is broken: {staff}")
    for outcome in report.outcomes:
        if outcome.verdict not in (Verdict.PASSED, Verdict.SKIPPED):
            return Result(mutant, Fate.KILLED, outcome.verdict.value, outcome.check.id)
    return Result(mutant, Fate.SURVIVED)
