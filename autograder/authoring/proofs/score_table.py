"""The score of the grader in README.md, and in the terminal.

In README.md it stands between two marks, and the next run is compared with it:

    <!-- generated: score -->
    <!-- end -->
"""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from autograder.authoring.proofs.score import COLUMNS, Score, Share, total
from autograder.machine.facts import machine_facts
from autograder.model.errors import UsageError
from autograder.release.tables import fill_regions, markdown

README = "README.md"
TABLE = "score"
_MARK = f"<!-- generated: {TABLE} -->"
_NOT_MEASURED = "not measured"
_HEADS = {
    "wrong": "wrong rejected",
    "right": "right accepted",
    "recognised": "mistakes named",
    "mutants": "mutants rejected",
    "explained": "survivors explained",
    "same": "same under load",
}
_SHARE = re.compile(r"(\d+) of (\d+)")


def recorded_scores(root: Path) -> dict[str, Score]:
    """The scores in README.md by assignment; empty where there are none."""
    path = root / README
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    _, _, region = text.partition(_MARK)
    region, _, _ = region.partition("<!-- end -->")
    rows = [_cells(row) for row in region.splitlines() if row.startswith("|")]
    if not rows:
        return {}
    columns = {head: column for column, head in _HEADS.items()}
    names = [columns.get(head, "") for head in rows[0]]
    return {row[0].strip("`"): _score(row, names) for row in rows[2:]}


def _cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.strip("| ").split("|")]


def _score(cells: Sequence[str], names: Sequence[str]) -> Score:
    shares: dict[str, Any] = {}
    for name, cell in zip(names, cells, strict=False):
        found = _SHARE.fullmatch(cell)
        if name and found:
            shares[name] = Share(int(found[1]), int(found[2]))
    return Score(assignment=cells[0].strip("`"), **shares)


def write_score(root: Path, scores: Sequence[Score]) -> Path:
    """Write the scores into README.md. Raises UsageError where it has no place for them."""
    path = root / README
    text = path.read_text(encoding="utf-8")
    if _MARK not in text:
        raise UsageError(f"{README} has no place for the score: add {_MARK} and <!-- end -->")
    rows = [*_sentences(total(scores)), "", *_table(scores)]
    filled = fill_regions(text, README, lambda name, place: rows)
    path.write_text(filled, encoding="utf-8", newline="\n")
    return path


def _sentences(score: Score) -> Iterator[str]:
    """Each number with the command behind it."""
    facts = machine_facts()
    date = datetime.now(timezone.utc).strftime("%Y-%m-%d")
    machine = f"{facts['processor']}, {facts['cpus']} CPUs, Python {facts['python']}"
    verify = "`autograder verify --all`"
    said = {
        "wrong": f"wrong programs rejected by the check that must catch them: {verify}",
        "right": f"unusual right programs given full marks: {verify}",
        "recognised": f"programs with wrong answers told which mistake they make: {verify}",
        "mutants": "mutants of the references (one small change each) rejected by a check:"
        f" `python ci/mutation.py ID`, {score.mutated}",
        "explained": "mutants that no check rejects, explained in `reference/<id>/survivors.md`",
        "same": "gradings of right work beside busy processes with the same report:"
        f" `python ci/repeat_gradings.py ID`, {score.repeated}",
    }
    yield from (f"Measured on {date}: {machine}.", "")
    for column, text in said.items():
        share = getattr(score, column)
        if share:
            yield f"- {share} {text}"


def _table(scores: Sequence[Score]) -> list[str]:
    columns = _measured(scores)
    head = " | ".join(["assignment", *(_HEADS[column] for column in columns)])
    rows = [(f"`{score.assignment}`", *_shown(score, columns)) for score in scores]
    return markdown(f"| {head} |", "|---" + "|--:" * len(columns) + "|", rows)


def _measured(scores: Sequence[Score]) -> list[str]:
    """All columns, but the recognised mistakes only where they are counted."""
    counted = any(score.recognised for score in scores)
    return [column for column in COLUMNS if counted or column != "recognised"]


def _shown(score: Score, columns: Sequence[str]) -> list[str]:
    return [str(getattr(score, column) or _NOT_MEASURED) for column in columns]


def show(scores: Sequence[Score]) -> Iterator[str]:
    """The table for a terminal, with a line for all where there are several."""
    columns = _measured(scores)
    rows = [["", *(_HEADS[column] for column in columns)]]
    for score in [*scores, *([total(scores)] if len(scores) > 1 else [])]:
        rows.append([score.assignment, *_shown(score, columns)])
    widths = [max(map(len, cells)) for cells in zip(*rows, strict=True)]
    for row in rows:
        cells = [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
        yield "  ".join([row[0].ljust(widths[0]), *cells]).rstrip()
