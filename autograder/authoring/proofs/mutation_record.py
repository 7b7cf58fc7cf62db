"""`reference/<id>/mutation.toml`, which mutants of the reference no check rejected; and
`survivors.md`, why no check rejects them, in the author's words.

ci/mutation.py and the score of the grader use both. In survivors.md a paragraph says why; below it
stand the mutants that it is about, a line each:

    - `function/operator/1a2b3c`: `the line` becomes `the other line`
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from autograder.authoring.proofs import mutants, mutation_operators
from autograder.authoring.proofs.mutation import Fate, Result
from autograder.authoring.proofs.record import Record
from autograder.grading.provenance.sources import graded_code
from autograder.model.assignment import Assignment

_MAKERS = (mutants, mutation_operators)
_REASONS = "survivors.md"
_ROW = re.compile(r"- `([^`]+/[^`]+/[0-9a-f]+)`.*")


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


class Mutation(Record, frozen=True, kw_only=True):
    """How the mutants of a reference were graded."""

    file = "mutation.toml"
    command = "python ci/mutation.py {} --record"
    stale = "another reference, other checks or other mutants"

    seconds: int
    verdicts: dict[str, int]  # that killed; many of TIME_LIMIT: the machine was too busy
    operators: dict[str, Tally]
    survivors: list[Survivor] = msgspec.field(default_factory=list)

    @property
    def made(self) -> int:
        """All mutants."""
        return sum(tally.made for tally in self.operators.values())

    @property
    def killed(self) -> int:
        """Those that a check did not pass."""
        return sum(tally.killed for tally in self.operators.values())

    @classmethod
    def code(cls, assignment: Assignment) -> str:
        """The fingerprint of the reference, the checks, and the code that makes mutants."""
        return graded_code(assignment, beside=[Path(str(module.__file__)) for module in _MAKERS])

    def findings(self, assignment: Assignment) -> Iterator[str]:
        """Survivors without a reason, reasons without a survivor, lines that say something else."""
        reasons = dict(_reasons(assignment))
        for survivor in self.survivors:
            if survivor.row not in reasons:
                yield (
                    f"{_REASONS} does not explain a mutant that no check rejects:"
                    f" {survivor.row[2:]}"
                )
            elif not reasons[survivor.row]:
                yield f"{_REASONS} gives no reason above {survivor.id}"
        rows = {survivor.row for survivor in self.survivors}
        for row in reasons:
            if row not in rows:
                yield f"{_REASONS} explains what is no survivor: {row[2:]}"

    def unexplained(self, assignment: Assignment) -> list[str]:
        """The ids of survivors without a reason."""
        reasons = {row: reason for row, reason in _reasons(assignment) if reason}
        return [survivor.id for survivor in self.survivors if survivor.row not in reasons]

    def table(self) -> Iterator[str]:
        """The mutants by operator, for a terminal."""
        yield f"{'operator':20} {'made':>5} {'killed':>7} {'survived':>9}"
        for name, tally in {**self.operators, "all": Tally(self.made, self.killed)}.items():
            yield f"{name:20} {tally.made:>5} {tally.killed:>7} {tally.made - tally.killed:>9}"
        counts = ", ".join(f"{verdict} {count}" for verdict, count in self.verdicts.items())
        yield f"killed by: {counts or 'no check'}"


def _reasons(assignment: Assignment) -> Iterator[tuple[str, str]]:
    """Each mutant's line in survivors.md, with the paragraphs above it that belong to it."""
    assert assignment.private is not None
    path = assignment.private / _REASONS
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


def mutation_of(assignment: Assignment, results: Sequence[Result], seconds: float) -> Mutation:
    """The record of these results."""
    made = Counter(result.mutant.operator for result in results)
    killed = Counter(r.mutant.operator for r in results if r.fate is Fate.KILLED)
    survived = [result.mutant for result in results if result.fate is Fate.SURVIVED]
    return Mutation(
        **Mutation.now(assignment),
        seconds=round(seconds),
        verdicts=dict(Counter(r.verdict for r in results if r.verdict).most_common()),
        operators={name: Tally(made[name], killed[name]) for name in sorted(made)},
        survivors=[Survivor(mutant.id, mutant.before, mutant.after) for mutant in survived],
    )
