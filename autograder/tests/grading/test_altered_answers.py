"""A check is played again with altered answers: which alterations it lets pass, and which break
it."""

from pathlib import Path

import numpy as np
import pytest

from autograder.grading.answers.alterations import MOST_VALUES, sample, values_of
from autograder.grading.answers.changes import Same, altered
from autograder.model.report import Report
from autograder.model.verdict import Verdict
from autograder.sandbox.processless.tape import Exchanged
from autograder.tests.grading.tiny import Tiny, by_name, check_source, graded_once
from autograder.wire.messages import Call, Return

BUDGETS = """
[budgets.steps]
operations = "500"
[budgets.bytes]
memory = "16*n + 65536"
[budgets.seconds]
time = 3.0
yardstick = "sums"
[[yardsticks.sums.operations]]
op = "sum"
shapes = [[100000]]
count = 30
"""
STUDENT = """
import numpy as np
def half(x): return x / 2
def pair(x): return x / 2, x * 3
def models(x): return [x, x / 2, x / 4]
def swap(comm, x):
    comm.send(1 - comm.rank, x)
    return comm.recv(1 - comm.rank)
def descend(slope): return 1.0 - slope(np.ones(3)).sum()
"""
_HALF = "expect.close(student.half({0}), {0} / 2, rtol=1e-6, why='x')"
_RNG = "inputs=lambda rng: (rng.random(5_000),)"
_VERIFY = "verify=lambda a, value, _: expect.close(value, a[0] / 2, rtol=1e-6, why='x')"
_ALL = "changed entry sign zeros NaN None shape"
X = "x = rng.random((4, 3))\n"
# name: body, and what passes by place; the number of breaking alterations comes after these
CASES: dict[str, tuple[str, dict[str, str]]] = {
    "judged": (X + _HALF.format("x"), {}),
    "judged_twice": (X + _HALF.format("x") + "\n" + _HALF.format("(x + 1)"), {}),
    "loose": (X + "expect.close(student.half(x), x / 2, rtol=0.2, why='x')", {}),
    "one_of_two": (
        X + "half, _ = expect.items(student.pair(x), 2)\n"
        "expect.close(half, x / 2, rtol=1e-6, why='x')",
        {"pair(1).returned.1": _ALL + " transposed"},
    ),
    "with_each_other": (
        X + "expect.close(student.half(x), student.half(x), rtol=1e-6, why='x')",
        # of None, and where nothing is finite, the expected value is a mistake of the check
        {"half(all).returned": "changed entry sign zeros shape transposed"},
    ),
    "last_model": (
        X + "expect.close(student.models(x)[-1], x / 4, rtol=1e-6, why='x')",
        {f"models(1).returned.{n}": _ALL + " transposed" for n in (0, 1)},
    ),
    "asked": (
        "expect.close(student.descend(lambda w: w / 3), 0.0, rtol=0, atol=1e-9, why='x')",
        {"descend(1).asked.0": "changed entry sign zeros NaN shape"},
    ),
    "asked_and_judged": (
        "def slope(w):\n"
        "    expect.close(w, np.ones(3), rtol=1e-6, why='x')\n"
        "    return w / 3\n"
        "expect.close(student.descend(slope), 0.0, rtol=0, atol=1e-9, why='x')",
        {},
    ),
    "any_dtype": (
        "x = rng.random(3).astype('float32')\n" + _HALF.format("x"),
        {"half(1).returned": "dtype"},
    ),
    "one_dtype": (
        "x = rng.random(3).astype('float32')\n"
        "half = expect.array(student.half(x), shape=x.shape, dtype='float32')\n"
        "expect.close(half, x / 2, rtol=1e-6, why='x')",
        {},
    ),
    "counted": (
        f"budgets.operations('steps', student.half, {_RNG}, sizes={{}})",
        {"half(1).measured": _ALL},
    ),
    "counted_and_judged": (
        f"budgets.operations('steps', student.half, {_RNG}, sizes={{}}, {_VERIFY})\n"
        f"budgets.memory('bytes', student.half, {_RNG}, sizes=dict(n=5_000), {_VERIFY})\n"
        f"accounting.flops(student.half, rng.random(9), at_least=0, {_VERIFY})\n"
        f"budgets.time('seconds', student.half, {_RNG}, {_VERIFY})",
        {},
    ),
    "ranks": (
        "run = cluster.run(student.swap, size=2, inputs=lambda rank: (np.full(3, rank + 1.0),))\n"
        "for rank, value in enumerate(run.values):\n"
        "    expect.close(value, np.full(3, 2.0 - rank), rtol=1e-6, why='x')",
        {},
    ),
    "previous": (
        "for power in range(3):\n"
        "    x = np.full(3, 2.0**power)\n"
        "    half = expect.array(student.half(x), shape=(3,))\n"
        "    expect.that(float(half[0]) in (0.5, 1.0, 2.0) and np.ptp(half) == 0, 'no power')",
        {f"half({n}).returned": "previous" for n in (2, 3, "all")},
    ),
}
_BREAK = {"with_each_other": {"NaN", "None"}, "last_model": {"None"}}  # kinds


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """All checks, each with its alterations."""
    tiny = Tiny(tmp_path_factory.mktemp("altered") / "course")
    tiny.toml(BUDGETS, call_s=10, check_s=30)
    tiny.checks("".join(check_source(name, body) for name, (body, _) in CASES.items()))

    def grade() -> Report:
        return tiny.grade(STUDENT, hidden=True, seeds=1, closeness=True, alter=True)

    return graded_once(tmp_path_factory, "altered", grade)


@pytest.mark.parametrize("name", CASES)
def test_what_a_check_does_not_judge_passes_when_it_is_altered(graded: Report, name: str) -> None:
    """One value at a time, and in every call at once."""
    outcome = by_name(graded)[name]
    assert outcome.verdict is Verdict.PASSED, outcome.staff
    assert outcome.alterations
    found: dict[str, str] = {}
    for run in outcome.alterations:
        if run.verdict is Verdict.PASSED:
            found[run.place] = f"{found.get(run.place, '')} {run.kind}".strip()
    assert found == CASES[name][1]


@pytest.mark.parametrize("name", CASES)
def test_what_breaks_a_check_is_said(graded: Report, name: str) -> None:
    """With the error of the check; that two broken values agree is not looked at."""
    runs = [r for r in by_name(graded)[name].alterations if r.verdict is Verdict.GRADER_ERROR]
    assert {run.kind for run in runs} <= _BREAK.get(name, set())
    assert all("Error" in run.said for run in runs)


def test_a_check_that_the_submission_fails_is_not_altered(tmp_path: Path) -> None:
    """Only of right work it is known what must be noticed."""
    tiny = Tiny(tmp_path / "course")
    tiny.checks(check_source("half", X + _HALF.format("x")))
    (outcome,) = tiny.grade("def half(x): return x", seeds=1, closeness=True, alter=True).outcomes
    assert (outcome.verdict, outcome.alterations) == (Verdict.WRONG, ())


def test_a_check_that_calls_otherwise_the_second_time_is_broken(tmp_path: Path) -> None:
    """What it would receive then is not known."""
    tiny = Tiny(tmp_path / "course")
    body = "calls = globals().setdefault('calls', [])\ncalls.append(student.half(2.0))\n"
    tiny.checks(check_source("half", body + "if len(calls) > 1: student.half(2.0)"))
    (outcome,) = tiny.grade(STUDENT, seeds=1, closeness=True, alter=True).outcomes
    assert outcome.verdict is Verdict.GRADER_ERROR
    assert "played again, it is GRADER_ERROR" in outcome.staff


def test_values_are_sampled_at_each_place_in_turn() -> None:
    """A long list does not crowd out the only value of another function."""
    returned = Return(nonce=0)
    long = Exchanged(0, Call, "f", "", [], returned, [float(n) for n in range(500)])
    short = Exchanged(0, Call, "g", "", [], returned, 1.0)
    names = {value.name for value in sample(values_of([long, short]))}
    assert len(names) == MOST_VALUES
    assert {"f(1).returned", "g(1).returned"} <= names


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("sign", np.zeros(3)),
        ("zeros", 0),
        ("transposed", np.eye(3)),
        ("previous", 2.0),
        ("dtype", np.ones(3)),
        ("entry", np.ones(1)),
        ("NaN", "text"),
    ],
)
def test_an_alteration_that_changes_nothing_is_left_out(kind: str, value: object) -> None:
    """No check could notice it."""
    with pytest.raises(Same):
        altered(kind, value, value, 0.0)


def test_an_equal_list_of_the_call_before_is_left_out() -> None:
    """A counted call and its witness return equal arrays, in lists of their own."""
    value, before, other = ([{"a": np.ones(3)}, end] for end in (1.0, 1.0, 2.0))
    with pytest.raises(Same):
        altered("previous", value, before, 0.0)
    assert altered("previous", value, other, 0.0) is other


@pytest.mark.parametrize("value", [2, 2.0, True, "text", np.ones(3), np.arange(3), np.ones(3) > 0])
def test_every_kind_of_value_can_be_changed(value: object) -> None:
    """By more than is allowed, to another value of its type."""
    found = altered("changed", value, ..., 0.1)
    assert type(found) is type(value)
    assert not np.array_equal(np.asarray(found), np.asarray(value))
