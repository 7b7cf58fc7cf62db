"""The submissions of an export of Gradescope, each with what the metadata says of it.

`places` calls this. Only here is PyYAML needed, which is in the extra `instructor`.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, NoReturn

from autograder.classroom.taking_in.exports import METADATA, Export
from autograder.classroom.taking_in.found import Found, Place
from autograder.model.assignment import Assignment
from autograder.model.errors import SubmissionError, UsageError
from autograder.submission.zip_entries import BROKEN

if TYPE_CHECKING:
    from autograder.classroom.taking_in.metadata import Described

_NOT_NAMED = f"{METADATA} does not name it: whose it is is not known"
_NO_FOLDER = f"the export holds no folder of it, although {METADATA} names it"


def submissions_of(export: Export, name: str) -> Place:
    """All submissions by number, those included of which only a folder or only a record exists.

    Raises UsageError when the metadata of the export, which is called `name`, cannot be read.
    """
    described = _described(export, name)
    names = sorted({*export.folders, *described}, key=lambda found: (len(found), found))
    return Place(found=tuple(_found(each, export, described.get(each)) for each in names))


def _described(export: Export, name: str) -> Mapping[str, "Described"]:
    try:
        from autograder.classroom.taking_in.metadata import read_metadata
    except ImportError as error:
        raise UsageError(
            f"an export of Gradescope cannot be read without PyYAML ({error}): run `pip install"
            " pyyaml`, or quickstart.py again"
        ) from None
    try:
        with export.open_metadata() as file:
            return read_metadata(file)
    except BROKEN as error:  # OSError and ValueError among them
        raise UsageError(
            f"{name} is damaged at {METADATA} ({error}): download the export again"
        ) from None


def _found(name: str, export: Export, described: "Described | None") -> Found:
    id_, read = name.removeprefix("submission_"), export.folders.get(name, _nothing)
    if described is None:
        return Found(id=id_, read=read, notes=(_NOT_NAMED,))
    return Found(
        id=id_,
        read=read,
        members=described.members,
        created_at=described.created_at,
        notes=described.notes,
        earlier=described.earlier,
    )


def _nothing(assignment: Assignment) -> NoReturn:
    raise SubmissionError(_NO_FOLDER)
