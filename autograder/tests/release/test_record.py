"""autograder.release.record: what is recorded, and what is refused."""

import re
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest

from autograder.grading.fixtures.oracles import RECORD_FILE, Recorded, Records, read_records
from autograder.model.errors import ReleaseError
from autograder.release.record import asking_checks, record_answers, stale_records
from autograder.tests.release.small import CHECKS, mean_of, small_course

SAFE = "expect.close(got, oracle.loop_mean(numbers)"


def with_checks(root: Path, checks: str) -> Path:
    """The small course with other visible checks."""
    small_course(root)
    (root / "assignments" / "mean" / "checks" / "check_1.py").write_text(checks)
    return root


def test_the_questions_of_visible_checks_are_recorded(released: Path) -> None:
    """One question of one check: the other checks ask nothing."""
    records = read_records(released / "student_templates" / "mean" / RECORD_FILE)
    assert {name: [r.function for r in asked] for name, asked in records.items()} == {
        "check_mean_agrees_with_a_loop": ["loop_mean"]
    }
    assert asking_checks(mean_of(released)) == ("check_mean_agrees_with_a_loop",)


@pytest.mark.parametrize(
    "question",
    [
        f"oracle.loop_mean(numbers + got)\n    {SAFE}",
        f"{SAFE}, rtol=1e-10, why='w')\n    expect.close(got, oracle.loop_mean(0 * numbers + got)",
        f"oracle.loop_mean(numbers + round(100 * got))\n    {SAFE}",
    ],
    ids=["before it is judged", "after it is judged", "as a whole number"],
)
def test_a_question_that_depends_on_the_submission_is_refused(
    tmp_path: Path, question: str
) -> None:
    """Its answer could not be replayed to a student whose work returns another value."""
    checks = CHECKS.replace(SAFE, question).replace("standard_normal(7)", "random(7) * 3")
    root = with_checks(tmp_path, checks)
    with pytest.raises(
        ReleaseError, match=r"check_mean_agrees.*question \d, loop_mean\(\), depends"
    ):
        record_answers(mean_of(root), root)


def test_a_check_that_other_values_break_is_refused(tmp_path: Path) -> None:
    """A wrong number must be judged WRONG at home, and not as the grader's own fault."""
    checks = CHECKS.replace(SAFE, "abs(got) < 0.5 and missing\n    " + SAFE)
    checks = checks.replace("standard_normal(7)", "random(7) * 0 + 0.6").replace("< 0.5", "> 0.8")
    root = with_checks(tmp_path, checks)
    with pytest.raises(ReleaseError, match=r"check_mean_agrees.* breaks when .*NameError"):
        record_answers(mean_of(root), root)


def test_a_reference_that_fails_is_refused(tmp_path: Path) -> None:
    """No answers are recorded for checks that the reference itself does not pass."""
    root = with_checks(tmp_path, CHECKS.replace("2.0]), 1.5", "2.0]), 1.6"))
    with pytest.raises(ReleaseError, match="the reference does not pass check_mean_of_two: WRONG"):
        record_answers(mean_of(root), root)


def test_without_questions_nothing_is_graded(tmp_path: Path) -> None:
    """Checks without an oracle need no recording, and no reference that runs."""
    root = with_checks(tmp_path, CHECKS[: CHECKS.index("@check", 200)])
    (root / "reference" / "mean" / "mean.py").write_text("broken(")
    assert record_answers(mean_of(root), root) == {}


def answered(question: Any, answer: Any) -> Records:
    """Records with one question."""
    recorded = Recorded.of("f", [(question,), {}], answer)
    return msgspec.json.decode(msgspec.json.encode({"check_a": [recorded]}), type=Records)


ARRAY = np.linspace(1.0, 2.0, 5)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (0.5, 1.25 * (1 + 1e-13)),
        (0.5 * (1 + 1e-12), 1.25),
    ],
)
def test_the_last_bits_of_another_machine_are_fresh(question: Any, answer: Any) -> None:
    """Questions and answers that differ by rounding keep the committed file."""
    assert stale_records(answered(0.5, 1.25), answered(question, answer)) == []


@pytest.mark.parametrize(
    ("question", "answer", "message"),
    [
        (0.6, 1.25, r"question 1, f\(\), is another one"),
        (0.5, 1.25001, r"the answer to question 1, f\(\), changed"),
        (0.5, [1.25], "changed"),
        (0.5, "1.25", "changed"),
    ],
)
def test_other_questions_and_answers_are_stale(question: Any, answer: Any, message: str) -> None:
    """The reason names the check and the question."""
    (reason,) = stale_records(answered(0.5, 1.25), answered(question, answer))
    assert re.search(f"check_a: .*{message}", reason)


@pytest.mark.parametrize(
    ("answer", "fresh"),
    [
        (ARRAY * (1 + 1e-12), True),
        (ARRAY * (1 + 1e-6), False),
        (ARRAY.astype("float32"), False),
        (ARRAY[:, None], False),
    ],
)
def test_arrays_are_compared_within_the_tolerance(answer: np.ndarray, fresh: bool) -> None:
    """Values to 1e-9; shape and dtype exactly."""
    assert (stale_records(answered(1, ARRAY), answered(1, answer)) == []) is fresh


@pytest.mark.parametrize(
    ("answer", "same"),
    [
        ({"a": [1.0, 2], "b": (True, None)}, {"a": [1.0 + 1e-12, 2], "b": (True, None)}),
        (np.array([1, 2]), np.array([1, 2])),
        (np.array([True, False]), np.array([True, False])),
        (float("nan"), float("nan")),
    ],
)
def test_answers_may_be_containers(answer: Any, same: Any) -> None:
    """Numbers inside are compared within the tolerance, all else exactly."""
    assert stale_records(answered(1, answer), answered(1, same)) == []
    assert stale_records(answered(1, answer), answered(1, [answer]))


@pytest.mark.parametrize(
    ("answer", "other"),
    [
        ({"a": 1.0}, {"b": 1.0}),
        ([1.0, 2.0], [1.0]),
        (np.array([1, 2]), np.array([1, 3])),
        (True, False),
    ],
)
def test_a_changed_part_of_an_answer_is_stale(answer: Any, other: Any) -> None:
    """A key, a length, a whole number, a truth value."""
    assert stale_records(answered(1, answer), answered(1, other))


def test_answers_may_be_tensors() -> None:
    """Of any dtype, also those numpy lacks."""
    torch = pytest.importorskip("torch")
    half = torch.tensor([1.0, 2.0], dtype=torch.bfloat16)
    assert stale_records(answered(1, half), answered(1, half.clone())) == []
    assert stale_records(answered(1, half), answered(1, half * 2))
    assert stale_records(answered(1, half), answered(1, half.float()))
    assert stale_records(answered(1, torch.tensor([1])), answered(1, torch.tensor([2])))


def test_float32_answers_have_float32_rounding() -> None:
    """One unit in the last place of a float32 is not a change, a thousand are."""
    single = ARRAY.astype("float32")
    assert stale_records(answered(1, single), answered(1, np.nextafter(single, 9))) == []
    assert stale_records(answered(1, single), answered(1, single * np.float32(1.0001)))


def test_a_missing_or_extra_question_is_stale() -> None:
    """Also a check that asks now and did not, or the other way round."""
    one = answered(1, 1)
    two = {"check_a": one["check_a"] * 2}
    assert stale_records(one, two) == ["check_a asks 2 questions, not 1"]
    assert stale_records(one, {}) == ["check_a asks 0 questions, not 1"]
