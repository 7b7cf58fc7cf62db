"""autograder.authoring.lab_reports: what `verify` finds wrong in a source notebook."""

from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.authoring.lab_reports import report_problems
from autograder.tests.release.small import mean_of, small_course
from autograder.tests.report.small import MODEL_ANSWER, Cell, cells, notebook, write_report

Damage = Callable[[list[Cell]], object]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small course, whose report each test writes anew."""
    return small_course(tmp_path_factory.mktemp("course"))


def problems(root: Path, content: list[Cell]) -> list[str]:
    """What is found in a notebook of these cells."""
    write_report(root, notebook(content))
    return list(report_problems(mean_of(root)))


def marks(cell: Cell) -> Cell:
    """nbgrader's metadata of the cell, to be changed."""
    return dict.__getitem__(cell["metadata"], "nbgrader")


def replaced(cell: Cell, old: str, new: str) -> None:
    """Change the cell's source."""
    text = "".join(cell["source"])
    assert old in text
    cell["source"] = text.replace(old, new)


def test_the_small_report_has_no_problem(root: Path) -> None:
    """Nor has an assignment without a report."""
    assert problems(root, cells()) == []
    (root / "reference" / "mean" / "report.ipynb").unlink()
    assert list(report_problems(mean_of(root))) == []


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (lambda c: c[2]["outputs"].append({}), "cell R1a-figure: has outputs"),
        (lambda c: c[1].update(attachments={"a": {}}), "cell R1a-text: has a pasted picture"),
        (lambda c: replaced(c[1], MODEL_ANSWER, "\n"), "cell R1a-text: has no model answer"),
        (lambda c: replaced(c[1], "END SOLUTION", "end"), "cell R1a-text: there is no END SOLU"),
        (lambda c: marks(c[2]).update(solution=False), "R1a-figure: is graded, but not as a man"),
        (lambda c: marks(c[2]).update(task=True), "R1a-figure: is graded, but not as a manually"),
        (lambda c: marks(c[1]).update(grade=False), "R1a-text: has a solution region, but is not"),
        (lambda c: marks(c[1]).update(points=0), "cell R1a-text: is worth no points"),
        (lambda c: marks(c[1]).update(points=2), "R1a-text has 2 points, in the mark scheme 1"),
        (lambda c: marks(c[1]).update(grade_id="x"), "no line `- **x**, 1 points: ...` in a mark"),
        (lambda c: marks(c[1]).update(grade_id="x"), "scheme is about R1a-text, which is no grad"),
        (lambda c: c.__delitem__(slice(1, 3)), "report.ipynb: no cell is graded"),
        (lambda c: replaced(c[0], "3 points", "4 points"), "promises 4 points, its cells have 3"),
        (lambda c: replaced(c[0], " (R1a, 3 points)", ""), "promises 0 points, its cells have 3"),
        (lambda c: replaced(c[0], "rounding", "wrong"), "the handout's words for R1a are missing"),
    ],
)
def test_what_does_not_fit_is_found(root: Path, damage: Damage, told: str) -> None:
    """In the cells, between cells and mark schemes, in headings and what they cite."""
    content = cells()
    damage(content)
    found = problems(root, content)
    assert any(told in problem for problem in found), found


def test_a_broken_notebook_is_one_problem(root: Path) -> None:
    """It ends this step, not verify."""
    write_report(root, "{")
    (problem,) = report_problems(mean_of(root))
    assert "report.ipynb is not a notebook" in problem
