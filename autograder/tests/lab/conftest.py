"""A scaffolded course whose assignment has a lab, and a way to run it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.lab.progress import LabProgress
from autograder.lab.run import LabRequest, run_lab
from autograder.model.measurements import Measurements
from autograder.tests.authoring.course import copy_of, scaffolded, tiny_of, write

LAB = ("lab", "tiny", "--submission", "mine", "--plots", "none")
RIGHT = "def mean_square(x):\n    return float(x @ x) / len(x)\n"
# Two experiments; every case that is measured leaves a line in log.txt.
EXPERIMENTS = '''"""The lab of the tests."""

from pathlib import Path
from typing import NamedTuple

import numpy as np

from autograder.lab import experiment, timed

DATA = ("zeros", "ones")


class Setup(NamedTuple):
    x: np.ndarray
    repeats: int


def setup(data, quick):
    return Setup(np.zeros(3) if data == "zeros" else np.ones(3), 2 if quick else 5)


def log(case):
    with Path(__file__).with_name("log.txt").open("a") as file:
        print(case, file=file)


@experiment(cases=[{"n": n} for n in (1, 2, 3)], units={"n": "numbers", "value": "squares"})
def squares(student, setup, case):
    """A. The mean square of so many numbers"""
    log(case)
    return {"value": student.mean_square(np.arange(case["n"], dtype=float))}


@squares.plot
def draw_squares(figure, rows):
    axes = figure.subplots()
    axes.plot([row["n"] for row in rows], [row["value"] for row in rows], "o-")
    axes.set(xlabel="n (numbers)", ylabel="mean square")


@experiment(cases=lambda setup: [{"size": len(setup.x)}], units={"size": "numbers", "seconds": "s"})
def times(student, setup, case):
    """B. The time it takes"""
    log(case)
    return {"seconds": timed(lambda: student.mean_square(setup.x), setup.repeats)}
'''


class Told(LabProgress):
    """Remembers what was said."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        super().__init__(None)  # type: ignore[arg-type]  # `say` is its only use

    def say(self, line: str) -> None:
        self.lines.append(line)


@pytest.fixture
def course(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The course; the submission in `mine` is right."""
    root = copy_of(scaffolded(tmp_path_factory), tmp_path / "course")
    write(root, "assignments/tiny/experiments.py", EXPERIMENTS)
    write(root, "mine/tiny.py", RIGHT)
    return root


RunLab = Callable[..., tuple[Measurements, list[str]]]


@pytest.fixture
def lab(course: Path) -> RunLab:
    """Run the lab on `mine`: what was measured, and what was said."""

    def run(**options: object) -> tuple[Measurements, list[str]]:
        told = Told()
        options = {
            "submission": course / "mine",
            "out": course / "measurements.json",
            "plots": "none",
            **options,
        }
        request = LabRequest(assignment=tiny_of(course), **options)  # type: ignore[arg-type]
        return run_lab(request, told), told.lines

    return run


def measured_cases(course: Path) -> list[str]:
    """The cases measured since the last time, in their order."""
    path = course / "assignments" / "tiny" / "log.txt"
    lines = path.read_text().splitlines() if path.exists() else []
    path.unlink(missing_ok=True)
    return lines
