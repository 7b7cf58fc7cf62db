"""What a class handed in, and what became of each submission: the data shared by all of this."""

from datetime import datetime
from enum import Enum
from pathlib import Path

import msgspec

from autograder.model.report import Report


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """One student, as the export or the roster names them; empty is what is not known."""

    name: str = ""
    sid: str = ""  # a text: zeros in front matter
    email: str = ""
    section: str = ""


class ClassSubmission(msgspec.Struct, frozen=True, kw_only=True):
    """One submission, copied: nothing below refers to what is outside `folder`."""

    id: str  # Gradescope's number, or the name of the folder or file; unique, fit for a file name
    members: tuple[Member, ...] = ()
    created_at: datetime | None = None
    late_by_s: float | None = None  # None where no due date or no time of submission is known
    folder: Path | None = None  # our copy, mode 0700; None when nothing could be copied
    problem: str = ""  # why there is nothing to grade, for staff
    notes: tuple[str, ...] = ()  # what staff may want to know beside, each a line
    ignored: tuple[str, ...] = ()  # files beside the work that were not copied, as in a Report
    earlier: bytes = b""  # the results that the export itself holds, as JSON


class Status(Enum):
    """What became of a submission."""

    GRADED = "graded"
    NOT_GRADED = "not graded"  # there was nothing to grade; `problem` says why
    GRADER_ERROR = "grader error"  # our fault: no score, and graded again by the next run
    SET_ASIDE = "set aside"  # its grading ended without a report: no score, tried again alone


class Graded(msgspec.Struct, frozen=True, kw_only=True):
    """A submission with its grading, as the ledger keeps it."""

    id: str
    status: Status
    report: Report | None = None
    problem: str = ""
    wall_s: float = 0.0
    host: str = ""

    @property
    def score(self) -> float | None:
        """The points; None, a blank cell and never a zero, where nothing was decided."""
        return self.report.score if self.report and self.status is Status.GRADED else None
