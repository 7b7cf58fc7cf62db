"""What lies at the path that a command names: which kind of place it is, and its submissions."""

import os
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

from autograder.classroom.submissions import Member
from autograder.classroom.taking_in.exported import submissions_of
from autograder.classroom.taking_in.exports import METADATA, export_in_folder, export_in_zip
from autograder.classroom.taking_in.found import Found, Place, id_of, is_litter, take_in_plain
from autograder.model.assignment import Assignment
from autograder.model.errors import UsageError
from autograder.render.disclosure import one_line

_HANDED_IN = (".py", ".ipynb", ".zip", ".tar", ".gz", ".tgz", ".7z", ".rar")
_MOST_LISTED = 10


@contextmanager
def open_place(path: Path, assignment: Assignment) -> Iterator[Place]:
    """The submissions at `path`, which are read only while it is open.

    Raises UsageError when there is none, or when an export is damaged.
    """
    if not path.exists():
        raise UsageError(
            f"{path} does not exist: name an export of Gradescope, a folder, or a file"
        )
    with ExitStack() as closed_at_the_end:
        try:
            place = _place(path, assignment, closed_at_the_end)
        except zipfile.BadZipFile as error:
            raise UsageError(f"{path} is no readable zip ({error}): download it again") from None
        except OSError as error:
            raise UsageError(f"{error.filename or path} cannot be read: {error.strerror}") from None
        yield place


def _place(path: Path, assignment: Assignment, closed_at_the_end: ExitStack) -> Place:
    if path.is_dir():
        return _in_folder(path, assignment)
    if path.suffix.lower() == ".zip":
        opened = closed_at_the_end.enter_context(zipfile.ZipFile(path))
        return _in_zip(opened, path, assignment)
    return _one(path)


def _in_zip(opened: zipfile.ZipFile, path: Path, assignment: Assignment) -> Place:
    if export := export_in_zip(opened, path.name):
        return submissions_of(export, path.name)
    if assignment.module in opened.namelist():
        return _one(path)
    raise UsageError(
        f"{path} holds neither {METADATA}, as an export of Gradescope does, nor {assignment.module}"
        " at its top, as a submission does: unpack it, and name the folder of submissions in it"
    )


def _in_folder(path: Path, assignment: Assignment) -> Place:
    if export := export_in_folder(path):
        return submissions_of(export, str(path))
    return _one(path) if (path / assignment.module).exists() else _folder_of_submissions(path)


def _one(path: Path) -> Place:
    return Place(found=(_found(path.resolve()),))


def _folder_of_submissions(path: Path) -> Place:
    entries = sorted(path.iterdir(), key=lambda entry: entry.name)
    entries = [entry for entry in entries if not is_litter(entry.name)]
    handed_in = [entry for entry in entries if _is_submission(entry)]
    if not handed_in:
        raise UsageError(
            f"there is no submission in {path}: each is a folder, a zip or a .py file of its own"
        )
    others = [one_line(entry.name, 100) for entry in entries if entry not in handed_in]
    more = f" and {len(others) - _MOST_LISTED} more" if len(others) > _MOST_LISTED else ""
    notice = f"no submissions, left out: {', '.join(others[:_MOST_LISTED])}{more}"
    return Place(found=tuple(map(_found, handed_in)), notices=(notice,) if others else ())


def _is_submission(entry: Path) -> bool:
    return entry.is_symlink() or entry.is_dir() or entry.suffix.lower() in _HANDED_IN


def _found(path: Path) -> Found:
    is_file = path.suffix.lower() in _HANDED_IN and not path.is_dir()
    name = os.fsencode(path.stem if is_file else path.name).decode(errors="replace")
    member = Member(name=one_line(name, 200))
    return Found(id=id_of(path.name), read=partial(take_in_plain, path), members=(member,))
