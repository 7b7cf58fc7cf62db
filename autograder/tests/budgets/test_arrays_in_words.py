"""What is over a memory budget, counted in arrays of the size that the budget is made of."""

import pytest

from autograder.grading.budgets.hotspots import _arrays
from autograder.model.formula import ArrayTerm, largest_arrays

SIZES = {"B": 1000, "c": 100, "d": 10, "T": 30, "p": 10, "m": 1000}


@pytest.mark.parametrize(
    ("formula", "arrays"),
    [
        ("6*B*c*8 + 4*c*d*8 + 64*KiB", ArrayTerm(6, 800_000, "B*c*8")),
        ("(T/p + 8)*c*d*8 + 2*KiB", ArrayTerm(11, 8_000, "c*d*8")),
        ("m*(d + 4*c)*8 + 64*KiB", None),  # it is no number of arrays
        ("24*B*d + 4*KiB", None),  # nor are these: bytes of an entry
        ("2*MiB", None),
        ("300", None),
    ],
)
def test_the_largest_term_is_a_number_of_arrays(formula: str, arrays: ArrayTerm | None) -> None:
    """Where it begins with a number and ends with the bytes of an entry."""
    assert largest_arrays(formula, SIZES) == arrays


def test_the_arrays_too_many_and_their_line_are_named() -> None:
    """With what is allowed beside it; nothing where no more are in use than are allowed."""
    allowed = ArrayTerm(2, 8e6, "n*8")
    assert _arrays(24e6, allowed, ["work.py, line 41: return a + b"]) == [
        "as much as 3 arrays of 8 MB (n*8 bytes), where 2 are allowed;"
        " the last is made in work.py, line 41: return a + b"
    ]
    assert not _arrays(16e6, allowed, []) and not _arrays(24e6, None, [])
