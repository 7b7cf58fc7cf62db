"""Find the same student again: in another submission, in a roster, in a gradebook.

A SID decides where both sides have one, else the e-mail address does. A name decides only where
neither side has anything else: two students may share one.
"""

from typing import Generic, TypeVar

from autograder.classroom.submissions import Member

T = TypeVar("T")


class People(Generic[T]):
    """What is known of each student, found by any of the keys that the student was added with."""

    def __init__(self) -> None:
        self._by_key: dict[tuple[str, str], tuple[Member, T]] = {}

    def add(self, member: Member, value: T) -> None:
        """Keep a value for a student; an earlier one of the same keys stays."""
        for key in _keys(member):
            self._by_key.setdefault(key, (member, value))

    def find(self, member: Member) -> T | None:
        """The value of that student; None where none was added."""
        for key in _keys(member):
            found, value = self._by_key.get(key, (None, None))
            if found and not _differ(found.sid, member.sid):
                return value
        return None


def _keys(member: Member) -> list[tuple[str, str]]:
    keys = [("sid", member.sid.strip().casefold()), ("email", member.email.strip().casefold())]
    known = [key for key in keys if key[1]]
    return known or [("name", " ".join(member.name.split()).casefold())]


def _differ(sid: str, other: str) -> bool:
    return bool(sid and other) and sid.strip().casefold() != other.strip().casefold()
