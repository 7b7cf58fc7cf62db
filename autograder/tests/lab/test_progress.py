"""How long the rest takes."""

import time

import pytest

from autograder.lab.progress import Estimate
from autograder.model.units import counted


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """A clock that shows what the test puts there."""
    shown = [0.0]
    monkeypatch.setattr(time, "monotonic", lambda: shown[0])
    return shown


def test_the_estimate_is_scaled_by_this_machine(clock: list[float]) -> None:
    """Twice as slow until now, twice as long from now on."""
    estimate = Estimate([10.0, 60.0, 30.0], pace=1.0)
    assert str(estimate) == "about 2 min left"
    clock[0] = 20.0
    estimate.case_done()
    assert str(estimate) == "about 3 min left"
    clock[0] = 140.0
    estimate.case_done()
    assert str(estimate) == "about 60 s left"
    estimate.case_done()
    assert str(estimate) == ""


def test_nothing_is_estimated_before_it_can_be(clock: list[float]) -> None:
    """With `--quick`, it is not known how long it takes."""
    estimate = Estimate([1.0, 1.0], pace=None)
    assert str(estimate) == ""
    clock[0] = 0.1
    estimate.case_done()
    assert str(estimate) == "about 1 s left"


def test_numbers_agree_with_their_nouns() -> None:
    """One case, two cases, no cases."""
    assert [counted(n, "case") for n in (0, 1, 2)] == ["0 cases", "1 case", "2 cases"]
