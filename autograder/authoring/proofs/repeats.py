"""`reference/<id>/repeats.toml`: whether many gradings of right work under load told the same."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from autograder.authoring.proofs.record import Record
from autograder.model.assignment import Assignment
from autograder.model.outcome import Outcome
from autograder.model.report import Report
from autograder.model.verdict import Verdict


class Told(NamedTuple):
    """What a student is told of one check, without measurements."""

    check: str
    verdict: str
    score: float
    text: tuple[str, ...]
    note: str


class Repeats(Record, frozen=True, kw_only=True):
    """What many gradings of the reference had in common."""

    file = "repeats.toml"
    command = "python ci/repeat_gradings.py {} --record"
    stale = "another reference or other checks"

    seconds: int
    gradings: int
    neighbours: int  # busy processes meanwhile
    kinds: int  # of reports
    flips: int  # gradings that did not tell what most did, or in which a check did not pass
    time_share: float  # the most of a time budget that was used, 1 is all

    def findings(self, assignment: Assignment) -> Iterator[str]:
        """Gradings whose report differs."""
        if self.flips:
            yield f"{self.file}: {self.flips} of {self.gradings} gradings told otherwise"


def told(report: Report) -> tuple[Told, ...]:
    """The lasting part of a report."""
    return tuple(map(_told, report.outcomes))


def _told(outcome: Outcome) -> Told:
    text = tuple(outcome.message.lines()) if outcome.message else ()
    return Told(outcome.check.id, outcome.verdict.value, outcome.score, text, outcome.note)


def time_share(report: Report) -> float:
    """The largest share of a time budget that was used."""
    measured = [m for outcome in report.outcomes for m in outcome.measurements]
    return max((m.value / m.budget for m in measured if m.kind == "time"), default=0.0)


def repeats_of(
    assignment: Assignment,
    seen: Counter[tuple[Told, ...]],
    shares: Sequence[float],
    neighbours: int,
    seconds: float,
) -> Repeats:
    """What these gradings come to; `seen` counts each kind of report."""
    usual, times = seen.most_common(1)[0]
    passed = all(row.verdict == Verdict.PASSED.value for row in usual)
    return Repeats(
        **Repeats.now(assignment),
        seconds=round(seconds),
        gradings=sum(seen.values()),
        neighbours=neighbours,
        kinds=len(seen),
        flips=sum(seen.values()) - (times if passed else 0),
        time_share=round(max(shares), 3),
    )


def differences(seen: Counter[tuple[Told, ...]]) -> Iterator[str]:
    """What each unusual report says otherwise."""
    (usual, _), *others = seen.most_common()
    for other, count in others:
        rows = [row for row, wanted in zip(other, usual, strict=True) if row != wanted]
        yield f"{count} times otherwise: {rows}"
