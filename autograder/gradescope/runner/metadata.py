"""submission_metadata.json, read with tolerance: its format may change, grading must go on."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import msgspec

from autograder.gradescope.runner.moments import read_moment

Table = dict[str, Any]


class Dates(msgspec.Struct, frozen=True, kw_only=True):
    """When an assignment opens, is due, and closes; None where it is not said."""

    release_date: datetime | None = None
    due_date: datetime | None = None
    late_due_date: datetime | None = None


class User(msgspec.Struct, frozen=True, kw_only=True):
    """One member of the group; `dates` are this user's own, extensions included."""

    id: int | None = None
    name: str = ""
    email: str = ""
    sid: str = ""
    dates: Dates = Dates()
    unknown: Table = {}


class Previous(msgspec.Struct, frozen=True, kw_only=True):
    """An earlier submission of the same group."""

    submitted_at: datetime | None = None
    score: float | None = None
    autograder_error: bool = False
    results: Table | None = None  # only the latest one has them
    unknown: Table = {}


class SubmissionMetadata(msgspec.Struct, frozen=True, kw_only=True):
    """Everything known about one submission; a missing or unreadable value is None or empty."""

    id: int | None = None
    created_at: datetime | None = None  # does not change when the submission is graded again
    method: str = ""  # lower case: "upload", "github", ...
    users: tuple[User, ...] = ()
    previous: tuple[Previous, ...] = ()
    assignment_id: int | None = None
    course_id: int | None = None
    title: str = ""
    dates: Dates = Dates()
    group_submission: bool = False
    group_size: int | None = None  # None: no upper bound
    total_points: float | None = None  # the manually graded part included
    unknown: Table = {}
    problems: tuple[str, ...] = ()

    def lateness(self, user: User) -> timedelta | None:
        """How late the submission is for this user (zero when in time), by the user's own date.

        None when the time of submission or every due date is unknown.
        """
        due = user.dates.due_date or self.dates.due_date
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
    return _of_table(_Reader(value))


class _Reader:
    """Takes typed values out of a table, remembering what was taken and what did not fit."""

    def __init__(self, table: object, place: str = "", problems: list[str] | None = None) -> None:
        self.table: Table = table if isinstance(table, dict) else {}
        self.place = place
        self.problems: list[str] = [] if problems is None else problems
        self.taken: set[str] = set()
        if not isinstance(table, dict) and table is not None:
            self.misfit("", table)

    def take(self, key: str) -> object:
        self.taken.add(key)
        return self.table.get(key)

    def misfit(self, key: str, value: object) -> None:
        place = ".".join(name for name in (self.place, key) if name) or "the file"
        self.problems.append(f"{place} is not understood: {value!r:.60}")

    def text(self, key: str) -> str:
        value = self.take(key)
        if isinstance(value, (dict, list)):
            self.misfit(key, value)
            return ""
        return "" if value is None else str(value)

    def whole(self, key: str) -> int | None:
        number = self.number(key)
        return None if number is None else int(number)

    def number(self, key: str) -> float | None:
        """A number, also as a decimal string such as "20.0"."""
        value = self.take(key)
        if value is None:
            return None
        if isinstance(value, (int, float, str)) and not isinstance(value, bool):
            try:
                number = float(value)
            except (ValueError, OverflowError):
                number = float("nan")
            if abs(number) < 1e15:
                return number
        self.misfit(key, value)
        return None

    def moment(self, key: str) -> datetime | None:
        value = self.take(key)
        moment = read_moment(value) if isinstance(value, str) else None
        if moment is None and value is not None:
            self.misfit(key, value)
        return moment

    def rows(self, key: str) -> Iterator["_Reader"]:
        value = self.take(key)
        if value is not None and not isinstance(value, list):
            self.misfit(key, value)
        for index, row in enumerate(value if isinstance(value, list) else []):
            yield _Reader(row, f"{key}[{index}]", self.problems)

    def inner(self, key: str) -> "_Reader":
        place = f"{self.place}.{key}" if self.place else key
        return _Reader(self.take(key), place, self.problems)

    def rest(self) -> Table:
        return {key: value for key, value in self.table.items() if key not in self.taken}


def _of_table(reader: _Reader) -> SubmissionMetadata:
    assignment = reader.inner("assignment")
    assignment_id = reader.whole("assignment_id")
    read: Table = {
        "id": reader.whole("id"),
        "created_at": reader.moment("created_at"),
        "method": reader.text("submission_method").lower(),
        "users": tuple(_user(row) for row in reader.rows("users")),
        "previous": tuple(_previous(row) for row in reader.rows("previous_submissions")),
        "assignment_id": assignment.whole("id") or assignment_id,
        "course_id": assignment.whole("course_id"),
        "title": assignment.text("title"),
        "dates": _dates(assignment),
        "group_submission": assignment.take("group_submission") is True,
        "group_size": assignment.whole("group_size"),
        "total_points": assignment.number("total_points"),
    }
    unknown = {**assignment.rest(), **reader.rest()}
    return SubmissionMetadata(**read, unknown=unknown, problems=tuple(reader.problems))


def _user(reader: _Reader) -> User:
    read: Table = {
        "id": reader.whole("id"),
        "name": reader.text("name"),
        "email": reader.text("email"),
        "sid": reader.text("sid"),
        "dates": _dates(reader.inner("assignment")),
    }
    return User(**read, unknown=reader.rest())


def _previous(reader: _Reader) -> Previous:
    results = reader.take("results")
    read: Table = {
        "submitted_at": reader.moment("submission_time"),
        "score": reader.number("score"),
        "autograder_error": reader.take("autograder_error") is True,
        "results": results if isinstance(results, dict) else None,
    }
    return Previous(**read, unknown=reader.rest())


def _dates(reader: _Reader) -> Dates:
    return Dates(
        release_date=reader.moment("release_date"),
        due_date=reader.moment("due_date"),
        late_due_date=reader.moment("late_due_date"),
    )
