"""docs/requirements.md: the table requirement x function or class x check."""

from pathlib import Path

from autograder.authoring.consistency import stale
from autograder.authoring.requirements_page import PAGE, stale_page, write_page
from autograder.tests.authoring.course import replace, tiny_of, write
from autograder.tests.report.small import graded, notebook

TOML = "assignments/tiny/assignment.toml"
MARKS = "# Page\n\n<!-- generated: requirements -->\n<!-- end -->\n"

LOOP = "`check_mean_square_agrees_with_a_loop`"
TABLE = f"""\
# Page

<!-- generated: requirements -->

### tiny

| requirement | of | visible checks | hidden checks |
|---|---|---|---|
| R1.1a | `mean_square` | `check_mean_square_of_three_numbers`, {LOOP} |  |
| R1.1a | `Median` |  | `check_mean_square_of_many_numbers` |
| R1.1b |  | {LOOP} |  |
| R1.1c |  | `check_mean_square_is_vectorised`, people grade R7A-figure |  |

- R1.1a: not applicable to other functions, because they print.

<!-- end -->
"""


def test_each_cell_has_a_row(course: Path) -> None:
    """Visible and hidden checks apart, cells of the report, and what a requirement leaves out."""
    with (course / TOML).open("a") as file:
        file.write('\n[[requirements]]\nids = ["R1.1a"]\nof = ["mean_square", "Median"]\n')
        file.write('others = "they print"\n')
    for folder, name in (("assignments", "mean_square"), ("reference", "Median")):
        replace(
            course / folder / "tiny/checks/check_1_mean_square.py", '"R1.1a"', f'"R1.1a:{name}"'
        )
    cell = graded("markdown", "R7A-figure", 4, "")
    cell["metadata"]["tags"] = ["R1.1c"]
    write(course, "reference/tiny/report.ipynb", notebook([cell]))
    write(course, PAGE, MARKS)
    assert write_page(course)
    assert (course / PAGE).read_text() == TABLE
    assert not stale_page(course) and not write_page(course)


def test_a_stale_page_is_found(course: Path) -> None:
    """The finding says what to do; a course without the page has no such finding."""
    assert "docs" not in " ".join(stale(tiny_of(course), course))
    write(course, PAGE, MARKS)
    told = f"the tables of {PAGE} are stale: run `autograder release tiny`"
    assert told in list(stale(tiny_of(course), course))
