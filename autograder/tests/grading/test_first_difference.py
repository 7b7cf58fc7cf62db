"""Lists say where they differ first, as arrays do."""

from typing import Any

import numpy as np
import pytest

from autograder.grading.expectations import expect
from autograder.grading.expectations.compare import first_difference
from autograder.sandbox.faults import StudentFault

LONG = list(range(100))


@pytest.mark.parametrize(
    ("got", "want", "said"),
    [
        ([*LONG[:41], 7, *LONG[42:]], LONG, "at index 41: got 7, expected 41"),
        (LONG[:60], LONG, "60 entries, expected 100: the first ones are right"),
        ([5, *LONG], LONG, "at index 0: got 5, expected 0"),
        ([(1, "a"), (2, "b")], [(1, "a"), (2, "c")], "at index (1, 1): got 'b', expected 'c'"),
        ({"W": [1, 2]}, {"W": [1, 3]}, "at index ('W', 1): got 2, expected 3"),
        ([np.zeros(2)], [np.eye(2)[1]], "at index 0: its entry 1: got 0, expected 1"),
        ([1, (2,)], [1, [2]], "at index 1: got (2,), expected [2]"),
        ((1,), [1], ""),
        (1, 2, ""),
    ],
)
def test_the_first_difference_is_named(got: Any, want: Any, said: str) -> None:
    """With its index at every depth; nothing where the whole is of another kind."""
    assert first_difference(got, want) == said


def test_a_list_that_is_not_equal_says_where() -> None:
    """Below what both are."""
    with pytest.raises(StudentFault) as raised:
        expect.equal([3, 1, 2], [3, 2, 1], what="the order")
    assert raised.value.message.lines() == [
        "the order is [3, 1, 2], expected [3, 2, 1]",
        "at index 1: got 1, expected 2",
    ]
