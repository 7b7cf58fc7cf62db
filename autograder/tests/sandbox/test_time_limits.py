"""What counts against a time limit, which limit is reached, and whose fault that is."""

import os
import subprocess
import sys
import time
from contextlib import AbstractContextManager
from types import SimpleNamespace

import pytest

from autograder.authoring.proofs.conditions import busy_neighbours
from autograder.machine import cpu_clock
from autograder.machine.cpu_clock import ChildrenClock
from autograder.machine.facts import usable_cpus
from autograder.machine.run_queue import RunQueue
from autograder.machine.stopwatch import ClockReading, Elapsed, Stopwatch
from autograder.model.verdict import Verdict
from autograder.sandbox.launcher import Launcher
from autograder.sandbox.time_limits import CheckLimit, OurLimit, RunLimit, TimeLimit
from autograder.tests.sandbox.launchers import call, worker
from autograder.tests.sandbox.test_remote import fault


class Clocks:
    """Clocks that a test sets."""

    def __init__(self, exact: bool = True) -> None:
        self.now = ClockReading(100.0, 7.0, 3.0)
        self.ready = False
        self.stopwatch = Stopwatch(lambda: self.now, exact, lambda: self.ready)

    def pass_(self, wall: float, cpu: float = 0.0, waited: float = 0.0, ours: float = 0.0) -> None:
        """Let so much time pass."""
        passed = wall, cpu, waited, ours
        self.now = ClockReading(*map(sum, zip(self.now, passed, strict=True)))

    def counted(self) -> float:
        """What the stopwatch shows."""
        return self.stopwatch.elapsed().counted_s


@pytest.mark.parametrize(
    ("wall", "cpu", "waited", "counted"),
    [
        (5, 5, 0, 5),  # it ran
        (5, 0, 0, 5),  # it slept, or was blocked
        (20, 5, 15, 5),  # it ran beside others
        (20, 0, 2, 18),  # it slept; what it waited when it woke up does not count
        (5, 10, 4, 10),  # two threads ran: the main one waits for the other's turn
        (5, 10, 0, 10),  # two threads ran while the main one slept
    ],
)
def test_running_and_sleeping_count_but_not_waiting(
    wall: float, cpu: float, waited: float, counted: float
) -> None:
    """The CPU time of all threads, or the wall less the main thread's wait, whichever is more."""
    clocks = Clocks()
    clocks.pass_(wall, cpu, waited)
    assert clocks.stopwatch.elapsed() == pytest.approx(Elapsed(counted, wall))


def test_what_we_wait_counts_only_while_the_process_waits_for_us() -> None:
    """It has said something, and we got no processor to read it; or it has said nothing."""
    clocks = Clocks()
    clocks.pass_(wall=5, ours=4)
    assert clocks.stopwatch.elapsed() == pytest.approx(Elapsed(1, 1))
    clocks.pass_(wall=5, ours=4)
    assert clocks.stopwatch.elapsed(silent=True).counted_s == pytest.approx(6)
    clocks.pass_(wall=5, ours=4)
    assert clocks.counted() == pytest.approx(7)


def test_while_it_waits_for_its_next_turn_cpu_time_counts() -> None:
    """The kernel adds a wait when it is over."""
    clocks = Clocks()
    clocks.pass_(wall=5, cpu=1)
    clocks.ready = True
    assert clocks.stopwatch.elapsed(silent=True).counted_s == pytest.approx(1)
    clocks.pass_(wall=1, cpu=1, waited=4)
    clocks.ready = False
    assert clocks.stopwatch.elapsed(silent=True).counted_s == pytest.approx(2)


def test_where_waiting_is_not_known_cpu_time_counts() -> None:
    """A sleep is not told from a wait there, and counts a tenth: so it ends, as the student's."""
    clocks = Clocks(exact=False)
    clocks.pass_(wall=9, cpu=2)
    assert clocks.counted() == pytest.approx(2)
    clocks.pass_(wall=22)
    assert clocks.counted() == pytest.approx(3.1)
    slept = TimeLimit(3.0).fault("f()", clocks.stopwatch.elapsed(), ())
    assert slept.verdict is Verdict.TIME_LIMIT


def test_what_we_do_meanwhile_does_not_count() -> None:
    """The process sleeps until we have answered; what its other threads compute counts."""
    clocks = Clocks()
    clocks.pass_(wall=2, cpu=1, waited=1)
    with clocks.stopwatch.paused():
        clocks.pass_(wall=50, cpu=0.5, waited=10)
    clocks.pass_(wall=3, cpu=0.5, waited=0)
    assert clocks.stopwatch.elapsed() == pytest.approx(Elapsed(4, 5))
    clocks.stopwatch.start()
    assert clocks.counted() == 0


def test_a_call_is_limited_by_itself_and_by_its_check() -> None:
    """What calls have used is added up for the check, and the message names the limit reached."""
    check = CheckLimit(10.0)
    for _ in range(6):
        call_limit = TimeLimit(2.0, within=check)
        assert call_limit.left_s() > 0
        call_limit.count(Elapsed(1.6, 2.0))
    last = TimeLimit(2.0, within=check)
    assert last.left_s() == pytest.approx(0.4)
    now = Elapsed(0.5, 0.5)
    assert last.fault("f()", now, ()).message.what == (
        "the calls of this check took over 10 s together: f() was stopped"
    )
    now = Elapsed(2.5, 2.5)
    assert "did not finish within 2 s" in last.fault("f()", now, ()).message.what


def test_a_worker_without_a_processor_decides_nothing() -> None:
    """Ten times the limit on the wall, hardly counted: the machine's fault, not the student's."""
    found = TimeLimit(2.0, within=CheckLimit(9.0)).fault("f()", Elapsed(0.3, 20.1), ())
    assert found.verdict is Verdict.GRADER_ERROR
    assert found.message.what == "f() hardly got a processor in 20 s: this machine is too busy"


def test_the_limit_of_a_grading_is_on_the_wall() -> None:
    """It ends whatever runs; the judge knows whose fault that is."""
    limit = TimeLimit(2.0, within=CheckLimit(10.0, within=RunLimit(0.0)))
    assert limit.left_s() <= 0
    found = limit.fault("f()", Elapsed(0.1, 0.1), ())
    assert found.message.what == "the time for the whole grading was used up: f() was stopped"


def test_our_own_code_in_a_worker_costs_no_points() -> None:
    """Reaching its limit is GRADER_ERROR, however the time was spent."""
    found = OurLimit(2.0).fault("a worker's start", Elapsed(2.1, 2.1), ())
    assert found.verdict is Verdict.GRADER_ERROR
    assert "did not finish within 2 s" in found.message.what


HANGS = {
    "a loop": "while True:\n        pass",
    "a sleep": "time.sleep(1000)",
    "a blocked read": "os.read(os.pipe()[0], 1)",
    "many threads": "list(ThreadPoolExecutor(6).map(spin, range(6)))",
    "a loop beside threads": "ThreadPoolExecutor(6).map(spin, range(6))\n    spin(0)",
    "processes": "subprocess.run([sys.executable, '-c', 'while True: pass'])",
}
HANGING = """
import os, subprocess, sys, time
from concurrent.futures import ThreadPoolExecutor
import numpy as np
def spin(_):
    a = np.ones((200, 200))
    while True:
        a @ a
def f():
    {}
"""
WORKING = """
import time
def f(seconds):
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass
    return "done"
"""


def busy(count: int) -> AbstractContextManager[None]:
    """So many neighbours for each processor that this test may use."""
    return busy_neighbours(count * usable_cpus())


@pytest.mark.parametrize("neighbours", [0, 2])
@pytest.mark.parametrize("hang", HANGS)
def test_whatever_hangs_is_stopped(fork: Launcher, hang: str, neighbours: int) -> None:
    """Beside busy processes as without: as the student's fault, so by what was counted."""
    with busy(neighbours), worker(fork, HANGING.format(HANGS[hang])) as remote:
        found = fault(lambda: call(remote, "f", limit=TimeLimit(0.3)))
    assert found.verdict is Verdict.TIME_LIMIT
    assert found.message.what == "f() did not finish within 0.3 s and was stopped"


def test_work_beside_busy_processes_is_not_stopped(fork: Launcher) -> None:
    """A call that needs half of its limit takes longer than it there, on the wall."""
    with busy(4), worker(fork, WORKING) as remote:
        assert call(remote, "f", 0.5, limit=TimeLimit(1.0)) == "done"


def test_the_graders_own_waiting_does_not_count(fork: Launcher) -> None:
    """Between many callbacks the worker sleeps until a busy grader gets a processor again."""
    limit = TimeLimit(0.3)
    source = "def f(g):\n    return sum(g() for _ in range(100))\n"
    with busy(4), worker(fork, source) as remote:
        assert call(remote, "f", lambda: 1, limit=limit) == 100


@pytest.mark.parametrize("clock", ["linux", "elsewhere"])
@pytest.mark.parametrize("hang", ["a loop", "a sleep"])
def test_where_linux_does_not_tell_what_waited(
    fork: Launcher, hang: str, clock: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """CPU time decides, by psutil on other systems; a sleep ends at ten times the limit."""
    monkeypatch.setattr(RunQueue, "known", False)
    monkeypatch.setattr(cpu_clock, "sys", SimpleNamespace(platform=clock))
    with worker(fork, HANGING.format(HANGS[hang])) as remote:
        found = fault(lambda: call(remote, "f", limit=TimeLimit(0.2)))
    assert found.verdict is Verdict.TIME_LIMIT
    assert found.message.what == "f() did not finish within 0.2 s and was stopped"


def test_the_childrens_cpu_time_counts_once_it_is_looked_at() -> None:
    """From one look to the next, when they follow each other."""
    with subprocess.Popen([sys.executable, "-c", "while True: pass"]) as child:
        clock, family = ChildrenClock(os.getpid()), [os.getpid(), child.pid]
        clock.look(family)
        assert clock.seconds == 0.0
        while clock.seconds < 0.1:
            time.sleep(0.05)
            clock.look(family)
        child.kill()


@pytest.mark.parametrize(("exact", "slept_s"), [(True, 0.25), (False, 0.0)])
def test_sleep_is_what_is_left_of_the_wall_time(exact: bool, slept_s: float) -> None:
    """Less its CPU time, its waiting for a processor, and ours; elsewhere than on Linux unknown."""
    readings = iter([ClockReading(0, 0), ClockReading(1, 1), ClockReading(4, 2, 0.75, 1.0)])
    stopwatch = Stopwatch(lambda: next(readings), exact)
    assert stopwatch.slept_s(stopwatch.read()) == slept_s
