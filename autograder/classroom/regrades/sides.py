"""All gradings of a class at one place: what `autograder grade` wrote, an export of Gradescope, or
one file.

Called by the command `regrade-diff`.
"""

import zipfile
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path

import msgspec

from autograder.classroom.outputs.cells import text_cell
from autograder.classroom.regrades.past import PastGrading
from autograder.classroom.regrades.reading import read_grading
from autograder.classroom.submissions import Member
from autograder.classroom.tables import read_table
from autograder.classroom.taking_in.exported import submissions_of
from autograder.classroom.taking_in.exports import export_in_folder, export_in_zip
from autograder.model.errors import ConfigError, UsageError

# in the folder of `autograder grade`
COPIES, STAFF, REPORT, GRADES = "copies", "staff", "report.json", "grades.csv"
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


class _FoundGrading(msgspec.Struct, frozen=True):
    """A grading as it was found."""

    id: str
    data: bytes  # empty: there is none
    members: tuple[Member, ...] = ()


def read_side(path: Path) -> Side:
    """The gradings at `path`.

    Raises UsageError where there is no grading.
    """
    if not path.exists():
        raise UsageError(f"{path} does not exist: {_FIT}")
    if path.is_file() and path.suffix.lower() != ".zip":
        kept, copies = [_FoundGrading(path.stem, path.read_bytes())], None
    elif (path / STAFF).is_dir():
        kept, copies = _graded(path), path / COPIES
    else:
        kept, copies = _exported(path), None
    return _side(path, kept, copies)


def _side(path: Path, kept: Iterable[_FoundGrading], copies: Path | None) -> Side:
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


def _graded(path: Path) -> list[_FoundGrading]:
    """What `autograder grade` wrote; a submission that has no report was not graded."""
    members, kept = _members(path / GRADES), []
    for folder in sorted((path / STAFF).iterdir()):
        report, own = folder / REPORT, members.get(text_cell(folder.name), ())
        kept.append(
            _FoundGrading(folder.name, report.read_bytes() if report.is_file() else b"", own)
        )
    return kept


def _members(grades: Path) -> dict[str, tuple[Member, ...]]:
    """Whose each submission is, by its cell in grades.csv, where there is one."""
    if not grades.is_file():
        return {}
    head, *rows = read_table(grades)
    found: dict[str, tuple[Member, ...]] = {}
    for cells in (dict(zip(head, row, strict=True)) for row in rows):
        fields = {name: cells.get(name, "") for name in Member.__struct_fields__}
        id_ = cells.get("submission", "")
        found[id_] = (*found.get(id_, ()), Member(**fields))
    return found


def _exported(path: Path) -> list[_FoundGrading]:
    """The results that an export itself holds."""
    with ExitStack() as closed_at_the_end:
        if path.is_dir():
            export = export_in_folder(path)
        else:
            export = export_in_zip(closed_at_the_end.enter_context(_zip(path)), path.name)
        if export is None:
            raise UsageError(f"{path} is none of what can be compared: {_FIT}")
        place = submissions_of(export, path.name)
        return [_FoundGrading(found.id, found.earlier, found.members) for found in place.found]


def _zip(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except zipfile.BadZipFile as error:
        raise UsageError(f"{path} is no readable zip ({error}): download it again") from None
