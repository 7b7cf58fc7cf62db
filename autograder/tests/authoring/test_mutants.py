"""Mutants of a reference: where, what they are called, and how they are written."""

import ast
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.authoring.proofs.mutants import Mutant, mutants_of
from autograder.model.errors import ReleaseError
from autograder.tests.authoring.course import replace, tiny_of

REFERENCE = '''"""A module."""

Row = list[int]
LIMIT = 3


### BEGIN SOLUTION
BEST = 5
Pair = tuple[int, int] | None


def _half(x: int = 2) -> Row:
    """It has 7 words."""
    return x / 2  # a comment with 9


### END SOLUTION


def whole(x: int) -> Row:
    """What students read, with 3."""
    ### BEGIN SOLUTION part 1.2: the whole
    if x > 4:
        x = 0
    elif x > LIMIT:
        é = _half(x)  # not ASCII
        return é + 1
    return x
    ### END SOLUTION


def other(x: int) -> int:
    ### BEGIN SOLUTION part 1.1: the other
    return x
    ### END SOLUTION
'''
Make = Callable[[str], list[Mutant]]


@pytest.fixture
def make(course: Path) -> Make:
    """The mutants of a reference with this text; the assignment has parts 1.1 and 1.2."""
    toml = course / "assignments" / "tiny" / "assignment.toml"
    more = '\n[[parts]]\nid = "1.2"\ntitle = "t"\npoints = 1\nhours = 1.0\n'
    toml.write_text(toml.read_text() + more)

    def make(text: str) -> list[Mutant]:
        (course / "reference" / "tiny" / "tiny.py").write_text(text, encoding="utf-8")
        return mutants_of(tiny_of(course))

    return make


def lines(mutants: list[Mutant]) -> list[tuple[str, str]]:
    """The line before and after of each mutant."""
    return [(mutant.before, mutant.after) for mutant in mutants]


def test_only_solutions_are_changed(make: Make) -> None:
    """Given code, docstrings, comments, annotations and types are not changed."""
    mutants = make(REFERENCE)
    befores = {mutant.before for mutant in mutants}
    assert befores == {
        "BEST = 5",
        "def _half(x: int = 2) -> Row:",
        "return x / 2",
        "if x > 4: x = 0 elif x > LIMIT: é = _half(x) return é + 1",
        "if x > 4:",
        "x = 0",
        "elif x > LIMIT:",
        "é = _half(x)",
        "return é + 1",
        "return x",
    }
    assert ("def _half(x: int = 2) -> Row:", "def _half(x: int = 3) -> Row:") in lines(mutants)


def test_each_mutant_is_the_reference_with_one_change(make: Make) -> None:
    """It is valid Python and unlike every other mutant, and all but the change is the same."""
    mutants = make(REFERENCE)
    codes = {ast.dump(ast.parse(text)) for text in [REFERENCE, *(m.text for m in mutants)]}
    assert len(codes) == len(mutants) + 1
    (sum_,) = [m for m in mutants if m.after == "return é - 1"]
    assert sum_.text == REFERENCE.replace("return é + 1", "return é - 1")


def test_a_branch_is_rewritten_where_its_text_alone_would_not_do(make: Make) -> None:
    """A deleted `elif` leaves its `if`, with an empty `else`."""
    gone = [m for m in make(REFERENCE) if "elif" not in m.text and "if x > 4" in m.text]
    (without,) = [m for m in gone if m.operator == "deleted statement"]
    code = ast.unparse(ast.parse(without.text))
    assert "    if x > 4:\n        x = 0\n    else:\n        pass\n    return x" in code


def test_brackets_are_kept_where_they_are_needed(make: Make) -> None:
    """A changed factor is put in parentheses where its product would mean something else."""
    text = REFERENCE.replace("return x / 2 ", "return 2 * (x - 3) ")
    afters = [m.after for m in make(text)]
    assert "return 2 * (x + 3)" in afters
    assert "return 2 * (3 - x)" in afters


def test_ids_are_those_of_function_operator_and_line(make: Make) -> None:
    """Another comment, or another line above, changes no id; another line changes its own."""
    before = {mutant.id for mutant in make(REFERENCE)}
    assert {i.split("/")[0] for i in before} == {"tiny.py", "_half", "whole", "other"}
    assert before == {m.id for m in make(REFERENCE.replace("  # not ASCII", "").replace("9", "8"))}
    after = {mutant.id for mutant in make(REFERENCE.replace("é + 1", "é + 2"))}
    assert all(i.startswith("whole/") for i in before ^ after)
    assert before ^ after and before & after


def test_equal_lines_of_a_function_have_different_ids(make: Make) -> None:
    """No two mutants have the same id."""
    text = REFERENCE.replace("        x = 0\n", "        x = 0\n        x = 0\n")
    mutants = make(text)
    assert len({mutant.id for mutant in mutants}) == len(mutants)


def test_a_mutant_knows_the_parts_that_it_can_spoil(make: Make) -> None:
    """The parts of its function; a helper has the parts of all functions that use it."""
    parts = {mutant.id.split("/")[0]: mutant.parts for mutant in make(REFERENCE)}
    assert parts == {
        "tiny.py": frozenset(),
        "_half": frozenset({"1.2"}),
        "whole": frozenset({"1.2"}),
        "other": frozenset({"1.1"}),
    }


def test_parts_that_are_not_given_have_no_mutants(make: Make) -> None:
    """Helpers that only such parts use have none either."""
    assert {m.id.split("/")[0] for m in make(REFERENCE.replace("1.2", "1.3"))} == {
        "tiny.py",
        "other",
    }


def test_a_mutant_is_written_as_a_whole_submission(course: Path, tmp_path: Path) -> None:
    """Every file to hand in, one of them changed."""
    replace(
        course / "assignments/tiny/assignment.toml",
        '["tiny.py"]',
        '["tiny.py", "notes.py", "a.md"]',
    )
    (course / "reference/tiny/notes.py").write_text("### BEGIN SOLUTION\nN = 1\n### END SOLUTION\n")
    (course / "reference/tiny/a.md").write_text("1 + 1\n")
    tiny = tiny_of(course)
    one = next(mutant for mutant in mutants_of(tiny) if mutant.file == "notes.py")
    one.write(tiny, tmp_path)
    assert (tmp_path / "notes.py").read_text() == one.text != "N = 1"
    reference = (course / "reference/tiny/tiny.py").read_text()
    assert (tmp_path / "tiny.py").read_text() == reference
    assert (tmp_path / "a.md").read_text() == "1 + 1\n"


def test_marks_that_do_not_fit_together_are_an_error(make: Make) -> None:
    """The error is that of `release`, with file and line."""
    with pytest.raises(ReleaseError, match=r"tiny\.py, line 22: the region of line 7 is"):
        make(REFERENCE.replace("### END SOLUTION", ""))
