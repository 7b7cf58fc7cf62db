"""`reference/<id>/mutation.toml`: which mutants of the reference no check rejected, and when."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timezone
from pathlib import Path

import msgspec

from autograder.authoring.proofs import mutants, mutation_operators
from autograder.authoring.proofs.mutants import Mutant
from autograder.authoring.proofs.mutation import Fate, Result
from autograder.authoring.proofs.toml_rows import toml_rows
from autograder.grading.provenance.sources import graded_code
from autograder.machine.facts import machine_facts
from autograder.model.assignment import Assignment
from autograder.model.toml import read_toml

_MAKERS = (mutants, mutation_operators)


class Tally(msgspec.Struct, frozen=True):
    """The mutants that one operator made."""

    made: int
    killed: int


class Survivor(msgspec.Struct, frozen=True):
    """A mutant that every check passes."""

    id: str
    before: str
    after: str

    @property
    def row(self) -> str:
        """Its line in survivors.md."""
        return f"- `{self.id}`: `{self.before}` becomes `{self.after}`"


class Mutation(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The whole file."""

    fingerprint: str
    date: str
    seconds: int
    machine: dict[str, str]
    verdicts: dict[str, int]  # that killed; many of TIME_LIMIT: the machine was too busy
    operators: dict[str, Tally]
    survivors: list[Survivor] = []

    @property
    def made(self) -> int:
        """All mutants."""
        return sum(tally.made for tally in self.operators.values())

    @property
    def killed(self) -> int:
        """Those that a check did not pass."""
        return sum(tally.killed for tally in self.operators.values())


def mutation_file(assignment: Assignment) -> Path:
    """Where it is kept."""
    assert assignment.private is not None
    return assignment.private / "mutation.toml"


def read_mutation(assignment: Assignment) -> Mutation | None:
    """What is recorded, None where nothing is. Raises ConfigError for a file that does not fit."""
    path = mutation_file(assignment)
    return read_toml(path, Mutation) if path.exists() else None


def stale_mutation(assignment: Assignment) -> Iterator[str]:
    """Why what is recorded is not true any more; nothing where nothing is recorded."""
    found = read_mutation(assignment)
    if found is not None and found.fingerprint != fingerprint(assignment):
        yield (
            "mutation.toml is of another reference, other checks or other mutants: run"
            f" `python ci/mutation.py {assignment.id} --record`"
        )


def fingerprint(assignment: Assignment) -> str:
    """Of the reference, the checks, and the code that makes mutants."""
    return graded_code(assignment, beside=[Path(str(module.__file__)) for module in _MAKERS])


def mutation_of(assignment: Assignment, results: Sequence[Result], seconds: float) -> Mutation:
    """What the results come to."""
    operators: dict[str, Tally] = {}
    for result in results:
        name = result.mutant.operator
        before = operators.get(name, Tally(0, 0))
        killed = before.killed + (result.fate is Fate.KILLED)
        operators[name] = Tally(before.made + 1, killed)
    return Mutation(
        fingerprint=fingerprint(assignment),
        date=datetime.now(timezone.utc).strftime("%Y-%m-%d"),
        seconds=round(seconds),
        machine=machine_facts(),
        verdicts=dict(Counter(r.verdict for r in results if r.verdict).most_common()),
        operators=dict(sorted(operators.items())),
        survivors=survivors_of(results),
    )


def survivors_of(results: Sequence[Result]) -> list[Survivor]:
    """Those that no check rejects."""
    return [_survivor(r.mutant) for r in results if r.fate is Fate.SURVIVED]


def _survivor(mutant: Mutant) -> Survivor:
    return Survivor(mutant.id, mutant.before, mutant.after)


def write_mutation(assignment: Assignment, mutation: Mutation) -> Path:
    """Write the file; gives where."""
    path = mutation_file(assignment)
    rows = toml_rows(f"Written by `python ci/mutation.py {assignment.id} --record`.", mutation)
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def show(mutation: Mutation) -> Iterator[str]:
    """The table that an author reads."""
    yield f"{'operator':20} {'made':>5} {'killed':>7} {'survived':>9}"
    for name, tally in mutation.operators.items():
        yield f"{name:20} {tally.made:>5} {tally.killed:>7} {tally.made - tally.killed:>9}"
    total = mutation.made - mutation.killed
    yield f"{'all':20} {mutation.made:>5} {mutation.killed:>7} {total:>9}"
    counts = ", ".join(f"{verdict} {count}" for verdict, count in mutation.verdicts.items())
    yield f"killed by: {counts or 'no check'}"
