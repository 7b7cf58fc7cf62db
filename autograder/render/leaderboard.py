"""The leaderboard: how far below its budgets the right work of a submission stays.

The HTML report and results.json show it, with two significant digits: more would be noise, and a
submission could write into them what it has seen of hidden inputs.
"""

import msgspec

from autograder.model.outcome import Measurement
from autograder.model.report import Report
from autograder.model.units import show_quantity
from autograder.model.verdict import Verdict

_COMPARED = {"time": "x yardstick", "memory": "bytes"}  # kind -> unit; exponents are not compared


class LeaderboardValue(msgspec.Struct, frozen=True, kw_only=True):
    """One column of the leaderboard: less is better."""

    name: str
    value: float
    unit: str

    @property
    def text(self) -> str:
        """The value with its unit."""
        return show_quantity(self.value, self.unit)


def leaderboard(report: Report) -> tuple[LeaderboardValue, ...]:
    """The measurements of visible checks that passed, each budget once."""
    right = (o for o in report.outcomes if o.verdict is Verdict.PASSED and o.check.visible)
    compared = filter(_is_compared, (m for outcome in right for m in outcome.measurements))
    return tuple({shown.name: shown for shown in map(_rounded, compared)}.values())


def _is_compared(measurement: Measurement) -> bool:
    return _COMPARED.get(measurement.kind) == measurement.unit and not measurement.undecided


def _rounded(measurement: Measurement) -> LeaderboardValue:
    unit = measurement.unit
    name = f"{measurement.name.replace('_', ' ')} ({unit})"
    return LeaderboardValue(name=name, value=float(f"{measurement.value:.2g}"), unit=unit)
