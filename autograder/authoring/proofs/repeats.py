"""`reference/<id>/repeats.toml`: whether many gradings of the reference under load had one report.

`ci/repeat_gradings.py` grades and records; the score of the grader counts it.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from autograder.authoring.proofs.record import Record
from autograder.model.assignment import Assignment
from autograder.model.report import Report
from autograder.model.verdict import Verdict


class CheckResult(NamedTuple):
    """What a student reads about one check, without measurements."""

    check: str
    verdict: Verdict
    score: float
    text: tuple[str, ...]
    note: str


Results = tuple[CheckResult, ...]  # of one report


class Repeats(Record, frozen=True, kw_only=True):
    """What many gradings of the reference had in common."""

    file = "repeats.toml"
    command = "python ci/repeat_gradings.py {} --record"
    stale = "another reference or other checks"

    seconds: int
    gradings: int
    neighbours: int  # busy processes meanwhile
    kinds: int  # of reports
    flips: int  # gradings whose report is not the usual one, or in which a check did not pass
    time_share: float  # the most of a time budget that was used, 1 is all

    def findings(self, assignment: Assignment) -> Iterator[str]:
        """Gradings that reported something else than most."""
        if self.flips:
            yield f"{self.file}: {self.flips} of {self.gradings} gradings gave another report"


def results_of(report: Report) -> Results:
    """What must be the same in every grading."""
    return tuple(
        CheckResult(
            outcome.check.id,
            outcome.verdict,
            outcome.score,
            tuple(outcome.message.lines()) if outcome.message else (),
            outcome.note,
        )
        for outcome in report.outcomes
    )


def time_share(report: Report) -> float:
    """The largest share of a time budget that was used."""
    measured = [m for outcome in report.outcomes for m in outcome.measurements]
    return max((m.value / m.budget for m in measured if m.kind == "time"), default=0.0)


def repeats_of(
    assignment: Assignment,
    seen: Counter[Results],
    shares: Sequence[float],
    neighbours: int,
    seconds: float,
) -> Repeats:
    """The record of these gradings; `seen` counts each kind of report."""
    usual, times = seen.most_common(1)[0]
    passed = all(result.verdict is Verdict.PASSED for result in usual)
    return Repeats(
        **Repeats.now(assignment),
        seconds=round(seconds),
        gradings=seen.total(),
        neighbours=neighbours,
        kinds=len(seen),
        flips=seen.total() - (times if passed else 0),
        time_share=round(max(shares), 3),
    )


def unusual_reports(seen: Counter[Results]) -> Iterator[str]:
    """Where each unusual report differs from the usual one."""
    (usual, _), *others = seen.most_common()
    for other, count in others:
        rows = [row for row, wanted in zip(other, usual, strict=True) if row != wanted]
        yield f"{count} times otherwise: {rows}"
