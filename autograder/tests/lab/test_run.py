"""Running a lab: what is measured, what is kept, what is measured anew."""

import json
from pathlib import Path

import pytest

from autograder.lab import run as run_module
from autograder.lab.child import Child
from autograder.model.errors import ConfigError, GraderError, SubmissionError, UsageError
from autograder.model.measurements import Failure, read_measurements
from autograder.tests.authoring.course import replace, write
from autograder.tests.cli.commands import alive, family
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


def test_it_goes_on_where_it_stopped(
    lab: RunLab, course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each case is saved when it is measured: a crash loses the one under way."""
    ask, asked = Child.ask, []

    def crash_at_the_third(self: Child, message: object) -> object:
        asked.append(message)
        if len(asked) == 4:  # after Begin and two cases
            raise RuntimeError("crashed")
        return ask(self, message)  # type: ignore[arg-type]

    monkeypatch.setattr(Child, "ask", crash_at_the_third)
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


def test_again_starts_over(lab: RunLab, course: Path) -> None:
    """Whatever is there."""
    lab()
    measured_cases(course)
    lab(again=True)
    assert measured_cases(course) == ALL


def test_one_experiment_alone(lab: RunLab, course: Path) -> None:
    """The others stay as they are; the file is finished when all are there."""
    measured, _ = lab(only=("times",))
    assert measured_cases(course) == ALL[3:] and measured.finished is None
    measured, _ = lab(only=("squares",))
    assert measured_cases(course) == ALL[:3] and measured.finished
    assert list(measured.experiments) == ["squares", "times"]


FAILING = {
    "raises": "raise ValueError('too long')",
    "dies": "import os; os._exit(3)",
    "is killed": "import os, signal; os.kill(os.getpid(), signal.SIGTERM)",
    "returns nothing of use": "return {}",
}
MESSAGES = {
    "raises": ("ValueError: too long", "tiny.py, line 3"),
    "dies": ("the process exited with status 3", ""),
    "is killed": ("the process was killed by signal 15", ""),
    "returns nothing of use": (
        "the measured 'value' is of type dict, not a number or a text",
        "",
    ),
}


@pytest.mark.parametrize("how", FAILING)
def test_a_case_that_fails_is_told_and_the_others_go_on(
    lab: RunLab, course: Path, how: str
) -> None:
    """The experiment, the case, the student's line; the next run tries it again."""
    rest = RIGHT.partition("\n")[2]
    source = f"def mean_square(x):\n    if len(x) == 2:\n        {FAILING[how]}\n{rest}"
    write(course, "mine/tiny.py", source)
    measured, told = lab()
    what, line = MESSAGES[how]
    table = measured.experiments["squares"]
    assert table.failed == [Failure(case={"n": 2}, what=what, line=line)]
    assert [row["n"] for row in table.rows] == [1, 3]
    assert measured.experiments["times"].rows and measured.finished is None
    where = f"{line}: " if line else ""
    place = told.index("    not measured: n 2")
    assert told[place + 1] == f"        {where}{what}"
    measured_cases(course)
    lab()
    assert measured_cases(course) == ["{'n': 2}"]


def test_what_it_prints_spoils_nothing(lab: RunLab, course: Path) -> None:
    """Neither the messages nor the file; what it printed last is told if it dies of it."""
    printing = "import os, sys\nprint('{\"type\":')\nos.write(1, b'noise')\n"
    write(course, "mine/tiny.py", printing + RIGHT)
    measured, _ = lab()
    assert measured.finished
    dying = (
        "import os\n\ndef mean_square(x):\n    print('last words', flush=True)\n    os._exit(1)\n"
    )
    write(course, "mine/tiny.py", dying)
    measured, _ = lab(only=("times",))
    (failure,) = measured.experiments["times"].failed
    assert failure.what == "the process exited with status 1\nlast words"


def test_the_same_failure_is_said_once(lab: RunLab, course: Path) -> None:
    """For a template all cases of an experiment fail alike."""
    write(
        course, "mine/tiny.py", "def mean_square(x):\n    raise NotImplementedError('part 1.1')\n"
    )
    measured, told = lab()
    assert len(measured.experiments["squares"].failed) == 3
    assert told[1] == "    not measured: n 1 and 2 other cases"
    assert told[2] == "        tiny.py, line 2: NotImplementedError: part 1.1"


def test_a_file_that_cannot_be_imported(lab: RunLab, course: Path) -> None:
    """Nothing is measured, and the line is told."""
    write(course, "mine/tiny.py", "import numpy\nx = 1 / 0\n")
    with pytest.raises(SubmissionError, match=r"tiny\.py, line 2: ZeroDivisionError"):
        lab()
    assert not (course / "measurements.json").exists()


def test_a_submission_without_its_file(lab: RunLab, course: Path) -> None:
    """As for every other command."""
    (course / "mine" / "tiny.py").unlink()
    with pytest.raises(SubmissionError, match=r"tiny\.py is not in the submission"):
        lab()


def test_names_that_do_not_exist(lab: RunLab) -> None:
    """The nearest ones are named."""
    with pytest.raises(UsageError, match=r"no experiment 'square'; did you mean 'squares'\?"):
        lab(only=("square",))
    with pytest.raises(UsageError, match=r"no data 'zero'; did you mean 'zeros'\?"):
        lab(data="zero")


def test_an_assignment_without_a_lab(lab: RunLab, course: Path) -> None:
    """It says so instead of failing at a file."""
    (course / "assignments" / "tiny" / "experiments.py").unlink()
    with pytest.raises(UsageError, match="tiny has no lab"):
        lab()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("@experiment(", "@(lambda **_: lambda f: f)(", "has no experiment: mark one by"),
        ('"value": "squares"', '"other": "m"', "squares: value has no unit"),
        ("return Setup(", "raise ValueError('no such file')\n    return Setup(", "no such file"),
        ('DATA = ("', 'DATA = 1 / 0, ("', "experiments.py, line 10: ZeroDivisionError"),
    ],
)
def test_a_mistake_of_ours_ends_the_lab(
    lab: RunLab, course: Path, old: str, new: str, message: str
) -> None:
    """It is told as ours, or as a matter of the data, and never as a failed case."""
    path = course / "assignments" / "tiny" / "experiments.py"
    text = path.read_text()
    if "@experiment" in old:
        text = text.replace("@squares.plot\n", "")
    path.write_text(text.replace(old, new))
    with pytest.raises((GraderError, UsageError), match=message):
        lab()


def test_a_file_of_results_that_is_none_is_not_overwritten(lab: RunLab, course: Path) -> None:
    """It may be something else of the same name; `--again` replaces it."""
    path = write(course, "measurements.json", '{"format": "mine"}')
    with pytest.raises(UsageError, match=r"measurements\.json: .*--again replaces it"):
        lab()
    assert path.read_text() == '{"format": "mine"}'
    lab(again=True)
    assert isinstance(json.loads(path.read_text())["experiments"], dict)


def test_numbers_that_are_none_become_null(lab: RunLab, course: Path) -> None:
    """The file is strict JSON whatever a diverging run gives."""
    write(course, "mine/tiny.py", "def mean_square(x):\n    return float('nan') * len(x)\n")
    measured, _ = lab()
    assert [row["value"] for row in measured.experiments["squares"].rows] == [None] * 3
    assert "NaN" not in (course / "measurements.json").read_text()


def test_no_process_is_left_behind(
    lab: RunLab, course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also when what the submission started lives on, and when saving fails."""
    started = course / "pid"
    code = "import subprocess, sys, pathlib\n"
    code += "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
    code += f"pathlib.Path({str(started)!r}).write_text(str(child.pid))\n"
    write(course, "mine/tiny.py", code + RIGHT)

    def full(path: Path, data: bytes) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(run_module, "write_atomically", full)
    with pytest.raises(OSError, match="the disk is full"):
        lab()
    assert alive(family(int(started.read_text()))) == []


def test_results_are_read_back_as_they_were(lab: RunLab, course: Path) -> None:
    """Nothing is lost between the file and its meaning."""
    measured, _ = lab()
    data = (course / "measurements.json").read_bytes()
    assert read_measurements(data) == measured
    with pytest.raises(ConfigError):
        read_measurements(data[:-10])
