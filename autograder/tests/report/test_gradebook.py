"""nbgrader's gradebook takes the reports: ours as sources, students' as submissions."""

import csv
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from autograder.model.course import find_assignment
from autograder.model.lab_report import REPORT, rubric_of
from autograder.tests.authoring.once import once, shared_folder
from autograder.tests.report.small import REFERENCES, REPOSITORY
from autograder.tests.report.test_student_notebook import needs_nbgrader

SCRIPT = "<script>alert('from a student: {}')</script>"
NAMES = [folder.name for folder in REFERENCES]
pytestmark = needs_nbgrader
WIDGETS = "application/vnd.jupyter.widget-state+json"  # nbconvert wants a "state" in it


def submission(name: str, student: str) -> Any:
    """What the student hands in: all answered, all but one cell untouched, or a cell copied."""
    text = (REPOSITORY / "student_templates" / name / REPORT).read_text(encoding="utf-8")
    notebook = json.loads(text)
    answers = [c for c in notebook["cells"] if c["metadata"]["nbgrader"]["solution"]]
    for cell in answers if student == "al1" else answers[:1]:
        cell["source"] = ["An answer."] if cell["cell_type"] == "markdown" else ["print(1)"]
    if student == "copied":  # and with marks of nbgrader's that are broken
        more = answers[0] | {"source": [SCRIPT.format("text")]}
        notebook["cells"] += [more, answers[1] | {"id": "x"}]
        notebook["cells"][-1]["metadata"] = {"nbgrader": {"grade": True, "solution": True}}
        notebook["metadata"]["widgets"] = {WIDGETS: {"1a2b": {}}}  # as Colab writes it
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            shown = {"text/html": SCRIPT.format("output"), "text/plain": f"seen by {student}"}
            cell["outputs"] = [{"output_type": "display_data", "data": shown, "metadata": {}}]
    return notebook


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Any]:
    """The gradebook's folder, and what it says about everybody."""
    folder = shared_folder(tmp_path_factory) / "gradebook"
    once(folder, lambda: grade(folder))
    return folder, json.loads((folder / "found.json").read_text(encoding="utf-8"))


def grade(folder: Path) -> None:
    """Hand in, and let nbgrader grade, in a process of its own."""
    for reference in REFERENCES:
        name = reference.name
        for student in ("al1", "cg7", "copied"):
            place = folder / "submitted" / student / name
            place.mkdir(parents=True)
            (place / REPORT).write_text(json.dumps(submission(name, student)))
        (folder / "source" / name).mkdir(parents=True)
        (folder / "source" / name / REPORT).write_bytes((reference / REPORT).read_bytes())
    command = [sys.executable, "-m", "autograder.tests.report.gradebook", str(folder)]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    (folder / "found.json").write_text(done.stdout)


def points(name: str) -> dict[str, float]:
    """Of each graded cell, by the rubric."""
    return {line.id: line.points for line in rubric_of(find_assignment(REPOSITORY, name))}


def test_nothing_is_refused(graded: tuple[Path, Any]) -> None:
    """Neither a source nor a submission, copied and broken cells included."""
    assert graded[1]["refused"] == []


@pytest.mark.parametrize("name", NAMES)
def test_its_own_release_is_ours(graded: tuple[Path, Any], name: str) -> None:
    """`nbgrader generate_assignment` makes the cells that our release makes."""
    theirs = json.loads((graded[0] / "release" / name / REPORT).read_text(encoding="utf-8"))
    ours = (REPOSITORY / "student_templates" / name / REPORT).read_text(encoding="utf-8")
    assert theirs["cells"] == json.loads(ours)["cells"]


@pytest.mark.parametrize("name", NAMES)
def test_answers_wait_for_a_grader(graded: tuple[Path, Any], name: str) -> None:
    """Each for the points of the rubric; a cell without an answer has 0 points at once."""
    cells = graded[1]["grades"][f"{name} al1"]
    assert cells == {cell: [None, True, most] for cell, most in points(name).items()}
    first, *rest = points(name).items()
    for student in ("cg7", "copied"):
        waiting = graded[1]["grades"][f"{name} {student}"]
        assert waiting.pop(first[0]) == [None, True, first[1]]
        assert waiting == {cell: [0.0, False, most] for cell, most in rest}


@pytest.mark.parametrize("name", NAMES)
def test_graders_see_what_was_handed_in(graded: tuple[Path, Any], name: str) -> None:
    """Nothing ran, no output was cleared; the mark scheme stands with the question again."""
    for student in ("al1", "cg7", "copied"):
        path = graded[0] / "autograded" / student / name / REPORT
        notebook = json.loads(path.read_text(encoding="utf-8"))
        cells = notebook["cells"]
        assert "widgets" not in notebook["metadata"]
        outputs = [output for cell in cells for output in cell.get("outputs", ())]
        texts = {"".join(output["data"]["text/plain"]) for output in outputs}
        assert texts == {f"seen by {student}"}
        assert sum("BEGIN MARK SCHEME" in "".join(cell["source"]) for cell in cells) > 1


@pytest.mark.parametrize("place", ["text", "output"])
def test_scripts_do_not_reach_the_graders_browser(graded: tuple[Path, Any], place: str) -> None:
    """Of what students hand in they are shown as text."""
    script = SCRIPT.format(place)
    assert script not in graded[1]["page"]
    assert script.replace("<", "&lt;").replace(">", "&gt;") in graded[1]["page"]


def test_exported_points_are_those_of_the_rubric(graded: tuple[Path, Any]) -> None:
    """The score is what was entered by hand, out of the sum of the rubric."""
    with (graded[0] / "grades.csv").open(newline="", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["student_id"] == "al1"]
    told = {row["assignment"]: (float(row["score"]), float(row["max_score"])) for row in rows}
    sums = {name: sum(points(name).values()) for name in NAMES}
    assert told == {name: (sums[name] - len(points(name)) / 2, sums[name]) for name in NAMES}
