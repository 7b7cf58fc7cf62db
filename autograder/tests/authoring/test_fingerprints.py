"""Fingerprints of what is graded: what changes them, and what may move without changing them."""

from pathlib import Path

import pytest

from autograder.authoring.proofs.calibration import Calibration
from autograder.grading.provenance.sources import graded_code
from autograder.tests.authoring.course import replace, tiny_of, write

FIRST = "assignments/tiny/checks/check_1_mean_square.py"
SECOND = "assignments/tiny/checks/check_2_more.py"
SHARED = "assignments/tiny/expectations.py"
HELPER = '''

def twice(x):
    """Double a number."""
    return 2 * x
'''
MEASURING = '''
from autograder.grading import check


@check(part="1.1", points=1)
def check_more(student, budgets):
    """More is counted."""
    hold(budgets, student.mean_square)
'''
HOLD = """

SIZE = 100


def hold(budgets, function):
    budgets.operations("mean_square_steps", function, sizes={"n": SIZE})
"""


def fingerprints(course: Path) -> tuple[str, str]:
    """Of all that is graded, and of all that is measured."""
    return graded_code(tiny_of(course)), Calibration.code(tiny_of(course))


def append(path: Path, text: str) -> None:
    """Add text at the end of a file."""
    path.write_text(path.read_text() + text)


def test_a_definition_may_move_between_check_files_and_expectations(course: Path) -> None:
    """The fingerprint is of a set of definitions: file, order and repetition do not count."""
    append(course / FIRST, HELPER)
    before = fingerprints(course)
    write(course, SECOND, HELPER)
    assert fingerprints(course) == before
    replace(course / FIRST, HELPER, "")
    assert fingerprints(course) == before
    (course / SECOND).rename(course / SHARED)
    append(course / FIRST, "\nfrom expectations import twice  # noqa: E402\n")
    assert fingerprints(course) == before


def test_a_changed_helper_changes_the_fingerprint(course: Path) -> None:
    """Also in expectations.py, where a changed docstring does not change it."""
    write(course, SHARED, HELPER)
    before = graded_code(tiny_of(course))
    replace(course / SHARED, "Double a number", "Return twice the number")
    assert graded_code(tiny_of(course)) == before
    replace(course / SHARED, "2 * x", "3 * x")
    assert graded_code(tiny_of(course)) != before


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("import check, expect, rounding", "import expect, rounding, check", True),
        ("from autograder.grading import", "from autograder.elsewhere import", True),
        ("import numpy as np", "import numpy as np, math", False),
        ("import numpy as np", "from numpy import linalg as np", False),
    ],
)
def test_imports_from_the_framework_do_not_count(
    course: Path, old: str, new: str, same: bool
) -> None:
    """The framework is not part of a fingerprint, other libraries are."""
    before = graded_code(tiny_of(course))
    replace(course / FIRST, old, new)
    assert (graded_code(tiny_of(course)) == before) is same


def test_the_statements_of_a_program_keep_their_file_and_order(course: Path) -> None:
    """Only checks are a set: in other files a definition may hide an earlier one."""
    path = course / "reference/tiny/oracles.py"
    append(path, "\nA = 1\nA = 2\n")
    before = graded_code(tiny_of(course))
    replace(path, "A = 1\nA = 2", "A = 2\nA = 1")
    assert graded_code(tiny_of(course)) != before


def test_the_fingerprint_of_measurements_is_of_what_measuring_checks_use(course: Path) -> None:
    """It includes their helpers and constants, in whatever file these are, and no other check."""
    write(course, SECOND, MEASURING + HOLD)
    before = Calibration.code(tiny_of(course))
    replace(course / SECOND, HOLD, "\nfrom expectations import hold  # noqa: E402\n")
    write(course, SHARED, HOLD)
    assert Calibration.code(tiny_of(course)) == before
    replace(course / FIRST, "57", "58")
    assert Calibration.code(tiny_of(course)) == before
    replace(course / SHARED, "SIZE = 100", "SIZE = 101")
    assert Calibration.code(tiny_of(course)) != before
