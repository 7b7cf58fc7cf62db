"""autograder.model.lab_report: how the source notebook is read."""

import json
from pathlib import Path

import pytest

from autograder.model.errors import ConfigError
from autograder.model.lab_report import RubricLine, cells_of, regions, rubric_of
from autograder.tests.release.small import mean_of, small_course
from autograder.tests.report.small import cells, locked, notebook, write_report


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The small course with the small report."""
    write_report(small_course(tmp_path / "course"))
    return tmp_path / "course"


def test_the_graded_cells_are_the_rubric(root: Path) -> None:
    """Each with its points and with the requirements that are its tags."""
    assert rubric_of(mean_of(root)) == (
        RubricLine(id="R1a-text", points=1, requires=("R1a",)),
        RubricLine(id="R1a-figure", points=2, requires=("R1a",)),
    )


def test_where_no_notebook_is_at_hand_there_is_no_rubric(root: Path) -> None:
    """Neither without a report, nor for students, who have no reference."""
    (root / "reference" / "mean" / "report.ipynb").unlink()
    assert rubric_of(mean_of(root)) == () == cells_of(mean_of(root))
    (root / "reference").rename(root / "away")
    assert rubric_of(mean_of(root)) == ()


def test_regions_have_the_lines_between_their_marks(root: Path) -> None:
    """With their numbers in the cell, in texts as in code."""
    question, text, figure = map(regions, cells_of(mean_of(root)))
    assert [region.kind for region in question] == ["MARK SCHEME"]
    assert list(question[0].rows) == [3, 4]
    assert text[0].rows == {2: "The mean of the squares is what I expected to see."}
    assert figure[0].rows == {2: "print('a line of the model answer')"}


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("### BEGIN SOLUTION\nx", "there is no END SOLUTION"),
        ("x\n### END SOLUTION", "line 2, '### END SOLUTION', is no match"),
        ("### BEGIN SOLUTION\n### BEGIN SOLUTION", "line 2, '### BEGIN SOLUTION', is no match"),
        ("### BEGIN SOLUTION\n=== END MARK SCHEME ===", "'=== END MARK SCHEME ===', is no match"),
    ],
)
def test_marks_that_do_not_fit_are_refused(root: Path, source: str, told: str) -> None:
    """The error names cell and line."""
    write_report(root, notebook([locked(source)]))
    (cell,) = cells_of(mean_of(root))
    with pytest.raises(ConfigError, match=r"report\.ipynb, cell question: ") as raised:
        regions(cell)
    assert told in str(raised.value)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("{", "is not a notebook: "),
        ('{"cells": 3}', "`cells`"),
        (json.dumps({"cells": [cells()[0] | {"metadata": {"nbgrader": {}}}]}), "`grade_id`"),
    ],
)
def test_what_is_no_notebook_is_refused(root: Path, content: str, told: str) -> None:
    """The error names the file and what is wrong in it."""
    write_report(root, content)
    with pytest.raises(ConfigError, match=r"report\.ipynb is not a notebook") as raised:
        rubric_of(mean_of(root))
    assert told in str(raised.value)


def test_cells_without_marks_of_nbgrader_are_named_by_their_words(root: Path) -> None:
    """So that an error says which cell it means."""
    plain = locked("Read this first.") | {"metadata": {}}
    write_report(root, notebook([plain]))
    assert str(cells_of(mean_of(root))[0]) == "the cell 'Read this first.'"
