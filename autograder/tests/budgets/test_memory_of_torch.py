"""Memory budgets of an assignment with torch, graded as any other."""

import importlib.util
import subprocess
import sys

import pytest

from autograder.model.report import Report
from autograder.model.verdict import Verdict
from autograder.tests.grading.tiny import Tiny, by_name, check_source, graded_once, text_of

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("torch") is None,
    reason="NOT TESTED HERE: torch is not installed, so no budget of its memory is proved",
)
BUDGETS = """
[budgets.buffers]
memory = "2*n*4 + 256*KiB"
"""
STUDENT = """
import torch
from torch.utils._python_dispatch import _disable_current_modes
def square(x):
    return x * x
def backward(x):
    weight = torch.ones(x.shape, requires_grad=True)
    loss = ((weight * x).tanh() ** 2).sum()
    loss.backward()
    return weight.grad
def uncounted(x):
    with _disable_current_modes():
        torch.cat([x] * 12)
    return x
"""


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """8 MB of input, 16 MB of budget."""

    def grade() -> Report:
        tiny = Tiny(tmp_path_factory.mktemp("torch") / "course")
        tiny.toml(BUDGETS, import_s=30, call_s=30, check_s=60)
        path = tiny.public / "assignment.toml"
        path.write_text('libraries = ["numpy", "torch"]\n' + path.read_text())
        body = (
            "import torch\nx = torch.arange(2_000_000.0)\n"
            "budgets.memory('buffers', student.{}, inputs=lambda _: (x,), sizes={{'n': len(x)}})"
        )
        names = ("square", "backward", "uncounted")
        tiny.checks("".join(check_source(name, body.format(name)) for name in names))
        return tiny.grade(STUDENT)

    return graded_once(tmp_path_factory, "memory of torch", grade)


def test_tensors_within_the_budget_pass(graded: Report) -> None:
    """One result of 8 MB, as counted and as seen by the system, which also sees torch warm up."""
    outcome = by_name(graded)["square"]
    assert outcome.verdict is Verdict.PASSED, (text_of(outcome), outcome.staff)
    assert outcome.measurements[0].value == pytest.approx(8e6, abs=0.3e6)


def test_the_peak_within_backward_is_found(graded: Report) -> None:
    """Five arrays at once, at the line that goes backwards."""
    outcome = by_name(graded)["backward"]
    assert outcome.verdict is Verdict.OVER_MEMORY_BUDGET, (text_of(outcome), outcome.staff)
    assert outcome.measurements[0].value == pytest.approx(40e6, abs=0.3e6)
    assert outcome.message is not None
    assert outcome.message.more[0].endswith(": loss.backward()")


@pytest.mark.skipif(sys.platform != "linux", reason="NOT TESTED HERE: the mark is Linux's")
def test_tensors_that_nobody_counts_are_seen_from_outside(graded: Report) -> None:
    """A submission that leaves the counter's mode has the operating system against it."""
    outcome = by_name(graded)["uncounted"]
    assert outcome.verdict is Verdict.OVER_MEMORY_BUDGET, (text_of(outcome), outcome.staff)
    assert "the operating system saw the call use" in text_of(outcome)


def test_the_counter_does_not_count_itself() -> None:
    """The first call in a process counts no import of ours: a call of nothing takes few bytes."""
    code = (
        "import sys, torch; from autograder.worker.observers.allocations import observe;"
        " sys.exit(observe(lambda: None, (), {}, '')[1]['bytes'] > 20_000)"
    )
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
