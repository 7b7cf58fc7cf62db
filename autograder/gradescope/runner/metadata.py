"""submission_metadata.json, as far as the staff's log shows it; the driver reads it after grading.

Its format may change while grading must go on, so what does not fit is named and left out.
"""

import json
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")
# Python 3.10's fromisoformat knows neither "Z" nor nanoseconds nor a space before the offset.
_MOMENT = re.compile(
    r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.(\d+))?\s*(Z|UTC|[+-]\d\d:?\d\d)?", re.ASCII
)


class User(msgspec.Struct, frozen=True, kw_only=True):
    """One member of the group; None or empty is what is not known."""

    id: int | None = None
    email: str = ""
    due_date: datetime | None = None  # this user's own, extensions included


class SubmissionMetadata(msgspec.Struct, frozen=True, kw_only=True):
    """What is known about one submission; a missing or unreadable value is None."""

    id: int | None = None
    created_at: datetime | None = None  # does not change when the submission is graded again
    users: tuple[User, ...] = ()
    due_date: datetime | None = None
    total_points: float | None = None  # the manually graded part included
    problems: tuple[str, ...] = ()

    def lateness(self, user: User) -> timedelta | None:
        """How late the submission is for this user (zero when in time), by the user's own date.

        None when the time of submission or every due date is unknown.
        """
        due = user.due_date or self.due_date
        if self.created_at is None or due is None:
            return None
        return max(timedelta(0), self.created_at - due)


def parse_metadata(data: bytes) -> SubmissionMetadata:
    """Read the file's content. Never raises: what cannot be read is named in `problems`."""
    try:
        value = json.loads(data.decode("utf-8-sig", errors="replace"))
    except (ValueError, RecursionError) as error:
        return SubmissionMetadata(problems=(f"not JSON: {error}",))
    if not isinstance(value, dict):
        return SubmissionMetadata(problems=(f"not an object but {type(value).__name__}",))
    problems: list[str] = []
    top = _Reader(value, "", problems)
    assignment = _Reader(value.get("assignment"), "assignment", problems)
    users = enumerate(top.take("users", list) or [])
    metadata = SubmissionMetadata(
        id=top.take("id", int),
        created_at=top.take("created_at", read_moment),
        users=tuple(_user(user, f"users[{index}]", problems) for index, user in users),
        due_date=assignment.take("due_date", read_moment),
        total_points=assignment.take("total_points", float),
    )
    return msgspec.structs.replace(metadata, problems=tuple(problems))


def _user(value: Any, place: str, problems: list[str]) -> User:
    user = _Reader(value, place, problems)
    dates = _Reader(user.table.get("assignment"), f"{place}.assignment", problems)
    return User(
        id=user.take("id", int),
        email=user.take("email", str.strip) or "",
        due_date=dates.take("due_date", read_moment),
    )


class _Reader:
    """Takes values out of what should be a table, and notes what does not fit."""

    def __init__(self, value: Any, place: str, problems: list[str]) -> None:
        self.table: dict[str, Any] = value if isinstance(value, dict) else {}
        self._place = place
        self._problems = problems
        if value is not None and value is not self.table:
            self._note(place, value)

    def take(self, key: str, read: Callable[[Any], T]) -> T | None:
        """What `read` makes of the value; None where there is none, or none that fits."""
        value = self.table.get(key)
        if value is None:
            return None
        try:
            return read(value)
        except (ValueError, TypeError, OverflowError):
            self._note(f"{self._place}.{key}".lstrip("."), value)
            return None

    def _note(self, place: str, value: object) -> None:
        self._problems.append(f"{place} is not understood: {value!r:.60}")


def read_moment(text: str) -> datetime:
    """The moment, with its offset (UTC where none is written).

    Raises ValueError where Gradescope would have written no such text.
    """
    match = _MOMENT.fullmatch(text)
    if not match:
        raise ValueError(f"{text!r} is no moment")
    day, clock, fraction, offset = match.groups()
    zone = "Z" if offset in (None, "UTC") else offset
    moment = datetime.strptime(f"{day} {clock} {zone}", "%Y-%m-%d %H:%M:%S %z")
    return moment.replace(microsecond=int((fraction or "0")[:6].ljust(6, "0")))
