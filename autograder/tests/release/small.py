"""A small course in a temporary folder: one assignment, `mean`, with everything a release needs."""

import shutil
from pathlib import Path

from autograder.model.assignment import Assignment
from autograder.model.course import find_assignment

REPOSITORY = Path(__file__).resolve().parents[3]
SECRET = b"0123456789abcdef0123456789abcdef"

TOML = """\
title = "Means"
order = 1
summary = "The mean"
submit = ["mean.py"]

[[parts]]
id = "1.1"
title = "The mean"
points = 3
hours = 1.5

[[parts]]
id = "1.2"
title = "The mean | of squares"
points = 2
hours = 0.5
optional = true

[budgets.mean_steps]
operations = "50"

[budgets.mean_memory]
memory = "8*n + 64*KiB"
"""

HANDOUT = """\
# Means

<!-- generated: parts -->
<!-- end -->

Text by hand.

- **R1a** The result is the mean, right to rounding.

<!-- generated: budgets -->
<!-- end -->
<!-- generated: checks -->
old
<!-- end -->
"""

REFERENCE = '''\
"""Means."""

import math

import numpy as np


### BEGIN SOLUTION
def _total_of_entries(x: np.ndarray) -> float:
    return math.fsum(float(entry) for entry in x)


### END SOLUTION


def mean(x: np.ndarray) -> float:
    """Compute the mean of x."""
    ### BEGIN SOLUTION part 1.1: the mean
    return _total_of_entries(x) / len(x)  # fsum rounds once
    ### END SOLUTION
'''

ORACLES = '''\
"""Answers by a loop."""


def loop_mean(x):
    """One entry after another."""
    total_by_loop = 0.0
    for each_entry in x.tolist():
        total_by_loop += each_entry
    return total_by_loop / len(x)
'''

CHECKS = '''\
"""Part 1."""

from autograder.grading import check, expect


@check(part="1.1", points=1, hint="handout, section 1", requires="R1a")
def check_mean_of_two(student):
    """The mean of 1 and 2 is 1.5.

    Why: A first example shows what is meant.
    Oracle: By hand.
    """
    expect.close(student.mean([1.0, 2.0]), 1.5, rtol=0.0, why="exact", what="the mean")


@check(part="1.1", points=2, needs="check_mean_of_two", requires=("R1a",))
def check_mean_agrees_with_a_loop(student, oracle, rng):
    """The mean agrees with a loop | over the entries.

    Why: Random numbers show what one example does not.
    Oracle: One entry after another.
    """
    numbers = rng.standard_normal(7)
    got = student.mean(numbers)

    expect.close(got, oracle.loop_mean(numbers), rtol=1e-10, why="7 terms", what="the mean")
'''

EXPECTATIONS = '''\
"""What the checks of means share."""

from autograder.grading import expect


def expect_mean(got, want):
    """The same mean, right to the rounding of a long sum."""
    expect.close(got, want, rtol=1e-10, why="sums")
'''

HIDDEN = '''\
"""Part 1 on other inputs."""

from autograder.grading import check
from expectations import expect_mean


@check(part="1.2", points=2, requires="R1a")
def check_mean_of_many_entries(student, oracle, rng):
    """The mean of many entries.

    Why: Sums of many entries round differently.
    Oracle: One entry after another.
    """
    numbers = rng.standard_normal(7)
    many_more = rng.standard_normal(1234) + numbers[0]
    expect_mean(student.mean(many_more), oracle.loop_mean(many_more))
'''

MUST_FAIL = '''\
"""The sum is not divided.

caught by: check_mean_of_two
message: the mean is off
"""


def mean(x: np.ndarray) -> float:
    sum_without_division = float(x[0]) + float(x[1])
    return sum_without_division
'''

FILES = {
    "assignments/mean/assignment.toml": TOML,
    "assignments/mean/handout.md": HANDOUT,
    "assignments/mean/checks/check_1.py": CHECKS,
    "assignments/mean/expectations.py": EXPECTATIONS,
    "assignments/mean/programs.py": '"""Programs."""\n',
    "reference/mean/mean.py": REFERENCE,
    "reference/mean/oracles.py": ORACLES,
    "reference/mean/checks/check_1_hidden.py": HIDDEN,
    "reference/mean/submissions/wrong/sum.py": MUST_FAIL,
    "course.toml": 'name = "n"\nterm = "t"\nsecret_file = "{secret}"\n',
    "autograder/__init__.py": '"""A stand-in for the framework."""\n',
    "autograder/tests/test_it.py": '"""Not for students."""\n',
}
COPIED = ("quickstart.py", "ci/constraints.txt", "pyproject.toml", "README.md", "LICENSE")


def small_course(root: Path) -> Path:
    """Write the course into `root`, its secret beside it; returns `root`, resolved."""
    root = root.resolve()
    secret = root.parent / f"{root.name}.secret"
    for name, text in FILES.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace("{secret}", secret.as_posix()), encoding="utf-8")
    for name in COPIED:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(REPOSITORY / name, root / name)
    secret.write_bytes(SECRET)
    return root


def mean_of(root: Path) -> Assignment:
    """The course's assignment, read anew."""
    return find_assignment(root, "mean")


# One telling line of each kind of private file
PRIVATE_ROWS = (
    "    return _total_of_entries(x) / len(x)  # fsum rounds once",
    "    for each_entry in x.tolist():",
    "    many_more = rng.standard_normal(1234) + numbers[0]",
    "def check_mean_of_many_entries(student, oracle, rng):",
    "    sum_without_division = float(x[0]) + float(x[1])",
)
