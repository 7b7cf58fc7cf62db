"""Handout, checks and rubric name the same requirements."""

from pathlib import Path

import pytest

from autograder.authoring.requirements import requirement_problems
from autograder.tests.authoring.course import replace, tiny_of, write
from autograder.tests.report.small import graded, notebook

CHECKS = "assignments/tiny/checks/check_1_mean_square.py"
HANDOUT = "assignments/tiny/handout.md"
TOML = "assignments/tiny/assignment.toml"
HIDDEN = "reference/tiny/checks"


def problems(course: Path) -> list[str]:
    """The findings in the course as it is now."""
    return list(requirement_problems(tiny_of(course)))


def report(course: Path, *tags: str, times: int = 1) -> None:
    """Write a report with one graded cell, so many times, that is about these requirements."""
    cell = graded("markdown", "R7A-figure", 4, "")
    cell["metadata"]["tags"] = tags
    write(course, "reference/tiny/report.ipynb", notebook([cell] * times))


def test_a_new_assignment_has_no_problem(course: Path) -> None:
    """A new assignment has no such problem."""
    assert problems(course) == []


def test_a_requirement_that_nothing_grades_is_found(course: Path) -> None:
    """The finding has the line of the handout; a check or a graded cell removes it."""
    replace(course / HANDOUT, "\n- **R1.1b**", "\n- **R7A** A figure.\n- **R1.1b**")
    (problem,) = problems(course)
    assert problem.startswith("handout.md, line ")
    assert problem.endswith(
        ": no visible check and no graded cell of report.ipynb is about R7A:"
        " let a check show it, with requires='R7A'"
    )
    report(course, "R7A")
    assert problems(course) == []


def test_a_hidden_check_alone_is_not_enough(course: Path) -> None:
    """Students must see each requirement checked: a cell that only a hidden check is about."""
    replace(course / HANDOUT, "- **R1.1b**", "- **R1.1d** All sizes.\n- **R1.1b**")
    replace(course / "reference/tiny/checks/check_1_mean_square.py", '"R1.1a"', '"R1.1d"')
    (problem,) = problems(course)
    assert "no visible check and no graded cell of report.ipynb is about R1.1d" in problem


def several(course: Path, of: str, ids: str = '"R1.1a"') -> None:
    """Let a requirement hold for several functions of the reference, which has one more."""
    write(
        course,
        "assignments/tiny/assignment.toml",
        (course / TOML).read_text()
        + f"""
[[requirements]]
ids = [{ids}]
of = [{of}]
""",
    )
    with (course / "reference/tiny/tiny.py").open("a") as file:
        file.write("\n\nclass Median:\n    def of(self, x): ...\n")


def test_each_function_has_its_check(course: Path) -> None:
    """The finding names requirement and class; a visible check about that cell removes it."""
    several(course, '"mean_square", "Median"')
    for path in (*(course / "assignments/tiny/checks").glob("*"), *(course / HIDDEN).glob("*")):
        path.write_text(path.read_text().replace('"R1.1a"', '"R1.1a:mean_square"'))
    (problem,) = problems(course)
    assert "is about R1.1a:Median: let a check show it, with requires='R1.1a:Median'" in problem
    replace(course / CHECKS, '("R1.1a:mean_square", ', '("R1.1a:mean_square", "R1.1a:Median", ')
    assert problems(course) == []


@pytest.mark.parametrize("written", ["R1.1a", "R1.1a:median", "R1.1b:mean_square"])
def test_a_cell_that_does_not_exist_is_found(course: Path, written: str) -> None:
    """Without the class, with a class misspelt, with a class where the requirement is one."""
    several(course, '"mean_square", "Median.of"')
    replace(course / HIDDEN / "check_1_mean_square.py", '"R1.1a"', f'"{written}"')
    wanted = written.partition(":")[0]
    found = [problem for problem in problems(course) if "check_mean_square_of_many" in problem]
    near = {"R1.1a:median": "did you mean 'R1.1a:Median.of'?"}
    near["R1.1a"] = "known: R1.1a:Median.of, R1.1a:mean_square"
    near["R1.1b:mean_square"] = "known: R1.1b"
    assert found == [
        f"check_mean_square_of_many_numbers: {wanted} has no cell '{written}'; {near[written]}"
    ]


def test_what_is_listed_must_exist(course: Path) -> None:
    """An unknown requirement and an unknown function: each finding names the nearest one."""
    several(course, '"mean_squar"', ids='"R1.1x", "R1.1b", "R1.1b"')
    place = "[[requirements]] with ids R1.1x, R1.1b, R1.1b: "
    found = [problem for problem in problems(course) if problem.startswith("[[")]
    assert found[0] == "[[requirements]]: id R1.1b is there 2 times"
    assert found[1].startswith(place + "handout.md states no requirement 'R1.1x'; did you mean")
    missing = "no submitted file defines 'mean_squar'; did you mean 'mean_square'?"
    assert found[2] == place + missing


def test_a_function_that_is_left_out_needs_a_reason(course: Path) -> None:
    """A requirement of a whole part names each function of that part, or says why not."""
    replace(course / HANDOUT, "- **R1.1b**", "- **R1a** Nothing is printed.\n- **R1.1b**")
    several(course, '"Median"', ids='"R1a"')
    place = "[[requirements]] with ids R1a: "
    assert f"{place}add mean_square to `of`, or say in `others` why not" in problems(course)
    replace(course / TOML, 'of = ["Median"]', 'of = ["Median"]\nothers = "it has nothing to say"')
    assert not any(problem.startswith(place) for problem in problems(course))


def test_an_unknown_requirement_is_found(course: Path) -> None:
    """In a check and in the report; the finding names the nearest requirement."""
    replace(course / CHECKS, 'requires="R1.1c"', 'requires=("R1.1c", "R1.1x")')
    report(course, "R1.1aa")
    check, line = problems(course)
    name = "check_mean_square_is_vectorised"
    assert check.startswith(f"{name}: handout.md states no requirement 'R1.1x'; did you mean 'R1.1")
    assert line == (
        "report.ipynb: R7A-figure: handout.md states no requirement 'R1.1aa'; did you mean 'R1.1a'?"
    )


def test_what_names_no_requirement_is_found(course: Path) -> None:
    """A check without `requires`, a graded cell without tags."""
    replace(course / CHECKS, 'hint="handout, section 1", requires="R1.1a"', 'hint="h"')
    report(course)
    assert problems(course) == [
        f"{name} names no requirement: add ids of handout.md to requires= or the tags"
        for name in ("check_mean_square_of_three_numbers", "report.ipynb: R7A-figure")
    ]


def test_repeated_ids_are_found(course: Path) -> None:
    """Ids of requirements and of graded cells must be unique."""
    replace(course / HANDOUT, "- **R1.1b**", "- **R1.1a** Again.\n- **R1.1b**")
    report(course, "R1.1a", times=2)
    assert problems(course) == [
        "handout.md: requirement R1.1a is there 2 times",
        "report.ipynb: cell R7A-figure is there 2 times",
    ]


def test_an_empty_requirement_is_found(course: Path) -> None:
    """An id without a text is a finding."""
    replace(course / HANDOUT, "**R1.1b** `x` is not changed: it may be read-only.", "**R1.1b**")
    (problem,) = problems(course)
    assert problem.endswith(": requirement R1.1b says nothing")


def test_a_check_without_why_or_oracle_is_found(course: Path) -> None:
    """Why: and Oracle: are required, also of hidden checks."""
    replace(course / CHECKS, "    Why: An example", "    An example")
    hidden = course / "reference/tiny/checks/check_1_mean_square.py"
    replace(hidden, "    Oracle: One number at a time with exactly rounded sums.\n", "")
    lack = "its docstring has no line `{}: ...` below the title"
    assert problems(course) == [
        f"check_mean_square_of_three_numbers: {lack.format('Why')}",
        f"check_mean_square_of_many_numbers: {lack.format('Oracle')}",
    ]


def test_a_handout_without_requirements_is_one_problem(course: Path) -> None:
    """There is one finding, not one a check; a missing handout is the same."""
    told = "handout.md states no requirement: begin items of its lists with ids, as **R1.1a**"
    text = (course / HANDOUT).read_text()
    (course / HANDOUT).write_text(text.replace("- **R", "- R"))
    assert problems(course) == [told]
    (course / HANDOUT).unlink()
    assert problems(course) == [told]


def test_an_unreadable_report_is_one_problem(course: Path) -> None:
    """Only this step of `verify` ends."""
    write(course, "reference/tiny/report.ipynb", "{")
    (problem,) = problems(course)
    assert "report.ipynb is not a notebook" in problem


def test_parts_switched_off_still_grade(course: Path) -> None:
    """The handout describes them, so their checks must agree with it."""
    toml = course / "assignments" / "tiny" / "assignment.toml"
    more = '[[parts]]\nid = "2"\ntitle = "More"\npoints = 2\nhours = 1\n\n[budgets'
    replace(toml, "[budgets", more)
    replace(course / HANDOUT, "- **R1.1b**", "- **R2a** All sizes.\n- **R1.1b**")
    replace(course / CHECKS, 'part="1.1", points=3, hint', 'part="2", points=3, hint')
    replace(course / CHECKS, 'requires="R1.1a"', 'requires="R2a"')
    with (course / "course.toml").open("a") as file:
        file.write('[parts_off]\ntiny = ["2"]\n')
    assert [part.id for part in tiny_of(course).parts] == ["1.1"]
    assert problems(course) == []
