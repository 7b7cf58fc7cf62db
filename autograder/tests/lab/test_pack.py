"""What `pack` takes along of the lab."""

import json
import sys
import zipfile
from pathlib import Path

import pytest

from autograder.lab import report
from autograder.tests.authoring.course import write
from autograder.tests.cli.commands import Ended, run_here
from autograder.tests.lab.conftest import RunLab

Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def in_course(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The course is the working directory."""
    monkeypatch.chdir(course)


@pytest.fixture
def pack(course: Path, capsys: Capture) -> Ended:
    """Packed after notebook, plots and other things were put beside the submission."""
    write(course, "mine/measurements.json", "{}")
    write(course, "mine/report.ipynb", "notebook")
    write(course, "mine/plots/curves.png", "plot")
    write(course, "mine/plots/curves.psd", "something else")
    write(course, "mine/other.ipynb", "something else")
    return run_here(capsys, "pack", "tiny", "--submission", "mine")


def test_the_data_the_plots_and_the_report_go_along(pack: Ended, course: Path) -> None:
    """By their names; whatever else lies there stays."""
    assert pack.status == 0
    with zipfile.ZipFile(course / "tiny-submission.zip") as archive:
        names = ["measurements.json", "plots/curves.png", "report.ipynb", "tiny.py"]
        assert sorted(archive.namelist()) == names
    rows = [" ".join(row.split()) for row in pack.out.splitlines()]
    assert "report.ipynb is no notebook that can be read: " in pack.out
    assert "1 file left out" in pack.out and ": plots/curves.psd\n" in pack.out
    assert rows[0].startswith("measurements.json 2 bytes sha256 ")
    assert rows[2:4] == [
        "report.ipynb 8 bytes for the grading of the report",
        "plots/curves.png 4 bytes for the grading of the report",
    ]


def test_a_zip_without_data_says_so(capsys: Capture) -> None:
    """It is no error: the code can be handed in before the lab is run."""
    packed = run_here(capsys, "pack", "tiny", "--submission", "mine")
    assert packed.status == 0
    assert "no measurements.json is in the zip: run autograder lab tiny\n" in packed.out


def test_a_packed_zip_is_what_the_lab_wrote(lab: RunLab, course: Path, capsys: Capture) -> None:
    """Handed in as a zip, the data are taken in as from a folder, without the report."""
    lab()
    (course / "measurements.json").rename(course / "mine" / "measurements.json")
    write(course, "mine/report.ipynb", "notebook")
    out = course / "packed.zip"
    run_here(capsys, "pack", "tiny", "--submission", course / "mine", "--out", out)
    again = run_here(capsys, "pack", "tiny", "--submission", out, "--out", course / "again.zip")
    assert "measurements.json " in again.out and "report.ipynb" not in again.out


def test_a_giant_is_refused(course: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before anything is written, by its name."""
    monkeypatch.setattr(report, "MAX_BYTES", 2_000_000)
    write(course, "mine/report.ipynb", "#" * 3_000_000)
    packed = run_here(capsys, "pack", "tiny", "--submission", course / "mine")
    assert packed.status == 2
    assert "report.ipynb has 3 MB; at most 2 are packed" in packed.err


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_links_are_not_followed(course: Path) -> None:
    """A plot that is a link stays behind, as for the files of a submission."""
    (course / "mine" / "plots").mkdir()
    (course / "mine" / "plots" / "secret.png").symlink_to("/etc/hostname")
    assert report.lab_report(course / "mine").files == {}


def test_a_report_that_is_not_there_is_named_with_what_could_be_it(
    course: Path, capsys: Capture
) -> None:
    """Browsers number a second download; a link is not followed."""
    packed = run_here(capsys, "pack", "tiny", "--submission", "mine")
    assert "no report.ipynb is in the zip: save your lab report in " in packed.out
    for name in ("report (1).ipynb", "Report.ipynb.txt", "lab.ipynb"):
        found = write(course, f"mine/{name}", "{}")
        packed = run_here(capsys, "pack", "tiny", "--submission", "mine")
        assert f"no report.ipynb is in the zip: rename {name} to report.ipynb" in packed.out
        found.unlink()
    write(course, "mine/measurements (1).json", "{}")
    packed = run_here(capsys, "pack", "tiny", "--submission", "mine")
    assert "no measurements.json is in the zip (found: measurements (1).json): run" in packed.out


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_a_report_that_is_a_link_says_so(course: Path, capsys: Capture) -> None:
    """It is left out, as for the files of a submission."""
    (course / "mine" / "report.ipynb").symlink_to(write(course, "elsewhere.ipynb", "{}"))
    packed = run_here(capsys, "pack", "tiny", "--submission", "mine")
    assert "no report.ipynb is in the zip: it is a link; put the file itself there" in packed.out


def test_plots_that_stay_behind_are_named(course: Path, capsys: Capture) -> None:
    """Those beyond the most that are taken, of another kind, or in a folder of their own."""
    for number in range(60):
        write(course, f"mine/plots/p{number:02}.PNG", "plot")
    for name in ("photo.jpg", "deeper/p.png", ".DS_Store"):
        write(course, f"mine/plots/{name}", "plot")
    packed = run_here(capsys, "pack", "tiny", "--submission", "mine")
    assert packed.out.count("for the grading of the report") == 50
    assert "12 files left out (at most 50 plain files directly in plots/ are packed" in packed.out
    assert ": plots/deeper/p.png, plots/p50.PNG, " in packed.out
    assert " and 4 more\n" in packed.out


def cell(name: str, source: str, kind: str = "markdown", outputs: int = 0) -> dict[str, object]:
    """A graded cell of a student's notebook."""
    grading = {"grade_id": name, "grade": True, "solution": True, "points": 1}
    more: dict[str, object] = {"outputs": [{}] * outputs} if kind == "code" else {}
    return {"cell_type": kind, "source": [source], "metadata": {"nbgrader": grading}, **more}


def test_questions_without_an_answer_are_named(course: Path, capsys: Capture) -> None:
    """As they were handed out, empty, or code that was not run: graders read its output."""
    cells = [
        cell("untouched", "**Explanation:**\n\nYOUR ANSWER HERE"),
        cell("empty", " \n"),
        cell("answered", "Because."),
        cell("not-run", "plot()", "code"),
        cell("run", "plot()", "code", outputs=1),
        {"cell_type": "markdown", "source": "YOUR ANSWER HERE", "metadata": {}},
    ]
    write(course, "mine/report.ipynb", json.dumps({"cells": cells}))
    packed = run_here(capsys, "pack", "tiny", "--submission", "mine")
    expected = "report.ipynb: without an answer, or not run: untouched, empty, not-run\n"
    assert expected in packed.out


def test_a_zip_of_its_own_is_no_stray(course: Path, capsys: Capture) -> None:
    """Whatever its name, for `pack` and `check`; another archive is named."""
    for name in ("tiny-submission.zip", "tiny-submission (1).zip", "old.ZIP"):
        out = course / "mine" / "packed.zip"
        run_here(capsys, "pack", "tiny", "--submission", "mine", "--out", out)
        out.rename(course / "mine" / name)
    write(course, "mine/other.zip", "PK")
    packed = run_here(capsys, "pack", "tiny", "--submission", "mine")
    assert packed.out.count("left out: the assignment does not ask for it") == 1
    assert "other.zip (an archive, not looked into" in packed.out
