"""Fingerprints of what a proof depends on: what changes them, and what does not."""

from pathlib import Path

import pytest

from autograder.authoring.proofs.code import AssignmentCode
from autograder.authoring.proofs.kind import Setting
from autograder.tests.authoring.course import replace, tiny_of, write

FIRST = "assignments/tiny/checks/check_1_mean_square.py"
SECOND = "assignments/tiny/checks/check_2_more.py"
SHARED = "assignments/tiny/expectations.py"
REFERENCE = "reference/tiny/tiny.py"
LOOP = "check_mean_square_agrees_with_a_loop"
THREE = "check_mean_square_of_three_numbers"
STEPS = "check_mean_square_is_vectorised"
MORE = '''
from autograder.grading import check


@check(part="1.1", points=1, needs="check_mean_square_agrees_with_a_loop")
def check_more(student):
    """More is asked."""
    hold(student.other)
'''
HOLD = """

SIZE = 100
for _size in (SIZE,):
    print(_size)


def hold(function):
    function(SIZE)
"""
PROGRAM = """\"\"\"It is another function.

caught by: check_more
message: no
\"\"\"


def other(n):
    return n
"""


def code_of(course: Path) -> AssignmentCode:
    """The code of the course as it stands now."""
    return AssignmentCode(tiny_of(course))


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (FIRST, "the sum of the squares", "a sum"),
        (FIRST, "as in the handout", "like the handout's"),
        (FIRST, 'hint="handout, section 1"', 'hint="section 1"'),
        (FIRST, "points=3", "points=4"),
        (FIRST, "import check, expect, rounding", "import expect, rounding, check"),
        (FIRST, "np.array([1.0, 2.0, 3.0])", "np.array([1.0, 2.0, 4.0])"),  # of another check
        (REFERENCE, "Compute the mean", "The mean"),
        (REFERENCE, "    return", "    # as fast as can be\n    return"),
    ],
)
def test_wording_and_other_checks_do_not_count(course: Path, name: str, old: str, new: str) -> None:
    """Comments, docstrings, reasons, hints, points and what the check does not name."""
    before = code_of(course).check(LOOP)
    replace(course / name, old, new)
    assert code_of(course).check(LOOP) == before


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (FIRST, "terms=57", "terms=58"),
        ("reference/tiny/oracles.py", "return", "return 1 *"),
        (REFERENCE, "float(x @ x)", "float(x @ x + 0)"),
    ],
)
def test_what_a_check_names_counts(course: Path, name: str, old: str, new: str) -> None:
    """Oracles, and the functions of the reference, unless these are left out."""
    before = code_of(course)
    solved, alone = before.check(LOOP), before.check(LOOP, solved=False)
    replace(course / name, old, new)
    assert code_of(course).check(LOOP) != solved
    assert (code_of(course).check(LOOP, solved=False) == alone) is (name == REFERENCE)


def test_a_library_counts_where_it_is_named(course: Path) -> None:
    """Under the name that the file gives it."""
    three = code_of(course).check(THREE)
    replace(course / FIRST, "import numpy as np", "from numpy import linalg as np")
    assert code_of(course).check(THREE) != three


def test_a_budget_counts_for_the_check_that_names_it(course: Path) -> None:
    """For no other."""
    before = code_of(course)
    steps, loop = before.check(STEPS), before.check(LOOP)
    replace(course / "assignments/tiny/assignment.toml", 'operations = "', 'operations = "1 + ')
    assert code_of(course).check(STEPS) != steps
    assert code_of(course).check(LOOP) == loop


def test_definitions_may_move_and_their_helpers_count(course: Path) -> None:
    """Between check files and expectations.py; constants and what changes them count as well."""
    write(course, SECOND, MORE + HOLD)
    before = code_of(course).check("check_more")
    replace(course / SECOND, HOLD, "\nfrom expectations import hold  # noqa: E402\n")
    write(course, SHARED, HOLD)
    assert code_of(course).check("check_more") == before
    for old, new in (("SIZE = 100", "SIZE = 101"), ("print(_size)", "print(_size, 1)")):
        replace(course / SHARED, old, new)
        assert code_of(course).check("check_more") != before
        replace(course / SHARED, new, old)
    replace(course / FIRST, "terms=57", "terms=58")  # of a check that it needs
    assert code_of(course).check("check_more") == before


def test_a_program_touches_the_checks_that_name_its_functions(course: Path) -> None:
    """The others see the reference alone."""
    write(course, SECOND, MORE + HOLD)
    write(course, "reference/tiny/submissions/wrong/other.py", PROGRAM)
    replace(
        course / REFERENCE, "def mean_square", "def other(n):\n    return n\n\n\ndef mean_square"
    )
    programs = {p.name: p for p in Setting(tiny_of(course), course).programs}
    code = code_of(course)
    assert code.touches(programs["wrong/other"], "check_more")
    assert not code.touches(programs["wrong/other"], LOOP)
    assert code.touches(programs["wrong/divided_by_three"], LOOP)
