"""The records of proofs, `reference/<id>/proofs/<kind>.jsonl`: a line of JSON a unit, sorted.

Two authors' changes merge line by line: nothing is shared between units. `autograder prove` writes
the records, `verify` and the score read them.
"""

import os
from collections.abc import Iterable, Mapping
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import numpy as np

from autograder.grading.provenance.content import framework_hash
from autograder.machine.facts import machine_facts
from autograder.model.assignment import Assignment
from autograder.model.errors import ConfigError

FOLDER = "proofs"


class ProofLine(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """What is recorded of every unit; each kind of proof adds what it found."""

    unit: str
    code: str  # fingerprint of all that the unit depends on
    date: str = ""
    framework: str = ""  # fingerprint of the framework that proved it
    machine: str = ""  # where figures were measured
    problems: tuple[str, ...] = ()  # what is not as it should be

    @property
    def found(self) -> tuple[str, ...]:
        """All that `verify` reports of the unit."""
        return self.problems


L = TypeVar("L", bound=ProofLine)


def record_path(assignment: Assignment, kind: str) -> Path:
    """Where a kind of proof is recorded."""
    assert assignment.private is not None
    return assignment.private / FOLDER / f"{kind}.jsonl"


def read_record(assignment: Assignment, kind: str, line: type[L]) -> dict[str, L]:
    """The lines by unit; none where nothing is recorded.

    Raises ConfigError, with file and line, for what does not fit.
    """
    path = record_path(assignment, kind)
    if not path.exists():
        return {}
    found = {}
    for number, text in enumerate(path.read_bytes().splitlines(), start=1):
        try:
            read = msgspec.json.decode(text, type=line)
        except msgspec.DecodeError as error:
            again = f"delete the line and run `autograder prove {assignment.id} --only {kind}`"
            raise ConfigError(f"{path}, line {number}: {error}; {again}") from None
        found[read.unit] = read
    return found


def write_record(assignment: Assignment, kind: str, lines: Mapping[str, ProofLine]) -> Path:
    """Write the lines, sorted by unit; the file is whole at any moment. Returns where."""
    path = record_path(assignment, kind)
    path.parent.mkdir(exist_ok=True)
    unfinished = path.with_suffix(".unfinished")
    with unfinished.open("wb") as file:
        for unit in sorted(lines):
            file.write(msgspec.json.encode(_shortened(msgspec.to_builtins(lines[unit]))) + b"\n")
    os.replace(unfinished, path)
    return path


def stamp(measures: bool) -> dict[str, str]:
    """What a line says that is proved here and now; the machine, where it `measures`."""
    today = datetime.now(timezone.utc).strftime("%Y-%m-%d")
    found = {"date": today, "framework": framework_hash()[:8]}
    return found | ({"machine": _machine()} if measures else {})


def _machine() -> str:
    facts = machine_facts()
    cpus, python = f"{facts['cpus']} CPUs", f"Python {facts['python']}"
    return ", ".join([facts["processor"], cpus, python, f"numpy {np.__version__}"])


def oldest(lines: Iterable[ProofLine]) -> str:
    """The earliest date among them; empty where there are none."""
    return min((line.date for line in lines if line.date), default="")


def _shortened(value: Any) -> Any:
    """Numbers with four digits: repeats do not agree on more."""
    if isinstance(value, dict):
        return {key: _shortened(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_shortened(item) for item in value]
    return float(f"{value:.4g}") if isinstance(value, float) else value
