"""How experiments are declared, and what they measure with."""

import time
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from autograder.lab import counted_flops, experiment, timed, traced_bytes
from autograder.model.errors import GraderError


def measure(student: Any, setup: Any, case: Mapping[str, Any]) -> dict[str, Any]:
    """A. What it shows

    Further sentences are for readers of the file.
    """
    return {"value": case["n"] * setup}


def test_an_experiment_has_the_name_and_title_of_its_function() -> None:
    """The title is the docstring's first line."""
    declared = experiment(cases=[{"n": 2}], units={"value": "m"})(measure)
    assert (declared.name, declared.title) == ("measure", "A. What it shows")
    assert declared(None, 5, {"n": 2}) == {"value": 10}


def test_cases_are_listed_or_follow_from_the_setup() -> None:
    """Either is called with the setup, and returns a list."""
    units = {"n": "1"}
    listed = experiment(cases=[{"n": 2}], units=units)(measure)
    computed = experiment(cases=lambda setup: ({"n": n} for n in range(setup)), units=units)(
        measure
    )
    assert listed.cases(3) == [{"n": 2}]
    assert computed.cases(3) == [{"n": 0}, {"n": 1}, {"n": 2}]


def test_an_experiment_without_a_title_is_refused() -> None:
    """It would not be known what its table shows."""
    with pytest.raises(GraderError, match="<lambda> has no docstring"):
        experiment(cases=[], units={})(lambda student, setup, case: {})


def test_a_column_without_a_unit_is_refused() -> None:
    """Measured for minutes, it would then not be understood; a case's is refused beforehand."""
    declared = experiment(cases=[{"n": 2, "name": "a"}], units={"value": ""})(measure)
    with pytest.raises(GraderError, match="measure: value has no unit in `units`"):
        declared(None, 5, {"n": 2})
    with pytest.raises(GraderError, match="measure: n has no unit in `units`"):
        declared.cases(None)


def test_a_column_does_not_hide_the_case() -> None:
    """Or it would not be known which case was measured."""
    declared = experiment(cases=[], units={"value": "m"})(measure)
    with pytest.raises(GraderError, match="measure measures value, which its cases have too"):
        declared(None, 5, {"n": 2, "value": 1})


def test_the_plot_belongs_to_the_experiment() -> None:
    """And stays an ordinary function."""
    declared = experiment(cases=[], units={})(measure)

    def draw(figure: Any, rows: Any) -> None:
        raise NotImplementedError

    assert declared.draw is None
    assert declared.plot(draw) is draw
    assert declared.draw is draw


def test_repeats_are_timed_after_a_warm_up() -> None:
    """One run more than there are times, each as long as the clock says."""
    calls = []

    def run() -> None:
        calls.append(time.perf_counter())
        time.sleep(0.01)

    seconds = timed(run, repeats=3)
    assert len(calls) == 4 and len(seconds) == 3
    assert min(seconds) >= 0.01


def test_operations_are_counted() -> None:
    """Those of a product of (3, 4) with (4, 5), and no others."""
    assert counted_flops(lambda A, B: (A @ B) + 1, np.ones((3, 4)), B=np.ones((4, 5))) == 2 * 60


def test_bytes_are_traced_above_the_arguments() -> None:
    """Of an array of a million numbers that is made and dropped again."""
    argument = np.ones(1_000_000)
    traced = traced_bytes(lambda x: float((x + 1).sum()), argument)
    assert argument.nbytes <= traced < 1.1 * argument.nbytes
