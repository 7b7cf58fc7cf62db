"""Memory budgets in a grading: the count decides, the witness contradicts, messages."""

import gc
import sys
import textwrap

import pytest

from autograder.grading.budgets import memory_selftest
from autograder.grading.budgets.memory_selftest import require_memory_is_seen
from autograder.grading.budgets.memory_witness import most_let_pass
from autograder.grading.context.grading_context import GradingContext
from autograder.model.assignment import Limits
from autograder.model.errors import GraderError
from autograder.model.report import Report
from autograder.model.values import weight
from autograder.model.verdict import Verdict
from autograder.submission.intake import Submission
from autograder.tests.grading.tiny import Tiny, by_name, check_source, graded_once, text_of
from autograder.tests.sandbox.launchers import ForkLauncherElsewhere

linux = pytest.mark.skipif(
    sys.platform != "linux", reason="NOT TESTED HERE: only Linux sets the high-water mark back"
)
_N = 1_000_000  # float64: 8 MB; the budget is two arrays, the witness lets six pass
BUDGETS = """
[budgets.buffers]
memory = "2*n*8 + 64*KiB"
"""
STUDENT = """
import gc, threading, tracemalloc
import numpy as np
from autograder.worker.observers import allocations
from autograder.wire import codec
def square(x):
    return x * x
def three_arrays(x):
    first = x + 1.0
    second = x + 2.0
    return first + second
def never_written(x):
    np.empty(3 * len(x))
    return x
def off(x):
    tracemalloc.stop()
    return x
def off_and_on(x):
    tracemalloc.stop()
    np.tile(x, 10)
    tracemalloc.start()
    return x
def forged(x):
    if tracemalloc.is_tracing():
        tracemalloc.reset_peak()
    np.tile(x, 10)
    if tracemalloc.is_tracing():
        tracemalloc.reset_peak()
    return x
KEPT = []
def kept_from_the_warm_up(x):
    if not KEPT:
        KEPT.append(np.tile(x, 10))
    return x
def too_early(x):
    return x
def too_late(x):
    return x
"""
# at module level, so in submissions of their own; nor does anyone notice
_HIDDEN = """
from autograder.worker.originals import Originals
Originals.replaced = lambda self, used: ()
"""
EARLY = """
_collect = gc.collect
def collect():
    np.tile(np.ones(1_000_000), 12)
    return _collect()
gc.collect = collect
"""
LATE = """
_encode = codec.Encoder.encode
def encode(self, value):
    np.tile(np.ones(1_000_000), 16)
    return _encode(self, value)
codec.Encoder.encode = encode
"""
_VERDICTS = {
    "square": "PASSED",
    "three_arrays": "OVER_MEMORY_BUDGET",
    "never_written": "OVER_MEMORY_BUDGET",
    "off": "OVER_MEMORY_BUDGET",
}
_CONTRADICTED = ("off_and_on", "forged", "kept_from_the_warm_up")


def grade(folder: pytest.TempPathFactory, names: tuple[str, ...], source: str) -> Report:
    """Each function in a check with the same budget."""
    tiny = Tiny(folder.mktemp("memory") / "course")
    tiny.toml(BUDGETS, call_s=10, check_s=30)
    body = (
        f"x = np.arange({_N}.0)\n"
        "budgets.memory('buffers', student.{}, inputs=lambda _: (x,), sizes={{'n': x.size}},"
        " verify=lambda _, value, want: expect.array(value, shape=x.shape, what='the value'))"
    )
    tiny.checks("".join(check_source(name, body.format(name)) for name in names))
    return tiny.grade(source)


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """One grading with every kind of use."""
    names = (*_VERDICTS, *_CONTRADICTED)
    return graded_once(
        tmp_path_factory, "memory budgets", lambda: grade(tmp_path_factory, names, STUDENT)
    )


@pytest.mark.parametrize("name", _VERDICTS)
def test_logical_bytes_decide(graded: Report, name: str) -> None:
    """Over by the count is over, also if memory was never written to, or nothing was counted."""
    outcome = by_name(graded)[name]
    assert outcome.verdict.value == _VERDICTS[name], (text_of(outcome), outcome.staff)
    assert outcome.staff == ""


@linux
@pytest.mark.parametrize("name", _CONTRADICTED)
def test_the_operating_system_contradicts_a_count_that_is_too_low(
    graded: Report, name: str
) -> None:
    """80 MB at a budget of 16 MB are seen from outside, and staff read what was counted."""
    outcome = by_name(graded)[name]
    assert outcome.verdict is Verdict.OVER_MEMORY_BUDGET, (text_of(outcome), outcome.staff)
    assert "the operating system saw the call use" in text_of(outcome)
    assert "the budget is 16.1 MB" in text_of(outcome)
    assert "the worker itself counted" in outcome.staff


@linux
@pytest.mark.parametrize(("name", "trick"), [("too_early", EARLY), ("too_late", LATE)])
def test_memory_is_watched_from_before_the_inputs_until_after_the_value(
    tmp_path_factory: pytest.TempPathFactory, name: str, trick: str
) -> None:
    """What is computed while inputs arrive or the value leaves is seen as well."""
    outcome = by_name(grade(tmp_path_factory, (name,), STUDENT + _HIDDEN + trick))[name]
    assert outcome.verdict is Verdict.OVER_MEMORY_BUDGET, (text_of(outcome), outcome.staff)
    assert "the operating system saw" in text_of(outcome)


def test_over_budget_names_the_lines(graded: Report) -> None:
    """How many arrays there are, the line that makes the last, and what is held then and by whom,
    from two observers, in six lines."""
    outcome = by_name(graded)["three_arrays"]
    assert outcome.message is not None
    more = outcome.message.more
    too_many = "as much as 3 arrays of 8 MB (n*8 bytes), where 2 are allowed; the last is made in"
    assert more[0].startswith(f"{too_many} work.py, line ")
    assert more[0].endswith(": return first + second")
    assert any(row.startswith("8 MB of it from") and "first = x + 1.0" in row for row in more)
    assert any(row.startswith("memory-profiler: +") for row in more)
    assert len(more) <= 6


@pytest.mark.parametrize(
    ("source", "who"),
    [
        (b"def plain():\n    return 1\n", "of a plain call that holds 100 MB"),
        (
            b"from autograder.worker.known_allocations import plain\n"
            b"def generator():\n    return 1\n",
            "of a generator call that holds 100 MB",
        ),
    ],
)
def test_blind_counters_are_the_graders_fault(
    monkeypatch: pytest.MonkeyPatch, source: bytes, who: str
) -> None:
    """A known allocation that is not seen is a GraderError: which counter failed, what to do."""
    blind = Submission(module="known.py", files={"known.py": source})
    monkeypatch.setattr(memory_selftest, "_KNOWN", blind)
    launcher = ForkLauncherElsewhere()
    context = GradingContext(launcher, blind, Limits(), None)
    try:
        with pytest.raises(GraderError, match=who) as raised:
            require_memory_is_seen(context)
    finally:
        launcher.close()
    assert "autograder doctor" in str(raised.value)
    assert not context.memory_is_seen


def test_the_self_test_passes_here_and_once_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both known allocations are seen by both counters; the second time nothing is started."""
    launcher = ForkLauncherElsewhere()
    context = GradingContext(launcher, Submission(module="none.py", files={}), Limits(), None)
    require_memory_is_seen(context)
    launcher.close()
    require_memory_is_seen(context)
    gc.collect()


def test_the_witness_is_loose_and_leaves_room_for_what_is_moved() -> None:
    """The budget and 32 MB; items weigh what their text takes."""
    assert most_let_pass(16e6) == 48e6
    assert weight([1.0, {"a": b"12"}, None]) > 4 * 300


@linux
def test_a_larger_problem_shows_what_no_allocator_counts(tiny: Tiny) -> None:
    """A copy in mapped memory; the values of both problems are judged, each by its own formula."""
    tiny.toml(BUDGETS, call_s=10)
    body = """
    def problem(n):
        x = np.arange(n)
        verify = lambda _, value, want: expect.equal(len(value), n, what="the length")
        return {"inputs": lambda _: (x,), "sizes": {"n": n}, "verify": verify}
    budgets.memory("buffers", student.square, **problem(1000), watched=problem(5_000_000))
    """
    tiny.checks(check_source("watched", textwrap.dedent(body)))
    copies = "    p = mmap.mmap(-1, 3 * x.nbytes)\n    p.write(bytes(3 * x.nbytes))\n"
    copied = IMPORTED.replace("    return", copies + "    return")
    assert by_name(tiny.grade(IMPORTED))["watched"].verdict is Verdict.PASSED
    outcome = by_name(tiny.grade(copied))["watched"]
    assert outcome.verdict is Verdict.OVER_MEMORY_BUDGET
    assert "the budget is 80.1 MB" in text_of(outcome)
    cut = IMPORTED.replace("x * x", "(x * x)[:1000]")
    assert by_name(tiny.grade(cut))["watched"].verdict is Verdict.WRONG


IMPORTED = """
import json, logging, mmap, time, unittest
import numpy as np
def square(x):
    return x * x
"""


@pytest.mark.parametrize(
    ("line", "verdict", "said"),
    [
        ("", "PASSED", ""),
        ("P = np.ones(5_000_000)", "OVER_MEMORY_BUDGET", "MB of memory beyond the libraries"),
        (
            "P = mmap.mmap(-1, 40_000_000)\nP.write(bytes(40_000_000))",
            "OVER_MEMORY_BUDGET",
            "of memory beyond the libraries; at most 20 MB",
        ),
        (
            "while time.process_time() < 2:\n    pass",
            "OVER_TIME_BUDGET",
            "s of the processor; at most 1 s",
        ),
    ],
)
def test_nothing_is_made_ready_on_import(tiny: Tiny, line: str, verdict: str, said: str) -> None:
    """It would be billed to no call; checks without a budget are not concerned."""
    tiny.toml(BUDGETS, import_s=10)
    checked = "budgets.memory('buffers', student.square, inputs=lambda _: (np.ones(9),), sizes={})"
    checked = checked.replace("sizes={}", "sizes={'n': 10_000}")
    plain = "expect.equal(student.square(3), 9)"
    tiny.checks(check_source("frugal", checked) + check_source("right", plain))
    outcomes = by_name(tiny.grade(f"{IMPORTED}{line}\n"))
    assert outcomes["frugal"].verdict.value == verdict, text_of(outcomes["frugal"])
    assert said in text_of(outcomes["frugal"])
    assert outcomes["right"].verdict is Verdict.PASSED
