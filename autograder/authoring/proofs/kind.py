"""What every kind of proof has in common: its units, which of them are due, and its findings."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar, Generic, NamedTuple

import msgspec

from autograder.authoring.proofs.code import AssignmentCode
from autograder.authoring.proofs.record import L, read_record
from autograder.grading.declaring.declare import declared_checks
from autograder.grading.declaring.proving_programs import Program, programs_of
from autograder.model.assignment import Assignment
from autograder.model.check import CheckDeclaration
from autograder.model.verdict import Verdict

NEW, CHANGED, OTHERWISE = "never proved", "changed", "not as declared"


class Unit(msgspec.Struct, frozen=True):
    """What is proved at once, and recorded in one line."""

    id: str
    code: str  # fingerprint of all that it depends on


class Ratio(msgspec.Struct, frozen=True):
    """So many out of so many."""

    got: int
    of: int

    def __str__(self) -> str:
        return f"{self.got} of {self.of}"


COUNT, SHARE, NEITHER = "count", "share", "neither"


class ScoreColumn(NamedTuple):
    """One number of the score that README.md shows."""

    name: str
    said: str  # what the number counts
    compared: str = COUNT  # what must not become smaller


class Setting:
    """An assignment whose proofs are looked at: what all kinds ask of it, read once."""

    def __init__(self, assignment: Assignment, root: Path, jobs: int = 1) -> None:
        self.assignment, self.root, self.jobs = assignment, root, jobs

    @cached_property
    def code(self) -> AssignmentCode:
        """For fingerprints."""
        return AssignmentCode(self.assignment)

    @cached_property
    def checks(self) -> tuple[CheckDeclaration, ...]:
        """All checks, hidden ones too."""
        return declared_checks(self.assignment, hidden=True)

    @cached_property
    def programs(self) -> list[Program]:
        """All must-fail programs and accepted variants."""
        return programs_of(self.assignment).usable

    @cached_property
    def accepted(self) -> list[Program]:
        """The accepted variants."""
        return [program for program in self.programs if program.verdict is Verdict.PASSED]


class Kind(ABC, Generic[L]):
    """A kind of proof of one assignment."""

    name: ClassVar[str]  # also of its record
    line: ClassVar[type[Any]]  # of its record
    columns: ClassVar[tuple[ScoreColumn, ...]] = ()  # of the score
    measures: ClassVar[bool] = False  # figures that another machine would not give

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.lines: dict[str, L] = read_record(setting.assignment, self.name, self.line)

    @abstractmethod
    def units(self) -> Iterable[Unit]:
        """All that must be proved, with the fingerprints of today."""

    @abstractmethod
    def prove(self, due: Sequence[Unit], say: Callable[[str], None]) -> Iterator[L]:
        """Prove these, one after the other or several at a time; a line as soon as it is known.

        A unit may come again, with more in its line. Raises GraderError where a proof is impossible
        because of an error of ours.
        """

    def steps(self, due: Sequence[Unit]) -> int:
        """How many lines `prove` will yield."""
        return len(due)

    def findings(self) -> Iterator[str]:
        """What was proved and is not as it should be."""
        for line in self.lines.values():
            yield from (f"{line.unit}: {problem}" for problem in line.found)

    def ratios(self) -> Iterator[Ratio]:
        """The numbers of its columns; by default the units without problems."""
        good = sum(not line.problems for line in self.lines.values())
        yield Ratio(good, len(self.lines))

    def why_due(self, unit: Unit) -> str:
        """Why a unit must be proved, or proved again; empty where its line holds.

        What was not as it should be is tried again: a disturbance of the machine proves nothing.
        """
        known = self.lines.get(unit.id)
        if known is None:
            return NEW
        if known.code != unit.code:
            return CHANGED
        return OTHERWISE if known.found else ""

    @cached_property
    def known_units(self) -> dict[str, Unit]:
        """The units by id."""
        return {unit.id: unit for unit in self.units()}

    def due(self) -> Mapping[str, str]:
        """Why each unit that is due is due, by id."""
        whys = {unit.id: self.why_due(unit) for unit in self.known_units.values()}
        return {unit: why for unit, why in whys.items() if why}

    def gone(self) -> list[str]:
        """Recorded units that are no more."""
        return [unit for unit in self.lines if unit not in self.known_units]
