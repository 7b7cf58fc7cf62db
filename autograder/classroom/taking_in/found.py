"""Submissions as they are found, before anything of them is read: what the intake copies from."""

import hashlib
import re
import unicodedata
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import msgspec

from autograder.classroom.submissions import Member
from autograder.model.assignment import Assignment
from autograder.model.errors import SubmissionError
from autograder.submission.intake import Submission, take_in

_LONGEST_ID = 150  # bytes: a file system takes 255
_NOT_IN_AN_ID = re.compile(r"[^\w.\- ]")


Read = Callable[[Assignment], Submission]


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """One submission where it lies; `read` raises SubmissionError where it must not be read."""

    id: str
    read: Read
    members: tuple[Member, ...] = ()
    created_at: datetime | None = None
    notes: tuple[str, ...] = ()
    earlier: bytes = b""


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """All submissions of one place, in a fixed order."""

    found: tuple[Found, ...]
    notices: tuple[str, ...] = ()


def id_of(name: str) -> str:
    """An id for a folder or file of this name: fit for a file name, a page and a spreadsheet.

    It depends on the name alone. A name that had to be changed or cut is told from others by the
    beginning of its hash.
    """
    whole = unicodedata.normalize("NFC", name)
    harmless = _NOT_IN_AN_ID.sub("_", whole).lstrip("-. ").rstrip(". ")
    kept = harmless.encode()[:_LONGEST_ID].decode(errors="ignore")
    if kept and kept == whole:
        return kept
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{kept or 'unnamed'}-{digest[:6]}"


def is_litter(name: str) -> bool:
    """Whether the name is of what a computer leaves beside files, in folders and in zips."""
    return name.startswith(".") or name in ("__MACOSX", "__pycache__", "Thumbs.db", "desktop.ini")


def take_in_plain(path: Path, assignment: Assignment) -> Submission:
    """Read a folder, a zip or a file.

    Raises SubmissionError for a link, which could lead to the files of others.
    """
    if path.is_symlink():
        raise SubmissionError(f"{path.name} is a link, which is not followed: copy the files")
    return take_in(path, assignment)
