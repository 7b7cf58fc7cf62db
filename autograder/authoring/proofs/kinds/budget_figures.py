"""The figures of a budget: what right and wrong programs take of it, and whether it can decide.

The proof of budgets computes them from its readings; tests compare handouts' figures with them.
"""

import math
import statistics
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec

from autograder.model.outcome import Measurement

REFERENCE = "reference"
CLOCK = "x yardstick"  # the unit of what a clock decides
MARGIN = 1.25  # between what passes and the budget, and between one condition and another
TOO_SLOW = 2.5  # times the budget: what must fail


class Reading(NamedTuple):
    """One measurement of one program."""

    program: str  # REFERENCE, or folder/name
    condition: str
    measurement: Measurement
    caught_elsewhere: bool = False  # by another budget of the same check

    @property
    def value(self) -> float:
        """What was measured, in the budget's unit."""
        return self.measurement.value

    @property
    def is_time(self) -> bool:
        """Whether a clock measured it."""
        return self.measurement.unit == CLOCK


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """One budget, in its own unit."""

    unit: str
    budget: float
    reference: float  # the median over all conditions
    lowest: float  # of the reference's medians, by condition
    highest: float
    highest_accepted: float
    which_accepted: str
    lowest_too_much: float = 0.0  # 0: no must-fail program of this kind is caught by its check
    which_too_much: str = ""

    @property
    def drift(self) -> float:
        """The highest median over the lowest: conditions should not change it."""
        return self.highest / self.lowest if self.lowest > 0 else 1.0

    def refusals(self) -> Iterator[str]:
        """Why right work could fail this budget, or wrong work pass it, on some machine."""
        if self.unit != CLOCK:  # counts are the same everywhere: `verify` compares them
            return
        if not self.which_too_much:
            yield "no must-fail program is caught by its clock: write one"
        elif not self._fits:
            yield (
                f"{self.which_accepted} takes {self.highest_accepted:.2f} x and"
                f" {self.which_too_much} {self.lowest_too_much:.2f} x; the budget of"
                f" {self.budget:g} x must be {MARGIN} times the first and the second {TOO_SLOW}"
                f" times the budget: {self._proposal()}"
            )
        if self.drift > MARGIN:
            yield (
                f"the reference takes {self.lowest:.2f} x to {self.highest:.2f} x by"
                f" condition, a drift of {self.drift:.2f}: the yardstick does other work than it;"
                " see `autograder prove ID --propose`"
            )

    @property
    def _fits(self) -> bool:
        """Whether right and wrong programs are far enough from the budget on both sides."""
        low, high = self._fitting
        return low <= self.budget <= high

    @property
    def _fitting(self) -> tuple[float, float]:
        """The least and the largest budget that keep both distances."""
        return self.highest_accepted * MARGIN, self.lowest_too_much / TOO_SLOW

    def _proposal(self) -> str:
        low, high = self._fitting
        if low <= high:
            return f"a budget of {math.sqrt(low * high):.2g} x fits"
        return (
            "the two are too close to be told apart; size the problem so that the second is slower"
        )

    def row(self) -> str:
        """Its cells in the table."""
        values = (self.budget, self.reference, self.highest_accepted, self.lowest_too_much)
        return " ".join(f"{value:>10.4g}" for value in values) + f" {self.drift:.2f}"


def figures(readings: Sequence[Reading]) -> dict[str, Figure]:
    """By budget, for those that the reference was measured against.

    A budget that allows different amounts, as of two optimisers, has a figure for each.
    """
    found = {}
    for name in dict.fromkeys(reading.measurement.name for reading in readings):
        mine = [reading for reading in readings if reading.measurement.name == name]
        amounts = sorted({r.measurement.budget for r in mine if r.program == REFERENCE})
        for amount in amounts:
            label = name if len(amounts) == 1 else f"{name} of {amount:.4g}"
            found[label] = _figure([r for r in mine if r.measurement.budget == amount])
    return found


def _figure(readings: list[Reading]) -> Figure:
    own = [r for r in readings if r.program == REFERENCE]
    medians = [
        statistics.median(r.value for r in own if r.condition == condition)
        for condition in dict.fromkeys(r.condition for r in own)
    ]
    right = [r for r in readings if r.program == REFERENCE or r.program.startswith("accepted/")]
    # what a witness of a count has caught is within the count itself; and what another budget of
    # the check has caught says nothing about this one
    wrong = [
        r
        for r in readings
        if r not in right
        and not r.caught_elsewhere
        and (own[0].is_time or not r.measurement.within)
    ]
    most = max(right, key=lambda r: r.value)
    least = min(wrong, key=lambda r: r.value, default=None)
    return Figure(
        unit=own[0].measurement.unit,
        budget=own[0].measurement.budget,
        reference=statistics.median(r.value for r in own),
        lowest=min(medians),
        highest=max(medians),
        highest_accepted=most.value,
        which_accepted=most.program,
        lowest_too_much=least.value if least else 0.0,
        which_too_much=least.program if least else "",
    )
