"""Operation budgets with a witness, and counts taken by the check."""

from pathlib import Path

import pytest

from autograder.model.assignment import load_assignment
from autograder.model.errors import ConfigError
from autograder.model.outcome import Measurement
from autograder.model.report import Report
from autograder.model.verdict import Verdict
from autograder.release.tables import fill_tables
from autograder.tests.grading.tiny import Tiny, by_name, check_source, graded_once, text_of

BUDGETS = """
[budgets.steps]
operations = "100"
witness = { yardstick = "sums", time = 1.0 }
[budgets.calls]
operations = "T + 1"
unit = "calls of slope"
[budgets.sent]
operations = "2*n"
unit = "bytes sent"
[budgets.unnamed]
operations = "2*n"
[budgets.unknown]
operations = "2*n"
unit = "FLOP"
[budgets.grows]
operations = "1.1"
unit = "growth exponent"
[budgets.order]
operations = "1.2"
unit = "growth exponent"
witness = { time = 100.0 }
[[yardsticks.sums.operations]]
op = "sum"
shapes = [[100000]]
count = 30
"""
STUDENT = """
import sys
import numpy as np
def vectorised(x):
    return float(np.sum(x))
def counted_loop(x):
    return float(sum([n for n in x]))
def in_c(x):
    return float(sum(map(float, x)))
def switched_off(x):
    sys.settrace(None)
    if hasattr(sys, "monitoring"):
        for tool in range(6):
            if sys.monitoring.get_tool(tool):
                sys.monitoring.free_tool_id(tool)
    return float(np.sum(x))
def idle_unless_traced(x):
    tools = getattr(sys, "monitoring", None)
    traced = sys.gettrace() or tools and any(map(tools.get_tool, range(6)))
    return float(np.sum(x)) if traced else 0.0
def descend(slope, steps):
    w = 0.0
    for _ in range(steps):
        w -= 0.1 * slope(w)
    return w
def linear(n):
    return len(list(range(n)))
def searched(n):
    seen = list(range(n))
    return sum(map(seen.__contains__, range(n)))
def message(n):
    return b"x" * n
"""
_INPUTS = "inputs=lambda rng: (rng.standard_normal(100_000),), sizes={}"
_VERIFY = (
    "verify=lambda a, v, _: expect.close(v, float(a[0].sum()), rtol=1e-9, atol=1e-9, why='sum')"
)
WITNESSED = {
    "vectorised": ("PASSED", ""),
    "counted_loop": ("OVER_OPERATION_BUDGET", "the budget is 100 interpreter steps"),
    "in_c": ("OVER_OPERATION_BUDGET", "x yardstick; the budget is 1 x yardstick"),
    "switched_off": ("OVER_OPERATION_BUDGET", "the counting of steps was switched off"),
    "idle_unless_traced": ("WRONG", ""),
}
COUNTED = {
    "calls_within": "slope = expect.calls(lambda w: w - 1, at_most=99)\n"
    "student.descend(slope, 10)\n"
    "budgets.counted('calls', slope.made, sizes={'T': 9})",
    "calls_over": "slope = expect.calls(lambda w: w - 1, at_most=99)\n"
    "student.descend(slope, 11)\n"
    "budgets.counted('calls', slope.made, sizes={'T': 9})",
    "bytes_within": "budgets.counted('sent', len(student.message(6)), sizes={'n': 3})",
    "bytes_over": "budgets.counted('sent', len(student.message(7)), sizes={'n': 3})",
    "no_number": "budgets.counted('sent', student.message(7), sizes={'n': 3})",
}
_GROWTH = "budgets.growth('grows', student.vectorised, inputs=lambda n, _: (np.ones(n),)"
_ORDER = (
    "inputs=lambda n, _: (n,), sizes=(50, 100, 200, 400),"
    " verify=lambda a, v, _: expect.equal(v, a[0], what='n')"
)
GROWING = {"linear": "", "searched": "the yardstick is its own time at a smaller size"}
BROKEN = {
    "no_sizes": (f"budgets.growth('order', student.linear, {_ORDER})", "a witness's two sizes"),
    "no_verify": (
        f"budgets.operations('steps', student.vectorised, {_INPUTS})",
        "has a witness: give verify",
    ),
    "no_unit": ("budgets.counted('unnamed', 1, sizes={'n': 3})", "has a unit, and no witness"),
    "no_observer": (
        f"budgets.operations('unknown', student.vectorised, {_INPUTS})",
        "no observer counts 'FLOP'; did you mean",
    ),
    "three_sizes": (
        f"{_GROWTH}, sizes=(1, 2, 3))",
        "growth is judged over 4 to 6 different sizes above 0, not over (1, 2, 3)",
    ),
    "seven_sizes": (
        f"{_GROWTH}, sizes=range(1, 8))",
        "growth is judged over 4 to 6",
    ),
    "one_size_twice": (
        f"{_GROWTH}, sizes=(1, 2, 3, 3))",
        "different sizes",
    ),
}


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """One grading with everything that is counted."""
    tiny = Tiny(tmp_path_factory.mktemp("witness") / "course")
    tiny.toml(BUDGETS, call_s=10, check_s=30)
    checks = [
        check_source(n, f"budgets.operations('steps', student.{n}, {_INPUTS}, {_VERIFY})")
        for n in WITNESSED
    ]
    checks += [check_source(name, body) for name, body in COUNTED.items()]
    checks += [check_source(name, body) for name, (body, _) in BROKEN.items()]
    checks += [
        check_source(n, f"budgets.growth('order', student.{n}, {_ORDER}, timed_at=(50, 9000))")
        for n in GROWING
    ]
    tiny.checks("".join(checks))
    return graded_once(tmp_path_factory, "witness", lambda: tiny.grade(STUDENT))


def of(graded: Report, name: str) -> tuple[Measurement, ...]:
    """The measurements of a check."""
    return by_name(graded)[name].measurements


@pytest.mark.parametrize("name", WITNESSED)
def test_a_count_within_its_budget_must_be_borne_out_by_the_clock(
    graded: Report, name: str
) -> None:
    """Loops that take no steps, or hide them, are over; what is timed must be right, too."""
    verdict, text = WITNESSED[name]
    outcome = by_name(graded)[name]
    assert outcome.verdict.value == verdict, (text_of(outcome), outcome.staff)
    assert text in text_of(outcome)


@pytest.mark.parametrize("name", GROWING)
def test_growth_in_a_library_shows_in_the_time_of_a_larger_size(graded: Report, name: str) -> None:
    """A search in a list takes no steps; the same call at a small size is the yardstick."""
    outcome, text = by_name(graded)[name], GROWING[name]
    assert outcome.verdict is (Verdict.OVER_OPERATION_BUDGET if text else Verdict.PASSED)
    assert text in text_of(outcome)


def test_the_witness_is_a_measurement_of_its_own(graded: Report) -> None:
    """Honest work has the count and the time; the message of a C loop has both, and its line."""
    count, time = of(graded, "vectorised")
    assert (count.unit, time.unit) == ("interpreter steps", "x yardstick")
    assert count.value < 20
    assert time.value <= 1.0
    text = text_of(by_name(graded)["in_c"])
    assert "is there a loop over single entries" in text
    assert "is there a loop over single entries" in text_of(by_name(graded)["counted_loop"])
    assert "work.py, line 9: return float(sum(map(float, x)))" in text


@pytest.mark.parametrize("name", COUNTED)
def test_what_the_check_counts_is_held_against_a_formula(graded: Report, name: str) -> None:
    """Calls of the check's functions and bytes: exactly the budget passes, one more does not."""
    outcome = by_name(graded)[name]
    wanted = {"within": Verdict.PASSED, "over": Verdict.OVER_OPERATION_BUDGET}
    assert outcome.verdict is wanted.get(name.rpartition("_")[2], Verdict.WRONG), outcome.staff


def test_a_counted_message_has_both_numbers_and_their_unit(graded: Report) -> None:
    """Used and allowed, in the unit of assignment.toml."""
    text = text_of(by_name(graded)["calls_over"])
    assert "used 11 calls of slope; the budget is 10 calls of slope" in text


@pytest.mark.parametrize("name", BROKEN)
def test_a_count_that_makes_no_sense_is_ours(graded: Report, name: str) -> None:
    """A missing verify or unit, an unknown unit, too few sizes: GRADER_ERROR, with what to do."""
    outcome = by_name(graded)[name]
    assert outcome.verdict is Verdict.GRADER_ERROR
    assert BROKEN[name][1] in outcome.staff


@pytest.mark.parametrize(
    ("budget", "reason"),
    [
        ('operations = "1"\nwitness = {time = 2.0, yardstick = "sum"}', "no yardstick 'sum'; did"),
        ('memory = "1"\nwitness = {time = 2.0, yardstick = "sums"}', "only a budget of operations"),
        ('operations = "1"\nwitness = {yardstick = "sums"}', "time"),
        ("speedup = 1.0", "speedup"),
        ('operations = "1"\nspeedup = 1.5', "exactly one of memory, operations, time, speedup"),
    ],
)
def test_a_budget_that_makes_no_sense_is_refused_as_it_is_read(
    tmp_path: Path, budget: str, reason: str
) -> None:
    """Unknown yardsticks, witnesses of bytes, no time, no speed-up, two kinds at once."""
    tiny = Tiny(tmp_path)
    tiny.toml(f"{BUDGETS}\n[budgets.odd]\n{budget}\n")
    with pytest.raises(ConfigError, match=reason):
        load_assignment(tiny.public)


def test_the_handout_says_what_is_allowed(tmp_path: Path) -> None:
    """A count with its witness, and a speed-up as a share of one worker's time."""
    tiny = Tiny(tmp_path)
    tiny.toml(f"{BUDGETS}\n[budgets.parallel]\nspeedup = 1.5\n")
    tiny.checks("")
    text = fill_tables("<!-- generated: budgets -->\n<!-- end -->", load_assignment(tiny.public))
    row = "| `steps` | operations | `100` interpreter steps, and 1 x the yardstick `sums` |"
    assert row in text
    assert "| `parallel` | speedup | 1/1.5 of the wall time of one worker |" in text
