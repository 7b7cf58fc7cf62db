"""Speed-up: the protocol on clocks that the tests rule, usable CPUs, and what a grading says."""

import math
import os
import random
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest

from autograder.grading.budgets import speedup as speedup_budget
from autograder.grading.budgets import usable_cpus
from autograder.grading.budgets.fixture import Budgets
from autograder.grading.budgets.sign_test import MOST, Zone
from autograder.grading.budgets.speedup import compare_workers
from autograder.grading.budgets.timing import SAMPLE_S, Pair, Sample, Timing
from autograder.grading.budgets.usable_cpus import allowed_cpus, busy_cpus
from autograder.grading.context.check_run import CheckRun
from autograder.grading.context.request import Modes
from autograder.grading.context.seeds import Seed
from autograder.machine.facts import usable_cpus as bound_cpus
from autograder.model.assignment import load_assignment
from autograder.model.verdict import Verdict
from autograder.sandbox.faults import StudentFault
from autograder.tests.grading.tiny import Tiny, by_name, check_source, text_of

Seconds = Callable[[int, int], float]  # (round, pair) -> wall seconds of the many


class Machine:
    """One worker takes SAMPLE_S a call; a function says how many times that several take."""

    def __init__(self, seconds: Seconds, obstacle: str = "") -> None:
        self.seconds, self._obstacle = seconds, obstacle
        self.rounds, self.asked = 0, 0
        self.log: list[tuple[int, int, int]] = []  # pair, workers, calls

    @contextmanager
    def start(self) -> Iterator[Pair]:
        """Fresh processes."""
        self.rounds += 1
        yield Side(self, 1), Side(self, 2)

    def ask(self) -> str:
        """Why the machine cannot decide."""
        self.asked += 1
        return self._obstacle

    def compare(self, required: float = 1.5) -> Timing:
        """The protocol's answer."""
        return compare_workers(self.start, required, random.Random(1), self.ask)


class Side:
    """The calls with one worker, or with two."""

    def __init__(self, machine: Machine, workers: int) -> None:
        self._machine, self._workers = machine, workers

    def sample(self, pair: int, calls: int) -> Sample:
        """Two workers take 1.2 x the CPU time of one."""
        self._machine.log.append((pair, self._workers, calls))
        if self._workers == 1:
            return Sample(calls * SAMPLE_S, calls * SAMPLE_S)
        wall_s = calls * SAMPLE_S * self._machine.seconds(self._machine.rounds, pair)
        return Sample(1.2 * calls * SAMPLE_S, wall_s)


def test_enough_speed_up_is_found_in_seven_pairs() -> None:
    """Ratio, interval, pairs and the CPU time above that of one worker are those of the clocks."""
    machine = Machine(lambda _, pair: 0.55)
    found = machine.compare()
    assert found[:5] == (Zone.WITHIN, 0.55, 0.55, 0.55, 7)
    assert found.overhead == pytest.approx(1.2)
    assert (machine.rounds, machine.asked) == (1, 0)


def test_too_little_must_be_said_twice_and_by_a_machine_that_is_free() -> None:
    """Two rounds of 17 pairs, and then the CPUs are looked at once more."""
    machine = Machine(lambda _, pair: 1.0)
    found = machine.compare()
    assert (found.zone, found.pairs, machine.rounds, machine.asked) == (Zone.OVER, 34, 2, 1)
    assert Machine(lambda _, pair: 1.0, "others are using them").compare().zone is Zone.OPEN
    assert Machine(lambda n, pair: 1.0 if n == 1 else 0.5).compare().zone is Zone.OPEN


def test_what_is_just_too_little_is_undecided() -> None:
    """Within a tenth of what is asked another machine may say otherwise."""
    assert Machine(lambda _, pair: 1.09 / 1.5).compare().zone is Zone.OPEN
    assert Machine(lambda _, pair: 1.11 / 1.5).compare().zone is Zone.OVER


def test_noise_ends_undecided_after_the_most_pairs() -> None:
    """Half of the pairs fast enough, half too slow, to the end."""
    found = Machine(lambda _, pair: 1.0 if pair % 2 else 0.5).compare()
    assert (found.zone, found.pairs) == (Zone.OPEN, MOST)


def test_the_order_is_random_and_both_halves_have_as_many_calls() -> None:
    """Neither always comes first."""
    machine = Machine(lambda _, pair: 1.0)
    machine.compare()
    timed = [row for row in machine.log if row[0]]
    assert {row[2] for row in timed} == {1}
    assert {timed[n][1] for n in range(0, len(timed), 2)} == {1, 2}
    assert all(timed[n][0] == timed[n + 1][0] for n in range(0, len(timed), 2))


def _first_version(quota: str, group: str = "") -> dict[str, str]:
    folder = f"sys/fs/cgroup/cpu/{group}"
    return {f"{folder}cpu.cfs_quota_us": quota, f"{folder}cpu.cfs_period_us": "100000"}


@pytest.mark.parametrize(
    ("files", "quota"),
    [
        ({"sys/fs/cgroup/cpu.max": "50000 100000"}, 0.5),
        ({"sys/fs/cgroup/cpu.max": "max 100000"}, math.inf),
        (_first_version("25000"), 0.25),
        (_first_version("-1"), math.inf),
        ({"proc/self/cgroup": "0::/a/b", "sys/fs/cgroup/a/cpu.max": "70000 100000"}, 0.7),
        (
            {"proc/self/cgroup": "4:cpu,cpuacct:/x\n3:memory:/y"} | _first_version("60000", "x/"),
            0.6,
        ),
        ({}, math.inf),
    ],
)
def test_quotas_of_both_versions_of_cgroups_count(
    tmp_path: Path, files: dict[str, str], quota: float
) -> None:
    """The least of the quotas above this process and the CPUs it is bound to."""
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text + "\n")
    assert allowed_cpus(tmp_path) == min(quota, bound_cpus())


@pytest.mark.parametrize(
    ("cpus", "busy", "reason"),
    [
        (0.5, 0.0, "0.5 usable CPUs for 2 workers"),
        (2.0, 1.1, "2 busy processes do the work of 1.1: cores are shared or in use"),
        (2.0, 1.6, ""),
    ],
)
def test_each_obstacle_is_named(
    monkeypatch: pytest.MonkeyPatch, cpus: float, busy: float, reason: str
) -> None:
    """Too few CPUs, CPUs that others use, or none."""
    monkeypatch.setattr(usable_cpus, "allowed_cpus", lambda: cpus)
    monkeypatch.setattr(usable_cpus, "busy_cpus", lambda workers: busy)
    assert usable_cpus.obstacle(2) == reason


def test_busy_processes_say_what_they_got() -> None:
    """Each of them does some work; how much, is the machine's matter."""
    assert busy_cpus(2) > 0


def test_work_is_counted_in_that_of_one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two threads of one core do the work of fewer than two."""
    work = {1: 100.0, 2: 130.0}
    monkeypatch.setattr("autograder.grading.budgets.usable_cpus._work", work.__getitem__)
    assert busy_cpus(2) == 1.3


TOML = """
[budgets.parallel]
speedup = 1.5
[budgets.impossible]
speedup = 2.5
"""
STUDENT = """
import os
from concurrent.futures import ThreadPoolExecutor
from hashlib import pbkdf2_hmac
def work(number):
    return pbkdf2_hmac("sha256", b"%d" % number, b"salt", 20_000).hex()
def parallel(numbers, workers):
    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(work, numbers))
def serial(numbers, workers):
    return [work(number) for number in numbers]
def wrong(numbers, workers):
    return ["" for number in numbers]
"""
DATA = """
import hashlib
def inputs(rng, workers):
    return [int(n) for n in rng.integers(10**6, size=8)], workers
def expected(numbers, workers):
    return [hashlib.pbkdf2_hmac("sha256", b"%d" % n, b"salt", 20_000).hex() for n in numbers]
def verify(arguments, value, want):
    expect.equal(value, want)
"""
CALL = "inputs=inputs, expected=expected, verify=verify)"


@pytest.mark.alone
def test_a_grading_measures_it_or_says_that_it_cannot(tmp_path: Path) -> None:
    """Serial work is over where two CPUs are free, elsewhere it passes with a note."""
    tiny = Tiny(tmp_path / "course")
    tiny.toml(TOML, call_s=10, check_s=60)
    names = ("parallel", "serial", "wrong")
    checks = [check_source(n, f"budgets.speedup('parallel', student.{n}, {CALL}") for n in names]
    checks += [check_source("impossible", f"budgets.speedup('impossible', student.serial, {CALL}")]
    path = tiny.checks("".join(checks))
    path.write_text(path.read_text() + DATA)
    outcomes = by_name(tiny.grade(STUDENT))
    assert outcomes["wrong"].verdict is Verdict.WRONG, outcomes["wrong"].staff
    assert outcomes["impossible"].verdict is Verdict.GRADER_ERROR
    assert "2 workers cannot be 2.5 x as fast" in outcomes["impossible"].staff
    assert outcomes["parallel"].verdict is Verdict.PASSED, text_of(outcomes["parallel"])
    serial = outcomes["serial"]
    (measurement,) = serial.measurements
    if measurement.undecided:  # a machine with one CPU, or a busy one
        assert serial.verdict is Verdict.PASSED
        assert "so it passes" in serial.note or "not measurable here, not counted" in serial.note
    else:
        assert serial.verdict is Verdict.OVER_TIME_BUDGET
        assert "x as fast as one; 1.5 x is asked" in text_of(serial)


@pytest.mark.skipif(sys.platform != "linux", reason="CPU affinity is Linux's")
def test_on_one_cpu_nothing_is_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Bound to one CPU, serial work passes with the reason beside it."""
    tiny = Tiny(tmp_path / "course")
    tiny.toml(TOML, call_s=10, check_s=60)
    path = tiny.checks(
        check_source("serial", f"budgets.speedup('parallel', student.serial, {CALL}")
    )
    path.write_text(path.read_text() + DATA)
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(before)})
    try:
        outcome = by_name(tiny.grade(STUDENT))["serial"]
    finally:
        os.sched_setaffinity(0, before)
    assert outcome.verdict is Verdict.PASSED, (text_of(outcome), outcome.staff)
    assert outcome.note == (
        "parallel: not measurable here, not counted (1 usable CPUs for 2 workers)"
    )
    (measurement,) = outcome.measurements
    assert measurement.undecided and "not measurable here" in measurement.detail


@pytest.mark.parametrize(
    ("zone", "note", "message"),
    [
        (Zone.WITHIN, [], ""),
        (Zone.OPEN, ["parallel: too noisy to tell, so it passes"], ""),
        (Zone.OVER, [], "2 workers are 1.25 x as fast as one; 1.5 x is asked"),
    ],
)
def test_each_answer_of_the_protocol_has_its_verdict(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, zone: Zone, note: list[str], message: str
) -> None:
    """Fast enough passes, too noisy passes with a note, too slow is OVER_TIME_BUDGET."""
    tiny = Tiny(tmp_path / "course")
    tiny.toml(TOML)
    run = CheckRun(SimpleNamespace(modes=Modes()), Seed(1), 1e9)  # type: ignore[arg-type]
    ratio = 0.6 if zone is Zone.WITHIN else 0.8
    found = Timing(zone, ratio, ratio, ratio, 7, 1.0)
    monkeypatch.setattr(speedup_budget, "compare_workers", lambda *of: found)
    monkeypatch.setattr(speedup_budget, "obstacle", lambda workers: "")
    budgets = Budgets(load_assignment(tiny.public), run)

    def measure() -> None:
        budgets.speedup(
            "parallel",
            run.student.parallel,
            inputs=lambda rng, workers: (),
            verify=lambda *of: None,
        )

    if message:
        with pytest.raises(StudentFault) as raised:
            measure()
        assert raised.value.verdict is Verdict.OVER_TIME_BUDGET
        assert message in raised.value.message.lines()[0]
    else:
        measure()
    (measurement,) = run.measurements
    assert (measurement.value, measurement.budget) == (ratio, 0.667)
    assert run.notes == note
