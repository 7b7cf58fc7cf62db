"""Bytes of a value that a student's function returned."""

import numpy as np
import pytest

from autograder.grading.accounting.counted_costs import state
from autograder.sandbox.faults import StudentFault


def test_state_counts_what_holds_data() -> None:
    """Arrays, text and numbers at any depth; a large integer by its bits; keys not at all."""
    assert state(np.zeros((3, 4), np.float32)) == 48
    assert state({"velocity": [np.zeros(5), np.zeros(2, np.int8)], "t": 3}) == 40 + 2 + 8
    assert state((b"abc", "\u00e9", None, 2.5, 1j, True)) == 3 + 2 + 0 + 8 + 16 + 8
    assert state(2**8000) == 1001
    assert state(np.float32(1.0)) == 4
    assert state([]) == 0
    with pytest.raises(StudentFault, match="slice is not a value"):
        state([slice(3)])


def test_state_of_tensors() -> None:
    """A tensor counts its elements, in its own precision."""
    torch = pytest.importorskip("torch", reason="NOT TESTED: tensors need torch")
    assert state({"m": torch.zeros(3, 4), "v": [torch.zeros(2, dtype=torch.bfloat16)]}) == 48 + 4
