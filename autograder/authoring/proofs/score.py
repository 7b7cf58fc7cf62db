"""The score of the grader itself: what its checks were shown to notice, and to let pass.

`autograder verify` reads it from the records of the proofs, compares it with the table in README.md
and writes that table between

    <!-- generated: score -->
    <!-- end -->
"""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timezone
from pathlib import Path

import msgspec

from autograder.authoring.proofs.kind import COUNT, NEITHER, SHARE, Ratio, ScoreColumn, Setting
from autograder.authoring.proofs.prove import KINDS
from autograder.authoring.proofs.record import oldest
from autograder.machine.facts import machine_facts
from autograder.model.errors import UsageError
from autograder.release.tables import fill_regions, markdown

COLUMNS: dict[str, ScoreColumn] = {column.name: column for kind in KINDS for column in kind.columns}

_README = "README.md"
_MARK = "<!-- generated: score -->"
_RATIO = re.compile(r"(\d+) of (\d+)")


class Score(msgspec.Struct, frozen=True, kw_only=True):
    """Of one assignment, or of all."""

    assignment: str
    ratios: dict[str, Ratio]  # by column; what is not measured is not there
    proved: dict[str, str] = {}  # the oldest date, by column


def score_of(setting: Setting) -> Score:
    """The score of what is recorded."""
    ratios: dict[str, Ratio] = {}
    proved: dict[str, str] = {}
    for kind in (make(setting) for make in KINDS):
        names = [column.name for column in kind.columns]
        if kind.lines:
            ratios |= dict(zip(names, kind.ratios(), strict=False))
            proved |= dict.fromkeys(names, oldest(kind.lines.values()))
    return Score(assignment=setting.assignment.id, ratios=ratios, proved=proved)


def total(scores: Sequence[Score]) -> Score:
    """The sum over assignments, with the oldest dates."""
    ratios = {}
    for column in COLUMNS:
        measured = [score.ratios[column] for score in scores if column in score.ratios]
        if measured:
            ratios[column] = Ratio(sum(r.got for r in measured), sum(r.of for r in measured))
    dated = [(column, date) for s in scores for column, date in s.proved.items() if date]
    proved = {column: min(d for c, d in dated if c == column) for column, _ in dated}
    return Score(assignment="all", ratios=ratios, proved=proved)


def regressions(score: Score, before: Score | None) -> Iterator[str]:
    """Where an assignment's score is worse than it was `before`; a new one has none."""
    for column, was in (before.ratios if before else {}).items():
        now = score.ratios.get(column)
        if now is None or _compared(column, now) < _compared(column, was):
            yield f"{score.assignment}, {column}: {now or 'not measured'}, before {was}"


def _compared(column: str, ratio: Ratio) -> float:
    """The number that must not become smaller."""
    share = ratio.got / ratio.of if ratio.of else 1.0
    return {COUNT: ratio.got, SHARE: share, NEITHER: 0.0}[COLUMNS[column].compared]


def recorded_scores(root: Path) -> dict[str, Score]:
    """The scores in README.md by assignment; empty where there are none."""
    path = root / _README
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    table = text.partition(_MARK)[2].partition("<!-- end -->")[0]
    rows = [row.strip("| ").split("|") for row in table.splitlines() if row.startswith("|")]
    cells = [[cell.strip(" `") for cell in row] for row in rows]
    found: dict[str, dict[str, Ratio]] = {name: {} for name in (cells[0][1:] if cells else ())}
    for column, *shown in cells[2:]:
        for name, cell in zip(found, shown, strict=False):
            if (ratio := _RATIO.fullmatch(cell)) and column in COLUMNS:
                found[name][column] = Ratio(int(ratio[1]), int(ratio[2]))
    return {name: Score(assignment=name, ratios=ratios) for name, ratios in found.items()}


def write_score(root: Path, scores: Sequence[Score]) -> Path:
    """Write the scores into README.md. Raises UsageError where it has no place for them."""
    path = root / _README
    text = path.read_text(encoding="utf-8")
    if _MARK not in text:
        raise UsageError(f"{_README} has no place for the score: add {_MARK} and <!-- end -->")
    names = [f"`{score.assignment}`" for score in scores]
    heads = f"| {' | '.join(['score', *names])} |"
    table = markdown(heads, "|---" + "|--:" * len(scores) + "|", list(_cells(scores)))
    rows = [*_sentences(total(scores)), "", *table]
    filled = fill_regions(text, _README, lambda name, place: rows)
    path.write_text(filled, encoding="utf-8", newline="\n")
    return path


def _cells(scores: Sequence[Score]) -> Iterator[tuple[str, ...]]:
    """A row a column of the score."""
    for column in COLUMNS:
        yield column, *(str(score.ratios.get(column, "not measured")) for score in scores)


def _sentences(score: Score) -> Iterator[str]:
    """Each number with the command that proves it."""
    facts = machine_facts()
    date = datetime.now(timezone.utc).strftime("%Y-%m-%d")
    machine = f"{facts['processor']}, {facts['cpus']} CPUs, Python {facts['python']}"
    yield from (f"Written on {date}: {machine}.", "")
    for kind in KINDS:
        for name, said, _ in kind.columns:
            if name in score.ratios:
                proved = f"`autograder prove --all --only {kind.name}`, {score.proved.get(name)}"
                yield f"- {score.ratios[name]} {said}: {proved}"


def score_table(scores: Sequence[Score]) -> Iterator[str]:
    """The table for a terminal, with all of them added up where there are several."""
    shown = [*scores, total(scores)] if len(scores) > 1 else scores
    rows = [("", *(score.assignment for score in shown)), *_cells(shown)]
    widths = [max(map(len, cells)) for cells in zip(*rows, strict=True)]
    for row in rows:
        cells = [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
        yield "  ".join([row[0].ljust(widths[0]), *cells])
