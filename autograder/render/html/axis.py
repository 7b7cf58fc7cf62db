"""One axis of a chart: its range, whether it is logarithmic, where its ticks stand."""

import math
import statistics
from collections.abc import Iterable
from typing import NamedTuple

LARGEST = 1e300  # beyond it, differences overflow
SMALLEST = 1e-300
LOG_RATIO = 100  # from here on, a linear axis shows the largest values only
MOST_TICKS = 6


class Axis(NamedTuple):
    """The values from `low` to `high`, `low < high`."""

    low: float
    high: float
    log: bool = False

    def place(self, value: float) -> float:
        """Where the value stands: 0 at `low`, 1 at `high`."""
        low, high, value = (self._scaled(v) for v in (self.low, self.high, clamped(value)))
        return (value - low) / (high - low)

    def ticks(self) -> list[float]:
        """Round numbers within the range, few enough to label."""
        return self._log_ticks() if self.log else self._linear_ticks()

    def _scaled(self, value: float) -> float:
        return math.log10(max(value, SMALLEST)) if self.log else value

    def _linear_ticks(self) -> list[float]:
        step = nice_step(self.low, self.high)
        first, last = math.ceil(self.low / step - 1e-9), math.floor(self.high / step + 1e-9)
        return [number * step for number in range(first, last + 1)]

    def _log_ticks(self) -> list[float]:
        first, last = math.floor(math.log10(self.low)), math.ceil(math.log10(self.high))
        stride = -(-(last - first) // MOST_TICKS)
        factors = (1, 2, 5) if last - first <= 3 else (1,)
        powers = range(first, last + 1, stride)
        values = (factor * 10.0**power for power in powers for factor in factors)
        return [v for v in values if self.low * (1 - 1e-9) <= v <= self.high * (1 + 1e-9)]


def clamped(value: float) -> float:
    """The value, brought near enough to zero to compute with."""
    return min(max(value, -LARGEST), LARGEST)


def nice_step(low: float, high: float) -> float:
    """The 1, 2 or 5 times a power of ten that gives at most `MOST_TICKS` intervals."""
    rough = max((high - low) / MOST_TICKS, SMALLEST)
    power = 10.0 ** math.floor(math.log10(rough))
    return next(power * factor for factor in (1, 2, 5, 10, 20) if power * factor >= rough)


def axis_of(values: Iterable[float], *, round_ends: bool = False) -> Axis:
    """The axis for these values; those that are not finite do not count.

    Logarithmic when most values crowd at the low end of a wide positive range. `round_ends` widens
    a linear axis to its next ticks.
    """
    finite = sorted(clamped(value) for value in values if math.isfinite(value))
    if not finite:
        return Axis(0.0, 1.0)
    low, high = finite[0], finite[-1]
    crowded = statistics.median(finite) < low + (high - low) / 4
    if low > SMALLEST and high / low >= LOG_RATIO and crowded:
        return Axis(low, high, log=True)
    if not high - low > abs(high) * 1e-12:
        margin = abs(high) / 10 or 0.5
        low, high = low - margin, high + margin
    if round_ends:
        step = nice_step(low, high)
        low, high = math.floor(low / step) * step, math.ceil(high / step) * step
    return Axis(low, high)
