"""The report on a class as one HTML file: for its staff, or for the class in a lecture.

Called by `autograder grade`.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from urllib.parse import quote

from autograder.classroom.outputs.class_page import charts
from autograder.classroom.outputs.class_page.figures import (
    ClassFigures,
    figures_of,
    ordered_states,
    quartiles,
)
from autograder.classroom.people import People
from autograder.classroom.submissions import Graded, Member, Status
from autograder.classroom.taking_in.handed import Handed
from autograder.machine.files import write_atomically
from autograder.model.assignment import Assignment
from autograder.model.units import counted
from autograder.render.disclosure import one_line
from autograder.render.html.frame import framed

_PACKAGE = "autograder.classroom.outputs.class_page"
_SHOWN_COSTLIEST = 10


def write_class_page(
    path: Path,
    handed: Handed,
    graded: Sequence[Graded],
    assignment: Assignment,
    anonymous: bool = False,
) -> None:
    """Write the page. `anonymous`: for a lecture, of what students may see, naming none."""
    write_atomically(path, class_page(handed, graded, assignment, anonymous).encode(), mode=0o600)


def class_page(
    handed: Handed, graded: Iterable[Graded], assignment: Assignment, anonymous: bool = False
) -> str:
    """The page; the same class makes the same page. Links lead to the staff's reports beside it."""
    figures = figures_of(handed.submissions, graded, anonymous)
    named = () if anonymous else handed.submissions
    values = {
        "title": one_line(assignment.title),
        "parts": [part for part in assignment.parts if figures.of_part(part.id)],
        "anonymous": anonymous,
        "figures": figures,
        "charts": charts,
        "scores": quartiles(figures.scores),
        "times": quartiles(wall_s for wall_s, _ in figures.times_s),
        "costliest": figures.costliest[:_SHOWN_COSTLIEST],
        "counts": _counts(handed, figures),
        "missing": () if anonymous else [_name(member) for member in handed.missing],
        "notices": () if anonymous else [one_line(notice) for notice in handed.notices],
        "notes": [(each.id, one_line(note)) for each in named for note in each.notes],
        "names": {each.id: ", ".join(map(_name, each.members)) for each in named},
        "report_of": {id_: f"staff/{quote(id_, safe='')}/report.html" for id_ in figures.reported},
        "ordered_states": ordered_states,
        "counted": counted,
    }
    return framed("class.html.j2", values, packages=[_PACKAGE], styles=["charts.css.j2"])


def _counts(handed: Handed, figures: ClassFigures) -> list[str]:
    """How many handed in, and what became of the submissions."""
    people, students = People[bool](), 0
    for member in (member for each in handed.submissions for member in each.members):
        students += people.find(member) is None
        people.add(member, True)
    total = counted(sum(figures.statuses.values()), "submission")
    first = f"{total} of {counted(students, 'student')}" if students else total
    lines = [first, *(f"{figures.statuses[s]} {s.value}" for s in Status if figures.statuses[s])]
    if handed.missing:
        lines.append(f"nothing from {counted(len(handed.missing), 'student')}")
    return lines


def _name(member: Member) -> str:
    return one_line(member.name or member.email or member.sid, 100)
