"""What `pack` takes along of the lab."""

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
    assert dict(report.lab_report(course / "mine")) == {}
