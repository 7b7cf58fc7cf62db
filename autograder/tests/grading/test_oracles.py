"""Recorded answers: found by their question, refused for another one."""

import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autograder.grading.context.fingerprint import exact_hash, fingerprint_of, same
from autograder.grading.fixtures.oracles import (
    LiveOracles,
    Recorded,
    RecordedOracles,
    Records,
    read_records,
    show_records,
)
from autograder.grading.fixtures.shared_answers import SharedAnswers
from autograder.model.errors import GraderError

ORACLES = """
import numpy as np
def double(x, *, times=2):
    return {"value": x * times, "none": None}
def mean(x):
    return np.mean(x)
"""
X = np.linspace(0, 1, 500).reshape(20, 25)


@pytest.fixture
def recorded(tmp_path: Path) -> Records:
    """Two questions of one check, through the text of the file."""
    path = tmp_path / "oracles.py"
    path.write_text(ORACLES)
    records: Records = {}
    oracle: Any = LiveOracles(path, records).for_check("check_a")
    oracle.double(X, times=3)
    oracle.mean(X)
    (tmp_path / "answers.json").write_text(show_records(records))
    sys.modules.pop("autograder_oracles")
    return read_records(tmp_path / "answers.json")


def ask(recorded: Records, check: str = "check_a") -> Any:
    """The oracle of a check at home."""
    return RecordedOracles(recorded).for_check(check)


def test_the_same_questions_give_the_recorded_answers(recorded: Records) -> None:
    """Values come back exactly, in any run of the check, from the text of the file."""
    for _ in range(2):
        oracle = ask(recorded)
        answer = oracle.double(X, times=3)
        assert np.array_equal(answer["value"], X * 3)
        assert answer["none"] is None
        assert oracle.mean(X) == np.mean(X)


def test_a_question_rounded_elsewhere_is_the_same_question(recorded: Records) -> None:
    """Another libm's last bits still find the answer, and so does a product of another order."""
    for difference in (1e-15, 2e-7):
        question = X * (1 + difference)
        assert np.array_equal(ask(recorded).double(question, times=3)["value"], X * 3)


@pytest.mark.parametrize("rounding", [0.0, 1e-17, -3e-16])
def test_entries_that_cancel_are_the_same_question_on_every_machine(rounding: float) -> None:
    """What is zero up to rounding has no direction that could differ."""
    question = [np.full(4, rounding), np.array([1.0, -1.0]) + rounding]
    record = Recorded.of("f", [np.zeros(4), np.array([1.0, -1.0])], 1.0)
    assert record.answers("f", fingerprint_of(question, balanced=True))


@pytest.mark.parametrize(
    "question",
    [
        lambda o: o.double(X + 1e-3, times=3),
        lambda o: o.double(X, times=2),
        lambda o: o.double(X[::-1], times=3),
        lambda o: o.double(X.T, times=3),
        lambda o: o.double(X.astype("f4"), times=3),
        lambda o: o.double(X),
        lambda o: o.mean(X + 1),
    ],
)
def test_another_question_is_a_grader_error(recorded: Records, question: Any) -> None:
    """Other values, another order, shape, dtype, keyword or function do not get the answer."""
    with pytest.raises(GraderError, match="no recorded answer belongs"):
        question(ask(recorded))


def test_a_question_too_many_or_of_another_check_is_a_grader_error(recorded: Records) -> None:
    """What was not recorded is a miss that says so, never a wrong answer."""
    with pytest.raises(GraderError, match=r"check_b asks mean\(\) more often than was recorded"):
        ask(recorded, "check_b").mean(X)
    oracle = ask(recorded)
    oracle.double(X, times=3)
    oracle.mean(X)
    with pytest.raises(GraderError, match="more often than was recorded"):
        oracle.mean(X)


def test_missing_and_broken_records_say_what_to_do(tmp_path: Path) -> None:
    """A student zip with a file missing or edited asks to be unpacked again."""
    with pytest.raises(GraderError, match="is missing: unpack the student zip again"):
        read_records(tmp_path / "answers.json")
    (tmp_path / "answers.json").write_text('{"check_a": [{"function": 3}]}')
    with pytest.raises(GraderError, match=r"is broken .*unpack the student zip again"):
        read_records(tmp_path / "answers.json")


def test_an_oracle_that_does_not_exist_is_a_grader_error(tmp_path: Path) -> None:
    """A check that asks for one is told the file."""
    (tmp_path / "oracles.py").write_text("")
    oracle: Any = LiveOracles(tmp_path / "oracles.py").for_check("check_a")
    with pytest.raises(GraderError, match=r"there is no oracle 'mean' in .*oracles\.py"):
        oracle.mean(X)


def test_an_oracle_with_named_answers_is_a_grader_error(tmp_path: Path) -> None:
    """A student's recorded answer is a plain tuple: its check would not find the names."""
    text = "import collections\nP = collections.namedtuple('P', 'x y')\ndef f(): return P(1, 2)"
    (tmp_path / "oracles.py").write_text(text)
    oracle: Any = LiveOracles(tmp_path / "oracles.py").for_check("check_a")
    with pytest.raises(GraderError, match=r"the oracle 'f' returns P, .* return a plain tuple"):
        oracle.f()


def test_oracles_may_be_in_several_files(tmp_path: Path) -> None:
    """One of oracles_*.py is asked like one of oracles.py; two of one name are an error."""
    (tmp_path / "oracles.py").write_text("def one(): return 1\ndef three(): return 3")
    (tmp_path / "oracles_of_two.py").write_text("def one(): return 0\ndef two(): return 2")
    oracle: Any = LiveOracles(tmp_path / "oracles.py").for_check("check_a")
    assert (oracle.three(), oracle.two()) == (3, 2)
    with pytest.raises(GraderError, match=r"there are 2 oracles 'one' in .*: rename one"):
        oracle.one()


VALUES = [
    0, 1, True, None, "a", "b", b"a", 1.0, 2.0, np.float32(1), [1], (1,), [1, 2], {"a": 1},
    {"a": 2}, np.ones(2), np.ones((2, 1)), np.zeros(2), np.ones(2, "c16"), np.array([1.0, 2.0]),
    np.array([2.0, 1.0]), np.ones((0, 2)), np.array(1.0), slice(1, 2), range(3), np.array([True]),
    np.array([np.nan, 1.0]), np.ones((3, 2), "c16").T, np.full((2, 3), 2j),
]  # fmt: skip


@pytest.mark.parametrize("balanced", [False, True])
@pytest.mark.parametrize("number", range(len(VALUES)))
def test_fingerprints_are_equal_only_for_equal_values(number: int, balanced: bool) -> None:
    """Every value has the fingerprint of itself, and none of the others'."""
    prints = [fingerprint_of(value, balanced=balanced) for value in VALUES]
    matching = {n for n, other in enumerate(prints) if same(prints[number], other)}
    assert matching == {number} | scalar_twins(number)


def test_a_small_number_beside_a_large_array_is_part_of_a_question() -> None:
    """A learning rate changed by a hundred-thousandth asks something else; rounding does not."""
    X = np.full(10_000, 1e6)
    print_of = [fingerprint_of([X, a], balanced=True) for a in (0.1, 0.1 * (1 + 1e-5), 0.1 + 1e-16)]
    assert not same(print_of[0], print_of[1])
    assert same(print_of[0], print_of[2])


def test_the_exact_hash_changes_with_the_last_bit() -> None:
    """Also of one entry of a large array, and of NaN it is always the same."""
    changed = X.copy()
    changed[3, 4] = np.nextafter(changed[3, 4], 2)
    assert exact_hash([X, {"a": 1}]) == exact_hash([X.copy(), {"a": 1}])
    assert exact_hash([X, {"a": 1}]) != exact_hash([changed, {"a": 1}])
    assert exact_hash([np.nan]) == exact_hash([np.nan])


def scalar_twins(number: int) -> set[int]:
    """1.0 and np.array(1.0) ask the same question."""
    return {7, 22} - {number} if number in (7, 22) else set()


def test_gradings_share_what_an_oracle_answers(tmp_path: Path) -> None:
    """A question is answered once if that takes long, and again where one bit differs; what holds
    a function is always asked, and an answer may be changed by the check that has it."""
    (tmp_path / "oracles.py").write_text("""
import time
asked = []
def slow(x, f=None):
    asked.append(x)
    time.sleep(0.01)
    return {"values": x + len(asked)}
def times():
    return len(asked)
""")

    def oracle() -> Any:
        shared = SharedAnswers(tmp_path)
        return LiveOracles(tmp_path / "oracles.py", shared=shared).for_check("check_a")

    first = oracle().slow(X)["values"]
    first += 5.0
    again = oracle()
    assert np.array_equal(again.slow(X)["values"], X + 1)
    assert again.times() == 0
    assert np.array_equal(again.slow(np.nextafter(X, 2))["values"], np.nextafter(X, 2) + 1)
    for _ in range(2):
        again.slow(X, f=len)
    assert again.times() == 3
    assert oracle().slow(X)["values"][0, 0] == 1.0
