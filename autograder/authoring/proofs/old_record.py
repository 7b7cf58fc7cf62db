"""The records of proofs, `reference/<id>/*.toml`: what was measured, when, where and of which code.

The commands of the proofs write them, `autograder verify` and the score read them.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, ClassVar, TypeVar

import msgspec

from autograder.grading.provenance.sources import graded_code
from autograder.machine.facts import machine_facts
from autograder.model.assignment import Assignment
from autograder.model.toml import read_toml

R = TypeVar("R", bound="Record")


class Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What every record begins with, and what can be said of every kind."""

    file: ClassVar[str]
    command: ClassVar[str]  # that writes it; {} stands for the assignment's id
    stale: ClassVar[str]  # what it is of when it is not of this code

    fingerprint: str
    date: str
    machine: dict[str, str]

    @classmethod
    def path(cls, assignment: Assignment) -> Path:
        """Where it is kept."""
        assert assignment.private is not None
        return assignment.private / cls.file

    @classmethod
    def read(cls: type[R], assignment: Assignment) -> R | None:
        """What is recorded; None where nothing is.

        Raises ConfigError for a file that does not fit.
        """
        path = cls.path(assignment)
        return read_toml(path, cls) if path.exists() else None

    @classmethod
    def code(cls, assignment: Assignment) -> str:
        """The fingerprint of what is measured."""
        return graded_code(assignment)

    @classmethod
    def now(cls, assignment: Assignment) -> dict[str, Any]:
        """What a record begins with that is measured now, of the code as it is."""
        date = datetime.now(timezone.utc).strftime("%Y-%m-%d")
        return {"fingerprint": cls.code(assignment), "date": date, "machine": machine_facts()}

    @classmethod
    def needed(cls, assignment: Assignment) -> bool:
        """Whether the assignment has anything to measure."""
        return True

    @classmethod
    def problems(cls, assignment: Assignment, required: bool = True) -> Iterator[str]:
        """Why what is recorded cannot be relied on; never because the machine is another one.

        Where it is not `required` it may also be missing: a new assignment has no records.
        """
        if not cls.needed(assignment):
            return
        recorded, again = cls.read(assignment), f"run `{cls.command.format(assignment.id)}`"
        if recorded is None:
            if required:
                yield f"no {cls.file}: {again}"
            return
        if recorded.fingerprint != cls.code(assignment):
            yield f"{cls.file} is of {cls.stale}: {again}"
        yield from recorded.findings(assignment)

    def findings(self, assignment: Assignment) -> Iterable[str]:
        """What was measured and is not as it should be."""
        return ()

    def write(self, assignment: Assignment) -> Path:
        """Write the file, numbers with four digits; returns where."""
        path = self.path(assignment)
        comment = f"# Written by `{self.command.format(assignment.id)}`."
        rows = [comment, *_rows(msgspec.to_builtins(self), ())]
        path.write_text("\n".join(rows) + "\n", encoding="utf-8")
        return path


def _rows(content: dict[str, Any], above: tuple[str, ...]) -> Iterator[str]:
    """The lines of a TOML table: values first, then the tables in it."""
    tables = {key: value for key, value in content.items() if isinstance(value, dict)}
    for key, value in content.items():
        if key not in tables:
            yield f"{_key(key)} = {_value(value)}"
    for key, value in tables.items():
        name = (*above, _key(key))
        yield from ("", f"[{'.'.join(name)}]", *_rows(value, name))


def _value(value: Any) -> str:
    """A value; of a list of tables a line each."""
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return "\n".join(["[", *(f"  {{ {_pairs(row)} }}," for row in value), "]"])
    if isinstance(value, float):
        value = float(f"{value:.4g}")  # more than repeats agree on
    return json.dumps(value, ensure_ascii=False)


def _pairs(row: dict[str, Any]) -> str:
    return ", ".join(f"{_key(key)} = {_value(value)}" for key, value in row.items())


def _key(name: str) -> str:
    return name if name.replace("_", "").isalnum() and name.isascii() else json.dumps(name)
