"""All gradings of a class at one place: what `autograder grade` wrote, an export of Gradescope, or
one file.

Called by the command `regrade-diff`.
"""

from collections.abc import Iterable
from pathlib import Path

import msgspec

from autograder.classroom.regrades.past import PastGrading
from autograder.classroom.regrades.reading import read_grading
from autograder.classroom.submissions import Member
from autograder.classroom.taking_in.places import open_place
from autograder.model.assignment import Assignment
from autograder.model.errors import ConfigError, UsageError

COPIES, STAFF, REPORT = "copies", "staff", "report.json"  # in the folder of `autograder grade`
_FIT = (
    "name a folder that `autograder grade` wrote, an export of Gradescope, a results.json, or a"
    " report of `autograder check --json`"
)


class Side(msgspec.Struct, frozen=True, kw_only=True):
    """The gradings that are compared with those of the other side."""

    place: Path
    gradings: dict[str, PastGrading]  # by id of the submission
    unread: dict[str, str] = {}  # id of a submission without a grading -> why
    copies: Path | None = None  # folder with the copies of the submissions, by id

    @property
    def assignments(self) -> set[str]:
        """Whose gradings they are, as far as that is known."""
        return {each.report.assignment for each in self.gradings.values()} - {""}


class _Kept(msgspec.Struct, frozen=True):
    """A grading as it was found."""

    id: str
    data: bytes  # empty: there is none
    members: tuple[Member, ...] = ()


def read_side(path: Path, assignment: Assignment) -> Side:
    """The gradings at `path`; `assignment`: whose export it may be.

    Raises UsageError where there is no grading.
    """
    if path.is_file() and path.suffix.lower() != ".zip":
        kept, copies = [_Kept(path.stem, path.read_bytes())], None
    elif (path / STAFF).is_dir():
        kept, copies = _graded(path), path / COPIES
    else:
        kept, copies = _exported(path, assignment), None
    return _side(path, kept, copies)


def _side(path: Path, kept: Iterable[_Kept], copies: Path | None) -> Side:
    gradings, unread = {}, {}
    for each in kept:
        try:
            if each.data:
                gradings[each.id] = read_grading(each.id, each.data, each.members)
            else:
                unread[each.id] = "it has no results"
        except ConfigError as error:
            unread[each.id] = str(error)
    if not gradings:
        why = next(iter(unread.values()), "there is no submission")
        raise UsageError(f"{path} holds no grading that can be read: {why}; {_FIT}")
    return Side(place=path, gradings=gradings, unread=unread, copies=copies)


def _graded(path: Path) -> list[_Kept]:
    """What `autograder grade` wrote; a submission that has no report was not graded."""
    kept = []
    for folder in sorted((path / STAFF).iterdir()):
        report = folder / REPORT
        kept.append(_Kept(folder.name, report.read_bytes() if report.is_file() else b""))
    return kept


def _exported(path: Path, assignment: Assignment) -> list[_Kept]:
    """The results that an export itself holds."""
    with open_place(path, assignment) as place:
        return [_Kept(found.id, found.earlier, found.members) for found in place.found]
