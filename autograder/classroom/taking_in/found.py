"""Submissions as they are found, before anything of them is read: what the intake copies from."""

import hashlib
import re
import unicodedata
from collections.abc import Callable
from datetime import datetime

import msgspec

from autograder.classroom.submissions import Member
from autograder.model.assignment import Assignment
from autograder.submission.intake import Submission

_LONGEST_ID = 150  # bytes: a file system takes 255
_NOT_IN_AN_ID = re.compile(r"[^\w.\- ]")


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """One submission where it lies; `read` raises SubmissionError where it must not be read."""

    id: str
    read: Callable[[Assignment], Submission]
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
    if kept == whole:
        return kept
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{kept or 'unnamed'}-{digest[:6]}"
