"""CPU time of a student's call as a multiple of a yardstick timed in the same moments.

Pairs of one student sample and one yardstick sample, adjacent and in random order; the median of
their log ratios. The clocks are read by the grader, outside both workers.
"""

import math
import random
import statistics
from typing import NamedTuple, Protocol

SAMPLE_S = 0.05  # shorter samples drown in the clock reads and in cache effects
PAIRS = 15


class Timed(Protocol):
    """Something that can be run on new inputs and tells its CPU seconds."""

    def prepare(self, pair: int) -> None:
        """Make new inputs; not timed."""

    def run(self) -> float:
        """Run once; gives the CPU seconds."""

    def verify(self) -> None:
        """Look at the result of the timed run; raises if it is wrong."""


class Ratio(NamedTuple):
    """The median ratio, and the middle half of the single ones."""

    median: float
    low: float
    high: float
    pairs: int


def compare(student: Timed, yardstick: Timed, rng: random.Random) -> Ratio:
    """Time `PAIRS` pairs, after one call of each that is not counted."""
    turns = [_turns(timed) for timed in (student, yardstick)]
    logs = []
    for pair in range(1, PAIRS + 1):
        sides = [(student, turns[0]), (yardstick, turns[1])]
        order = [0, 1] if rng.random() < 0.5 else [1, 0]
        seconds = {side: _sample(*sides[side], pair) for side in order}
        logs.append(math.log(seconds[0] / seconds[1]))
    quarter, _, upper = statistics.quantiles(logs, n=4)
    middle = statistics.median(logs)
    return Ratio(math.exp(middle), math.exp(quarter), math.exp(upper), PAIRS)


def _turns(timed: Timed) -> int:
    """How many runs make a sample of `SAMPLE_S`; the first call warms caches and is discarded."""
    timed.prepare(0)
    timed.run()
    timed.verify()
    return max(1, math.ceil(SAMPLE_S / max(timed.run(), 1e-6)))


def _sample(timed: Timed, turns: int, pair: int) -> float:
    timed.prepare(pair)
    seconds = sum(timed.run() for _ in range(turns)) / turns
    timed.verify()
    return max(seconds, 1e-9)
