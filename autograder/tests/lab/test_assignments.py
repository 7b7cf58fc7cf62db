"""The labs of the course's own assignments, with their references."""

import math
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree

import pytest

from autograder.lab.run import LabRequest, run_lab
from autograder.machine.files import import_file
from autograder.model.course import assignment_ids, find_assignment
from autograder.model.measurements import Measurements, read_measurements
from autograder.tests.authoring.once import once, shared_folder
from autograder.tests.lab.conftest import Told

ROOT = Path(__file__).resolve().parents[3]
LABS = [name for name in assignment_ids(ROOT) if find_assignment(ROOT, name).has_lab]
SMALL = {"sgd": "digits"}  # data, where those by default take long to be made

pytestmark = pytest.mark.skipif(
    not (ROOT / "reference").exists(), reason="NOT TESTED HERE: a student's copy has no reference"
)


def measured(name: str, factory: pytest.TempPathFactory) -> tuple[Measurements, Path]:
    """What a quick run with the reference measures, and where it is, made once."""
    folder = shared_folder(factory) / f"lab-{name}"
    run = LabRequest(
        assignment=find_assignment(ROOT, name),
        submission=ROOT / "reference" / name,
        out=folder / "measurements.json",
        data=SMALL.get(name),
        quick=True,
        plots="svg",
    )

    def make() -> None:
        folder.mkdir()
        run_lab(run, Told())

    once(folder, make)
    return read_measurements(run.out.read_bytes()), folder


@pytest.mark.parametrize("name", LABS)
def test_every_experiment_is_measured_and_drawn(
    name: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Without a failed case; each plot is an image with its title and with words at its axes."""
    found, folder = measured(name, tmp_path_factory)
    assert found.finished
    assert [table.failed for table in found.experiments.values()] == [[]] * len(found.experiments)
    for experiment, table in found.experiments.items():
        plot = ElementTree.parse(folder / "plots-quick" / f"{experiment}.svg")
        texts = [each.text for each in plot.iter() if each.text and each.text.strip()]
        words = [text for text in texts if any(map(str.isalpha, text))]
        assert table.title in words and len(words) > 2


@pytest.mark.parametrize("name", LABS)
def test_experiments_are_named_in_the_handout(
    name: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """By the names that `--only` takes, in the order of the lab; a deliverable may have two."""
    found, _ = measured(name, tmp_path_factory)
    handout = (ROOT / "assignments" / name / "handout.md").read_text(encoding="utf-8")
    places = [handout.find(f" `{experiment}`. ") for experiment in found.experiments]
    assert min(places) > 0 and places == sorted(places)


def test_sgd_measures_what_the_reference_predicts(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """FLOPs are equal; bytes within the tolerance of the check where arrays are under 256 KiB."""
    found, _ = measured("sgd", tmp_path_factory)
    rows: list[Any] = found.experiments["predicted_and_measured"].rows
    assert len(rows) >= 5
    for row in rows:
        B, d, c = row["B"], row["d"], row["c"]
        assert row["predicted_flops"] == row["counted_flops"] == 4 * B * d * c
        if max(B, d) * c * 8 < 256 * 1024:
            off = abs(row["predicted_bytes"] - row["traced_bytes"])
            assert off <= 0.1 * row["traced_bytes"] + 64 * 1024


def test_a_run_that_never_arrives_is_told_of() -> None:
    """How far it came, in how many steps, and what to look at."""
    lab = import_file(ROOT / "assignments" / "momentum" / "lab.py", "lab_of_momentum")
    assert lab.steps_until([1.0, 0.1, 0.01], 0.1) == 1
    with pytest.raises(
        ValueError, match=r"^0\.5 of .* after 2 steps; .* look at tasks 1\.1 to 1\.3$"
    ):
        lab.steps_until([1.0, 0.7, 0.5], 1e-9)


def test_without_a_real_network_its_rows_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where torch is not installed, and where an optional collective is not written."""
    folder = ROOT / "assignments" / "parallel_training"
    monkeypatch.syspath_prepend(str(folder))
    lab = import_file(folder / "lab.py", "lab_of_parallel_training")

    def tree_all_reduce(comm: Any, x: Any) -> Any:
        raise NotImplementedError

    student = SimpleNamespace(tree_all_reduce=tree_all_reduce)
    monkeypatch.setattr(lab.gloo, "is_available", lambda: True)
    row = lab.measured_over_gloo(student, "tree", 2, 5)
    assert row["measured"] == "no: tree_all_reduce is not implemented"
    monkeypatch.setattr(lab.gloo, "is_available", lambda: False)
    row = lab.measured_over_gloo(student, "gather", 2, 5)
    assert row.pop("measured") == "no: torch is not installed"
    assert row.pop("small") == row.pop("large") == []
    assert all(math.isnan(value) for value in row.values())
