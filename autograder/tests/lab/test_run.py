"""Running a lab: what is measured, what is kept, what is measured anew."""

import json
from pathlib import Path

import pytest

from autograder.lab.process import MeasuringProcess
from autograder.model.errors import GraderError, SubmissionError, UsageError
from autograder.tests.authoring.course import replace, write
from autograder.tests.authoring.documented import add_blocks
from autograder.tests.lab.conftest import RIGHT, RunLab, measured_cases

ALL = ["{'n': 1}", "{'n': 2}", "{'n': 3}", "{'size': 3}"]


def test_every_case_gives_a_row(lab: RunLab, course: Path) -> None:
    """Tidy tables in the order of the lab: the case's columns, then what was measured."""
    measured, told = lab()
    squares, times = measured.experiments["squares"], measured.experiments["times"]
    values = [{"n": 1, "value": 0.0}, {"n": 2, "value": 0.5}, {"n": 3, "value": 5 / 3}]
    assert squares.rows == values
    assert squares.title == "A. The mean square of so many numbers"
    assert list(times.rows[0]) == ["size", "seconds"]
    assert len(times.rows[0]["seconds"]) == 5  # type: ignore[arg-type]
    assert measured_cases(course) == ALL
    assert told[0].startswith("[1/2] A. The mean square of so many numbers: 3 cases, about ")


def test_the_file_says_what_was_measured_where(lab: RunLab, course: Path) -> None:
    """The submitted files, the settings, the machine, its BLAS with a single thread."""
    measured, _ = lab(data="ones", quick=True)
    written = json.loads((course / "measurements.json").read_text())
    assert written["format"] == "autograder lab 1" and written["assignment"] == "tiny"
    assert list(written["files"]) == ["tiny.py"] and len(written["files"]["tiny.py"]) == 64
    assert written["settings"] == {"data": "ones", "quick": True, "x": [3, "float64"], "repeats": 2}
    facts = {"system", "processor", "cores", "memory_bytes", "python", "numpy", "blas"}
    assert facts < set(written["machine"])
    assert written["machine"]["blas_threads"] == 1
    assert written["started"] <= written["finished"] == measured.finished


def test_what_is_measured_is_not_measured_again(lab: RunLab, course: Path) -> None:
    """A second run measures nothing and keeps the file's content."""
    first, _ = lab()
    measured_cases(course)
    second, told = lab()
    assert measured_cases(course) == []
    assert second == first
    assert told == ["4 cases measured before, 0 to go"]


def test_results_beside_the_files_are_none_of_them(lab: RunLab, course: Path) -> None:
    """In the folder of the submission, where students run it, the lab goes on all the same."""
    out = course / "mine" / "measurements.json"
    measured, _ = lab(out=out)
    assert list(measured.files) == ["tiny.py"]
    measured_cases(course)
    lab(out=out)
    assert measured_cases(course) == []


def test_it_goes_on_where_it_stopped(
    lab: RunLab, course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each case is saved when it is measured: a crash loses the one under way."""
    ask, asked = MeasuringProcess.ask, []

    def crash_at_the_third(self: MeasuringProcess, message: object) -> object:
        asked.append(message)
        if len(asked) == 3:  # after two cases
            raise RuntimeError("crashed")
        return ask(self, message)  # type: ignore[arg-type]

    monkeypatch.setattr(MeasuringProcess, "ask", crash_at_the_third)
    with pytest.raises(RuntimeError, match="crashed"):
        lab()
    monkeypatch.undo()
    assert measured_cases(course) == ALL[:2]
    measured, told = lab()
    assert measured_cases(course) == ALL[2:]
    assert told[0] == "2 cases measured before, 2 to go"
    assert [row["n"] for row in measured.experiments["squares"].rows] == [1, 2, 3]
    assert measured.finished


def test_changed_files_are_measured_anew(lab: RunLab, course: Path) -> None:
    """Numbers of two versions never stand in one file, and a line says why."""
    lab()
    measured_cases(course)
    write(course, "mine/tiny.py", RIGHT + "# better\n")
    _, told = lab()
    assert told[0] == "measured anew, because tiny.py changed"
    assert measured_cases(course) == ALL


@pytest.mark.parametrize(
    ("options", "because"),
    [({"data": "ones"}, "the setting data"), ({"quick": True}, "the setting quick")],
)
def test_other_settings_are_measured_anew(
    lab: RunLab, course: Path, options: dict[str, object], because: str
) -> None:
    """Data and sizes are the same in all of the file."""
    lab()
    measured_cases(course)
    _, told = lab(**options)
    assert told[0].startswith(f"measured anew, because {because}")
    assert measured_cases(course) == ALL


def test_another_machine_is_measured_anew(lab: RunLab, course: Path) -> None:
    """By what decides: not by its memory or the version of its system."""
    lab()
    measured_cases(course)
    path = course / "measurements.json"
    written = json.loads(path.read_text())
    written["machine"] |= {"memory_bytes": 1, "system": "other"}
    path.write_text(json.dumps(written))
    lab()
    assert measured_cases(course) == []
    written["machine"]["processor"] = "other"
    path.write_text(json.dumps(written))
    _, told = lab()
    assert told[0] == "measured anew, because the machine's processor changed"
    assert measured_cases(course) == ALL


def test_plots_may_change_and_what_is_measured_may_not(lab: RunLab, course: Path) -> None:
    """Colours and comments cost no measurement; another experiment does."""
    lab()
    measured_cases(course)
    experiments = course / "assignments" / "tiny" / "experiments.py"
    replace(experiments, '"o-"', '"x-"')
    replace(experiments, "    log(case)\n", "    log(case)  # a comment\n")
    replace(experiments, '"value": "squares"}', '"value": "squares"}, seconds=3')
    lab()
    assert measured_cases(course) == []
    write(course, "assignments/tiny/programs.py", "x = 1\n")  # which the lab does not import
    lab()
    assert measured_cases(course) == []
    replace(experiments, "dtype=float)", "dtype=float) + 1")
    _, told = lab()
    assert told[0] == "measured anew, because the experiments changed"
    assert measured_cases(course) == ALL


def test_what_the_experiments_import_is_theirs(lab: RunLab, course: Path) -> None:
    """A change of a helper, or of a helper's helper, is a change of what is measured."""
    write(course, "assignments/tiny/sizes.py", "import more\nN = more.N\n")
    write(course, "assignments/tiny/more.py", "N = 3\n")
    experiments = course / "assignments" / "tiny" / "experiments.py"
    replace(experiments, "import numpy as np\n", "import numpy as np\nimport sizes\n")
    lab()
    measured_cases(course)
    write(course, "assignments/tiny/more.py", "N = 4\n")
    _, told = lab()
    assert told[0] == "measured anew, because the experiments changed"


def put_aside(course: Path) -> list[bytes]:
    """The contents of the dated files."""
    return [path.read_bytes() for path in sorted(course.glob("measurements-2*.json"))]


def test_again_starts_over(lab: RunLab, course: Path) -> None:
    """Whatever is there; that is kept under the date of its last change, also twice in a second."""
    kept = []
    for _ in range(3):
        lab(again=True)
        assert measured_cases(course) == ALL
        kept.append((course / "measurements.json").read_bytes())
    assert sorted(put_aside(course)) == sorted(kept[:2])


@pytest.mark.parametrize(
    "options", [{}, {"only": ("times",)}, {"quick": True}, {"data": "ones"}, {"again": True}]
)
def test_no_measurement_is_ever_lost(lab: RunLab, course: Path, options: dict[str, object]) -> None:
    """After a changed comment, with other settings, or for one experiment only."""
    lab()
    complete = (course / "measurements.json").read_bytes()
    write(course, "mine/tiny.py", RIGHT + "# better\n")
    _, told = lab(**options)
    assert put_aside(course) == [complete]
    (name,) = (path.name for path in course.glob("measurements-2*.json"))
    assert any(line.startswith("the measurements so far are kept in ") for line in told)
    assert any(line.endswith(name) for line in told)


def test_nothing_is_put_aside_before_there_is_something_new(lab: RunLab, course: Path) -> None:
    """A wrong name, or files that cannot be imported, leave everything as it is."""
    lab()
    write(course, "mine/tiny.py", "raise SystemExit\n")
    with pytest.raises(SubmissionError):
        lab(again=True)
    write(course, "mine/tiny.py", RIGHT + "# better\n")
    with pytest.raises(UsageError):
        lab(only=("tims",))
    assert put_aside(course) == [] and (course / "measurements.json").exists()


def test_one_experiment_again_keeps_the_others(lab: RunLab, course: Path) -> None:
    """In the same file; the earlier rows of this one are in the file that was put aside."""
    lab()
    measured_cases(course)
    measured, _ = lab(only=("times",), again=True)
    assert measured_cases(course) == ALL[3:] and measured.finished
    assert list(measured.experiments) == ["squares", "times"]
    assert len(put_aside(course)) == 1


def test_one_experiment_alone(lab: RunLab, course: Path) -> None:
    """The others stay as they are; the file is finished when all are there."""
    measured, _ = lab(only=("times",))
    assert measured_cases(course) == ALL[3:] and measured.finished is None
    measured, _ = lab(only=("squares",))
    assert measured_cases(course) == ALL[:3] and measured.finished
    assert list(measured.experiments) == ["squares", "times"]


def test_an_experiment_of_a_part_that_is_off_is_not_there(lab: RunLab, course: Path) -> None:
    """It is not measured, and the file is complete without it."""
    toml = course / "assignments" / "tiny" / "assignment.toml"
    more = '[[parts]]\nid = "2"\ntitle = "More"\npoints = 1\nhours = 1\n\n'
    replace(toml, "[budgets", f'{more}[experiments]\ntimes = ["2"]\n\n[budgets')
    whole, _ = lab()
    assert list(whole.experiments) == ["squares", "times"]
    with (course / "course.toml").open("a") as file:
        file.write('[parts_off]\ntiny = ["2"]\n')
    measured, _ = lab(again=True)
    assert list(measured.experiments) == ["squares"] and measured.finished
    replace(toml, 'times = ["2"]', 'timed = ["2"]')
    with pytest.raises(GraderError, match=r"experiment 'timed', which is not .* mean 'times'"):
        lab(again=True)


def test_the_documented_lab_runs(lab: RunLab, course: Path) -> None:
    """A whole lab of one experiment, with its plot, in 20 lines."""
    path = course / "assignments" / "tiny" / "experiments.py"
    path.unlink()
    assert add_blocks("writing-labs.md", course) == ["assignments/tiny/experiments.py"]
    assert len([row for row in path.read_text().splitlines() if row.strip()]) <= 20
    measured, told = lab(quick=True, plots="svg")
    assert [row["n"] for row in measured.experiments["times"].rows] == [10, 100]
    assert measured.finished and any(line.startswith("wrote 1 plot into") for line in told)
