"""The value of every call that is measured is judged; one that is not needed stays there."""

from pathlib import Path

import msgspec
import pytest

from autograder.model.report import Report
from autograder.tests.grading.tiny import Tiny, by_name, check_source, graded_once, text_of

BUDGETS = """
[budgets.steps]
operations = "500"
[budgets.buffers]
memory = "2*8*n + 65536"
[budgets.grows]
operations = "1.1"
unit = "growth exponent"
"""
STUDENT = """
import tracemalloc
import numpy as np
calls = 0
def doubled(x): return 2 * x
def zeros(x): return 0 * x
def unsent_at_first(x):
    global calls
    calls += 1
    return object() if calls == 1 else 2 * x
def right_when_traced(x): return 2 * x if tracemalloc.is_tracing() else 0 * x
def lazy_when_large(x): return 2 * x if x.size < 400 else 0 * x
def without_arguments(): return 0
def nothing(x): pass
"""
_JUDGED = "expected=oracle.doubled, verify=lambda _, value, want: expect.equal(value, want)"
_ONE = f"inputs=lambda rng: (rng.random(5_000),), sizes=dict(n=5_000), {_JUDGED}"
_SIZES = f"inputs=lambda n, rng: (rng.random(n),), sizes=(100, 200, 400, 800), {_JUDGED}"
_MEASURED = {
    "memory": f"budgets.memory('buffers', student.{{}}, {_ONE})",
    "operations": f"budgets.operations('steps', student.{{}}, {_ONE})",
    "growth": f"budgets.growth('grows', student.{{}}, {_SIZES})",
    "bytes": f"accounting.bytes(student.{{}}, rng.random(5_000), {_JUDGED})",
    "computed": "budgets.operations('steps', student.{}, inputs=lambda rng: (rng.random(9),),"
    " sizes={{}}, verify=lambda _, value, want: expect.number(value.sum(), low=0))",
    "flops": f"accounting.flops(student.{{}}, rng.random(5_000), at_least=0, {_JUDGED})",
}
_WRONG = {
    *((kind, "zeros") for kind in _MEASURED if kind != "computed"),
    ("memory", "right_when_traced"),
    ("bytes", "right_when_traced"),
    ("growth", "lazy_when_large"),
    ("computed", "nothing"),
}
_RIGHT = {
    *((kind, "doubled") for kind in _MEASURED),
    *((kind, "unsent_at_first") for kind in ("operations", "growth")),
}


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Tiny:
    """A check of each kind for each function."""
    tiny = Tiny(tmp_path_factory.mktemp("judged") / "course")
    tiny.toml(BUDGETS, call_s=10, check_s=30)
    tiny.oracles("def doubled(x): return 2 * x")
    wanted = sorted(_WRONG | _RIGHT | {("memory", "without_arguments")})
    checks = (check_source(f"{kind}_{f}", _MEASURED[kind].format(f)) for kind, f in wanted)
    tiny.checks("".join(checks))
    tiny.hand_in(STUDENT)
    return tiny


@pytest.fixture(scope="module")
def graded(tiny: Tiny, tmp_path_factory: pytest.TempPathFactory) -> Report:
    """All of them, graded once."""
    return graded_once(tmp_path_factory, "judged", tiny.grade)


@pytest.mark.parametrize(("kind", "function"), sorted(_WRONG))
def test_a_measured_value_that_is_wrong_fails(graded: Report, kind: str, function: str) -> None:
    """Also that of the run the operating system watches, and that of a single size."""
    outcome = by_name(graded)[f"{kind}_{function}"]
    assert outcome.verdict.value == "WRONG", (text_of(outcome), outcome.staff)


def test_a_value_that_cannot_be_computed_with_is_wrong(graded: Report) -> None:
    """The check's own arithmetic fails, and the message says of what."""
    said = text_of(by_name(graded)["computed_nothing"])
    assert "the returned value cannot be used\nAttributeError: 'NoneType' object" in said


@pytest.mark.parametrize(("kind", "function"), sorted(_RIGHT))
def test_right_values_pass(graded: Report, kind: str, function: str) -> None:
    """What a warm-up returns is not fetched, so it may be anything."""
    outcome = by_name(graded)[f"{kind}_{function}"]
    assert outcome.verdict.value == "PASSED", (text_of(outcome), outcome.staff)


def test_a_warm_up_with_other_parameters_names_them(graded: Report) -> None:
    """As any other call does."""
    outcome = by_name(graded)["memory_without_arguments"]
    assert outcome.verdict.value == "CRASHED"
    assert "without_arguments() cannot be called with the arguments" in text_of(outcome)


def test_one_question_is_recorded_for_each_counted_call(tiny: Tiny, tmp_path: Path) -> None:
    """Only what is timed may be asked about more often than it was here."""
    record = tmp_path / "answers.json"
    tiny.grade(record_to=record)
    asked = msgspec.json.decode(record.read_bytes())
    counted = {kind: len(asked.get(f"check_{kind}_doubled", ())) for kind in _MEASURED}
    assert counted == {
        "memory": 1,
        "operations": 1,
        "growth": 4,
        "bytes": 1,
        "flops": 1,
        "computed": 0,
    }
