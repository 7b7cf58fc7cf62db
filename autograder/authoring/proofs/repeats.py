"""`reference/<id>/repeats.toml`: whether many gradings of right work under load told the same."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timezone
from pathlib import Path
from typing import NamedTuple

import msgspec

from autograder.authoring.proofs.toml_rows import toml_rows
from autograder.grading.provenance.sources import graded_code
from autograder.machine.facts import machine_facts
from autograder.model.assignment import Assignment
from autograder.model.outcome import Outcome
from autograder.model.report import Report
from autograder.model.toml import read_toml
from autograder.model.verdict import Verdict


class Told(NamedTuple):
    """What a student is told of one check, without measurements."""

    check: str
    verdict: str
    score: float
    text: tuple[str, ...]
    note: str


class Repeats(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The whole file."""

    fingerprint: str
    date: str
    seconds: int
    gradings: int
    neighbours: int  # busy processes meanwhile
    kinds: int  # of reports
    flips: int  # gradings that did not tell what most did, or in which a check did not pass
    time_share: float  # the most of a time budget that was used, 1 is all
    machine: dict[str, str]


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
        fingerprint=graded_code(assignment),
        date=datetime.now(timezone.utc).strftime("%Y-%m-%d"),
        seconds=round(seconds),
        gradings=sum(seen.values()),
        neighbours=neighbours,
        kinds=len(seen),
        flips=sum(seen.values()) - (times if passed else 0),
        time_share=round(max(shares), 3),
        machine=machine_facts(),
    )


def differences(seen: Counter[tuple[Told, ...]]) -> Iterator[str]:
    """What each unusual report says otherwise."""
    (usual, _), *others = seen.most_common()
    for other, count in others:
        rows = [row for row, wanted in zip(other, usual, strict=True) if row != wanted]
        yield f"{count} times otherwise: {rows}"


def repeats_file(assignment: Assignment) -> Path:
    """Where it is kept."""
    assert assignment.private is not None
    return assignment.private / "repeats.toml"


def read_repeats(assignment: Assignment) -> Repeats | None:
    """What is recorded, None where nothing is. Raises ConfigError for a file that does not fit."""
    path = repeats_file(assignment)
    return read_toml(path, Repeats) if path.exists() else None


def stale_repeats(assignment: Assignment) -> Iterator[str]:
    """Why what is recorded is not true any more; nothing where nothing is recorded."""
    found = read_repeats(assignment)
    if found is not None and found.fingerprint != graded_code(assignment):
        yield (
            "repeats.toml is of another reference or other checks: run"
            f" `python ci/repeat_gradings.py {assignment.id} --record`"
        )


def write_repeats(assignment: Assignment, repeats: Repeats) -> Path:
    """Write the file; gives where."""
    path = repeats_file(assignment)
    comment = f"Written by `python ci/repeat_gradings.py {assignment.id} --record`."
    path.write_text("\n".join(toml_rows(comment, repeats)) + "\n", encoding="utf-8")
    return path
