"""The plots."""

import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from autograder.lab.measuring.drawing import draw_all, with_nan
from autograder.lab.measuring.experiment import Experiment, experiment
from autograder.model.measurements import ExperimentTable, Measurements, show_measurements
from autograder.tests.authoring.course import replace
from autograder.tests.lab.conftest import RunLab


def test_a_plot_shows_its_title_and_axes(lab: RunLab, course: Path) -> None:
    """An image in which the labels are texts; an experiment without a plot has none."""
    _, told = lab(plots="svg")
    assert told[-1] == f"wrote 1 plot into {course / 'plots'}"
    (plot,) = (course / "plots").iterdir()
    texts = [each.text for each in ElementTree.parse(plot).iter() if each.text]
    assert "A. The mean square of so many numbers" in texts
    assert "n (numbers)" in texts and "mean square" in texts


def test_a_plot_is_a_bitmap_by_default(lab: RunLab, course: Path) -> None:
    """PNG, which every word processor takes."""
    lab(plots="png")
    assert (course / "plots" / "squares.png").read_bytes().startswith(b"\x89PNG\r\n\x1a\n")


def test_the_same_rows_give_the_same_plot(lab: RunLab, course: Path) -> None:
    """Byte for byte, so that a plot under version control changes with its data only."""
    lab(plots="svg")
    plot = course / "plots" / "squares.svg"
    first = plot.read_bytes()
    lab(plots="svg")
    assert plot.read_bytes() == first


def test_a_plot_that_fails_costs_nothing_else(lab: RunLab, course: Path) -> None:
    """The measurements are there, and a line says which plot is not."""
    path = course / "assignments" / "tiny" / "experiments.py"
    replace(path, "axes = figure.subplots()", "raise ValueError('no such axis')")
    measured, told = lab(plots="svg")
    assert measured.finished
    assert told[-1] == "no plot of squares: ValueError: no such axis"


def test_what_is_missing_is_not_drawn() -> None:
    """A number that is none becomes NaN, which leaves a gap in a curve."""
    row = with_nan({"n": 1, "loss": [0.5, None], "error": None, "name": "a"})
    assert str(row) == "{'n': 1, 'loss': [0.5, nan], 'error': nan, 'name': 'a'}"


def declared() -> dict[str, Experiment]:
    """An experiment with a plot."""

    @experiment(cases=[], units={})
    def some(student: object, setup: object, case: object) -> dict[str, float]:
        """A. Something"""
        raise NotImplementedError

    some.plot(lambda figure, rows: None)
    return {"some": some}


def test_without_matplotlib_it_says_how_to_get_plots(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And that nothing needs to be measured for it again."""
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    files, problems = draw_all(declared(), tmp_path / "measurements.json", tmp_path, "png")
    assert files == []
    assert problems[0].startswith("no plots: matplotlib is not installed; run quickstart.py")
    assert problems[0].endswith("it measures nothing twice")


def test_an_experiment_without_rows_is_not_drawn(tmp_path: Path) -> None:
    """Nor one that was not measured at all."""
    for tables in ({}, {"some": ExperimentTable(title="A", units={})}):
        file = tmp_path / "measurements.json"
        file.write_bytes(show_measurements(empty(tables)))
        assert draw_all(declared(), file, tmp_path, "png") == ([], [])


def empty(tables: dict[str, ExperimentTable]) -> Measurements:
    """Measurements of nothing but these."""
    return Measurements(
        assignment="tiny",
        files={},
        lab="",
        settings={},
        machine={},
        started="",
        experiments=tables,
    )
