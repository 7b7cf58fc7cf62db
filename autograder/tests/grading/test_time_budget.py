"""Time budgets in a grading: who is billed for what, and what is said."""

import pytest

from autograder.grading.budgets import timed_calls
from autograder.grading.context.check_run import CheckRun
from autograder.grading.context.grading_context import GradingContext
from autograder.grading.context.seeds import Seed
from autograder.model.assignment import Limits, Yardstick
from autograder.model.errors import GraderError
from autograder.model.outcome import Measurement
from autograder.model.report import Report
from autograder.model.verdict import Verdict
from autograder.sandbox.time_limits import TimeLimit
from autograder.submission.intake import Submission
from autograder.tests.grading.tiny import Tiny, by_name, check_source, graded_once, text_of
from autograder.tests.sandbox.launchers import ForkLauncherElsewhere

BUDGETS = """
[budgets.seconds]
time = 3.0
yardstick = "product"
[budgets.nonsense]
time = 3.0
yardstick = "broken"
[[yardsticks.product.operations]]
op = "matmul"
shapes = [[200, 200], [200, 200]]
count = 30
[[yardsticks.broken.operations]]
op = "no_such_function"
shapes = [[3, 3]]
"""
STUDENT = """
import os, random, threading, time
import numpy as np
def products(a, b, times):
    for _ in range(times):
        c = a @ b
    return c
def light(a, b):
    time.sleep(0.01)
    return products(a, b, 30)
def busy(a, b):
    return products(a, b, 300)
def half_wrong(a, b, calls=[]):
    calls.append(1)
    return products(a, b, 30) if len(calls) % 2 else a
def remembers(a, b, known={}):
    key = a.shape, b.shape
    if key not in known:
        known[key] = products(a, b, 300)
    return known[key]
def forks(a, b):
    if os.fork() == 0:
        os._exit(0)
    return a @ b
def in_threads(a, b):
    threads = [threading.Thread(target=products, args=(a, b, 100)) for _ in range(3)]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
    return a @ b
def now_and_then(a, b, rng=random.Random(1)):
    return products(a, b, rng.choice((30, 150)))
def stub(a, b):
    raise NotImplementedError
"""
_VERDICTS = {
    "light": "PASSED",
    "busy": "OVER_TIME_BUDGET",
    "half_wrong": "WRONG",
    "remembers": "WRONG",  # new inputs each time: what is remembered is another product
    "forks": "CRASHED",
    "in_threads": "OVER_TIME_BUDGET",
    "now_and_then": "PASSED",
    "stub": "NOT_IMPLEMENTED",
}
_TIME = """
def verify(arguments, value, want):
    expect.close(value, want, rtol=1e-9, why='float64', what='the product')
budgets.time(
    '{budget}', student.{name}, verify=verify, expected=lambda a, b: a @ b,
    inputs=lambda rng: (rng.random((200, 200)), rng.random((200, 200))),
)
"""


_AFTERWARDS = """
expect.equal(student.now_and_then(np.eye(2), np.eye(2)), np.eye(2))
"""


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """One grading of all of them."""
    tiny = Tiny(tmp_path_factory.mktemp("time") / "course")
    tiny.toml(BUDGETS, call_s=10, check_s=60)
    checks = [check_source(name, _TIME.format(name=name, budget="seconds")) for name in _VERDICTS]
    checks.append(check_source("nonsense", _TIME.format(name="light", budget="nonsense")))
    more = _TIME.format(name="light", budget="seconds") + _AFTERWARDS
    checks.append(check_source("afterwards", more))
    tiny.checks("".join(checks))
    return graded_once(tmp_path_factory, "time", lambda: tiny.grade(STUDENT))


def only(graded: Report, name: str) -> Measurement:
    """The single measurement of a check."""
    (measurement,) = by_name(graded)[name].measurements
    return measurement


@pytest.mark.parametrize("name", _VERDICTS)
def test_cpu_time_decides_whoever_spends_it(graded: Report, name: str) -> None:
    """Sleeping costs nothing, threads cost theirs, children are refused, wrong stays WRONG."""
    outcome = by_name(graded)[name]
    assert outcome.verdict.value == _VERDICTS[name], (text_of(outcome), outcome.staff)


def test_a_time_message_has_ratio_interval_and_slowest_line(graded: Report) -> None:
    """Measured and allowed multiple, its interval and pairs, and where the time went."""
    text = text_of(by_name(graded)["busy"])
    assert "the budget is 3 x yardstick" in text
    assert "95 % interval" in text and "pairs, wall/CPU" in text
    assert "% of the time" in text and "work.py, line 6: c = a @ b" in text


def test_noise_passes_with_a_note(graded: Report) -> None:
    """What is now above and now below costs no points, and says so."""
    outcome = by_name(graded)["now_and_then"]
    assert outcome.note == "seconds: too noisy to tell, so it passes"
    assert only(graded, "now_and_then").within


def test_a_timed_worker_answers_further_calls(graded: Report) -> None:
    """It stands still between its turns, and no longer."""
    outcome = by_name(graded)["afterwards"]
    assert outcome.verdict is Verdict.PASSED, text_of(outcome)


def test_a_yardstick_with_threads_of_its_own_is_ours(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Where a library does not heed the one thread it is given, no time is judged."""
    monkeypatch.setattr(timed_calls, "threads_of", lambda pid: 3)
    launcher = ForkLauncherElsewhere()
    try:
        context = GradingContext(
            launcher, Submission(module="a.py", files={"a.py": b""}), Limits(), None
        )
        run = CheckRun(context, Seed(1), TimeLimit(60))
        unit = timed_calls.TimedYardstick(run, Yardstick(interpreter_steps=1000))
        with pytest.raises(GraderError, match="the yardstick runs in 3 threads"):
            unit.sample(0, 1)
        unit.close()
    finally:
        launcher.close()


def test_a_yardstick_that_cannot_run_is_ours(graded: Report) -> None:
    """A broken yardstick is a GRADER_ERROR and never costs the student."""
    outcome = by_name(graded)["nonsense"]
    assert outcome.verdict is Verdict.GRADER_ERROR
    assert "the yardstick cannot be replayed" in outcome.staff
