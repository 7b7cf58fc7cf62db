"""Mutants: which small changes of the reference do its checks reject?

A survivor, a mutant that every check passes, is explained in `reference/<id>/survivors.md`. There a
paragraph says why; below it stand the mutants that it is about, a line each:

    - `function/operator/1a2b3c`: `the line` becomes `the other line`
"""

import re
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import as_completed
from functools import cached_property
from pathlib import Path

import msgspec

from autograder.authoring.proofs.code import fingerprint
from autograder.authoring.proofs.kind import CHANGED, NEITHER, SHARE, Kind, Ratio, ScoreColumn, Unit
from autograder.authoring.proofs.mutants import Mutant, mutants_of
from autograder.authoring.proofs.record import ProofLine
from autograder.grading.context.request import GradingRequest, Modes
from autograder.grading.declaring.declare import checks_taking
from autograder.grading.running.subprocess_grading import grade_in_subprocess, grading_pool
from autograder.model.assignment import Assignment
from autograder.model.course import load_course
from autograder.model.errors import AutograderError, GraderError
from autograder.model.report import Report
from autograder.model.verdict import Verdict

_REASONS = "survivors.md"
_ROW = re.compile(r"- `([^`]+/[^`]+/[0-9a-f]+)`.*")


class MutantLine(ProofLine, frozen=True, kw_only=True):
    """A mutant that a check has rejected, or one that passes checks."""

    killed_by: str = ""  # the check
    verdict: str = ""  # of that check; many of TIME_LIMIT: the machine was too busy
    passed: list[str] = msgspec.field(default_factory=list)  # of a survivor: checks
    row: str = ""  # of a survivor: its line in survivors.md


class Mutation(Kind[MutantLine]):
    """The mutants of the reference."""

    name, line = "mutants", MutantLine
    columns = (
        ScoreColumn(
            "mutants rejected", "small changes of the references rejected by a check", SHARE
        ),
        ScoreColumn("survivors explained", "the others, explained in survivors.md", NEITHER),
    )

    def units(self) -> Iterator[Unit]:
        """A unit a mutant."""
        for mutant in self._mutants.values():
            yield Unit(mutant.id, self.setting.code.solution(mutant.definition))

    def why_due(self, unit: Unit) -> str:
        """A killed mutant depends on the check that killed it, a survivor on every check."""
        line = self.lines.get(unit.id)
        if line is None or (line.killed_by and line.killed_by not in self._checks):
            return super().why_due(unit) or CHANGED
        if line.code != self._code_of(unit, line.killed_by):
            return CHANGED
        return CHANGED if not line.killed_by and self._not_passed(line) else ""

    def prove(self, due: Sequence[Unit], say: Callable[[str], None]) -> Iterator[MutantLine]:
        """Grade them as submissions, with hidden checks and secret inputs."""
        broken = 0
        with grading_pool(self.setting.jobs) as pool:
            waiting = [pool.submit(self._grade, unit) for unit in due]
            for job in as_completed(waiting):
                line, reason = job.result()
                if reason:
                    broken += 1
                    say(f"BROKEN {line.unit}: {reason}")
                else:
                    if line.row:
                        say(f"survived {line.row[2:]}")
                    yield line
        if broken:
            raise GraderError(f"{broken} mutants could not be graded, see above: checks are broken")

    def findings(self) -> Iterator[str]:
        """Survivors without a reason, reasons without a survivor, lines that say something else."""
        reasons = dict(_reasons(self.setting.assignment))
        rows = {line.row: line.unit for line in self.survivors}
        for row, mutant in rows.items():
            if row not in reasons:
                yield f"{_REASONS} does not explain a mutant that no check rejects: {row[2:]}"
            elif not reasons[row]:
                yield f"{_REASONS} gives no reason above {mutant}"
        complete = self.known_units.keys() <= self.lines.keys()
        for row in reasons if complete else ():
            if row not in rows:
                yield f"{_REASONS} explains what is no survivor: {row[2:]}"

    def ratios(self) -> Iterator[Ratio]:
        """Rejected by a check, and explained."""
        made, survived = len(self.lines), len(self.survivors)
        yield Ratio(made - survived, made)
        yield Ratio(survived - self.unexplained(), survived)

    @property
    def survivors(self) -> list[MutantLine]:
        """Those that no check has rejected."""
        return [line for line in self.lines.values() if not line.killed_by]

    def unexplained(self) -> int:
        """How many survivors have no reason."""
        explained = {row for row, reason in _reasons(self.setting.assignment) if reason}
        return sum(line.row not in explained for line in self.survivors)

    @cached_property
    def _mutants(self) -> dict[str, Mutant]:
        return {mutant.id: mutant for mutant in mutants_of(self.setting.assignment)}

    @cached_property
    def _checks(self) -> dict[str, str]:
        """The fingerprint of every check, without the reference."""
        code = self.setting.code
        return {check.id: code.check(check.id, solved=False) for check in self.setting.checks}

    @cached_property
    def _measuring(self) -> tuple[str, ...]:
        return checks_taking("budgets", self.setting.assignment, hidden=True)

    def _code_of(self, unit: Unit, killed_by: str) -> str:
        return fingerprint([unit.code.encode(), self._checks.get(killed_by, "").encode()])

    def _not_passed(self, line: MutantLine) -> tuple[str, ...]:
        """The checks as they are now that a survivor was not graded by."""
        return tuple(name for name, code in self._checks.items() if code not in line.passed)

    def _stages(self, mutant: Mutant, unit: Unit) -> list[tuple[str, ...]]:
        """The checks that grade it, by stages; the next stage runs while the mutant survives.

        First the check that killed it before, then the two that have killed most mutants of the
        same function, then the checks of its parts that measure nothing; then all others, because
        parts build on one another. Of a survivor that is the same as before, only the checks that
        have changed.
        """
        known = self.lines.get(unit.id)
        if known and not known.killed_by and known.code == self._code_of(unit, ""):
            return [self._not_passed(known)]
        before = (known.killed_by,) if known and known.killed_by in self._checks else ()
        near = tuple(
            check.id
            for check in self.setting.checks
            if (not mutant.parts or check.part in mutant.parts) and check.id not in self._measuring
        )
        likely = tuple(name for name in self._killers(mutant) if name in near)[:2]
        near = tuple(name for name in near if name not in likely)
        rest = tuple(name for name in self._checks if name not in (*likely, *near))
        return [stage for stage in (before, likely, near, rest) if stage]

    def _killers(self, mutant: Mutant) -> list[str]:
        """The checks that have killed mutants of the same function, those of most mutants first."""
        function = mutant.id.partition("/")[0] + "/"
        counted = Counter(
            line.killed_by
            for line in [*self.lines.values()]  # a copy: lines come in meanwhile
            if line.killed_by and line.unit.startswith(function)
        )
        return [name for name, _ in counted.most_common()]

    def _grade(self, unit: Unit) -> tuple[MutantLine, str]:
        """Its line, and what is broken, if so."""
        assignment, mutant = self.setting.assignment, self._mutants[unit.id]
        row = f"- `{mutant.id}`: `{mutant.before}` becomes `{mutant.after}`"
        passed = sorted(self._checks.values())
        survivor = MutantLine(unit=unit.id, code=self._code_of(unit, ""), passed=passed, row=row)
        with tempfile.TemporaryDirectory(prefix="mutant-") as scratch:
            mutant.write(assignment, Path(scratch))
            for checks in self._stages(mutant, unit):
                request = GradingRequest(
                    root=self.setting.root,
                    assignment=assignment.id,
                    submission=Path(scratch),
                    hidden=True,
                    secret_file=load_course(self.setting.root).secret_path(),
                    checks=checks,
                    modes=Modes(stop_at_first=True),
                )
                try:
                    report = grade_in_subprocess(request, 2 * assignment.limits.run_s)
                except AutograderError as error:
                    return survivor, str(error)
                line, reason = self._judged(unit, report)
                if line or reason:
                    return line or survivor, reason
        return survivor, ""

    def _judged(self, unit: Unit, report: Report) -> tuple[MutantLine | None, str]:
        """The line of a killed mutant, and what is broken."""
        for outcome in report.broken:
            return None, f"{outcome.check.id} is broken: {outcome.staff.strip()[-1500:]}"
        for outcome in report.outcomes:
            name, verdict = outcome.check.id, outcome.verdict
            if verdict not in (Verdict.PASSED, Verdict.SKIPPED):
                code = self._code_of(unit, name)
                killed = MutantLine(unit=unit.id, code=code, killed_by=name, verdict=verdict.value)
                return killed, ""
        return None, ""


def _reasons(assignment: Assignment) -> Iterator[tuple[str, str]]:
    """Each mutant's line in survivors.md, with the paragraphs above it that belong to it."""
    assert assignment.private is not None
    path = assignment.private / _REASONS
    if not path.exists():
        return
    reason: list[str] = []
    listing = False  # the next paragraph begins another reason
    for line in path.read_text(encoding="utf-8").splitlines():
        row = line.strip()
        if _ROW.fullmatch(row):
            listing = True
            yield row, " ".join(reason)
        elif row:
            reason = [] if listing or row.startswith("#") else reason
            reason += [] if row.startswith("#") else [row]
            listing = False
