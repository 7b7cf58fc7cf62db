"""`reference/<id>/survivors.md`: why no check rejects a mutant, in the author's words.

A paragraph says why; below it stand the mutants that it is about, a line each:

    - `function/operator/1a2b3c`: `the line` becomes `the other line`
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from autograder.authoring.proofs.mutation_record import Survivor
from autograder.model.assignment import Assignment

_ROW = re.compile(r"- `([^`]+/[^`]+/[0-9a-f]+)`.*")


def survivors_file(assignment: Assignment) -> Path:
    """Where it is kept."""
    assert assignment.private is not None
    return assignment.private / "survivors.md"


def unexplained(assignment: Assignment, survivors: Sequence[Survivor]) -> list[str]:
    """The ids of survivors without a reason."""
    reasons = {row: reason for row, reason in _entries(assignment) if reason}
    return [survivor.id for survivor in survivors if survivor.row not in reasons]


def unlike_survivors(assignment: Assignment, survivors: Sequence[Survivor]) -> Iterator[str]:
    """Survivors without a reason, reasons without a survivor, lines that say something else."""
    path = survivors_file(assignment).name
    entries = dict(_entries(assignment))
    rows = {survivor.row for survivor in survivors}
    for survivor in survivors:
        if survivor.row not in entries:
            yield f"{path} does not explain a mutant that no check rejects: {survivor.row[2:]}"
        elif not entries[survivor.row]:
            yield f"{path} gives no reason above {survivor.id}"
    for row in entries:
        if row not in rows:
            yield f"{path} explains what is no survivor: {row[2:]}"


def _entries(assignment: Assignment) -> Iterator[tuple[str, str]]:
    """Each mutant's line, with the paragraphs above it that belong to it."""
    path = survivors_file(assignment)
    if not path.exists():
        return
    reason: list[str] = []
    listing = False  # the next paragraph begins another reason
    for line in path.read_text(encoding="utf-8").splitlines():
        row = line.strip()
        if _ROW.fullmatch(row):
            listing = True
            yield row, " ".join(reason)
        elif row:
            reason = [] if listing or row.startswith("#") else reason
            reason += [] if row.startswith("#") else [row]
            listing = False
