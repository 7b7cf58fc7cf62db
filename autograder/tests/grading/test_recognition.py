"""Fingerprints of values, their information, and what they are recognised as."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autograder.grading.context.fingerprint import fingerprint_of, same
from autograder.grading.context.information import MOST_BITS, information
from autograder.grading.context.transcript import Transcript
from autograder.grading.mistakes.known_mistakes import (
    KnownMistakes,
    Trace,
    read_mistakes,
    show_mistakes,
)
from autograder.grading.mistakes.recognition import ENOUGH, recognise, trace_of
from autograder.model.errors import GraderError
from autograder.model.outcome import Answer


def said(**values: Any) -> dict[str, Answer]:
    """Answers by name, `_` for the space."""
    return {
        name.replace("_", " "): Answer(fingerprint_of(value), information(value))
        for name, value in values.items()
    }


RNG = np.random.default_rng(7)
RIGHT, HALVED, OTHER = (RNG.standard_normal((3, 4)) for _ in range(3))


@pytest.mark.parametrize(
    "value",
    [
        3,
        0.1,
        [RIGHT, OTHER],
        {"a": RIGHT, "b": (1, 2.5)},
        np.random.default_rng(3),
        np.array([1.0, np.nan]),
        slice(0, 3),
    ],
)
def test_a_value_has_the_fingerprint_of_its_copy(value: Any) -> None:
    """So have two generators at different addresses, and values with NaN."""
    copied = np.random.default_rng(3) if isinstance(value, np.random.Generator) else value
    assert same(fingerprint_of(value), fingerprint_of(copied))


def test_rounding_keeps_a_fingerprint_and_a_real_difference_does_not() -> None:
    """1e-12 of the size is rounding; 1e-5 of it in a single entry is not."""
    nudged = RIGHT.copy()
    nudged[1, 2] += 1e-5
    assert same(fingerprint_of(RIGHT), fingerprint_of(RIGHT * (1 + 1e-12)))
    assert not same(fingerprint_of(RIGHT), fingerprint_of(nudged))


@pytest.mark.parametrize(
    "other", [RIGHT.T, RIGHT.astype("f4"), RIGHT.tolist(), [RIGHT], RIGHT[:, ::-1], None]
)
def test_another_shape_type_or_order_is_another_fingerprint(other: Any) -> None:
    """Structure counts, not only the numbers."""
    assert not same(fingerprint_of(RIGHT), fingerprint_of(other))


def test_nan_and_infinity_are_told_apart() -> None:
    """They are in no projection, and still count."""
    nan, infinite = fingerprint_of(np.array([1.0, np.nan])), fingerprint_of(np.array([1.0, np.inf]))
    assert not same(nan, infinite)


@pytest.mark.parametrize("value", [None, True, "text", 0.0, np.zeros((5, 5)), float("nan"), []])
def test_what_many_mistakes_give_says_nothing(value: Any) -> None:
    """Zeros, None and text have no information."""
    assert information(value) == 0


def test_small_numbers_say_little_and_real_ones_much() -> None:
    """A share of four examples has few bits; one sum to seven digits has enough."""
    assert 1 < information(0.25) < 3
    assert 5 < information(17 / 40) < 7
    assert information(0.123456789) >= ENOUGH
    assert information(np.full((9, 9), 0.25)) < 3  # the same number again adds no information
    assert information(RIGHT) == MOST_BITS


def test_a_mistake_is_recognised_by_its_own_answers_only() -> None:
    """The right answers, other answers and another number of calls are no known mistake."""
    trace = trace_of("it is halved", said(a_returned=HALVED), said(a_returned=RIGHT))
    assert trace is not None
    assert recognise([trace], said(a_returned=HALVED)) == "it is halved"
    assert recognise([trace], said(a_returned=RIGHT)) == ""
    assert recognise([trace], said(a_returned=OTHER)) == ""
    assert recognise([trace], said(a_returned=HALVED, b_returned=RIGHT)) == ""


def test_an_answer_that_is_right_is_no_evidence() -> None:
    """Answers that differ where the mistake's are right are another mistake, or none."""
    right, wrong = said(a_returned=RIGHT, b_returned=RIGHT), said(a_returned=RIGHT, b_returned=2.0)
    assert trace_of("b is two", wrong, right) is None  # one small number


def test_what_rounding_has_left_of_a_zero_is_no_evidence() -> None:
    """Such a number is another one with other instructions; a small error is not so small."""
    right = said(a_returned=2.0)
    assert trace_of("it cancels", said(a_returned=1.26164231e-10), right) is None
    assert trace_of("it is small", said(a_returned=2.19638924e-6), right) is not None


def test_what_was_asked_decides_where_the_value_is_right() -> None:
    """An algorithm that asks for other rows and still returns the right model."""
    right, wrong = said(a_asked=[RIGHT], a_returned=1.5), said(a_asked=[OTHER], a_returned=1.5)
    trace = trace_of("it asks for more", wrong, right)
    assert trace is not None
    assert recognise([trace], said(a_asked=[OTHER], a_returned=1.5)) == "it asks for more"
    assert recognise([trace], right) == ""


def test_a_wrong_value_is_recognised_however_it_was_asked_for() -> None:
    """Index arrays instead of slices do not hide a known mistake."""
    right = said(a_asked=[slice(0, 3)], a_returned=RIGHT)
    trace = trace_of("it is halved", said(a_asked=[slice(0, 2)], a_returned=HALVED), right)
    assert trace is not None
    assert recognise([trace], said(a_asked=[[0, 1]], a_returned=HALVED)) == "it is halved"


def test_mistakes_that_cannot_be_told_apart_share_their_names() -> None:
    """Up to three names are joined; with more, no name is shown."""
    names = ["one", "two", "three", "four"]
    traces = [trace_of(name, said(a_returned=OTHER), said(a_returned=RIGHT)) for name in names]
    found = [trace for trace in traces if trace]
    assert recognise(found[:2], said(a_returned=OTHER)) == "one\ntwo"
    assert recognise(found, said(a_returned=OTHER)) == ""


def test_of_two_slips_the_one_that_explains_more_is_named() -> None:
    """A trace with fewer of the answers fits as well, and is not chosen."""
    right = said(a_returned=RIGHT, b_returned=RIGHT)
    narrow = trace_of("only b", said(a_returned=RIGHT, b_returned=OTHER), right)
    wide = trace_of("a and b", said(a_returned=HALVED, b_returned=OTHER), right)
    assert narrow and wide
    answers = said(a_returned=HALVED, b_returned=OTHER)
    assert recognise([narrow, wide], answers) == "a and b"
    assert recognise([narrow], answers) == "only b"


def test_the_file_is_read_as_it_was_written(tmp_path: Path) -> None:
    """Without a file no mistake is known; the error for a broken file says what to do."""
    trace = trace_of("it is halved", said(a_returned=HALVED), said(a_returned=RIGHT))
    assert isinstance(trace, Trace)
    known = KnownMistakes(made_of="abc", traces={"check_a": [trace, trace], "check_b": [trace]})
    path = tmp_path / "known.json"
    assert read_mistakes(path) == KnownMistakes()
    path.write_text(show_mistakes(known))
    assert read_mistakes(path) == known
    path.write_text("{")
    with pytest.raises(GraderError, match="unpack the student zip again"):
        read_mistakes(path)


def test_a_transcript_notes_what_was_asked_and_returned() -> None:
    """Calls of our functions are noted, and return what they would return otherwise."""
    transcript = Transcript()
    exchange, (x, function), _ = transcript.begin("descend", [RIGHT, lambda w: w + 1], {})
    assert function(41) == 42 and x is RIGHT
    transcript.end(exchange, OTHER)
    transcript.begin("descend", [RIGHT], {})  # ends in a fault
    answers = transcript.answers()
    assert sorted(answers) == ["0 asked", "0 returned", "1 asked", "1 returned"]
    assert answers["0 returned"].bits == MOST_BITS and answers["1 returned"].bits == 0


def test_a_transcript_that_grows_too_large_is_forgotten() -> None:
    """A submission cannot fill the memory of the grader with its answers."""
    transcript = Transcript()
    exchange, _, _ = transcript.begin("f", [], {})
    transcript.end(exchange, np.zeros(9 * 2**20))
    assert transcript.answers() == {}


def test_an_integer_beyond_every_float_says_nothing() -> None:
    """A hostile submission returns such an integer, and nothing is raised."""
    assert information(10**1200) == information([-(10**1200), 10**400]) == 0.0
