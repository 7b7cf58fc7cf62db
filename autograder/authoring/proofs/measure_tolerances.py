"""Measure how near right programs come to the tolerances of their checks; for ci/tolerances.py.

A grading with `closeness` runs every check with many public seeds, one after the other in the same
worker: that takes milliseconds a seed, where the start of a worker takes much longer.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from autograder.authoring.proofs.conditions import Condition, idle_conditions
from autograder.authoring.proofs.kinds.budget_figures import REFERENCE
from autograder.authoring.proofs.tolerances import Nearest, Tolerances
from autograder.grading.context.request import Modes
from autograder.grading.declaring.declare import checks_taking, declared_checks
from autograder.grading.declaring.proving_programs import Program, composed, programs_of
from autograder.grading.running.subprocess_grading import grade_files, grading_pool
from autograder.model.assignment import Assignment
from autograder.model.errors import GraderError
from autograder.model.report import Report
from autograder.model.verdict import Verdict

_AT_ONCE = 200  # seeds in one grading: beyond, its time limit could cut it short
_FEWER = 40  # times fewer seeds where checks have budgets: their inputs are large

# In the text of a comparison: numbers, and text in brackets; but not the 32 of float32.
_DRAWN = re.compile(r"\([^()]*\)|(?<![A-Za-z])[-+]?\d[\d.e+-]*")


class Task(NamedTuple):
    """One grading."""

    program: Program | None  # None: the reference
    condition: Condition
    checks: tuple[str, ...]
    seeds: range

    @property
    def name(self) -> str:
        """The program's."""
        return self.program.name if self.program else REFERENCE


def tried_conditions() -> list[Condition]:
    """Each instruction set with one thread of BLAS and with two, the machine as it is first."""
    one = idle_conditions()
    return one + [c._replace(name=f"{c.name}, 2 threads", threads=2) for c in one]


def measure(
    assignment: Assignment, root: Path, seeds: int, jobs: int, say: Callable[[str], None]
) -> Tolerances:
    """Grade the reference under every condition, accepted variants under some.

    Raises GraderError when a right program does not pass: then its errors say nothing.
    """
    stamp = Tolerances.now(assignment)  # the code as it is read from now on
    accepted = [p for p in programs_of(assignment).usable if p.verdict is Verdict.PASSED]
    held = tried_conditions()
    tasks = list(_tasks(accepted, held, _rounding_checks(assignment, root, held[0]), seeds))
    say(f"{assignment.id}: {len(tasks)} gradings, {jobs} at a time")
    nearest: dict[tuple[str, str], Nearest] = {}
    with grading_pool(jobs) as pool:
        results = [pool.submit(_grade, assignment, root, task) for task in tasks]
        for number, (task, result) in enumerate(zip(tasks, results, strict=True), start=1):
            for found in _comparisons(task, result.result()):
                kind = found.check, _DRAWN.sub("", found.what)
                known = nearest.get(kind)
                if known is None or found.share > known.share:
                    nearest[kind] = found
            say(f"{number} of {len(tasks)}: {task.name}, {task.condition.name}")
    return Tolerances(
        **stamp,
        seeds=seeds,
        programs=1 + len(accepted),
        conditions=[condition.name for condition in held],
        comparisons=list(nearest.values()),
    )


class _Checks(NamedTuple):
    """Those with tolerances that follow from rounding."""

    quick: tuple[str, ...]
    measuring: tuple[str, ...]  # with budgets


def _rounding_checks(assignment: Assignment, root: Path, condition: Condition) -> _Checks:
    """Grade the reference once, to see which checks these are."""
    names = tuple(declaration.id for declaration in declared_checks(assignment, hidden=True))
    task = Task(None, condition, names, range(1))
    found = _comparisons(task, _grade(assignment, root, task))
    measuring = checks_taking("budgets", assignment, hidden=True)
    names = tuple(dict.fromkeys(nearest.check for nearest in found))
    return _Checks(
        tuple(name for name in names if name not in measuring),
        tuple(name for name in names if name in measuring),
    )


def _tasks(
    accepted: list[Program], held: list[Condition], checks: _Checks, seeds: int
) -> Iterator[Task]:
    """The reference under all conditions with all seeds. Variants are many: each has a part of
    the seeds on the widest and the narrowest instruction set, with one thread and with two."""
    for condition in held:
        yield from _split(None, condition, checks, range(seeds))
    half = len(held) // 2
    ends = [held[0], held[half - 1], held[half], held[-1]]
    share = -(-seeds // len(ends))
    for program in accepted:
        for number, condition in enumerate(ends):
            yield from _split(program, condition, checks, range(seeds)[number * share :][:share])


def _split(
    program: Program | None, condition: Condition, checks: _Checks, seeds: range
) -> Iterator[Task]:
    """The gradings of a program under a condition, each short enough for its time limit."""
    for first in range(0, len(seeds), _AT_ONCE):
        if checks.quick:
            yield Task(program, condition, checks.quick, seeds[first : first + _AT_ONCE])
    if checks.measuring and seeds:
        yield Task(program, condition, checks.measuring, seeds[: -(-len(seeds) // _FEWER)])


def _grade(assignment: Assignment, root: Path, task: Task) -> Report:
    return grade_files(
        composed(assignment, task.program),
        assignment,
        root,
        task.condition.environment,
        hidden=True,
        checks=task.checks,
        threads=task.condition.threads,
        launcher="auto" if task.condition.threads == 1 else "spawn",  # with threads, nothing forks
        modes=Modes(seeds=len(task.seeds), closeness=True, variation=task.seeds.start),
    )


def _comparisons(task: Task, report: Report) -> Iterator[Nearest]:
    """What was noted, of rounding alone."""
    for outcome in report.outcomes:
        found = [c for c in outcome.closeness if c.rounding]
        # too far off by rounding is what is being measured; anything else leaves seeds untried
        if outcome.verdict is not Verdict.PASSED and not any(c.share > 1 for c in found):
            shown = outcome.message.lines() if outcome.message else []
            told = outcome.staff.strip()[-500:] or " / ".join(shown)
            raise GraderError(
                f"{outcome.check.id} fails {task.name}, {task.condition.name}: {told}"
            )
        for c in found:
            yield Nearest(
                check=outcome.check.id,
                what=c.what,
                why=c.why,
                allowed=c.allowed,
                error=c.error,
                program=task.name,
                condition=task.condition.name,
                seed=c.variation,
            )
