"""An exact sequential sign test: do paired ratios lie below a limit, or above it?

If half of all pairs were above the limit, how likely is it that so many, or so few, are? Nothing is
assumed of how the noise is distributed, only that pairs are independent: a burst that doubles one
sample moves one pair and not the answer. Called by `timing` and `speedup`.
"""

import math
from collections.abc import Sequence
from enum import Enum

FEWEST, MOST = 7, 41  # pairs
_WITHIN = 1e-2  # how unlikely the outcome must be to call it within: 7 of 7
_OVER = 1e-5  # and to call it over, which costs points: 17 of 17
# Far over the limit fewer pairs do: noise that moves one pair by such a factor is rare itself.
_UNANIMOUS = ((3, 8.0), (FEWEST, 2.0))  # all of so many pairs above so many times the limit


class Zone(Enum):
    """Where the median of the ratios lies."""

    WITHIN = "within"
    OVER = "over"
    OPEN = "too noisy to tell"


def at_least(successes: int, trials: int) -> float:
    """The probability of at least so many heads in `trials` throws of a fair coin."""
    return math.fsum(math.comb(trials, k) for k in range(successes, trials + 1)) / 2.0**trials


def zone(ratios: Sequence[float], limit: float) -> Zone:
    """What the ratios so far show; OPEN asks for another pair, if there may be one."""
    pairs, over = len(ratios), sum(ratio > limit for ratio in ratios)
    for few, times in _UNANIMOUS:
        if pairs >= few and min(ratios) > times * limit:
            return Zone.OVER
    if pairs < FEWEST:
        return Zone.OPEN
    if at_least(over, pairs) < _OVER:
        return Zone.OVER
    return Zone.WITHIN if at_least(pairs - over, pairs) < _WITHIN else Zone.OPEN


def median_interval(values: Sequence[float], confidence: float = 0.95) -> tuple[float, float]:
    """Two of the values between which the true median lies with at least this probability.

    With too few values for that, the smallest and the largest.
    """
    ordered, cut = sorted(values), 0  # `cut` of the smallest and of the largest are left out
    while 2 * at_least(len(ordered) - cut - 1, len(ordered)) <= 1 - confidence:
        cut += 1
    return ordered[cut], ordered[-1 - cut]
