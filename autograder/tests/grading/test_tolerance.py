"""Tolerances that follow from rounding, and how near comparisons come to them."""

import threading
from pathlib import Path

import numpy as np
import pytest

from autograder.grading import expect, rounding
from autograder.grading.expectations.closeness import noting, worst_of
from autograder.grading.expectations.tolerance import SAFETY, Tolerance
from autograder.model.check import CheckDeclaration
from autograder.model.errors import GraderError
from autograder.model.outcome import Closeness, Outcome
from autograder.model.verdict import Verdict
from autograder.sandbox.faults import StudentFault
from autograder.tests.grading.tiny import Tiny, by_name, check_source

THIRD = rounding(terms=3)


@pytest.mark.parametrize("dtype", ["float64", "float32", "float16"])
def test_the_tolerance_is_proportional_to_precision_terms_and_condition(dtype: str) -> None:
    """It is SAFETY eps terms condition, with numpy's eps."""
    found = rounding(terms=20, condition=10, dtype=dtype)
    assert found.relative == SAFETY * float(np.finfo(dtype).eps) * 20 * 10
    assert (found.absolute, found.is_rounding) == (0.0, True)


def test_with_a_size_the_tolerance_is_absolute() -> None:
    """What cancels to nearly nothing cannot be judged by its own size."""
    found = rounding(terms=6, size=4.0, condition=2)
    assert found.relative == 0.0
    assert found.absolute == 4.0 * rounding(terms=6, condition=2).relative
    expect.close(np.full(2, found.absolute), np.zeros(2), within=found)


@pytest.mark.parametrize(
    ("tolerance", "words"),
    [
        (rounding(terms=20, condition=10), "float64, 20 terms, condition 10"),
        (rounding(terms=1, dtype="bfloat16"), "bfloat16, 1 term"),
        (rounding(terms=2, size=3.14159), "float64, 2 terms, of size 3.1"),
        (rounding(terms=2, why="a quotient"), "float64, 2 terms: a quotient"),
    ],
)
def test_the_reason_is_put_in_words(tolerance: Tolerance, words: str) -> None:
    """They name all that the tolerance follows from; the author's own words are last."""
    assert tolerance.why == words


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"terms": 2, "dtype": "float46"}, "did you mean 'float64'?"),
        ({"terms": 0}, "terms 0 and condition 1 must be at least 1"),
        ({"terms": 2, "condition": 0.5}, "condition 0.5 must be"),
        ({"terms": 2, "size": -1.0}, "size -1 not negative"),
    ],
)
def test_figures_that_cannot_be_are_refused(options: dict[str, float], reason: str) -> None:
    """A GraderError: the check is broken, not the submission."""
    with pytest.raises(GraderError, match=reason):
        rounding(**options)  # type: ignore[arg-type]


def test_exactly_what_is_allowed_passes_and_the_next_number_does_not() -> None:
    """The message says how far off, what is allowed and why."""
    allowed = THIRD.relative
    expect.close(1.0 + allowed, 1.0, within=THIRD)
    with pytest.raises(StudentFault) as caught:
        expect.close(1.0 + 2 * allowed, 1.0, within=THIRD, what="the sum")
    assert caught.value.message.what == (
        f"the sum is off by {2 * allowed:.2g} of its size (allowed {allowed:.1g}: float64, 3 terms)"
    )


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"rtol": 1e-9},
        {"why": "float64"},
        {"atol": 1.0, "why": "w"},
        {"within": THIRD, "rtol": 1e-9, "why": "float64"},
        {"within": THIRD, "atol": 1e-9},
        {"within": THIRD, "why": "float64"},
    ],
    ids=str,
)
def test_a_comparison_has_exactly_one_form_of_tolerance(given: dict[str, object]) -> None:
    """A rounding, or rtol and atol with a reason, is required, even where the values agree."""
    with pytest.raises(GraderError, match=r"the loss needs either within=rounding\(...\), or rtol"):
        expect.close(1.0, 1.0, what="the loss", **given)  # type: ignore[arg-type]


def test_comparisons_are_noted_only_while_somebody_listens() -> None:
    """Comparisons that fail are noted too; an inner list has only those made within it."""
    outer: list[Closeness] = []
    inner: list[Closeness] = []
    expect.close(1.0, 1.0, within=THIRD)
    with noting(outer):
        with noting(inner):
            expect.close(2.0, 2.5, rtol=0.5, why="chance", what="a")
        with noting(None):
            expect.close(1.0, 1.0, within=THIRD, what="unheard")
        with pytest.raises(StudentFault):
            expect.close(np.ones(2), np.array([1.0, 4.0]), within=THIRD, what="b")
    expect.close(1.0, 1.0, within=THIRD)
    assert inner == [
        Closeness(what="a", error=0.5, allowed=1.25, rounding=False, why="chance", size=2.5)
    ]
    (noted,) = outer
    assert (noted.what, noted.error, noted.rounding) == ("b", 3.0, True)
    assert noted.allowed == 4 * THIRD.relative


def test_another_thread_is_not_overheard() -> None:
    """Comparisons of two checks in two threads are not mixed."""
    noted: list[Closeness] = []
    with noting(noted):
        other = threading.Thread(target=lambda: expect.close(1.0, 1.0, within=THIRD))
        other.start()
        other.join()
    assert noted == []


def test_the_worst_of_several_runs_keeps_its_seed() -> None:
    """For each comparison it is the largest share; an error where none is allowed is largest."""
    declaration = CheckDeclaration(id="check_a", title="t", part="1.1", points=1, file="f")

    def run(*found: Closeness) -> Outcome:
        return Outcome(check=declaration, verdict=Verdict.PASSED, closeness=found)

    near = Closeness(what="a", error=1.0, allowed=2.0, rounding=True)
    far = Closeness(what="a", error=10.0, allowed=100.0, rounding=True)
    exact = Closeness(what="b", error=0.0, allowed=0.0, rounding=False)
    first, second = worst_of([(3, run(far, exact)), (4, run(near)), (5, run(far))])
    assert (first.error, first.variation) == (1.0, 4)
    assert (second.what, second.share) == ("b", 0.0)
    assert Closeness(what="c", error=1.0, allowed=0.0, rounding=True).share == float("inf")


COUNTS = """
import os
calls = []
def f(*arguments):
    calls.append(1)
    return float(len(calls))
def g(x):
    return x if len(calls) < 5 else x + 1.0
def prints_threads():
    return os.environ["OPENBLAS_NUM_THREADS"]
"""
ONE_AND_ALL = check_source(
    "counts", "expect.close(student.f(), 0.0, rtol=0, atol=8, why='w', what='the count')"
) + check_source("fails", "expect.close(student.g(2.0), 2.0, within=rounding(terms=1))")
IMPORT = "from autograder.grading import rounding\n"


@pytest.fixture
def tiny(tmp_path: Path) -> Tiny:
    """A tiny assignment of this test."""
    return Tiny(tmp_path)


def test_a_grading_notes_every_seed_in_one_worker(tiny: Tiny) -> None:
    """Hidden checks too, with public seeds and no secret; each comparison where it was worst."""
    tiny.checks(IMPORT + ONE_AND_ALL, hidden=True)
    report = tiny.grade(COUNTS, hidden=True, seeds=6, closeness=True, secret_file=None)
    found = by_name(report)
    (count,) = found["counts"].closeness
    assert (count.error, count.allowed, count.rounding, count.variation) == (6.0, 8.0, False, 5)
    assert found["fails"].verdict is Verdict.WRONG
    (fails,) = found["fails"].closeness
    assert (fails.error, fails.variation) == (1.0, 0)
    assert report.seed == "public"


def test_nothing_is_noted_unless_it_is_asked_for(tiny: Tiny) -> None:
    """Otherwise each run has a worker of its own, so the count starts again."""
    tiny.checks(IMPORT + ONE_AND_ALL + check_source("again", "expect.equal(student.f(), 1.0)"))
    report = tiny.grade(COUNTS)
    assert [outcome.closeness for outcome in report.outcomes] == [(), (), ()]
    assert report.exit_status == 0


def test_seeds_start_where_they_are_told(tiny: Tiny) -> None:
    """Two seeds in one grading have the results of two gradings with one seed each."""
    body = "expect.close(float(rng.random()), 0.0, rtol=0, atol=1, why='w', what='drawn')"
    tiny.checks(check_source("draws", body))
    singly = [
        tiny.grade(COUNTS, seeds=1, closeness=True, variation=v).outcomes[0].closeness
        for v in (2, 3)
    ]
    (both,) = tiny.grade(seeds=2, closeness=True, variation=2).outcomes
    assert both.closeness == (max(singly, key=lambda found: found[0].error)[0],)
    assert len({found[0].error for found in singly}) == 2


def test_two_threads_of_blas_can_be_asked_for(tiny: Tiny) -> None:
    """The number of threads is set before the workers' libraries are imported."""
    tiny.checks(check_source("threads", "expect.equal(student.prints_threads(), '2')"))
    report = tiny.grade(COUNTS, threads=2, launcher="spawn")
    assert report.exit_status == 0
    assert report.machine["threads"] == "2"


def test_budgets_judge_values_without_a_clock(tiny: Tiny) -> None:
    """A time budget calls once, with a new worker, and what its verify compares is noted."""
    tiny.toml('[budgets.t]\ntime = 3.0\nyardstick = "y"\n[yardsticks.y]\ninterpreter_steps = 9')
    body = """
        def verify(arguments, value, want):
            expect.close(value, want, within=rounding(terms=1), what="what was timed")
        budgets.time("t", student.g, inputs=lambda rng: (2.0,), expected=lambda x: x, verify=verify)
    """
    tiny.checks(IMPORT + check_source("timed", body))
    (outcome,) = tiny.grade(COUNTS, seeds=1, closeness=True).outcomes
    assert outcome.verdict is Verdict.PASSED
    assert outcome.measurements == ()
    assert [found.what for found in outcome.closeness] == ["what was timed"]


def test_only_the_checks_asked_for_are_measured(tiny: Tiny) -> None:
    """What a check needs is not run with every seed, because right programs pass it."""
    needing = check_source("b", "expect.equal(student.g(1.0), 1.0)", needs="check_a")
    tiny.checks(check_source("a", "expect.that(False, 'never')") + needing)
    report = tiny.grade(COUNTS, seeds=1, closeness=True, checks=("check_b",))
    assert [(o.check.id, o.verdict) for o in report.outcomes] == [("check_b", Verdict.PASSED)]


def test_each_seed_has_its_verdict(tiny: Tiny) -> None:
    """Each run has a worker of its own, and runs whatever became of what the check needs; the
    outcome is the first failure's."""
    body = "expect.that(rng.random() < 0.5, f'large after {student.f():g} call')"
    needing = check_source("b", body, needs="check_a")
    tiny.checks(check_source("a", "expect.that(False, 'never')") + needing)
    found = by_name(tiny.grade(COUNTS, seeds=12))
    assert [result.verdict for result in found["a"].seeds] == [Verdict.WRONG] * 12
    results = found["b"].seeds
    assert [result.variation for result in results] == list(range(12))
    wrong = [result for result in results if result.verdict is Verdict.WRONG]
    assert 0 < len(wrong) < 12
    assert {result.said for result in wrong} == {"large after 1 call"}
    assert found["b"].verdict is Verdict.WRONG
