"""The protocol of time budgets, on machines whose clocks the tests set."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from autograder.grading.budgets.sign_test import MOST, Zone
from autograder.grading.budgets.timing import SAMPLE_S, Sample, Timed, Timing, compare
from autograder.worker.yardstick import Replay

Seconds = Callable[[int], float]


class Machine:
    """A machine: starts sides whose seconds are functions of the pair, and keeps a log."""

    def __init__(self, student: Seconds, yardstick: Seconds, itself: Seconds | None = None) -> None:
        self.student, self.yardstick, self.itself = student, yardstick, itself
        self.log: list[tuple[str, int, int]] = []
        self.rounds = 0

    @contextmanager
    def sides(self) -> Iterator[tuple[Timed, Timed]]:
        """A fresh pair of sides."""
        self.rounds += 1
        yield Side(self, "student", self.student), Side(self, "yardstick", self.yardstick)

    def compare(self, limit: float = 3.0, seed: int = 1) -> Timing:
        """The protocol's answer."""
        return compare(self.sides, limit, random.Random(seed))

    def pairs(self) -> int:
        """How many were measured, without the first calls."""
        return sum(pair > 0 for pair, _ in self.of("student"))

    def of(self, name: str) -> list[tuple[int, int]]:
        """Pairs and calls of one side, in order."""
        return [(pair, calls) for side, pair, calls in self.log if side == name]


class Side:
    """One side of the pairs on a machine."""

    def __init__(self, machine: Machine, name: str, seconds: Seconds) -> None:
        self._machine, self._name, self._seconds = machine, name, seconds
        self._last = 0

    def sample(self, pair: int, calls: int) -> Sample:
        """The seconds of this pair; a second sample of the same pair may differ."""
        self._machine.log.append((self._name, pair, calls))
        again, self._last = pair == self._last and pair > 0, pair
        clock = self._machine.itself if again and self._machine.itself else self._seconds
        seconds = calls * clock(pair)
        return Sample(seconds, 2 * seconds)


def test_an_honest_call_is_within_after_seven_pairs_and_one_round() -> None:
    """Ratio, interval, pairs and the share of the processor are those of the clocks."""
    machine = Machine(lambda n: 0.1, lambda n: 0.05)
    assert machine.compare()[:6] == (Zone.WITHIN, 2.0, 2.0, 2.0, 7, 2.0)
    assert machine.rounds == 1
    assert [pair for pair, _ in machine.of("student")] == [0, 1, 2, 3, 4, 5, 6, 7]


def test_a_machine_that_changes_its_speed_does_not_change_the_ratio() -> None:
    """Both halves of a pair are slowed alike."""
    drift = [1 + n % 5 for n in range(MOST + 1)]
    timing = Machine(lambda n: 0.1 * drift[n], lambda n: 0.05 * drift[n]).compare()
    assert timing.ratio == timing.low == timing.high == 2.0


def test_too_slow_must_be_said_by_two_pairs_of_workers() -> None:
    """17 pairs each, and in the second round the yardstick is compared with itself."""
    machine = Machine(lambda n: 0.2, lambda n: 0.05)
    timing = machine.compare()
    assert (timing.zone, timing.ratio, timing.pairs, machine.rounds) == (Zone.OVER, 4.0, 34, 2)
    assert len(machine.of("yardstick")) == 2 + 17 + 2 + 2 * 17


def test_a_slow_spell_in_the_first_round_costs_nothing() -> None:
    """A second round that is within makes the whole undecided, which passes."""
    calls = iter([0.2] * 18 + [0.05] * 100)
    assert Machine(lambda n: next(calls), lambda n: 0.05).compare().zone is Zone.OPEN


def test_what_is_just_over_the_limit_is_undecided() -> None:
    """Within a tenth of the limit another processor may say otherwise."""
    assert Machine(lambda n: 0.05 * 3.2, lambda n: 0.05).compare().zone is Zone.OPEN
    assert Machine(lambda n: 0.05 * 3.4, lambda n: 0.05).compare().zone is Zone.OVER


def test_noise_around_the_limit_ends_undecided_after_the_most_pairs() -> None:
    """Half of the pairs above, half below, to the end, in both rounds."""
    timing = Machine(lambda n: 0.05 * (2.0 if n % 2 else 4.5), lambda n: 0.05).compare()
    assert (timing.zone, timing.pairs) == (Zone.OPEN, 2 * MOST)
    assert timing.low < 3.0 < timing.high


@pytest.mark.parametrize(
    ("itself", "expected"),
    [
        (lambda n: 0.05, Zone.OVER),
        (lambda n: 0.054, Zone.OVER),  # off by less than a tenth
        (lambda n: 0.07, Zone.OPEN),  # a machine on which the second is slower
        (lambda n: 0.05 * (3.0 if n % 2 else 1 / 3), Zone.OPEN),  # one that measures nothing
    ],
)
def test_a_machine_that_cannot_measure_one_thing_twice_decides_nothing(
    itself: Seconds, expected: Zone
) -> None:
    """The yardstick against itself must be close to one, in the middle and in its spread."""
    assert Machine(lambda n: 0.2, lambda n: 0.05, itself).compare().zone is expected


def test_what_is_far_too_slow_is_found_on_a_noisy_machine_and_soon() -> None:
    """The noise is judged against the excess: a ratio of 400 survives a factor of three."""
    noisy = Machine(lambda n: 20.0, lambda n: 0.05, lambda n: 0.05 * (3.0 if n % 2 else 1 / 3))
    timing = noisy.compare()
    assert (timing.zone, timing.pairs) == (Zone.OVER, 6)


def test_who_runs_out_of_time_by_noise_is_undecided() -> None:
    """No time for another pair, or for the second round: it passes."""
    machine = Machine(lambda n: 0.1, lambda n: 0.05)
    timing = compare(machine.sides, 3.0, random.Random(1), lambda: 9.0 - 5.0 * machine.pairs())
    assert (timing.zone, timing.pairs) == (Zone.OPEN, 1)
    slow = Machine(lambda n: 0.2, lambda n: 0.05)
    timing = compare(slow.sides, 3.0, random.Random(1), lambda: 18.0 - slow.pairs())
    assert (timing.zone, timing.pairs, slow.rounds) == (Zone.OPEN, 17, 1)


def test_who_runs_out_of_time_by_being_far_too_slow_goes_on() -> None:
    """To the verdict, or to the deadline of a call: slowness is no way past a budget."""
    machine = Machine(lambda n: 1.0, lambda n: 0.05)
    timing = compare(machine.sides, 3.0, random.Random(1), lambda: -1.0)
    assert (timing.zone, machine.rounds) == (Zone.OVER, 2)


def test_the_order_within_pairs_is_random_and_halves_stay_adjacent() -> None:
    """Neither side always comes first, and the yardstick's two samples are never parted."""
    machine = Machine(lambda n: 0.2, lambda n: 0.05)
    machine.compare()
    by_pair: dict[int, list[str]] = {}
    for name, pair, _ in machine.log[-3 * 17 :]:
        by_pair.setdefault(pair, []).append(name)
    orders = {tuple(names) for names in by_pair.values()}
    assert orders == {
        ("student", "yardstick", "yardstick"),
        ("yardstick", "yardstick", "student"),
    }


def test_short_samples_are_made_of_several_calls_as_the_yardstick_wants() -> None:
    """As many as take long enough at the limit: the student cannot change how much work it has."""
    machine = Machine(lambda n: 0.001, lambda n: 0.02 * SAMPLE_S)
    machine.compare()
    assert {calls for pair, calls in machine.of("student") if pair} == {10}
    machine = Machine(lambda n: 10.0, lambda n: 0.3 * SAMPLE_S)
    machine.compare()
    assert {calls for pair, calls in machine.of("student") if pair} == {1}


def test_a_yardstick_may_name_functions_of_linear_algebra() -> None:
    """A dotted name is one of a module of numpy, such as np.linalg.inv."""
    replay = Replay()
    operation = {"op": "linalg.inv", "shapes": [(3, 3)], "dtype": "float64", "axis": None}
    replay.prepare([{**operation, "count": 2}], interpreter_steps=0, seed=1)
    replay.run(1)
