"""The handout as students get it: without the parts that are not given, with the course's policy.

`student_zip` calls it. The handout in the repository keeps all parts, and is about no term.
"""

import re
from collections.abc import Collection, Iterator
from datetime import datetime
from pathlib import Path

from autograder.grading.declaring.declare import declared_checks
from autograder.model.assignment import Assignment, load_assignment
from autograder.model.course import COURSE_FILE, Course, LatePolicy, assignment_ids, load_course
from autograder.model.errors import ReleaseError
from autograder.model.requirements import ids_in, stated_in
from autograder.model.toml import require_known

_FENCE = re.compile(r" *(```|~~~)")
_HEADING = re.compile(r"#{1,6} ")
_TASK = re.compile(r"\*\*Task (\d[\d.]*\d|\d)\b")
_PART = re.compile(r"#{2,6} Part (\d+)\b")
_ROW = re.compile(r" *\| *\**(R\d[\w.]*\w|R\d)\** *\|")
_ITEM = re.compile(r"( *)[-*] +\*\*(R\d[\w.]*)\*\*")


def students_handout(text: str, assignment: Assignment, root: Path) -> str:
    """The handout of the student zip.

    Raises ReleaseError for a due date of an assignment that does not exist.
    """
    given = without_parts_off(text, assignment) if assignment.parts_off else text
    if not (root / COURSE_FILE).is_file():
        return given
    course = load_course(root)
    for name in course.due:
        problem = f"{COURSE_FILE}: [due] names {name!r}"
        require_known(name, assignment_ids(root), ReleaseError, problem)
    head, mark, rest = given.partition("\n## ")
    return "\n".join([head.rstrip("\n"), "", *policy(course, assignment), mark.strip("\n") + rest])


def policy(course: Course, assignment: Assignment) -> Iterator[str]:
    """Dates and rules, as lines of Markdown."""
    due = course.due.get(assignment.id)
    size = course.group_size
    yield from (f"## Dates and rules, {course.term}", "")
    yield f"- **Due:** {_moment(due) if due else 'the staff announce the date'}."
    yield f"- **Late work** {_late(course.late)}."
    yield f"- **Groups:** {f'up to {size} students' if size > 1 else 'each student alone'}."
    yield f"- **A grade that looks wrong:** ask within {course.late.regrade_days:g} days."
    rules = {"Working with others": course.collaboration, "Assistants": course.assistants}
    yield from (f"- **{name}:** {' '.join(t.split())}" for name, t in rules.items() if t.strip())
    yield ""


def _late(late: LatePolicy) -> str:
    """`counts in full for 2 days, with 50% of its points for 7 days, and not at all after that`."""
    grace, closes = late.grace_hours, late.closes_after_hours
    stages = [f"in full for {_hours(grace)}"] if grace > 0 else []
    if closes > grace and late.late_credit > 0:
        stages.append(f"with {late.late_credit:.0%} of its points for {_hours(closes)}")
    return (
        f"counts {', '.join([*stages, 'and not at all after that'])}"
        if stages
        else "counts nothing"
    )


def _moment(due: datetime) -> str:
    zone = f" ({due.tzname()})" if due.tzinfo else ""
    return f"{due:%A} {due.day} {due:%B %Y, %H:%M}{zone}"


def _hours(hours: float) -> str:
    return f"{hours / 24:g} days" if hours >= 48 and hours % 24 == 0 else f"{hours:g} hours"


def without_parts_off(text: str, assignment: Assignment) -> str:
    """The handout without the tasks of parts that are off, and without their requirements.

    A task is the paragraphs from `**Task 1.4` to the next task or heading; a part those below
    `### Part 1`, if all of its tasks are off. What states a requirement that something which is
    given still grades stays.
    """
    gone = _requirements_off(text, assignment)
    kept: list[str] = []
    for block in _blocks(text.split("\n")):
        stated = {requirement.id for requirement in stated_in("\n".join(block))}
        if not (_is_off(block[0], assignment) and stated <= gone):
            kept += _without_requirements(block, gone)
    return "\n".join(kept)


def _requirements_off(text: str, assignment: Assignment) -> set[str]:
    """The ids that only checks of parts which are off grade, or the report on such experiments."""
    whole = load_assignment(assignment.folder, assignment.private)
    every, given = (
        {i for check in declared_checks(each, hidden=True) for i in ids_in(check.requires)}
        for each in (whole, assignment)
    )
    off = assignment.experiments_off
    of_lab = {r.id for r in stated_in(text) if r.text.partition("`")[2].partition("`")[0] in off}
    return (every - given) | of_lab


def _blocks(rows: list[str]) -> Iterator[list[str]]:
    """The rows, divided before each heading and each task; a code block is never divided."""
    block: list[str] = []
    fenced = False
    for row in rows:
        fenced ^= bool(_FENCE.match(row))
        if block and not fenced and (_HEADING.match(row) or _TASK.match(row)):
            yield block
            block = []
        block.append(row)
    yield block


def _is_off(first: str, assignment: Assignment) -> bool:
    task, part = _TASK.match(first), _PART.match(first)
    if task:
        return task[1] in assignment.parts_off
    given = {each.id.partition(".")[0] for each in assignment.parts}
    off = {name.partition(".")[0] for name in assignment.parts_off}
    return part is not None and part[1] in off - given


def _without_requirements(rows: list[str], gone: Collection[str]) -> Iterator[str]:
    """The rows without items and rows of tables that state a requirement in `gone`."""
    indent: int | None = None  # of the item that is left out
    for row in rows:
        item, cells = _ITEM.match(row), _ROW.match(row)
        inner = len(row) - len(row.lstrip())
        if indent is not None and (not row.strip() or inner <= indent):
            indent = None
        if item and item[2] in gone:
            indent = len(item[1])
        elif indent is None and not (cells and cells[1] in gone):
            yield row
