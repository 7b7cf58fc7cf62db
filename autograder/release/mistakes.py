"""Run the wrong programs on the visible checks, and keep the traces of their answers.

A trace holds random projections of wrong answers, and no code and no right answer. Called by
`template.py`, and by the proof of recognition.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from autograder.grading.context.request import Modes
from autograder.grading.declaring.declare import checks_taking, declared_checks
from autograder.grading.declaring.proving_programs import Program, composed, programs_of
from autograder.grading.mistakes.known_mistakes import KnownMistakes, Trace, read_mistakes
from autograder.grading.mistakes.recognition import trace_of
from autograder.grading.provenance.sources import check_code, code_fingerprint, programs_and_data
from autograder.grading.running.subprocess_grading import grade_files, grading_pool
from autograder.machine.facts import usable_cpus
from autograder.model.assignment import Assignment
from autograder.model.errors import GraderError, ReleaseError
from autograder.model.outcome import Answer, Outcome
from autograder.model.verdict import Verdict

Answers = dict[str, dict[str, Answer]]  # by check


class ProgramSetting(NamedTuple):
    """How programs are run: proofs try other inputs and other instruction sets."""

    assignment: Assignment
    root: Path
    variation: int = 0  # of the public seeds
    environment: Mapping[str, str] = MappingProxyType({})


def known_mistakes(assignment: Assignment, root: Path, committed: Path) -> KnownMistakes:
    """The traces of all wrong programs; the committed ones, if nothing has changed since.

    Raises ReleaseError when the reference fails.
    """
    programs = wrong_programs(assignment)
    made_of = _hash_of(assignment, programs)
    with suppress(GraderError):  # a broken file is made again
        old = read_mistakes(committed)
        if old.made_of == made_of:
            return old
    return KnownMistakes(
        made_of=made_of, traces=traces_in(ProgramSetting(assignment, root), programs)
    )


def traces_in(setting: ProgramSetting, programs: Sequence[Program]) -> dict[str, list[Trace]]:
    """The traces of these programs, by check. Raises ReleaseError when the reference fails."""
    right = _right_answers(setting)
    traces: dict[str, list[Trace]] = {}
    with grading_pool(usable_cpus()) as pool:
        jobs = [pool.submit(wrong_answers, setting, program) for program in programs]
        for program, job in zip(programs, jobs, strict=True):
            for check, answers in job.result().items():
                trace = trace_of(program.mistake, answers, right.get(check, {}))
                traces.setdefault(check, []).extend([trace] if trace else [])
    return {check: kept for check, kept in traces.items() if kept}


def wrong_programs(assignment: Assignment) -> list[Program]:
    """The programs whose answers are kept: those that are code, not patches of measurements."""
    usable = programs_of(assignment).usable
    return [p for p in usable if p.verdict is Verdict.WRONG and not p.patch.exists()]


def wrong_answers(setting: ProgramSetting, *slips: Program) -> Answers:
    """The answers of a program to those visible checks of its parts that find it wrong."""
    outcomes = outcomes_of(setting, *slips)
    return {o.check.id: o.answers for o in outcomes if o.verdict is Verdict.WRONG}


def outcomes_of(setting: ProgramSetting, *programs: Program) -> tuple[Outcome, ...]:
    """The outcomes, with answers, of the reference with these programs in it."""
    assignment = setting.assignment
    report = grade_files(
        composed(assignment, *programs),
        assignment,
        setting.root,
        setting.environment,
        checks=tuple(traced_checks(checks_with_traces(assignment), programs)),
        modes=Modes(keep_answers=True, variation=setting.variation),
    )
    return report.outcomes


def _right_answers(setting: ProgramSetting) -> Answers:
    outcomes = outcomes_of(setting)
    for outcome in outcomes:
        if outcome.verdict is not Verdict.PASSED:
            name, verdict = outcome.check.id, outcome.verdict.value
            raise ReleaseError(f"the reference does not pass {name}: {verdict}")
    return {outcome.check.id: outcome.answers for outcome in outcomes}


class TracedChecks(NamedTuple):
    """Which checks traces can be of."""

    parts: dict[str, str]  # of all checks, by id
    usable: tuple[str, ...]  # visible checks that do not measure


def checks_with_traces(assignment: Assignment) -> TracedChecks:
    """Those of an assignment."""
    declared = declared_checks(assignment, hidden=True)
    measuring = checks_taking("budgets", assignment, hidden=True)
    usable = tuple(c.id for c in declared if c.visible and c.id not in measuring)
    return TracedChecks({check.id: check.part for check in declared}, usable)


def traced_checks(checks: TracedChecks, programs: Sequence[Program]) -> Iterator[str]:
    """The usable checks of the parts in which these programs are caught; without programs all."""
    parts = {checks.parts[check] for program in programs for check in program.caught_by}
    for check in checks.usable:
        if not parts or checks.parts[check] in parts:
            yield check


def _hash_of(assignment: Assignment, programs: list[Program]) -> str:
    """A hash of everything that a trace depends on, except the machine."""
    assert assignment.private is not None
    reference = [assignment.private / name for name in assignment.submit]
    paths = [*(program.path for program in programs), *reference, *programs_and_data(assignment)]
    titles = [(program.name, program.mistake) for program in programs]
    return code_fingerprint(titles, paths, check_code(assignment, hidden=False))
