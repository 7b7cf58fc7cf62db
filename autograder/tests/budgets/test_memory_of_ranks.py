"""Memory budgets of ranks: what each counts decides, and the system contradicts."""

import sys
from pathlib import Path

import pytest

from autograder.model.report import Report
from autograder.tests.grading.tiny import Tiny, by_name, check_source, graded_once, text_of

linux = pytest.mark.skipif(
    sys.platform != "linux", reason="NOT TESTED HERE: only Linux sets the high-water mark back"
)
BUDGETS = """
[budgets.shard]
memory = "n/2*8 + 64*KiB"
"""
STUDENT = """
import mmap, tracemalloc
import numpy as np
def half(comm, n):
    shard = np.ones(n // comm.size)
    comm.send(1 - comm.rank, shard[:1])
    return float(comm.recv(1 - comm.rank)[0])
def all_of_it(comm, n):
    return float(np.ones(n if comm.rank else 1)[0])
def keeps_messages(comm, n):
    shard = np.ones(n // comm.size)
    comm.send(1 - comm.rank, shard)
    return float(np.concatenate([comm.recv(1 - comm.rank), shard])[0])
def off(comm, n):
    tracemalloc.stop()
    return 1.0
def uncounted(comm, n):
    with mmap.mmap(-1, 16 * n) as pages:
        np.frombuffer(pages, np.uint8)[::4096] = 1
    return 1.0
def wrong_value(comm, n):
    return 2.0
"""
BODY = """
def verify(run):
    expect.equal(run.values, [1.0, 1.0], what="the values")
budgets.memory_of_ranks(
    "shard", student.{}, size=2, inputs=lambda rank: (100_000,), sizes={{"n": 100_000}},
    verify=verify, watched={{"inputs": lambda rank: (4_000_000,), "sizes": {{"n": 4_000_000}}}},
)
"""
VERDICTS = {
    "half": "PASSED",
    "all_of_it": "OVER_MEMORY_BUDGET",
    "keeps_messages": "OVER_MEMORY_BUDGET",
    "off": "OVER_MEMORY_BUDGET",
    "wrong_value": "WRONG",
}


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """One grading with every kind of use."""

    def grade() -> Report:
        tiny = Tiny(tmp_path_factory.mktemp("ranks") / "course")
        tiny.toml(BUDGETS, call_s=10, check_s=30)
        names = (*VERDICTS, "uncounted")
        tiny.checks("".join(check_source(name, BODY.format(name)) for name in names))
        return tiny.grade(STUDENT)

    return graded_once(tmp_path_factory, "memory of ranks", grade)


@pytest.mark.parametrize("name", VERDICTS)
def test_the_rank_that_needs_most_decides(graded: Report, name: str) -> None:
    """A shard is within the budget; the whole, on one rank or by messages, is over it."""
    outcome = by_name(graded)[name]
    assert outcome.verdict.value == VERDICTS[name], outcome


def test_messages_say_what_was_used(graded: Report) -> None:
    """Bytes, the budget and its formula; or that the count was switched off."""
    assert "used 80" in text_of(by_name(graded)["all_of_it"])
    assert "budget: n/2*8 + 64*KiB" in text_of(by_name(graded)["all_of_it"])
    assert "the counting of memory was switched off" in text_of(by_name(graded)["off"])


@linux
def test_the_system_sees_what_ranks_do_not_count(graded: Report) -> None:
    """Pages that no counter knows, in fresh workers and on the larger problem."""
    outcome = by_name(graded)["uncounted"]
    assert outcome.verdict.value == "OVER_MEMORY_BUDGET", outcome
    assert text_of(outcome).startswith("the operating system saw the call use 6")


def test_ranks_that_are_debugged_are_judged_and_not_counted(tmp_path: Path) -> None:
    """They are threads of one process: values are judged, and a note says the rest."""
    tiny = Tiny(tmp_path / "course")
    tiny.toml(BUDGETS, call_s=100, check_s=100)
    names = ("half", "all_of_it", "wrong_value")
    tiny.checks("".join(check_source(name, BODY.format(name)) for name in names))
    report = tiny.grade(STUDENT, debug=True)
    found = {name: (o.verdict.value, o.note, o.check.points) for name, o in by_name(report).items()}
    note = "shard: not counted while debugging"
    assert found["half"] == found["all_of_it"] == ("PASSED", note, 0)
    assert found["wrong_value"] == ("WRONG", "", 0)
