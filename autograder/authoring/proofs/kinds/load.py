"""Gradings under load: the reference has the same report every time, beside busy processes.

A grading that reports something else, measurements aside, is a flip.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

import msgspec

from autograder.authoring.proofs.conditions import busy_neighbours
from autograder.authoring.proofs.kind import NEW, Kind, Ratio, ScoreColumn, Unit
from autograder.authoring.proofs.record import ProofLine
from autograder.grading.context.request import GradingRequest
from autograder.grading.running.subprocess_grading import grade_in_subprocess, grading_pool
from autograder.machine.facts import usable_cpus
from autograder.model.course import load_course
from autograder.model.outcome import Outcome
from autograder.model.verdict import Verdict

GRADINGS = 20


class LoadLine(ProofLine, frozen=True, kw_only=True):
    """One check in many gradings of the reference."""

    gradings: int
    flips: list[str] = msgspec.field(default_factory=list)  # what an unusual grading reported
    time_share: float = 0.0  # the most of a time budget that was used, 1 is all


class Load(Kind[LoadLine]):
    """The checks, hidden ones too, under load."""

    name, line, measures = "load", LoadLine, True
    columns = (
        ScoreColumn("same under load", "gradings of right work beside busy processes, all alike"),
    )

    def units(self) -> Iterator[Unit]:
        """A unit a check, with what it calls of the reference."""
        for check in self.setting.checks:
            yield Unit(check.id, self.setting.code.check(check.id))

    def why_due(self, unit: Unit) -> str:
        """Also where an interrupted run has graded less often than it should."""
        line = self.lines.get(unit.id)
        return super().why_due(unit) or (NEW if line and line.gradings < GRADINGS else "")

    def steps(self, due: Sequence[Unit]) -> int:
        """A line for each grading of each check."""
        return sum(GRADINGS - self._counted(unit) for unit in due)

    def prove(self, due: Sequence[Unit], say: Callable[[str], None]) -> Iterator[LoadLine]:
        """Grade the checks that are due together, again and again."""
        with busy_neighbours(usable_cpus()), grading_pool(1) as pool:
            while left := [unit for unit in due if self._counted(unit) < GRADINGS]:
                request = self._request(tuple(unit.id for unit in left))
                limit_s = 2 * self.setting.assignment.limits.run_s
                report = pool.submit(grade_in_subprocess, request, limit_s).result()
                outcomes = {outcome.check.id: outcome for outcome in report.outcomes}
                for unit in left:
                    yield self._with(unit, outcomes[unit.id])

    def findings(self) -> Iterator[str]:
        """Gradings that reported something else."""
        for line in self.lines.values():
            for flip, times in Counter(line.flips).items():
                yield f"{line.unit}: {times} of {line.gradings} gradings: {flip}"

    def ratios(self) -> Iterator[Ratio]:
        """Of the check with the fewest gradings, and of that with the most flips."""
        gradings = min(line.gradings for line in self.lines.values())
        flips = max(len(line.flips) for line in self.lines.values())
        yield Ratio(gradings - flips, gradings)

    def _counted(self, unit: Unit) -> int:
        """The gradings so far of the code as it is."""
        line = self.lines.get(unit.id)
        return line.gradings if line and line.code == unit.code else 0

    def _request(self, checks: tuple[str, ...]) -> GradingRequest:
        setting = self.setting
        assert setting.assignment.private is not None
        return GradingRequest(
            root=setting.root,
            assignment=setting.assignment.id,
            submission=setting.assignment.private,
            hidden=True,
            secret_file=load_course(setting.root).secret_path(),
            checks=checks,
        )

    def _with(self, unit: Unit, outcome: Outcome) -> LoadLine:
        """The unit's line with one grading more."""
        none = LoadLine(unit=unit.id, code=unit.code, gradings=0)
        before = self.lines[unit.id] if self._counted(unit) else none
        # a note says that a budget could not be decided here: right work passes, but not the same
        usual = outcome.verdict is Verdict.PASSED and not outcome.note
        said = outcome.message.lines() if outcome.message else [outcome.note]
        flips = [] if usual else [" / ".join([outcome.verdict.value, *said])]
        timed = [m.value / m.budget for m in outcome.measurements if m.kind == "time"]
        return LoadLine(
            unit=unit.id,
            code=unit.code,
            gradings=before.gradings + 1,
            flips=before.flips + flips,
            time_share=max([before.time_share, *timed]),
        )
