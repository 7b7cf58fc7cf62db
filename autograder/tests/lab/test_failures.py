"""What cannot be measured is reported, and the rest is measured."""

import json
from pathlib import Path

import pytest

from autograder.lab import run as run_module
from autograder.model.errors import ConfigError, GraderError, SubmissionError, UsageError
from autograder.model.measurements import Failure, read_measurements
from autograder.tests.authoring.course import replace, write
from autograder.tests.cli.commands import alive, family
from autograder.tests.lab.conftest import RIGHT, RunLab, measured_cases

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
    """Neither the messages nor the file; what it printed last is reported if it dies."""
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
    """Nothing is measured, and the line is reported."""
    write(course, "mine/tiny.py", "import numpy\nx = 1 / 0\n")
    with pytest.raises(SubmissionError, match=r"tiny\.py, line 2: ZeroDivisionError"):
        lab()
    assert not (course / "measurements.json").exists()


def test_a_submission_without_its_file(lab: RunLab, course: Path) -> None:
    """As for every other command."""
    (course / "mine" / "tiny.py").unlink()
    with pytest.raises(SubmissionError, match=r"tiny\.py is not in the submission"):
        lab()


def test_names_that_do_not_exist(lab: RunLab, course: Path) -> None:
    """The nearest ones are named."""
    with pytest.raises(UsageError, match=r"no experiment 'square'; did you mean 'squares'\?"):
        lab(only=("square",))
    with pytest.raises(UsageError, match=r"no data 'zero'; did you mean 'zeros'\?"):
        lab(data="zero")
    replace(course / "assignments" / "tiny" / "experiments.py", "DATA =", "OTHER =")
    with pytest.raises(UsageError, match="no data 'zeros'; the lab has its data, and no others"):
        lab(data="zeros")


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
    """It is reported as ours, or as a problem of the data, and never as a failed case."""
    path = course / "assignments" / "tiny" / "experiments.py"
    text = path.read_text()
    if "@experiment" in old:
        text = text.replace("@squares.plot\n", "")
    path.write_text(text.replace(old, new))
    with pytest.raises((GraderError, UsageError), match=message):
        lab()


def test_a_file_of_results_that_is_none_is_not_overwritten(lab: RunLab, course: Path) -> None:
    """It may be something else of the same name; `--again` puts it aside."""
    path = write(course, "measurements.json", '{"format": "mine"}')
    with pytest.raises(UsageError, match=r"measurements\.json: .*--again puts this one aside"):
        lab()
    assert path.read_text() == '{"format": "mine"}'
    lab(again=True)
    assert isinstance(json.loads(path.read_text())["experiments"], dict)


def test_results_of_another_lab_are_not_overwritten(lab: RunLab, course: Path) -> None:
    """With two assignments in one folder, those of the first would be lost."""
    lab()
    path = course / "measurements.json"
    path.write_text(path.read_text().replace('"assignment": "tiny"', '"assignment": "sgd"'))
    with pytest.raises(UsageError, match="is of the assignment sgd; name another file by --out"):
        lab()


def test_the_plots_are_drawn_after_a_crash_in_the_last_case(lab: RunLab, course: Path) -> None:
    """By a new process."""
    source = "def mean_square(x):\n    import os\n    return 0.0 if x.any() else os._exit(1)\n"
    write(course, "mine/tiny.py", source)
    measured, told = lab(plots="svg", only=("squares",))
    assert len(measured.experiments["squares"].rows) == 2
    measured, told = lab(plots="svg", only=("times",))
    assert measured.experiments["times"].failed
    assert told[-1].startswith("wrote 1 plot into")


def test_numbers_that_are_none_become_null(lab: RunLab, course: Path) -> None:
    """The file is strict JSON also after a run that diverged."""
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
