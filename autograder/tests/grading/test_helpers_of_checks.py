"""What checks write shortly: exceptions that are asked for, read-only arrays, seeded recipes."""

from collections.abc import Callable

import numpy as np
import pytest

from autograder.grading import expect, read_only, recipe
from autograder.model.outcome import Message
from autograder.model.verdict import Verdict
from autograder.sandbox.faults import StudentFault
from autograder.tests.grading.test_expect import message
from autograder.tests.grading.tiny import Tiny


def raised(kind: str, verdict: Verdict = Verdict.CRASHED) -> Callable[[], None]:
    """A call that ends with an exception of the submission."""

    def call() -> None:
        raise StudentFault(verdict, Message(f"f() raised {kind}: no"), raised=kind)

    return call


def test_an_exception_that_is_asked_for_passes() -> None:
    """By its name, whatever its text."""
    expect.raises(ValueError, raised("ValueError"))


def test_no_exception_or_another_is_wrong() -> None:
    """The message says what happened, and what was expected."""
    told = message(expect.raises, ValueError, lambda: 3)
    assert told == "the call() returned 3, expected it to raise ValueError"
    told = message(expect.raises, ValueError, raised("KeyError"))
    assert told == "the call() raised KeyError, expected ValueError\nf() raised KeyError: no"


@pytest.mark.parametrize(
    ("kind", "verdict"),
    [("", Verdict.NOT_IMPLEMENTED), ("", Verdict.TIME_LIMIT), ("Any", Verdict.MEMORY_LIMIT)],
)
def test_a_stub_or_a_limit_is_no_exception(kind: str, verdict: Verdict) -> None:
    """It ends the check with its own verdict."""
    with pytest.raises(StudentFault) as caught:
        expect.raises(ValueError, raised(kind, verdict))
    assert caught.value.verdict is verdict


def test_read_only_arrays_cannot_be_changed() -> None:
    """Lists become arrays; an array stays the same object."""
    array = np.zeros(3)
    assert read_only(array) is array
    assert read_only([1, 2]).tolist() == [1, 2]
    with pytest.raises(ValueError, match="read-only"):
        array[0] = 1


def test_a_recipe_takes_its_seed_from_a_generator() -> None:
    """The next number of it; the same generator makes the same recipes."""
    rng, again = np.random.default_rng(3), np.random.default_rng(3)
    first, second = (recipe("uniform", seed=rng, shape=(2,)) for _ in range(2))
    assert first.seed != second.seed
    assert recipe("uniform", seed=again, shape=(2,)) == first


@pytest.mark.parametrize(
    ("body", "verdict"),
    [
        ("raise ValueError('no')", Verdict.PASSED),
        ("raise KeyError('no')", Verdict.WRONG),
        ("return x", Verdict.WRONG),
        ("raise NotImplementedError('part 1.1')", Verdict.NOT_IMPLEMENTED),
    ],
)
def test_an_exception_of_a_submission(tiny: Tiny, body: str, verdict: Verdict) -> None:
    """Of its worker, which still answers afterwards."""
    tiny.checks(
        """
        @check(part="1.1", points=10)
        def check_error(student):
            '''f raises ValueError, twice.'''
            for _ in range(2):
                expect.raises(ValueError, student.f, 1)
        """
    )
    tiny.hand_in(f"def f(x):\n    {body}\n")
    (found,) = tiny.grade().outcomes
    assert found.verdict is verdict
    if body == "return x":
        assert found.message and found.message.what == (
            "f() returned 1, expected it to raise ValueError"
        )
