"""What a class handed in, taken in and copied: the commands `grade` and `similarity` call this."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import msgspec

from autograder.classroom.submissions import ClassSubmission, Member
from autograder.classroom.taking_in.copying import copy_into
from autograder.classroom.taking_in.places import open_place
from autograder.classroom.taking_in.roster import read_roster
from autograder.model.assignment import Assignment
from autograder.model.course import course_in
from autograder.model.errors import UsageError

OnTaken = Callable[[int, int], None]  # how many are taken in, of how many


class Handed(msgspec.Struct, frozen=True, kw_only=True):
    """All that was handed in, in a fixed order, and who of the roster handed in nothing."""

    submissions: tuple[ClassSubmission, ...]
    missing: tuple[Member, ...] = ()
    notices: tuple[str, ...] = ()  # what concerns more than one submission, for staff


def take_in_class(
    path: Path,
    assignment: Assignment,
    copies: Path,
    roster: Path | None = None,
    on_taken: OnTaken = lambda done, total: None,
) -> Handed:
    """Copy what the assignment names of each submission at `path` into `copies/<id>/`.

    `path`: a zip that Gradescope exports, or the folder in it; a folder of submissions, each a
    folder, a zip or a file; or one submission. `roster`: a CSV of the course.

    Raises UsageError when nothing at `path` is a submission, or when the roster cannot be read.
    """
    require_apart(copies, path)
    known = read_roster(roster) if roster else None
    due, notices = _due(assignment)
    taken = []
    with open_place(path, assignment) as place:
        copies.mkdir(mode=0o700, parents=True, exist_ok=True)
        copies.chmod(0o700)
        for number, found in enumerate(place.found, start=1):
            members = tuple(map(known.completed, found.members)) if known else found.members
            submission = copy_into(copies, found, assignment)
            taken.append(_completed(submission, members, due))
            on_taken(number, len(place.found))
    return Handed(
        submissions=tuple(taken),
        missing=known.missing(taken) if known else (),
        notices=(*place.notices, *notices, *(known.strangers(taken) if known else ())),
    )


def _completed(
    submission: ClassSubmission, members: tuple[Member, ...], due: datetime | None
) -> ClassSubmission:
    """The submission with its members, and with its lateness where both moments are known."""
    late_by_s = None
    if due and submission.created_at:
        late_by_s = max(0.0, (submission.created_at - due).total_seconds())
    return msgspec.structs.replace(submission, members=members, late_by_s=late_by_s)


def require_apart(out: Path, path: Path) -> None:
    """What is written must not be taken for a submission by the next command.

    Raises UsageError when `out` is inside of `path`.
    """
    if out.resolve().is_relative_to(path.resolve()):
        raise UsageError(f"{out} is inside {path}: write to a folder outside the submissions")


def _due(assignment: Assignment) -> tuple[datetime | None, tuple[str, ...]]:
    """When the assignment is due, as course.toml says; a notice where it does not help."""
    course = course_in(assignment.folder.parents[1])
    due = course.due.get(assignment.id) if course else None
    if due is None:
        return None, ()
    if due.tzinfo is None:
        wanted = f"{assignment.id} = {due.isoformat()}-04:00"
        notice = f"course.toml: [due] has no time zone, so no lateness is known: write {wanted}"
        return None, (notice,)
    return due, ()
