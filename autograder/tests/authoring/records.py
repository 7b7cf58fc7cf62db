"""Records of mutants and of gradings under load, without any grading."""

from typing import Any

from autograder.authoring.proofs.kind import Kind, Setting
from autograder.authoring.proofs.kinds.load import Load, LoadLine
from autograder.authoring.proofs.kinds.mutation import MutantLine, Mutation
from autograder.authoring.proofs.record import ProofLine, write_record
from autograder.model.assignment import Assignment

BEFORE, AFTER = 'x = "a"', 'x += "a"'


def setting_of(tiny: Assignment) -> Setting:
    """The assignment, read anew, for its proofs."""
    return Setting(tiny, tiny.folder.parent.parent, jobs=2)


def survivor(number: int) -> MutantLine:
    """A mutant that every check passes, and whose line has quotation marks in it."""
    unit = f"f/in-place-or-not/{number:06x}"
    return MutantLine(unit=unit, code="c", row=f"- `{unit}`: `{BEFORE}` becomes `{AFTER}`")


def record_mutants(tiny: Assignment, killed: int, survived: int) -> list[MutantLine]:
    """Record so many mutants; returns the survivors."""
    lines = [
        MutantLine(unit=f"f/bounds/{n:06x}", code="c", killed_by="check_a", verdict="WRONG")
        for n in range(killed)
    ]
    survivors = [survivor(number) for number in range(survived)]
    write(tiny, Mutation, *lines, *survivors)
    return survivors


def record_load(tiny: Assignment, gradings: int, flips: int = 0) -> None:
    """Record gradings under load of one check."""
    said = ["WRONG / off"] * flips
    write(tiny, Load, LoadLine(unit="check_a", code="c", gradings=gradings, flips=said))


def ignore(said: str) -> None:
    """What a proof says, of no interest to a test."""


def write(tiny: Assignment, kind: type[Kind[Any]], *lines: ProofLine) -> None:
    """Write a record with these lines."""
    dated = {line.unit: line for line in lines}
    write_record(tiny, kind.name, dated)


def explain(tiny: Assignment, survivors: list[MutantLine]) -> None:
    """Write survivors.md with one reason for all."""
    assert tiny.private
    rows = ["# Survivors", "", "They are equal.", "", *(survivor.row for survivor in survivors)]
    (tiny.private / "survivors.md").write_text("\n".join(rows) + "\n", encoding="utf-8")
