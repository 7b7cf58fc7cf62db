"""The fixture `measurements`: what the lab measured, as handed in, and what must hold of it.

It is a student's claim: plain data, read with caps, never run. What can be judged is whether it is
whole, says where it is from, and agrees with what can be known beforehand.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from autograder.grading.expect import fail, that
from autograder.model.assignment import Assignment
from autograder.model.errors import ConfigError
from autograder.model.measurements import (
    MEASUREMENTS_FILE,
    Measurements,
    Row,
    Table,
    read_measurements,
)
from autograder.model.outcome import Message
from autograder.model.verdict import Verdict
from autograder.sandbox.faults import StudentFault
from autograder.sandbox.intake import Submission

_TEXTS = ("system", "processor", "python", "numpy", "blas")  # facts of the machine
_COUNTS = ("cores", "memory_bytes", "blas_threads")
_SECONDS = "s"  # the unit of what is timed


class LabRow:
    """One measured case. Its values are asked for by type, because anything may stand there."""

    def __init__(self, experiment: str, row: Row) -> None:
        self._row = row
        self.name = f"{experiment}, {told(row)}"

    def number(self, column: str) -> float:
        """The finite number in this column; anything else is WRONG."""
        value = self._row.get(column)
        that(_is_number(value), f"{self.name}: {column} is {value!r:.40}, not a number")
        return value  # type: ignore[return-value]

    def numbers(self, column: str) -> list[float]:
        """The list of finite numbers in this column, not empty; anything else is WRONG."""
        values = self.values(column)
        complete = None not in values
        that(complete, f"{self.name}: {column} holds null, where a number was not finite")
        return values  # type: ignore[return-value]

    def values(self, column: str) -> list[float | None]:
        """The same list, which may hold None for what was NaN or infinite."""
        value = self._row.get(column)
        fits = isinstance(value, list) and bool(value)
        fits = fits and all(each is None or _is_number(each) for each in value)  # type: ignore[union-attr]
        that(fits, f"{self.name}: {column} is {value!r:.40}, not a list of numbers")
        return value  # type: ignore[return-value]


class LabData:
    """The measurements of a submission."""

    def __init__(self, assignment: Assignment, submission: Submission, notes: list[str]) -> None:
        """Raises StudentFault: NOT_FOUND where there are none, WRONG for what no lab has written.

        Work measured with other files than those handed in leaves a note.
        """
        self._run = f"run `autograder lab {assignment.id}`"
        self._found = self._read(assignment, submission)
        if self._found.files != submission.code_hashes():
            notes.append("the lab was measured with other files than those handed in")

    def number(self, setting: str) -> float:
        """A number among the settings of the lab."""
        return LabRow("settings", self._found.settings).number(setting)

    def rows(self, experiment: str) -> list[LabRow]:
        """All rows of an experiment, of which there is at least one."""
        rows = self._table(experiment).rows
        that(rows, f"the experiment {experiment} has no rows", hint=self._run)
        return [LabRow(experiment, row) for row in rows]

    def row(self, experiment: str, **case: Any) -> LabRow:
        """The row of one case."""
        for row in self._table(experiment).rows:
            if case.items() <= _plain(row).items():
                return LabRow(experiment, row)
        fail(f"{experiment} lacks the case {told(case)}", hint=self._run)
        raise AssertionError  # `fail` has raised

    def complete(self, cases: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
        """Every case of these experiments is measured, at full size."""
        quick = self._found.settings.get("quick")
        that(quick is False, "the lab was run with --quick", hint=f"{self._run} without it")
        for name, wanted in cases.items():
            for failure in self._table(name).failed[:1]:
                what = f"a case of {name} could not be measured: {told(failure.case)}"
                fail(what, " ".join(f"{failure.line} {failure.what[:200]}".split()), hint=self._run)
            for case in wanted:
                self.row(name, **case)

    def described(self) -> None:
        """The machine is told, and the unit of everything that is a number."""
        machine = self._found.machine
        lacking = [name for name in _TEXTS if not machine.get(name)]
        lacking += [name for name in _COUNTS if not _is_positive(machine.get(name))]
        again = f"{self._run} --again"
        that(not lacking, f"the machine's {', '.join(lacking)} is not told", hint=again)
        for name, column in self._columns():
            unit = self._found.experiments[name].units.get(column)
            that(unit, f"{column} in {name} has no unit", hint=again)

    def repeated(self, at_least: int) -> None:
        """Everything timed has so many repeats, as measured, each above zero."""
        hint = f"{self._run} --again: every repeat is kept as it was measured"
        for name, table in self._found.experiments.items():
            for column in (c for c, unit in table.units.items() if unit == _SECONDS):
                for row in self.rows(name):
                    repeats = row.numbers(column)
                    what = f"{row.name}: {column} has {len(repeats)} repeats, not {at_least}"
                    that(len(repeats) >= at_least, what, hint=hint)
                    that(min(repeats) > 0, f"{row.name}: {column} holds what is no time", hint=hint)

    def _read(self, assignment: Assignment, submission: Submission) -> Measurements:
        data = submission.files.get(MEASUREMENTS_FILE)
        if data is None:
            hint = f"{self._run} in the folder of {assignment.module}; `pack` takes the file along"
            missing = Message(f"{MEASUREMENTS_FILE} is not in the submission", hint=hint)
            raise StudentFault(Verdict.NOT_FOUND, missing)
        try:
            found = read_measurements(data)
        except ConfigError as error:
            what, hint = f"{MEASUREMENTS_FILE} cannot be read: {error}", f"{self._run} --again"
            raise StudentFault(Verdict.WRONG, Message(what, hint=hint)) from None
        of_this = found.assignment == assignment.id
        that(of_this, f"{MEASUREMENTS_FILE} is of another assignment", hint=self._run)
        return found

    def _table(self, name: str) -> Table:
        measured = name in self._found.experiments
        that(measured, f"the experiment {name} was not measured", hint=self._run)
        return self._found.experiments[name]

    def _columns(self) -> Iterator[tuple[str, str]]:
        """Experiment and column of all cells that hold numbers."""
        for name, table in self._found.experiments.items():
            for row in table.rows:
                for column, value in row.items():
                    first = value[0] if isinstance(value, list) and value else value
                    if _is_number(first):
                        yield name, column


def told(case: Mapping[str, Any]) -> str:
    """A case in words; lists, which are what was measured, are left out."""
    return ", ".join(f"{name} {value}" for name, value in _plain(case).items())[:100]


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if not isinstance(value, list)}


def _is_number(value: object) -> bool:
    """One that can be computed with; JSON has no NaN and no infinity, but integers of any size."""
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < 1e300


def _is_positive(value: object) -> bool:
    return isinstance(value, int) and value > 0
