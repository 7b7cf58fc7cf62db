"""`autograder verify` of one assignment: what must agree in it, both zips, and what is graded: the
reference, the template, every must-fail program and every accepted variant."""

import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from autograder.authoring.consistency import stale, stale_lab, wrong_sums
from autograder.authoring.lab_reports import report_problems
from autograder.authoring.paths import build_zips, unpacked
from autograder.authoring.proofs.kind import Setting
from autograder.authoring.proofs.kinds.seeds import Seeds
from autograder.authoring.proofs.prove import KINDS, older_framework, record_problems, state_of
from autograder.authoring.requirements import requirement_problems
from autograder.authoring.trials import problems_of, trials_of
from autograder.grading.declaring.proving_programs import Program, programs_of
from autograder.grading.running.subprocess_grading import grading_pool
from autograder.model.assignment import Assignment
from autograder.model.course import load_course
from autograder.model.lab_report import report_of
from autograder.model.units import counted
from autograder.model.verdict import Verdict


class Findings:
    """What is not as the author declares, printed as soon as it is known."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self.found: list[str] = []
        self._say = say

    def step(self, name: str, problems: Iterable[str]) -> None:
        """One line for the step, and one for each problem."""
        listed = list(problems)
        self._say(f"{'NOT' if listed else 'ok '}  {name}")
        for problem in listed:
            self._say(f"       {problem}")
        self.found += [f"{name}: {problem}" for problem in listed]


def verify(
    assignment: Assignment,
    root: Path,
    *,
    quick: bool,
    jobs: int,
    say: Callable[[str], None],
    published: bool = True,
    release: bool = False,
) -> list[str]:
    """Everything that is not as the author declares; empty when all is well.

    Proofs take long: they may be missing until the assignment is `published`, and an older
    framework may have proved them until the `release`.

    Raises ConfigError without a course secret, GraderError when the checks cannot even be listed.
    """
    load_course(root).secret_path()
    programs = programs_of(assignment)
    trials = list(trials_of(programs.usable, quick))
    say(f"{assignment.id}: {len(trials)} gradings, {jobs} at a time")
    findings = Findings(say)
    findings.step("points of the parts, the checks and the report", wrong_sums(assignment))
    findings.step("requirements of the handout", requirement_problems(assignment))
    if report_of(assignment):
        findings.step("lab report", report_problems(assignment))
    findings.step("declarations of the programs", programs.problems)
    findings.step("template and handout", stale(assignment, root))
    for kind in (make(Setting(assignment, root)) for make in KINDS):
        if published or kind.lines:
            older = f", {older_framework(kind)}" if older_framework(kind) else ""
            found = record_problems(kind, quick, release)
            findings.step(f"proofs, {state_of(kind)}{older}", found)
        else:
            say(f"--   proofs, {kind.name}: not proved")
    findings.step("the lab's data of the reference", stale_lab(assignment))
    with tempfile.TemporaryDirectory(prefix="zips-") as scratch, grading_pool(jobs) as pool:
        folder = Path(scratch)
        zips, problems = build_zips(assignment, root, folder, times=1 if quick else 2)
        findings.step("student zip and Gradescope zip", problems)
        paths = unpacked(assignment.id, root, zips, folder)
        results = [pool.submit(problems_of, trial, assignment, root, paths) for trial in trials]
        sample = pool.submit(list[str], Seeds(Setting(assignment, root)).sample())
        for trial, result in zip(trials, results, strict=True):
            findings.step(trial.name, result.result())
        findings.step("a sample of the proof of seeds", sample.result())
    say(f"{assignment.id}: {_summary(programs.usable, findings.found)}")
    return findings.found


def _summary(programs: list[Program], found: list[str]) -> str:
    accepted = sum(program.verdict is Verdict.PASSED for program in programs)
    counts = [
        counted(len(programs) - accepted, "must-fail program"),
        counted(accepted, "accepted variant"),
        counted(len(found), "finding"),
    ]
    return ", ".join(counts)
