"""What is said of writing where it is not allowed."""

from random import Random

import numpy as np
import pytest

from autograder.model.outcome import StudentLine
from autograder.sandbox import faults
from autograder.wire.lent import Lent
from autograder.wire.messages import Raised

LINE = StudentLine("work.py", 3, "f")


@pytest.mark.parametrize(
    ("traceback", "hint"),
    [
        ((LINE,), "the inputs are read-only: work on a copy, never change them in place"),
        ((), "what your code returned cannot be written to: return a new array"),
    ],
)
def test_the_inputs_are_blamed_only_where_the_submission_wrote(
    traceback: tuple[StudentLine, ...], hint: str
) -> None:
    """A program of the check that writes was given what the submission has returned."""
    text = "assignment destination is read-only"
    raised = Raised(nonce=0, type="ValueError", text=text, traceback=traceback)
    assert faults.from_exception(raised, "f()").message.hint == hint


def test_the_array_that_was_changed_is_named() -> None:
    """Where there are several; an answer of another kind is a change of the first."""
    arrays = [np.zeros(3), np.zeros((2, 2)), np.zeros(1)]
    lent = Lent(arrays)
    lent.inspect(1, Random(1))
    assert lent.changed([array.copy() for array in arrays]) is None
    found = [np.zeros(3), np.ones(4), np.zeros(1)]
    assert lent.changed(found) == 1 and lent.changed("no list") == 0
    assert lent.which(1) == "it is array 2 of 3 in the arguments, of shape (2, 2)"
    assert Lent(arrays[:1]).which(0) == ""
    fault = faults.from_change("f()", lent.which(1))
    assert fault.message.lines()[1] == lent.which(1)
