"""`expect`: right values pass, wrong ones get a message that teaches, and nothing else happens."""

import math
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from autograder.grading.expectations import expect
from autograder.model.errors import GraderError
from autograder.model.verdict import Verdict
from autograder.sandbox.faults import StudentFault
from autograder.tests.sandbox.test_codec import values

W = np.array([[1.0, 2.0, -3.0], [4.0, 0.5, 6.0], [7.0, 8.0, 10.0]])


def message(work: Callable[..., Any], *arguments: Any, **keywords: Any) -> str:
    """What the student reads when `work` fails; it must be WRONG."""
    with pytest.raises(StudentFault) as caught:
        work(*arguments, **keywords)
    assert caught.value.verdict is Verdict.WRONG
    return "\n".join(caught.value.message.lines())


def close(got: Any, want: Any = W, rtol: float = 1e-9) -> None:
    """`expect.close` with a reason."""
    expect.close(got, want, rtol=rtol, why="float64", what="the gradient")


SLIPS = {
    "sign": (-W, "looks like: the sign is turned around"),
    "sum instead of mean": (64 * W, "looks like: 64 times too large"),
    "mean of a mean": (W / 64, "looks like: 64 times too small"),
    "factor and sign": (-W / 3, "looks like: 3 times too small, and the sign is turned around"),
    "odd factor": (W * 1.7, "looks like: 1.7 times too large"),
    "transpose": (W.T, "looks like: the transpose"),
    "zero": (W * 0, "looks like: everything is zero"),
    "shift": (W + 0.25, "looks like: every entry is +0.25 off"),
    "order": (W[::-1].copy(), "looks like: the right numbers in the wrong order"),
    "None": (None, "the gradient is None: nothing was returned\nhint: is a return statement"),
    "shape": (W[:2], "the gradient has shape (2, 3), expected (3, 3)"),
    "list": (W.tolist(), "the gradient is a list of 3, expected an array of shape (3, 3)"),
    "number": (1.5, "the gradient is 1.5, expected an array of shape (3, 3)"),
    "nan": (W / W[::-1] * [np.nan, 1, 1], "3 of 9 entries that are NaN or infinite"),
    "infinite": (np.where(W > 9, np.inf, W), "first at index (2, 2): inf"),
    "one entry": (W + np.eye(3) * [0, 0, 1], "at index (2, 2): got 11, expected 10"),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_common_slips_are_recognised(slip: str) -> None:
    """Each common mistake is WRONG, and is named."""
    got, expected = SLIPS[slip]
    assert expected in message(close, got)


@pytest.mark.parametrize("share", [0.75, 0.3, np.array([0.25, 0.5, 0.125])])
def test_a_share_of_the_others_is_recognised(share: Any) -> None:
    """An accuracy in place of an error rate is no factor of three."""
    assert "looks like: 1 minus the right number" in message(close, 1 - share, share)


def test_a_message_says_how_far_off_and_what_is_allowed() -> None:
    """It has the size of the error, the tolerance and why, the worst index, got and expected."""
    text = message(close, W + np.eye(3) * [0, 0, 1])
    assert text.splitlines()[:2] == [
        "the gradient is off by 0.1 of its size (allowed 1e-09: float64)",
        "at index (2, 2): got 11, expected 10",
    ]


@pytest.mark.parametrize("noise", [1e-8, 1e-7, 3e-6])
def test_noise_is_not_taken_for_a_slip(noise: float) -> None:
    """A result that is right but for rounding is not said to be 1 times too large."""
    rough = W * (1 + noise * np.array([[1, -1, 0.3], [0.2, -0.7, 1], [-1, 0.1, 0.9]]))
    assert "looks like" not in message(close, rough)


def test_tiny_garbage_is_not_taken_for_a_factor() -> None:
    """A result of almost nothing, in no proportion to the expected one, is not a wrong factor."""
    for garbage in ([1e-10, -1e-10], [1e-12, 3e-9], [5e-324, 0], [1e-310, 2e-310]):
        assert "times too small" not in message(close, np.array(garbage), np.array([1.0, 1.0]))


@pytest.mark.parametrize("size", [1e308, 1e200, 1e154])
def test_diverged_results_are_wrong_and_not_a_crash_of_ours(size: float) -> None:
    """Numbers whose squares overflow are compared without an exception."""
    for got in (W / 10 * size, np.full((3, 3), size), -np.full((3, 3), size)):
        assert "the gradient is off by" in message(close, got)


extremes = st.floats() | st.sampled_from([0.0, 1e308, -1e308, 5e-324, 1e-310, 2.0**53])


@given(
    hnp.arrays(
        st.sampled_from(["f8", "f4", "f2", "i8", "u1", "c16", "?", ">f8", "g"]),
        hnp.array_shapes(min_dims=0, max_dims=2, min_side=0, max_side=3),
    ),
    st.data(),
)
def test_any_array_is_judged_and_never_breaks_the_check(
    got: np.ndarray, data: st.DataObject
) -> None:
    """Whatever array a student returns, close and equal pass it or call it WRONG."""
    want = data.draw(hnp.arrays("f8", got.shape, elements=extremes.filter(math.isfinite)))
    judges: list[Callable[..., None]] = [close, expect.equal]
    for judge in judges:
        try:
            judge(got, want)
        except StudentFault as fault:
            assert fault.verdict is Verdict.WRONG
            assert len(fault.message.lines()) <= 4


@given(values, values)
def test_any_value_is_judged_and_never_breaks_the_check(got: Any, want: Any) -> None:
    """Whatever plain value a student returns, no expect function raises anything but WRONG."""
    judges: list[Callable[[], Any]] = [
        lambda: expect.equal(got, want),
        lambda: expect.number(got, low=0, high=1),
        lambda: expect.number(got),
        lambda: expect.array(got, shape=(2,), dtype="f8"),
        lambda: expect.items(got, 2),
        lambda: close(got, 1.0),
        lambda: close(got, W),
    ]
    for judge in judges:
        try:
            judge()
        except StudentFault as fault:
            assert fault.verdict is Verdict.WRONG


@pytest.mark.parametrize(
    "got",
    [W, np.asfortranarray(W), W.astype(">f8"), W + 1e-12],
    ids=["same", "order", "endian", "rounding"],
)
def test_right_results_pass_close(got: np.ndarray) -> None:
    """Layout, byte order and rounding do not matter."""
    close(got)


def test_the_tolerance_is_inclusive_and_relative_to_the_largest() -> None:
    """Exactly the allowed difference passes; a small entry is judged by the size of the whole."""
    expect.close(np.array([8.0, 0.5]), np.array([8.0, 0.0]), rtol=0.0625, why="exact in binary")
    with pytest.raises(StudentFault):
        expect.close(np.array([8.0, 0.51]), np.array([8.0, 0.0]), rtol=0.0625, why="over")
    expect.close(0.25, 0.0, rtol=0, atol=0.25, why="inclusive")


SAME = [
    (2, 2.0), (np.float64(2), 2), (np.bool_(True), True), (np.array(3), 3), ([1, (2, "a")],) * 2,
    ({"a": np.arange(2)}, {"a": np.arange(2)}), (None, None), (2**80, 2**80), (b"a", b"a"),
    (np.arange(3), np.arange(3.0)), ([np.int64(1)], [1]),
]  # fmt: skip
DIFFERENT = [
    (True, 2), ([1, 2], (1, 2)), ([np.array([1, 2]), 3], [1, 3]), ([1], [1, 2]),
    ({"a": 1}, {"b": 1}), (None, 0), ("1", 1), (float("nan"), 1.0), (2**53 + 1, 2.0**53),
    (np.array([2**53 + 1]), np.array([2**53])), (np.array([1.0]), 1.0), ({"a": [1]}, {"a": [2]}),
]  # fmt: skip


@pytest.mark.parametrize("pair", SAME, ids=str)
def test_equal_passes_what_is_equal(pair: tuple[Any, Any]) -> None:
    """A numpy scalar or 0-d array is the number it stands for; containers are compared deeply."""
    expect.equal(*pair)


@pytest.mark.parametrize("pair", DIFFERENT, ids=str)
def test_equal_fails_what_differs(pair: tuple[Any, Any]) -> None:
    """A different kind, a value at any depth, or an integer that floats do not distinguish."""
    assert message(expect.equal, *pair)


NUMBERS = {
    "None": (None, "is None: nothing was returned"),
    "array": (np.ones(1), "an array of shape (1,)"),
    "bool": (True, "is True, expected a number"),
    "complex": (1j, "expected a number"),
    "text": ("1", "is '1', expected a number"),
    "nan": (float("nan"), "the result is nan"),
    "huge": (10**400, "too large for a float"),
    "low": (-1, "the result is -1, expected between 0 and 1"),
    "high": (np.float32(2), "the result is 2, expected between 0 and 1"),
}


@pytest.mark.parametrize("name", NUMBERS)
def test_numbers_are_one_finite_number_in_range(name: str) -> None:
    """What is no number, not finite or out of range is WRONG and says so."""
    got, expected = NUMBERS[name]
    assert expected in message(expect.number, got, low=0, high=1)


def test_number_gives_a_float() -> None:
    """Python and numpy numbers and 0-d arrays come back as a float; bounds are inclusive."""
    got = [expect.number(n, low=1, high=1) for n in (1, 1.0, np.int8(1), np.array(1.0))]
    assert got == [1.0] * 4
    assert all(type(n) is float for n in got)
    assert "at least 2" in message(expect.number, 1, low=2)
    assert "at most 0" in message(expect.number, 1, high=0)


def test_array_checks_dtype_and_gives_the_array() -> None:
    """A float32 where float64 was asked for is WRONG; the right one is given back."""
    assert expect.array(W, shape=(3, 3), dtype=np.float64) is W
    text = message(expect.array, W.astype("f4"), shape=(3, 3), dtype="f8", what="the weights")
    assert text == "the weights have dtype float32, expected float64"


def test_that_says_what_is_wrong() -> None:
    """The statement of what is wrong is the message."""
    expect.that(True, "never shown")
    assert message(expect.that, False, "a", "b", "c", "d") == "a\nb\nlooks like: c\nhint: d"


def test_an_expected_value_that_is_not_finite_is_our_fault() -> None:
    """An oracle that returns NaN is a GraderError, not a wrong answer."""
    with pytest.raises(GraderError, match="not finite"):
        close(W, W * np.nan)


@pytest.mark.parametrize(
    ("got", "told"),
    [
        (None, "the pair is None: nothing was returned\nhint: is a return statement missing?"),
        (0.5, "the pair is 0.5, expected a list or tuple of 2"),
        ((1, 2, 3), "the pair is (1, 2, 3), expected a list or tuple of 2"),
        ("ab", "the pair is 'ab', expected a list or tuple of 2"),
    ],
)
def test_what_cannot_be_unpacked_is_wrong(got: Any, told: str) -> None:
    """Such an answer is WRONG, where a check that unpacks it would be broken."""
    assert message(expect.items, got, 2, what="the pair") == told


def test_what_can_be_unpacked_is_given_as_it_is() -> None:
    """Lists, tuples and their subclasses can be unpacked."""

    class Pair(NamedTuple):
        first: int
        second: int

    for got in ([1, 2], (1, 2), Pair(1, 2)):
        assert expect.items(got, 2) is got


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (None, "TypeError: cannot unpack non-iterable NoneType object"),
        ((1.0, 2.0, 3.0), "ValueError: too many values to unpack (expected 2)"),
        ((np.ones(3), np.ones((2, 2))), "ValueError: operands could not be broadcast together"),
    ],
)
def test_a_value_that_the_check_cannot_compute_with_is_wrong(value: Any, told: str) -> None:
    """The error is in the message, since it says what the value is like."""

    def compute() -> None:
        with expect.usable("the pair", hint="return two arrays"):
            left, right = value
            left + right

    said = message(compute).splitlines()
    assert (said[0], said[-1]) == ("the pair cannot be used", "hint: return two arrays")
    assert said[1].startswith(told)


@pytest.mark.parametrize("error", [GraderError("ours"), NameError("a slip of the author's")])
def test_other_errors_stay_ours(error: Exception) -> None:
    """They would come with any value."""
    with pytest.raises(type(error)), expect.usable("the value"):
        raise error
