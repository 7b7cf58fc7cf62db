"""Must-fail programs with many seeds: each check that a program names must catch it every time."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import as_completed
from pathlib import Path

from autograder.authoring.proofs.kind import Kind, Unit
from autograder.authoring.proofs.kinds.programs import OTHERWISE
from autograder.authoring.proofs.record import ProofLine
from autograder.grading.context.request import Modes
from autograder.grading.declaring.declare import checks_taking
from autograder.grading.declaring.proving_programs import Program, composed
from autograder.grading.running.subprocess_grading import grade_files, grading_pool
from autograder.model.outcome import Outcome, SeedResult
from autograder.model.verdict import Verdict

SEEDS = 30
_FEW = 3  # where a program costs seconds
_LIMITS = (Verdict.TIME_LIMIT, Verdict.MEMORY_LIMIT)


class SeedsLine(ProofLine, frozen=True, kw_only=True):
    """A must-fail program."""

    missed: tuple[str, ...] = ()  # the checks that do not catch it, with the seeds


class Seeds(Kind[SeedsLine]):
    """The must-fail programs."""

    name, line = "seeds", SeedsLine

    def units(self) -> Iterator[Unit]:
        """A unit a program: itself, and the checks it names."""
        for program in self._programs.values():
            checks = map(self.setting.code.check, program.caught_by)
            declared = program.verdict.value, program.passes_at_home, f"{SEEDS} {_FEW}"
            code = self.setting.code.submission(program, *declared, *checks)
            yield Unit(program.name, code)

    def why_due(self, unit: Unit) -> str:
        """Also where it was missed: a disturbance of the machine is no proof."""
        line = self.lines.get(unit.id)
        return super().why_due(unit) or (OTHERWISE if line and line.missed else "")

    def prove(self, due: Sequence[Unit], say: Callable[[str], None]) -> Iterator[SeedsLine]:
        """Grade each program by its checks, without those that they need."""
        with (
            tempfile.TemporaryDirectory(prefix="answers-") as answers,
            grading_pool(self.setting.jobs) as pool,
        ):
            jobs = [pool.submit(self._line, unit, Path(answers)) for unit in due]
            for job in as_completed(jobs):
                yield job.result()

    def findings(self) -> Iterator[str]:
        """The programs that some seed lets pass, or gives another verdict."""
        for line in self.lines.values():
            yield from (f"{line.unit}: {missed}" for missed in line.missed)

    @property
    def _programs(self) -> dict[str, Program]:
        programs = self.setting.programs
        return {p.name: p for p in programs if p.verdict is not Verdict.PASSED}

    def _line(self, unit: Unit, answers: Path) -> SeedsLine:
        program = self._programs[unit.id]
        costly = checks_taking("budgets", self.setting.assignment, hidden=True)
        few = [c for c in program.caught_by if c in costly or program.verdict in _LIMITS]
        many = [check for check in program.caught_by if check not in few]
        outcomes = [
            *self._outcomes(program, many, SEEDS, answers),
            *self._outcomes(program, few, _FEW, answers),
        ]
        missed = [failure_of(outcome, program.verdict) for outcome in outcomes]
        return SeedsLine(unit=unit.id, code=unit.code, missed=tuple(filter(None, missed)))

    def _outcomes(
        self, program: Program, checks: list[str], seeds: int, answers: Path
    ) -> Sequence[Outcome]:
        """Each run has a worker of its own: what a program remembers must not fail it later."""
        setting, first = self.setting, int(bool(program.passes_at_home))  # 0: the seed at home
        if not checks:
            return ()
        report = grade_files(
            composed(setting.assignment, program),
            setting.assignment,
            setting.root,
            hidden=True,
            checks=tuple(checks),
            modes=Modes(seeds=seeds, variation=first, answers_in=answers),
        )
        return report.outcomes


def failure_of(outcome: Outcome, wanted: Verdict) -> str:
    """The seeds with which a check has not the verdict `wanted`, and the first one's message; empty
    where there is none."""
    decided = SeedResult(0, outcome.verdict, "before any run")  # as where an import fails
    others = [r for r in outcome.seeds or (decided,) if r.verdict is not wanted]
    if not others:
        return ""
    seeds = ", ".join(str(result.variation) for result in others)
    broken = outcome.staff.strip()[-500:] if outcome.verdict is Verdict.GRADER_ERROR else ""
    first = others[0]
    said = f"{first.verdict.value}: {broken or first.said}".removesuffix(": ")
    return f"{outcome.check.id} with {len(others)} of {len(outcome.seeds)} seeds ({seeds}): {said}"
