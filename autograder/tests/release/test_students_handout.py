"""The handout of the student zip: the parts that are given, and the policy of the course."""

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from autograder.grading.declaring.declare import declared_checks
from autograder.model.assignment import Assignment, load_assignment
from autograder.model.course import Course, LatePolicy, all_assignments
from autograder.model.errors import ReleaseError
from autograder.model.requirements import HANDOUT, ids_in, stated_in
from autograder.release.students_handout import policy, students_handout, without_parts_off
from autograder.release.tables import fill_tables
from autograder.release.template import stubs
from autograder.tests.release.small import REPOSITORY, mean_of, small_course

COURSE = Course(name="n", term="Fall 2026", secret_file="s")
TEXT = """\
# Means

## 5. Tasks

### Part 1: means

**Task 1.1, `mean`.** One line.

- **R1a** The mean.

```
## no heading, and **Task 1.2 is not here
```

**Task 1.2, `square`.** Two lines.

- **R1b** The square, which
  only this part asks for.
- **R1a** It is a float.

**Task 1.2, more.** It states nothing.

## 6. Index

| **R1b** | `square` |
| R1b | `square` |
| **R1a** | `mean` |

- **R1b** Again,
  on two lines.
"""
HIDDEN = "reference/mean/checks/check_1_hidden.py"
REAL = [a for a in all_assignments(REPOSITORY) if a.private and (a.folder / HANDOUT).is_file()]


@pytest.fixture
def off(tmp_path: Path) -> Assignment:
    """The small assignment without part 1.2, whose only check is about R1b."""
    root = small_course(tmp_path / "course")
    path = root / HIDDEN
    path.write_text(path.read_text().replace('requires="R1a"', 'requires="R1b"'))
    with (root / "course.toml").open("a") as file:
        file.write('[parts_off]\nmean = ["1.2"]\n')
    return mean_of(root)


def test_tasks_that_are_off_vanish_with_their_requirements(off: Assignment) -> None:
    """A task goes as a whole, unless it states what something that is given still grades."""
    text = without_parts_off(TEXT, off)

    assert "more.** It states nothing" not in text and "R1b" not in text
    assert "only this part" not in text and "on two lines" not in text
    assert "- **R1a** It is a float.\n" in text and "| **R1a** |" in text
    assert "**Task 1.1" in text and "## no heading" in text and "## 6. Index" in text


def test_a_part_goes_when_all_of_its_tasks_are_off(off: Assignment) -> None:
    """What stands below its heading, before the first task, goes along."""
    both = load_assignment(off.folder, off.private, ("1.2",))
    assert "### Part 1: means" in without_parts_off(TEXT, both)
    text = TEXT.replace("Part 1", "Part 2").replace("Task 1.2", "Task 2.1")
    toml = off.folder / "assignment.toml"
    toml.write_text(toml.read_text().replace('id = "1.2"', 'id = "2.1"'))
    hidden = off.folder.parents[1] / HIDDEN
    hidden.write_text(hidden.read_text().replace('part="1.2"', 'part="2.1"'))
    assert "### Part 2" not in without_parts_off(
        text, load_assignment(off.folder, off.private, ("2.1",))
    )


def test_budgets_of_parts_that_are_off_are_not_in_the_table(off: Assignment) -> None:
    """One that only checks of such parts measure goes; one that a given check measures stays."""
    path = off.folder / "checks" / "check_1.py"
    budget = '    budgets.operations("mean_steps", student.mean, inputs=None)\n'
    more = '\n\n@check(part="1.2", points=1)\ndef check_steps(student, budgets):\n    """Few."""\n'
    path.write_text(path.read_text() + more + budget)
    table = "<!-- generated: budgets -->\n<!-- end -->"
    assert "mean_steps" not in fill_tables(table, off) and "mean_memory" in fill_tables(table, off)
    path.write_text(path.read_text() + more.replace("1.2", "1.1").replace("steps", "too") + budget)
    assert "mean_steps" in fill_tables(table, off)


@pytest.mark.parametrize("assignment", REAL, ids=[a.id for a in REAL])
def test_each_assignment_can_do_without_its_optional_parts(assignment: Assignment) -> None:
    """Their tasks and stubs are gone; each requirement of the checks that are given is stated."""
    names = tuple(part.id for part in assignment.parts if part.optional)
    rest = load_assignment(assignment.folder, assignment.private, names)
    text = without_parts_off((rest.folder / HANDOUT).read_text(encoding="utf-8"), rest)

    assert not [name for name in names if f"**Task {name}" in text]
    stated = {requirement.id for requirement in stated_in(text)}
    asked = {i for check in declared_checks(rest, hidden=True) for i in ids_in(check.requires)}
    assert asked <= stated
    template = "\n".join(data.decode() for data in stubs(rest).values())
    assert not [name for name in names if f'"part {name}:' in template]


def test_the_policy_says_dates_and_rules(off: Assignment) -> None:
    """The due date with its zone, late work, groups, and what is said of help."""
    moment = datetime(2026, 9, 25, 23, 59, tzinfo=timezone(timedelta(hours=-4)))
    course = Course(
        name="n",
        term="Fall 2026",
        secret_file="s",
        due={"mean": moment},
        collaboration="Your own\nwords.",
    )
    assert list(policy(course, off)) == [
        "## Dates and rules, Fall 2026",
        "",
        "- **Due:** Friday 25 September 2026, 23:59 (UTC-04:00).",
        "- **Late work** counts in full for 2 days, with 50% of its points for 7 days, and not at"
        " all after that.",
        "- **Groups:** up to 4 students.",
        "- **A grade that looks wrong:** ask within 7 days.",
        "- **Working with others:** Your own words.",
        "",
    ]


@pytest.mark.parametrize(
    ("late", "said"),
    [
        (LatePolicy(grace_hours=0, late_credit=0), "counts nothing"),
        (LatePolicy(grace_hours=36), "in full for 36 hours, with 50% of its points for 7 days"),
        (LatePolicy(late_credit=0), "in full for 2 days, and not at all"),
        (LatePolicy(closes_after_hours=48), "in full for 2 days, and not at all"),
    ],
)
def test_late_work_in_words(off: Assignment, late: LatePolicy, said: str) -> None:
    """Each policy has its sentence."""
    course = Course(name="n", term="t", secret_file="s", late=late, group_size=1)
    text = "\n".join(policy(course, off))
    assert said in text
    assert "- **Due:** the staff announce the date." in text
    assert "- **Groups:** each student alone." in text


def test_the_policy_stands_before_the_first_section(off: Assignment) -> None:
    """So that it is read; an assignment that does not exist has no due date."""
    root = off.folder.parents[1]
    text = students_handout(TEXT, off, root)
    assert text.startswith("# Means\n\n## Dates and rules, t\n\n- **Due:**")
    assert "\n\n## 5. Tasks\n" in text and "R1b" not in text
    toml = root / "course.toml"
    toml.write_text(toml.read_text() + "[due]\nmeen = 2026-09-25T23:59:00-04:00\n")
    with pytest.raises(ReleaseError, match=r"\[due\] names 'meen'; did you mean 'mean'\?"):
        students_handout(TEXT, off, root)
    toml.unlink()
    assert students_handout(TEXT, off, root) == without_parts_off(TEXT, off)


def test_what_is_given_must_not_use_what_is_not(off: Assignment) -> None:
    """A template that would not run is refused, with the name."""
    path = off.folder.parents[1] / "reference" / "mean" / "mean.py"
    body = "    ### BEGIN SOLUTION part 1.2: it\n    return x\n    ### END SOLUTION\n"
    more = f"\n\ndef square(x):\n{body}"
    path.write_text(path.read_text() + more)
    assert "square" not in stubs(off)["mean.py"].decode()
    path.write_text(path.read_text() + "\n\nBOTH = (mean, square)\n")
    with pytest.raises(ReleaseError, match=r"mean\.py: square is of a part that course\.toml"):
        stubs(off)
