"""Must-fail programs with many seeds: each check that a program names must catch it every time."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import as_completed
from functools import cached_property
from pathlib import Path

from autograder.authoring.proofs.kind import Kind, ScoreColumn, Unit
from autograder.authoring.proofs.record import ProofLine
from autograder.grading.context.request import Modes
from autograder.grading.declaring.declare import checks_taking
from autograder.grading.declaring.proving_programs import Program, composed
from autograder.grading.running.subprocess_grading import grade_files, grading_pool
from autograder.model.outcome import Outcome, SeedResult
from autograder.model.verdict import Verdict
from autograder.sandbox.faults import CHANGED, READ_ONLY

SEEDS = 30
_FEW = 3  # where a program costs seconds, and in a sample
_SAMPLE = 25  # one program of so many
_LIMITS = (Verdict.TIME_LIMIT, Verdict.MEMORY_LIMIT)


class Seeds(Kind[ProofLine]):
    """The must-fail programs."""

    name, line = "seeds", ProofLine
    columns = (
        ScoreColumn("rejected on each seed", f"wrong programs rejected on each of {SEEDS} seeds"),
    )

    def units(self) -> Iterator[Unit]:
        """A unit a program: itself, and the checks it names."""
        for program in self._programs.values():
            checks = map(self.setting.code.check, program.caught_by)
            declared = program.verdict.value, program.passes_at_home, f"{SEEDS} {_FEW}"
            code = self.setting.code.submission(program, *declared, *checks)
            yield Unit(program.name, code)

    def prove(self, due: Sequence[Unit], say: Callable[[str], None]) -> Iterator[ProofLine]:
        """Grade each program by its checks, without those that they need."""
        with (
            tempfile.TemporaryDirectory(prefix="answers-") as answers,
            grading_pool(self.setting.jobs) as pool,
        ):
            jobs = [pool.submit(self._line, unit, Path(answers)) for unit in due]
            for job in as_completed(jobs):
                yield job.result()

    def sample(self) -> Iterator[str]:
        """What `verify` tries by itself: one program of 25, in the order of their names, with the
        seeds after those that are proved, by checks without budgets."""
        with tempfile.TemporaryDirectory(prefix="answers-") as answers:
            for program in list(self._programs.values())[::_SAMPLE]:
                seeds = range(SEEDS, SEEDS + _FEW)
                missed = self._missed(program, self._quick(program), seeds, Path(answers))
                yield from (f"{program.name}: {check}" for check in missed)

    @cached_property
    def _programs(self) -> dict[str, Program]:
        programs = self.setting.programs
        return {p.name: p for p in programs if p.verdict is not Verdict.PASSED}

    def _line(self, unit: Unit, answers: Path) -> ProofLine:
        program = self._programs[unit.id]
        many = self._quick(program)
        few = tuple(check for check in program.caught_by if check not in many)
        first = int(bool(program.passes_at_home))  # 0 is the seed at home
        missed = [
            *self._missed(program, many, range(first, first + SEEDS), answers),
            *self._missed(program, few, range(first, first + _FEW), answers),
        ]
        return ProofLine(unit=unit.id, code=unit.code, problems=tuple(missed))

    def _quick(self, program: Program) -> tuple[str, ...]:
        """The checks it names that take no more than milliseconds a seed."""
        costly = checks_taking("budgets", self.setting.assignment, hidden=True)
        limited = program.verdict in _LIMITS
        return tuple(c for c in program.caught_by if c not in costly and not limited)

    def _missed(
        self, program: Program, checks: tuple[str, ...], seeds: range, answers: Path
    ) -> list[str]:
        """The checks that do not catch it every time. Each run has a worker of its own: what a
        program remembers must not fail it later."""
        if not checks:
            return []
        report = grade_files(
            composed(self.setting.assignment, program),
            self.setting.assignment,
            self.setting.root,
            hidden=True,
            checks=checks,
            modes=Modes(seeds=len(seeds), variation=seeds.start, answers_in=answers),
        )
        return list(filter(None, (failure_of(o, program.verdict) for o in report.outcomes)))


def _is_caught(result: SeedResult, wanted: Verdict) -> bool:
    """A write crashes in calls whose arrays are read-only, and is WRONG after the others: which
    they are, the seed decides."""
    other = {Verdict.CRASHED: CHANGED, Verdict.WRONG: READ_ONLY}.get(wanted)
    return result.verdict is wanted or (other is not None and other in result.said)


def failure_of(outcome: Outcome, wanted: Verdict) -> str:
    """The seeds with which a check has not the verdict `wanted`, and the first one's message; empty
    where there is none."""
    decided = SeedResult(0, outcome.verdict, "before any run")  # as where an import fails
    others = [r for r in outcome.seeds or (decided,) if not _is_caught(r, wanted)]
    if not others:
        return ""
    seeds = ", ".join(str(result.variation) for result in others)
    broken = outcome.staff.strip()[-500:] if outcome.verdict is Verdict.GRADER_ERROR else ""
    first = others[0]
    said = f"{first.verdict.value}: {broken or first.said}".removesuffix(": ")
    return f"{outcome.check.id} with {len(others)} of {len(outcome.seeds)} seeds ({seeds}): {said}"
