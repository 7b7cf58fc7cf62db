"""What students may compare themselves by: how far below its budgets right work stays.

Two significant digits: finer ones are noise, and a value that says more could be made to carry
what a submission has seen.
"""

from collections.abc import Iterator

import msgspec

from autograder.model.outcome import Measurement
from autograder.model.report import Report
from autograder.model.units import show_quantity
from autograder.model.verdict import Verdict

_COMPARED = {"time": "x yardstick", "memory": "bytes"}  # kind -> unit; exponents are not compared


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One column of the leaderboard: less is better."""

    name: str
    value: float
    unit: str

    @property
    def text(self) -> str:
        """The value with its unit."""
        return show_quantity(self.value, self.unit)


def leaderboard(report: Report) -> tuple[Entry, ...]:
    """The measurements of visible checks that passed, each budget once."""
    found = {entry.name: entry for entry in _entries(report)}
    return tuple(found.values())


def _entries(report: Report) -> Iterator[Entry]:
    for outcome in report.outcomes:
        if outcome.verdict is Verdict.PASSED and outcome.check.visible:
            yield from map(_entry, filter(_is_compared, outcome.measurements))


def _is_compared(measurement: Measurement) -> bool:
    return _COMPARED.get(measurement.kind) == measurement.unit and not measurement.undecided


def _entry(measurement: Measurement) -> Entry:
    name = f"{measurement.name.replace('_', ' ')} ({measurement.unit})"
    return Entry(name=name, value=float(f"{measurement.value:.2g}"), unit=measurement.unit)
