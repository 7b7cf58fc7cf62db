"""`autograder verify`: the reference, the template, every must-fail program and every variant."""

import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec

from autograder.authoring.consistency import inconsistencies
from autograder.authoring.programs import Program, compose, programs_of
from autograder.authoring.zips import zip_problems
from autograder.grading.session import GradingRequest
from autograder.grading.subprocess_grading import grade_in_subprocess
from autograder.model.assignment import Assignment
from autograder.model.course import load_course
from autograder.model.errors import AutograderError
from autograder.model.outcome import Outcome
from autograder.model.report import Report
from autograder.model.verdict import Verdict

REPEATS = 3  # of the reference: a check that flips is found sooner or later, the rest by ci/
_QUICK_TIME_PROGRAMS = 2  # too-slow programs that a quick run tries: they cost seconds each

Say = Callable[[str], None]


class Trial(msgspec.Struct, frozen=True):
    """One grading that must come out as declared."""

    name: str
    program: Program | None  # None: the reference
    template: bool = False


def verify(assignment: Assignment, root: Path, *, quick: bool, jobs: int, say: Say) -> list[str]:
    """Everything that is not as the author declares; empty when all is well."""
    findings = list(inconsistencies(assignment, root))
    trials = list(_trials(assignment, quick))
    say(f"{assignment.id}: {len(trials)} gradings, {jobs} at a time")
    with ThreadPoolExecutor(jobs) as pool:
        for trial, problems in zip(
            trials, pool.map(lambda t: _run(assignment, root, t), trials), strict=True
        ):
            say(f"{'ok ' if not problems else 'NOT'}  {trial.name}")
            findings += [f"{trial.name}: {problem}" for problem in problems]
    if not quick:
        findings += zip_problems(assignment, root)
    for finding in findings:
        say(f"NOT  {finding}")
    programs = [trial.program for trial in trials if trial.program is not None]
    accepted = sum(program.verdict is Verdict.PASSED for program in programs)
    must_fail = len(programs) - accepted
    say(
        f"{assignment.id}: {must_fail} must-fail programs, {accepted} accepted variants,"
        f" {len(findings)} findings"
    )
    return findings


def _trials(assignment: Assignment, quick: bool) -> Iterator[Trial]:
    for number in range(1 if quick else REPEATS):
        yield Trial(f"reference, time {number + 1}", None)
    yield Trial("template", None, template=True)
    slow = 0
    for program in programs_of(assignment):
        slow += program.verdict is Verdict.OVER_TIME_BUDGET
        if quick and program.verdict is Verdict.OVER_TIME_BUDGET and slow > _QUICK_TIME_PROGRAMS:
            continue
        yield Trial(program.name, program)


def _run(assignment: Assignment, root: Path, trial: Trial) -> list[str]:
    """Grade one trial; gives what is wrong with the result."""
    with tempfile.TemporaryDirectory(prefix="trial-") as scratch:
        folder = Path(scratch)
        if trial.template:
            folder = root / "student_templates" / assignment.id
        else:
            compose(assignment, trial.program, folder)
        request = GradingRequest(
            root=root,
            assignment=assignment.id,
            submission=folder,
            hidden=True,
            secret_file=load_course(root).secret_path(),
            checks=trial.program.caught_by if trial.program else (),
        )
        try:
            report = grade_in_subprocess(request, 2 * assignment.limits.run_s)
        except AutograderError as error:
            return [str(error)]
    return list(_judge(trial, report))


def _judge(trial: Trial, report: Report) -> Iterator[str]:
    for outcome in report.broken:
        yield f"{outcome.check.id} is broken: {outcome.staff.strip()[-1500:]}"
    if trial.template:
        yield from _judge_template(report)
    elif trial.program is None or trial.program.verdict is Verdict.PASSED:
        yield from _judge_right(report)
    else:
        yield from _judge_must_fail(trial.program, report)


def _judge_right(report: Report) -> Iterator[str]:
    for outcome in report.outcomes:
        if outcome.verdict not in (Verdict.PASSED, Verdict.GRADER_ERROR):
            yield f"a right solution fails {outcome.check.id}: {_told(outcome)}"


def _judge_template(report: Report) -> Iterator[str]:
    expected = (Verdict.NOT_IMPLEMENTED, Verdict.SKIPPED)
    for outcome in report.outcomes:
        if outcome.verdict not in expected:
            yield f"{outcome.check.id} is {outcome.verdict.value} on the template: {_told(outcome)}"


def _judge_must_fail(program: Program, report: Report) -> Iterator[str]:
    by_id = {outcome.check.id: outcome for outcome in report.outcomes}
    for number, name in enumerate(program.caught_by):
        outcome = by_id[name]
        if outcome.verdict is not program.verdict:
            wanted = program.verdict.value
            yield f"{name} gives {outcome.verdict.value}, not {wanted}: {_told(outcome)}"
        elif number == 0 and program.message not in _told(outcome):
            yield f"{name} does not say {program.message!r} but: {_told(outcome)}"


def _told(outcome: Outcome) -> str:
    return " / ".join(outcome.message.lines()) if outcome.message else outcome.verdict.sentence
