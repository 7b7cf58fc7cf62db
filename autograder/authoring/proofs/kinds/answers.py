"""Every value that a check receives counts: with the reference as the student, each is altered, and
the verdict must change.

`grading/answers` makes the alterations. What a check need not judge its author declares.
"""

import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import as_completed
from fnmatch import fnmatchcase
from functools import cached_property, partial
from pathlib import Path

import msgspec

from autograder.authoring.proofs.kind import NEITHER, Kind, Ratio, ScoreColumn, Unit
from autograder.authoring.proofs.record import ProofLine
from autograder.grading.context.request import Modes
from autograder.grading.declaring.declare import Excuses, declared_excuses
from autograder.grading.declaring.proving_programs import composed
from autograder.grading.running.judge import said_by
from autograder.grading.running.subprocess_grading import grade_files, grading_pool
from autograder.model.outcome import AlteredRun, Outcome
from autograder.model.verdict import Verdict

_MODES = Modes(seeds=1, closeness=True, alter=True)
_NO_EXCUSE = Excuses((), {})
_MEASURED = ").measured"  # in places of values that are judged where they are measured

Kinds = dict[str, str]  # names of kinds of alteration, with spaces between them, by place


class AnswersLine(ProofLine, frozen=True, kw_only=True):
    """A check."""

    alterations: int = 0
    judged: Kinds = msgspec.field(default_factory=dict)  # by the place in all calls
    passed: dict[str, Kinds] = msgspec.field(default_factory=dict)  # the same


class Answers(Kind[AnswersLine]):
    """The checks, hidden ones too."""

    name, line = "answers", AnswersLine
    columns = (
        ScoreColumn("answers judged", "checks that notice every alteration of what they receive"),
        ScoreColumn(
            "declared not judged",
            "kinds of alteration that a check need not notice, each with its reason",
            NEITHER,
        ),
    )

    def units(self) -> Iterator[Unit]:
        """A unit a check, with what it calls of the reference."""
        for check in self.setting.checks:
            yield Unit(check.id, self.setting.code.check(check.id))

    def prove(self, due: Sequence[Unit], say: Callable[[str], None]) -> Iterator[AnswersLine]:
        """A grading a check."""
        with (
            tempfile.TemporaryDirectory(prefix="answers-") as answers,
            grading_pool(self.setting.jobs) as pool,
        ):
            jobs = [pool.submit(self._line, unit, Path(answers)) for unit in due]
            for job in as_completed(jobs):
                yield job.result()

    def findings(self) -> Iterator[str]:
        """Alterations that break a check, or that it lets pass without an excuse."""
        yield from super().findings()
        for line in self.lines.values():
            used = set[str]()
            for everywhere, places in line.passed.items():
                for place, kinds in places.items():
                    excused = partial(self._is_excused, line.unit, everywhere, place, used)
                    left = [kind for kind in kinds.split() if not excused(kind)]
                    if left:
                        yield f"{line.unit}: {place}: {' '.join(left)}: PASSED"
            for pattern in sorted(self._declared(line.unit).unjudged.keys() - used):
                yield f"{line.unit}: unjudged {pattern!r} excuses nothing: remove it"

    def ratios(self) -> Iterator[Ratio]:
        """Checks without findings; and declarations, of all alterations."""
        unproved = {finding.partition(":")[0] for finding in self.findings()}
        declared = sum(len(self._declared(check).unjudged) for check in self.lines)
        yield Ratio(len(self.lines) - len(unproved), len(self.lines))
        yield Ratio(declared, sum(line.alterations for line in self.lines.values()))

    def _is_excused(
        self, check: str, everywhere: str, place: str, used: set[str], kind: str
    ) -> bool:
        """Whether patterns fit, which are then `used`, or another check judges it.

        What a check judges that must be proved first is not known, and no finding.
        """
        excuses = self._declared(check)
        fitting = [p for p in excuses.unjudged if fnmatchcase(f"{place}: {kind}", p)]
        used.update(fitting)
        judged = any(
            name not in self.lines or kind in self.lines[name].judged.get(everywhere, "").split()
            for name in excuses.judged_by
        )
        return bool(fitting) or (judged and _MEASURED not in place)

    def _declared(self, check: str) -> Excuses:
        return self._excuses.get(check, _NO_EXCUSE)

    @cached_property
    def _excuses(self) -> dict[str, Excuses]:
        return declared_excuses(self.setting.assignment)

    def _line(self, unit: Unit, answers: Path) -> AnswersLine:
        setting = self.setting
        report = grade_files(
            composed(setting.assignment, None),
            setting.assignment,
            setting.root,
            hidden=True,
            checks=(unit.id,),
            modes=msgspec.structs.replace(_MODES, answers_in=answers),
        )
        return line_of(unit, report.outcomes[0])


def line_of(unit: Unit, outcome: Outcome) -> AnswersLine:
    """What is recorded of a check; where the reference fails it, nothing but that.

    What breaks it is a problem, with the error of one of the alterations.
    """
    if outcome.verdict is not Verdict.PASSED:
        why = outcome.staff.strip()[-500:] or said_by(outcome)
        problem = f"{outcome.verdict.value} with the reference: {why}"
        return AnswersLine(unit=unit.id, code=unit.code, problems=(problem,))
    judged: Kinds = {}
    passed: dict[str, Kinds] = {}
    broken: Kinds = {}
    errors: dict[str, str] = {}
    for (everywhere, kind), runs in _by_place(outcome).items():
        for place in _places(runs, Verdict.PASSED):
            _add(passed.setdefault(everywhere, {}), place, kind)
        for place in _places(runs, Verdict.GRADER_ERROR):
            _add(broken, place, kind)
            said = (run.said for run in runs if run.verdict is Verdict.GRADER_ERROR)
            errors.setdefault(place, next(said).strip().rpartition("\n")[2])
        if all(run.verdict not in (Verdict.PASSED, Verdict.GRADER_ERROR) for run in runs):
            _add(judged, everywhere, kind)
    return AnswersLine(
        unit=unit.id,
        code=unit.code,
        problems=tuple(f"{p}: {k}: GRADER_ERROR: {errors[p]}" for p, k in broken.items()),
        alterations=len(outcome.alterations),
        judged=judged,
        passed=passed,
    )


def _by_place(outcome: Outcome) -> dict[tuple[str, str], list[AlteredRun]]:
    found: dict[tuple[str, str], list[AlteredRun]] = defaultdict(list)
    for run in outcome.alterations:
        found[run.everywhere, run.kind].append(run)
    return found


def _places(runs: list[AlteredRun], verdict: Verdict) -> list[str]:
    """The places with this verdict; one with a star where it is the verdict of all."""
    places = [run.place for run in runs if run.verdict is verdict]
    if len(places) == len(runs) > 1:
        return [runs[0].everywhere.replace("(all)", "(*)")]
    return places


def _add(found: Kinds, place: str, kind: str) -> None:
    found[place] = f"{found.get(place, '')} {kind}".strip()
