"""Right programs with many seeds: every check passes them, and their rounding stays far below what
its comparisons allow.

The reference and the accepted variants run each check with many public seeds, hidden checks too, a
part of the seeds under each condition. One worker goes through all of them: that takes milliseconds
a seed, where the start of a worker takes much longer.
"""

import re
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property, partial
from pathlib import Path
from typing import NamedTuple

import msgspec

from autograder.authoring.proofs.code import fingerprint
from autograder.authoring.proofs.conditions import Condition, idle_conditions
from autograder.authoring.proofs.kind import Kind, ScoreColumn, Unit
from autograder.authoring.proofs.kinds.budget_figures import REFERENCE
from autograder.authoring.proofs.kinds.seeds import failure_of
from autograder.authoring.proofs.record import ProofLine
from autograder.grading.context.request import Modes
from autograder.grading.declaring.declare import checks_taking
from autograder.grading.declaring.proving_programs import Program, composed
from autograder.grading.running.subprocess_grading import grade_files, grading_pool
from autograder.model.outcome import Closeness, Outcome
from autograder.model.report import Report
from autograder.model.verdict import Verdict

SEEDS = 200
_FEW = 8  # where checks count, time or predict: their inputs are large
_TOGETHER = 12  # checks in one grading: more save starts, fewer lose less when interrupted
LARGEST_SHARE = 0.1  # of a tolerance that a right program may use: other machines round otherwise
LOOSE = 1e-5  # of a tolerance: where no program uses more, it would let a mistake pass

# In the text of a comparison: numbers, and text in brackets; but not the 32 of float32.
_DRAWN = re.compile(r"\([^()]*\)|(?<![A-Za-z])[-+]?\d[\d.e+-]*")


class Nearest(Closeness, frozen=True, kw_only=True, omit_defaults=True):
    """One comparison whose tolerance follows from rounding, where it came nearest to it."""

    program: str = REFERENCE
    condition: str


class ComparisonsLine(ProofLine, frozen=True, kw_only=True):
    """A check."""

    passed: int = 0  # runs: programs times seeds
    nearest: tuple[Nearest, ...] = ()


class _Task(NamedTuple):
    """One grading."""

    program: Program | None  # None: the reference
    condition: Condition
    checks: tuple[str, ...]
    seeds: range

    @property
    def name(self) -> str:
        """The program's."""
        return self.program.name if self.program else REFERENCE


class Comparisons(Kind[ComparisonsLine]):
    """The checks, hidden ones too."""

    name, line, measures = "comparisons", ComparisonsLine, True
    columns = (
        ScoreColumn("accepted on each seed", f"checks that right programs pass on {SEEDS} seeds"),
    )

    def units(self) -> Iterator[Unit]:
        """A unit a check, with what it calls of the reference and of the accepted variants."""
        code = self.setting.code
        for check in self.setting.checks:
            variants = (code.submission(p) for p in self._programs(check.id) if p)
            parts = [code.check(check.id), f"{SEEDS} {_FEW}", *variants]
            yield Unit(check.id, fingerprint(part.encode() for part in parts))

    def prove(self, due: Sequence[Unit], say: Callable[[str], None]) -> Iterator[ComparisonsLine]:
        """Some checks at a time."""
        with (
            tempfile.TemporaryDirectory(prefix="answers-") as answers,
            grading_pool(self.setting.jobs) as pool,
        ):
            for few in (True, False):
                units = [unit for unit in due if (unit.id in self._costly) is few]
                for first in range(0, len(units), _TOGETHER):
                    for line in self._lines(units[first:][:_TOGETHER], pool, Path(answers)):
                        for loose in _loose(line):
                            say(f"loose: {loose}")
                        yield line

    def findings(self) -> Iterator[str]:
        """Right programs that fail, and comparisons that they nearly fail."""
        yield from super().findings()
        for line in self.lines.values():
            yield from _too_near(line)

    def _programs(self, check: str) -> Iterator[Program | None]:
        """The reference, and the accepted variants of what the check calls: for the others it is
        the reference."""
        yield None
        yield from (p for p in self.setting.accepted if self.setting.code.touches(p, check))

    @cached_property
    def _costly(self) -> set[str]:
        fixtures, assignment = ("budgets", "accounting"), self.setting.assignment
        return {
            check for name in fixtures for check in checks_taking(name, assignment, hidden=True)
        }

    def _lines(
        self, units: Sequence[Unit], pool: ThreadPoolExecutor, answers: Path
    ) -> Iterator[ComparisonsLine]:
        lines = {unit.id: ComparisonsLine(unit=unit.id, code=unit.code) for unit in units}
        tasks = list(self._tasks(tuple(lines)))
        for task, report in zip(tasks, pool.map(partial(self._grade, answers), tasks), strict=True):
            for outcome in report.outcomes:
                lines[outcome.check.id] = _with(lines[outcome.check.id], task, outcome)
        yield from lines.values()

    def _tasks(self, checks: tuple[str, ...]) -> Iterator[_Task]:
        """Each program has all seeds, and each condition its part of them."""
        costly = checks[0] in self._costly
        seeds = _FEW if costly else SEEDS
        # with two threads BLAS has a second buffer, which a budget of memory does not allow for
        conditions = [c for c in tried_conditions() if c.threads == 1 or not costly]
        part = -(-seeds // len(conditions))
        by_program = defaultdict[Program | None, list[str]](list)
        for check in checks:
            for program in self._programs(check):
                by_program[program].append(check)
        for first, condition in zip(range(0, seeds, part), conditions, strict=False):
            for program, named in by_program.items():
                yield _Task(program, condition, tuple(named), range(seeds)[first:][:part])

    def _grade(self, answers: Path, task: _Task) -> Report:
        """Oracles round otherwise under another condition: their answers are not shared there."""
        setting, one = self.setting, task.condition.threads == 1
        folder = answers / task.condition.name
        folder.mkdir(exist_ok=True)
        modes = Modes(
            seeds=len(task.seeds), variation=task.seeds.start, closeness=True, answers_in=folder
        )
        return grade_files(
            composed(setting.assignment, task.program),
            setting.assignment,
            setting.root,
            task.condition.environment,
            hidden=True,
            checks=task.checks,
            threads=task.condition.threads,
            launcher="auto" if one else "spawn",  # with threads, nothing forks
            modes=modes,
        )


def tried_conditions() -> list[Condition]:
    """The machine as it is, with fewer instructions, and with two threads of BLAS."""
    as_it_is, *others = idle_conditions()
    two = as_it_is._replace(name=f"{as_it_is.name}, 2 threads", threads=2)
    return [as_it_is, *others, two]


def _with(line: ComparisonsLine, task: _Task, outcome: Outcome) -> ComparisonsLine:
    """The line with what one grading has found."""
    nearest = {_DRAWN.sub("", found.what): found for found in line.nearest}
    for c in outcome.closeness:
        kind = _DRAWN.sub("", c.what)
        if c.rounding and (kind not in nearest or c.share > nearest[kind].share):
            nearest[kind] = Nearest(
                **msgspec.structs.asdict(c), program=task.name, condition=task.condition.name
            )
    failure = failure_of(outcome, Verdict.PASSED)
    failed = [f"{task.name}, {task.condition.name}, fails {failure}"] if failure else []
    passed = sum(result.verdict is Verdict.PASSED for result in outcome.seeds)
    return msgspec.structs.replace(
        line,
        passed=line.passed + passed,
        problems=(*line.problems, *failed),
        nearest=tuple(nearest.values()),
    )


def _too_near(line: ComparisonsLine) -> Iterator[str]:
    """Each comparison that right work nearly fails."""
    for found in line.nearest:
        if found.share >= LARGEST_SHARE:
            yield (
                f"{line.unit}, {found.what}: {found.program} is off by {found.error:.2g}, which"
                f" is {found.share:.2g} of the allowed {found.allowed:.2g} ({found.why}), with seed"
                f" {found.variation}, {found.condition}: raise `condition` if numbers cancel or"
                " grow on the way, or `terms` if a longer sum is behind it; give `size` for a"
                " result near 0"
            )


def _loose(line: ComparisonsLine) -> Iterator[str]:
    """Each tolerance that no right program comes near to; exact results say nothing about it."""
    for found in line.nearest:
        if 0 < found.share < LOOSE:
            yield (
                f"{line.unit}, {found.what}: at most {found.share:.1g} of the allowed"
                f" {found.allowed:.2g} is used ({found.why})"
            )
