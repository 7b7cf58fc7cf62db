"""The roster of a course: whose a submission is, and who handed in nothing.

A CSV with a head, as Gradescope and Canvas write it, or with the columns name, sid, email, section.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from autograder.classroom.people import People, completed, letters, letters_of_names
from autograder.classroom.submissions import ClassSubmission, Member
from autograder.classroom.tables import read_table
from autograder.model.errors import UsageError
from autograder.render.disclosure import one_line

_COLUMNS = {
    "name": ("name", "full name", "student", "student name"),
    "first": ("first name", "first"),
    "last": ("last name", "last", "surname"),
    "sid": ("sid", "student id", "sis user id", "student number"),
    "email": ("email", "email address", "e-mail", "sis login id"),
    "section": ("section", "sections", "section_name", "section name"),
    "role": ("role",),
}
_NO_STUDENT = ("points possible", "student, test")  # rows of a gradebook of Canvas
_MOST_LISTED = 10


class Roster:
    """All students of a course."""

    def __init__(self, members: Iterable[Member]) -> None:
        self._known: People[Member] = People()
        self.members: list[Member] = []
        for member in members:
            if self._known.find(member) is None:
                self._known.add(member, member)
                self.members.append(member)
        self._by_text = _by_text(self.members)

    def completed(self, member: Member) -> Member:
        """The member with what the roster knows beside; unchanged when it does not know them."""
        found = self._known.find(member) or self._named(member)
        if found is None:
            return member
        is_folder = not (member.sid or member.email)
        return completed(found, member) if is_folder else completed(member, found)

    def missing(self, submissions: Iterable[ClassSubmission]) -> tuple[Member, ...]:
        """Who is in none of the submissions."""
        seen: People[bool] = People()
        for submission in submissions:
            for member in submission.members:
                seen.add(member, True)
        return tuple(member for member in self.members if not seen.find(member))

    def strangers(self, submissions: Iterable[ClassSubmission]) -> tuple[str, ...]:
        """A notice of the members of submissions whom the roster does not know, if there are."""
        members = [member for submission in submissions for member in submission.members]
        names = [m.name or m.email or m.sid for m in members if self._known.find(m) is None]
        more = f" and {len(names) - _MOST_LISTED} more" if len(names) > _MOST_LISTED else ""
        text = f"not in the roster: {'; '.join(names[:_MOST_LISTED])}{more}"
        return (text,) if names else ()

    def _named(self, member: Member) -> Member | None:
        """Of one who is known by the name of a folder alone: the only student it can mean."""
        if member.sid or member.email:
            return None
        found = self._by_text.get(letters(member.name), [])
        return found[0] if len(found) == 1 else None


def read_roster(path: Path) -> Roster:
    """Raises UsageError when it is no CSV, or has no column that names a student."""
    head, *rows = read_table(path)
    places = {cell.strip().casefold(): at for at, cell in reversed([*enumerate(head)])}
    columns = {
        field: next((places[name] for name in names if name in places), None)
        for field, names in _COLUMNS.items()
    }
    if all(columns[field] is None for field in ("name", "first", "last", "sid", "email")):
        shown = one_line(", ".join(head), 200)
        raise UsageError(
            f"{path} has no column that names a student: it has {shown}; name one of them sid,"
            " email or name"
        )
    members = list(_members(rows, columns))
    if not members:
        raise UsageError(f"{path} names no student: below its head there is no row of one")
    return Roster(members)


def _members(rows: list[list[str]], columns: Mapping[str, int | None]) -> Iterator[Member]:
    for row in rows:
        cells = {f: one_line(row[at], 200) for f, at in columns.items() if at is not None}
        name = cells.get("name") or f"{cells.get('first', '')} {cells.get('last', '')}".strip()
        is_student = cells.get("role", "").casefold() in ("", "student")
        email = cells.get("email", "")
        member = Member(
            name=name,
            sid=cells.get("sid", ""),
            email=email if "@" in email else "",
            section=cells.get("section", ""),
        )
        if (
            is_student
            and name.casefold() not in _NO_STUDENT
            and any(msgspec.structs.astuple(member))
        ):
            yield member


def _by_text(members: Iterable[Member]) -> Mapping[str, list[Member]]:
    """Students by every name that a folder of theirs may have."""
    found: dict[str, list[Member]] = defaultdict(list)
    for member in members:
        keys = {letters(t) for t in (member.sid, member.email, member.email.partition("@")[0])}
        for text in (keys | letters_of_names(member.name)) - {""}:
            found[text].append(member)
    return found
