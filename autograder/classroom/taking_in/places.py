"""What lies at the path that a command names: which kind of place it is, and its submissions."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from autograder.classroom.submissions import Member
from autograder.classroom.taking_in.found import Found, Place, id_of
from autograder.model.assignment import Assignment
from autograder.model.errors import SubmissionError, UsageError
from autograder.render.disclosure import one_line
from autograder.submission.intake import Submission, take_in

_HANDED_IN = (".py", ".ipynb", ".zip", ".tar", ".gz", ".tgz", ".7z", ".rar")
_MOST_LISTED = 10


@contextmanager
def open_place(path: Path, assignment: Assignment) -> Iterator[Place]:
    """The submissions at `path`, which are read only while it is open.

    Raises UsageError when there is none.
    """
    if not path.exists():
        raise UsageError(
            f"{path} does not exist: name an export of Gradescope, a folder, or a file"
        )
    if path.is_dir() and not (path / assignment.module).exists():
        yield _folder_of_submissions(path)
    else:
        yield Place(found=(_found(path.resolve()),))


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


def is_litter(name: str) -> bool:
    """Whether the name is of what a computer leaves beside files, in folders and in zips."""
    return name.startswith(".") or name in ("__MACOSX", "__pycache__", "Thumbs.db", "desktop.ini")


def _is_submission(entry: Path) -> bool:
    return entry.is_symlink() or entry.is_dir() or entry.suffix.lower() in _HANDED_IN


def _found(path: Path) -> Found:
    name = path.name
    member = Member(name=one_line(os.fsencode(path.stem).decode(errors="replace"), 200))
    return Found(id=id_of(name), read=partial(take_in_plain, path), members=(member,))


def take_in_plain(path: Path, assignment: Assignment) -> Submission:
    """Raises SubmissionError for a link, which could lead to the files of others."""
    if path.is_symlink():
        raise SubmissionError(f"{path.name} is a link, which is not followed: copy the files")
    return take_in(path, assignment)
