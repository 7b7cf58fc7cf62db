"""`autograder verify`: the reference, the template, every must-fail program and every variant."""

import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import msgspec

from autograder.authoring.calibration import stale_calibration
from autograder.authoring.consistency import stale, wrong_sums
from autograder.authoring.judge import broken, judge_must_fail, judge_right, judge_template
from autograder.authoring.pool import grading_pool
from autograder.authoring.programs import Program, compose, programs_of
from autograder.authoring.zips import zip_problems
from autograder.grading.oracles import RECORD_FILE
from autograder.grading.session import GradingRequest
from autograder.grading.subprocess_grading import grade_in_subprocess
from autograder.model.assignment import Assignment
from autograder.model.course import load_course
from autograder.model.errors import AutograderError
from autograder.model.report import Report
from autograder.model.verdict import Verdict
from autograder.release.template import template_folder

REPEATS = 3  # of the reference: a check that flips is found sooner or later, the rest by ci/
_QUICK_TIME_PROGRAMS = 2  # too-slow programs that a quick run tries: they cost seconds each

Say = Callable[[str], None]


class Trial(msgspec.Struct, frozen=True):
    """One grading that must come out as declared."""

    name: str
    program: Program | None  # None: the reference
    template: bool = False


class Findings:
    """What is not as declared, said as soon as it is known."""

    def __init__(self, say: Say) -> None:
        self.found: list[str] = []
        self._say = say

    def step(self, name: str, problems: Iterable[str]) -> None:
        """One line for the step, and one for each problem."""
        told = list(problems)
        self._say(f"{'NOT' if told else 'ok '}  {name}")
        for problem in told:
            self._say(f"       {problem}")
        self.found += [f"{name}: {problem}" for problem in told]


def verify(assignment: Assignment, root: Path, *, quick: bool, jobs: int, say: Say) -> list[str]:
    """Everything that is not as the author declares; empty when all is well.

    Raises ConfigError without a course secret, GraderError when the checks cannot even be listed.
    """
    secret_file = load_course(root).secret_path()
    programs = programs_of(assignment)
    trials = list(_trials(programs.usable, quick))
    say(f"{assignment.id}: {len(trials)} gradings, {jobs} at a time")
    findings = Findings(say)
    findings.step("points of the checks", wrong_sums(assignment))
    findings.step("declarations of the programs", programs.problems)
    findings.step("template and handout", stale(assignment, root))
    findings.step("calibration of the budgets", stale_calibration(assignment))
    with grading_pool(jobs) as pool:
        results = [pool.submit(_run, assignment, root, secret_file, trial) for trial in trials]
        for trial, result in zip(trials, results, strict=True):
            findings.step(trial.name, result.result())
    if not quick:
        findings.step("student zip and Gradescope zip", zip_problems(assignment, root))
    say(f"{assignment.id}: {_summary(programs.usable, findings.found)}")
    return findings.found


def _summary(programs: list[Program], found: list[str]) -> str:
    accepted = sum(program.verdict is Verdict.PASSED for program in programs)
    counts = [
        _counted(len(programs) - accepted, "must-fail program"),
        _counted(accepted, "accepted variant"),
        _counted(len(found), "finding"),
    ]
    return ", ".join(counts)


def _counted(count: int, thing: str) -> str:
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"


def _trials(programs: list[Program], quick: bool) -> Iterator[Trial]:
    for number in range(1 if quick else REPEATS):
        yield Trial(f"reference, time {number + 1}", None)
    yield Trial("template", None, template=True)
    slow = 0
    for program in programs:
        slow += program.verdict is Verdict.OVER_TIME_BUDGET
        if quick and program.verdict is Verdict.OVER_TIME_BUDGET and slow > _QUICK_TIME_PROGRAMS:
            continue
        yield Trial(program.name, program)


def _run(assignment: Assignment, root: Path, secret_file: Path, trial: Trial) -> list[str]:
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
            secret_file=secret_file,
            checks=trial.program.caught_by if trial.program else (),
            # as at home: shows when a question depends on what a submission returns
            recorded=template_folder(assignment, root) / RECORD_FILE,
        )
        try:
            report = grade_in_subprocess(request, 2 * assignment.limits.run_s)
        except AutograderError as error:
            return [str(error)]
    return list(_judge(trial, report))


def _judge(trial: Trial, report: Report) -> Iterator[str]:
    yield from broken(report)
    if trial.template:
        yield from judge_template(report)
    elif trial.program is None or trial.program.verdict is Verdict.PASSED:
        yield from judge_right(report)
    else:
        yield from judge_must_fail(trial.program, report)
