"""Measure how near right programs come to the tolerances of their checks.

A grading with `closeness` runs every check with many public seeds, one after the other in the same
worker, so that it costs milliseconds a seed and not the start of a worker.
"""

import re
import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, NamedTuple

from autograder.authoring.proofs.calibration import REFERENCE, budget_checks
from autograder.authoring.proofs.conditions import conditions
from autograder.authoring.proofs.tolerances import Nearest, Tolerances, fingerprint
from autograder.grading.context.request import GradingRequest, Modes
from autograder.grading.declaring.declare import declared_checks
from autograder.grading.declaring.proving_programs import Program, compose, programs_of
from autograder.grading.running.subprocess_grading import grade_in_subprocess, grading_pool
from autograder.machine.facts import machine_facts
from autograder.model.assignment import Assignment
from autograder.model.errors import GraderError
from autograder.model.report import Report
from autograder.model.verdict import Verdict

_AT_ONCE = 200  # seeds in one grading: beyond, its time limit could cut it short
_FEWER = 40  # times fewer seeds where checks have budgets: their inputs are large
_TWO_THREADS: dict[str, Any] = {"threads": 2, "launcher": "spawn"}  # with threads, nothing forks

# In the words of a comparison: numbers, and what stands in brackets; never the 32 of float32.
_DRAWN = re.compile(r"\([^()]*\)|(?<![A-Za-z])[-+]?\d[\d.e+-]*")

Say = Callable[[str], None]


class Setting(NamedTuple):
    """Where a program is graded."""

    name: str
    environment: dict[str, str]
    options: dict[str, Any]  # of the request


class Task(NamedTuple):
    """One grading."""

    program: Program | None  # None: the reference
    setting: Setting
    checks: tuple[str, ...]
    seeds: range

    @property
    def name(self) -> str:
        """The program's."""
        return self.program.name if self.program else REFERENCE


def settings() -> list[Setting]:
    """Each instruction set with one thread of BLAS and with two, the machine as it is first."""
    held = [condition for condition in conditions() if not condition.neighbours]
    one = [Setting(c.name, c.environment, {}) for c in held]
    return one + [Setting(f"{c.name}, 2 threads", c.environment, _TWO_THREADS) for c in held]


def measure(assignment: Assignment, root: Path, seeds: int, jobs: int, say: Say) -> Tolerances:
    """Grade the reference in every setting, accepted variants in two.

    Raises GraderError when a right program does not pass, because its errors say nothing.
    """
    stamp = fingerprint(assignment)  # of what is read from now on
    accepted = [p for p in programs_of(assignment).usable if p.verdict is Verdict.PASSED]
    held = settings()
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
            say(f"{number} of {len(tasks)}: {task.name}, {task.setting.name}")
    return Tolerances(
        fingerprint=stamp,
        date=datetime.now(timezone.utc).strftime("%Y-%m-%d"),
        seeds=seeds,
        programs=1 + len(accepted),
        conditions=[setting.name for setting in held],
        machine=machine_facts(),
        comparisons=list(nearest.values()),
    )


class _Checks(NamedTuple):
    """Those with tolerances that follow from rounding."""

    quick: tuple[str, ...]
    measuring: tuple[str, ...]  # with budgets


def _rounding_checks(assignment: Assignment, root: Path, setting: Setting) -> _Checks:
    """Which they are shows when the reference is graded once."""
    names = tuple(declaration.id for declaration in declared_checks(assignment, hidden=True))
    task = Task(None, setting, names, range(1))
    found = _comparisons(task, _grade(assignment, root, task))
    measuring = set(budget_checks(assignment))
    names = tuple(dict.fromkeys(nearest.check for nearest in found))
    return _Checks(
        tuple(name for name in names if name not in measuring),
        tuple(name for name in names if name in measuring),
    )


def _tasks(
    accepted: list[Program], held: list[Setting], checks: _Checks, seeds: int
) -> Iterator[Task]:
    """The reference in all settings with all seeds. Variants are many: they share the seeds out to
    the widest and the narrowest instruction set, with one thread and with two."""
    for setting in held:
        yield from _split(None, setting, checks, range(seeds))
    ends = [end for group in _by_threads(held) for end in (group[0], group[-1])]
    share = -(-seeds // len(ends))
    for program in accepted:
        for number, setting in enumerate(ends):
            yield from _split(program, setting, checks, range(seeds)[number * share :][:share])


def _by_threads(held: list[Setting]) -> list[list[Setting]]:
    """The settings with one thread, and those with two; without an empty group."""
    groups = [[s for s in held if bool(s.options) is two] for two in (False, True)]
    return [group for group in groups if group]


def _split(
    program: Program | None, setting: Setting, checks: _Checks, seeds: range
) -> Iterator[Task]:
    """In gradings that are short enough for their limit."""
    for first in range(0, len(seeds), _AT_ONCE):
        if checks.quick:
            yield Task(program, setting, checks.quick, seeds[first : first + _AT_ONCE])
    if checks.measuring and seeds:
        yield Task(program, setting, checks.measuring, seeds[: -(-len(seeds) // _FEWER)])


def _grade(assignment: Assignment, root: Path, task: Task) -> Report:
    with tempfile.TemporaryDirectory(prefix="tolerances-") as scratch:
        compose(assignment, task.program, Path(scratch))
        request = GradingRequest(
            root=root,
            assignment=assignment.id,
            submission=Path(scratch),
            hidden=True,
            checks=task.checks,
            modes=Modes(closeness_seeds=len(task.seeds), variation=task.seeds.start),
            **task.setting.options,
        )
        limit = 2 * assignment.limits.run_s
        return grade_in_subprocess(request, limit, task.setting.environment)


def _comparisons(task: Task, report: Report) -> Iterator[Nearest]:
    """What was noted, of rounding alone."""
    for outcome in report.outcomes:
        found = [c for c in outcome.closeness if c.rounding]
        # too far off by rounding is what is being measured; anything else leaves seeds untried
        if outcome.verdict is not Verdict.PASSED and not any(c.share > 1 for c in found):
            shown = outcome.message.lines() if outcome.message else []
            told = outcome.staff.strip()[-500:] or " / ".join(shown)
            raise GraderError(f"{outcome.check.id} fails {task.name}, {task.setting.name}: {told}")
        for c in found:
            yield Nearest(
                check=outcome.check.id,
                what=c.what,
                why=c.why,
                allowed=c.allowed,
                error=c.error,
                program=task.name,
                condition=task.setting.name,
                seed=c.variation,
            )


def show(tolerances: Tolerances) -> Iterator[str]:
    """The table that an author reads: of each check the comparison that came nearest."""
    rows: dict[str, Nearest] = {}
    for found in tolerances.comparisons:
        if found.check not in rows or found.share > rows[found.check].share:
            rows[found.check] = found
    yield f"{'share':>7} {'error':>8} {'allowed':>8}  check, program, condition, seed"
    for row in sorted(rows.values(), key=lambda found: -found.share):
        yield (
            f"{row.share:>7.2g} {row.error:>8.2g} {row.allowed:>8.2g}  {row.check},"
            f" {row.program}, {row.condition}, {row.seed}"
        )
