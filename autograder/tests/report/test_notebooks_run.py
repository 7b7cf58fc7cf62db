"""Both versions of every lab report run from top to bottom on what the lab measures."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from autograder.model.lab_report import REPORT
from autograder.model.measurements import MEASUREMENTS_FILE
from autograder.tests.report.small import REFERENCES, REPOSITORY

by_assignment = pytest.mark.parametrize("folder", REFERENCES, ids=lambda folder: folder.name)


def executed(notebook: Path, reference: Path, folder: Path) -> list[Any]:
    """The cells after they ran in a folder with the reference's measurements and nothing else."""
    shutil.copyfile(reference / MEASUREMENTS_FILE, folder / MEASUREMENTS_FILE)
    command = [sys.executable, "-m", "autograder.tests.report.kernel", str(notebook), str(folder)]
    done = subprocess.run(command, capture_output=True, cwd=REPOSITORY)
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
    return list(json.loads(done.stdout)["cells"])


def shown(cell: Any) -> set[str]:
    """What kinds of output a cell has: image/png, stdout, and so on."""
    outputs = cell.get("outputs", ())
    kinds = {kind for output in outputs for kind in output.get("data", {})}
    return kinds | {output["name"] for output in outputs if output["output_type"] == "stream"}


@by_assignment
def test_the_graders_version_shows_every_figure(folder: Path, tmp_path: Path) -> None:
    """Each graded cell of code draws or prints something, and nothing is said on stderr."""
    cells = executed(folder / REPORT, folder, tmp_path)
    graded = [c for c in cells if c["cell_type"] == "code" and c["metadata"]["nbgrader"]["grade"]]
    silent = [c["id"] for c in graded if not shown(c) & {"image/png", "stdout"}]
    assert graded and silent == []
    assert [cell["id"] for cell in cells if "stderr" in shown(cell)] == []


@by_assignment
def test_the_students_version_runs_before_it_is_filled_in(folder: Path, tmp_path: Path) -> None:
    """No stub raises; the facts about the machine are there already."""
    committed = REPOSITORY / "student_templates" / folder.name / REPORT
    cells = executed(committed, folder, tmp_path)
    assert [cell["id"] for cell in cells if shown(cell)] == ["R7-machine"]
    (machine,) = (cell for cell in cells if cell["id"] == "R7-machine")
    assert any("processor" in line for line in machine["outputs"][0]["text"])
