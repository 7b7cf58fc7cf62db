"""The fixture `measurements`: what the lab measured, as handed in, and what must hold of it.

It is a student's claim: plain data, read with caps, never run. What can be judged is whether it is
whole, says where it is from, and agrees with what theory says exactly.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from autograder.grading.expect import fail, that
from autograder.model.assignment import Assignment
from autograder.model.errors import ConfigError
from autograder.model.measurements import MEASUREMENTS_FILE, Row, Table, read_measurements
from autograder.model.outcome import Message
from autograder.model.verdict import Verdict
from autograder.sandbox.faults import StudentFault
from autograder.sandbox.intake import Submission

_FACTS = ("system", "processor", "python", "numpy", "blas")
_COUNTS = ("cores", "memory_bytes", "blas_threads")
_SECONDS = "s"  # the unit of what is timed


class LabData:
    """The measurements of a submission.

    Raises StudentFault: NOT_FOUND where there are none, WRONG for a file that the lab did not
    write like this. Work measured with other files than those handed in leaves a note.
    """

    def __init__(self, assignment: Assignment, submission: Submission, notes: list[str]) -> None:
        self._run = f"run `autograder lab {assignment.id}`"
        data = submission.files.get(MEASUREMENTS_FILE)
        if data is None:
            hint = f"{self._run} in the folder of {assignment.module}; `pack` takes the file along"
            missing = Message(f"{MEASUREMENTS_FILE} is not in the submission", hint=hint)
            raise StudentFault(Verdict.NOT_FOUND, missing)
        try:
            self._found = read_measurements(data)
        except ConfigError as error:
            fail(f"{MEASUREMENTS_FILE} cannot be read: {error}", hint=f"{self._run} --again")
        if self._found.assignment != assignment.id:
            other = self._found.assignment[:40]
            fail(f"{MEASUREMENTS_FILE} is of another assignment, {other!r}", hint=self._run)
        hashes = submission.hashes()
        if any(self._found.files.get(name) != hashes[name] for name in assignment.submit):
            notes.append("the lab was measured with other files than those handed in")

    @property
    def settings(self) -> Row:
        """The data, the sizes and the step sizes of the run."""
        return self._found.settings

    def rows(self, experiment: str, *columns: str) -> list[dict[str, Any]]:
        """The rows of an experiment, each of which has these columns."""
        rows = self._table(experiment).rows
        for row in rows:
            for name in columns:
                that(name in row, f"a row of {experiment} has no column {name!r}", _told(row))
        return rows

    def complete(self, cases: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
        """Every case of these experiments is measured, at full size."""
        quick = self._found.settings.get("quick")
        that(quick is False, "the lab was run with --quick", hint=f"{self._run} without it")
        for name, wanted in cases.items():
            table = self._table(name)
            for failure in table.failed[:1]:
                what = f"a case of {name} could not be measured: {_told(failure.case)}"
                fail(what, failure.what[:200], hint=f"mend {failure.line}, then {self._run}")
            for case in wanted:
                measured = any(case.items() <= row.items() for row in table.rows)
                that(measured, f"{name} lacks the case {_told(case)}", hint=self._run)

    def described(self) -> None:
        """The machine is told, and the unit of everything that is a number."""
        machine = self._found.machine
        told = [bool(machine.get(name)) for name in _FACTS]
        told += [isinstance(n := machine.get(name), int) and n > 0 for name in _COUNTS]
        for name, is_told in zip((*_FACTS, *_COUNTS), told, strict=True):
            that(is_told, f"the machine's {name} is not told", hint=f"{self._run} --again")
        for name, table in self._found.experiments.items():
            for row in table.rows:
                for column in filter(lambda column: _is_number(row[column]), row):
                    named = bool(table.units.get(column))
                    that(named, f"{column!r} in {name} has no unit", hint=f"{self._run} --again")

    def repeated(self, at_least: int) -> None:
        """Everything timed has so many repeats, as measured, in seconds above zero."""
        for name, table in self._found.experiments.items():
            for column in (c for c, unit in table.units.items() if unit == _SECONDS):
                for row in table.rows:
                    self._require_repeats(f"{column!r} in {name}", row, row.get(column), at_least)

    def _require_repeats(self, what: str, row: Row, value: Any, at_least: int) -> None:
        hint = f"{self._run} --again: every repeat is kept as it was measured"
        repeats = value if isinstance(value, list) else []
        found = f"{_told(row)}: {len(repeats)} repeats" if repeats else _told(row)
        that(len(repeats) >= at_least, f"{what} needs {at_least} repeats", found, hint=hint)
        positive = all(isinstance(each, (int, float)) and each > 0 for each in repeats)
        that(positive, f"{what} holds what is no time", _told(row), hint=hint)

    def _table(self, name: str) -> Table:
        if name not in self._found.experiments:
            fail(f"the experiment {name} was not measured", hint=self._run)
        return self._found.experiments[name]


def _is_number(value: Any) -> bool:
    first = value[0] if isinstance(value, list) and value else value
    return isinstance(first, (int, float)) and not isinstance(first, bool)


def _told(row: Mapping[str, Any]) -> str:
    """A case in words; lists, which are what was measured, are left out."""
    plain = (f"{name} {value}" for name, value in row.items() if not isinstance(value, list))
    return ", ".join(plain)[:200]
