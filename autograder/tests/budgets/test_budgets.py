"""Budgets in a grading: what is measured, what is over, and whose fault a failure is."""

import pytest

from autograder.model.outcome import Measurement
from autograder.model.report import Report
from autograder.model.verdict import Verdict
from autograder.tests.grading.tiny import Tiny, by_name, check_source, graded_once, text_of

BUDGETS = """
[budgets.buffers]
memory = "2*n*8 + 64*KiB"
[budgets.steps]
operations = "500"
[budgets.flat]
operations = "0.2"
unit = "growth exponent"
[budgets.formula]
memory = "3*m"
"""
STUDENT = """
import threading
import numpy as np
def square(x):
    return x * x
def leaves_and_frees(x):
    for _ in range(10):
        y = x * 2.0
        del y
    return 0
def three_buffers(x):
    a = x + 1.0
    b = x + 2.0
    return a + b
def big_then_small(x):
    y = np.tile(x, 10)
    return y[0]
def in_lists(x):
    return [float(n) + 1 for n in x]
def in_a_thread(x):
    held = []
    thread = threading.Thread(target=lambda: held.append(np.tile(x, 9)))
    thread.start()
    thread.join()
    return 1
def loop(x):
    out = 0.0
    for n in x:
        out += n
    return out
def comprehension(x):
    return [n + 1 for n in x]
def lambda_map(x):
    return list(map(lambda n: n + 1, x))
def generator(x):
    return sum(n + 1 for n in x)
def vectorize(x):
    return np.vectorize(lambda n: n + 1)(x)
def apply(x):
    return np.apply_along_axis(lambda n: n + 1, 0, x.reshape(1, -1))
def nested(x):
    def inner(n):
        return n + 1
    return np.array([*map(inner, x)])
def threaded(x):
    thread = threading.Thread(target=loop, args=(x,))
    thread.start()
    thread.join()
    return 1
def first_time_slow(x, memo={}):
    if not memo:
        memo[1] = [n for n in range(20000)]
    return x
"""
OVER = "OVER_OPERATION_BUDGET"
_STEPS = {
    "square": "PASSED", "first_time_slow": "PASSED", "loop": OVER, "comprehension": OVER,
    "lambda_map": OVER, "generator": OVER, "vectorize": OVER, "apply": OVER, "nested": OVER,
    "threaded": OVER,
}  # fmt: skip
_BYTES = {
    "square": "PASSED", "leaves_and_frees": "PASSED", "three_buffers": "OVER_MEMORY_BUDGET",
    "big_then_small": "OVER_MEMORY_BUDGET", "in_lists": "OVER_MEMORY_BUDGET",
    "in_a_thread": "OVER_MEMORY_BUDGET",
}  # fmt: skip


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """One grading with every kind of budget."""
    tiny = Tiny(tmp_path_factory.mktemp("budgets") / "course")
    tiny.toml(BUDGETS, call_s=10, check_s=30)
    x, sizes = "x = np.arange(5_000.0)", "sizes={'n': x.size}"
    checks = [
        check_source(
            f"steps_{n}",
            f"{x}\nbudgets.operations('steps', student.{n}, inputs=lambda _: (x,), {sizes})",
        )
        for n in _STEPS
    ]
    checks += [
        check_source(
            f"bytes_{n}",
            "x = np.arange(50_000.0)\n"
            f"budgets.memory('buffers', student.{n}, inputs=lambda _: (x,), {sizes})",
        )
        for n in _BYTES
    ]
    checks += [
        check_source(
            f"grows_{n}",
            f"budgets.growth('flat', student.{n}, inputs=lambda n, _: (np.ones(n),), "
            "sizes=(100, 200, 400, 800))",
        )
        for n in ("square", "loop")
    ]
    checks.append(
        check_source(
            "kind", f"{x}\nbudgets.memory('steps', student.square, inputs=lambda _: (x,), {sizes})"
        )
    )
    checks.append(
        check_source(
            "size",
            f"{x}\nbudgets.memory('formula', student.square, inputs=lambda _: (x,), {sizes})",
        )
    )
    tiny.checks("".join(checks))
    return graded_once(tmp_path_factory, "budgets", lambda: tiny.grade(STUDENT))


def only(graded: Report, name: str) -> Measurement:
    """The single measurement of a check."""
    (measurement,) = by_name(graded)[name].measurements
    return measurement


@pytest.mark.parametrize("name", _STEPS)
def test_loops_are_over_the_step_budget_however_they_are_spelt(graded: Report, name: str) -> None:
    """Array operations cost few steps; a Python loop costs many, in any disguise or thread."""
    outcome = by_name(graded)[f"steps_{name}"]
    assert outcome.verdict.value == _STEPS[name], (text_of(outcome), outcome.staff)
    if outcome.verdict is not Verdict.PASSED:
        assert "the budget is 500 interpreter steps" in text_of(outcome)
        assert only(graded, f"steps_{name}").value > 10_000


@pytest.mark.parametrize("name", _BYTES)
def test_memory_is_the_peak_above_the_inputs(graded: Report, name: str) -> None:
    """Temporaries count at their peak, the result counts, inputs and freed memory do not."""
    outcome = by_name(graded)[f"bytes_{name}"]
    assert outcome.verdict.value == _BYTES[name], (text_of(outcome), outcome.staff)
    measurement = only(graded, f"bytes_{name}")
    assert measurement.budget == 2 * 50_000 * 8 + 65536
    assert measurement.unit == "bytes"


def test_logical_bytes_are_exact_to_a_few_kilobytes(graded: Report) -> None:
    """One result of 400 kB is measured as 400 kB."""
    assert only(graded, "bytes_square").value == pytest.approx(400_000, abs=8_000)
    assert only(graded, "bytes_three_buffers").value == pytest.approx(1_200_000, abs=8_000)


def test_growth_tells_a_loop_from_an_array_operation(graded: Report) -> None:
    """Steps that do not depend on the size have exponent 0, a loop has 1."""
    assert by_name(graded)["grows_square"].verdict is Verdict.PASSED
    assert by_name(graded)["grows_loop"].verdict is Verdict.OVER_OPERATION_BUDGET
    assert only(graded, "grows_square").value == 0
    assert only(graded, "grows_loop").value == pytest.approx(1, abs=0.1)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("kind", "budget 'steps' is one of operations, not of memory"),
        ("size", "unknown size 'm'; given: n"),
    ],
)
def test_a_budget_that_makes_no_sense_is_ours(graded: Report, name: str, reason: str) -> None:
    """A broken kind or formula is a GRADER_ERROR and never costs the student."""
    outcome = by_name(graded)[name]
    assert outcome.verdict is Verdict.GRADER_ERROR
    assert reason in outcome.staff
