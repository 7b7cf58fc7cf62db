"""Find the same student again: in another submission, in a roster, in a gradebook.

A SID decides where both sides have one, else the e-mail address does. A name decides only where
neither side has anything else: two students may share one.
"""

import re
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
    name = " ".join(member.name.split()).casefold()
    keys = [("sid", member.sid.strip().casefold()), ("email", member.email.strip().casefold())]
    return [key for key in keys if key[1]] or [("name", name)] * bool(name)


def _differ(sid: str, other: str) -> bool:
    return bool(sid and other) and sid.strip().casefold() != other.strip().casefold()


def completed(member: Member, known: Member) -> Member:
    """The member with what is known beside, where that says something more."""
    return Member(
        name=member.name or known.name,
        sid=member.sid or known.sid,
        email=member.email or known.email,
        section=member.section or known.section,
    )


def letters(text: str) -> str:
    """Letters and digits alone: what of a name or key does not depend on who wrote it."""
    return "".join(filter(str.isalnum, text.casefold()))


def letters_of_names(name: str) -> set[str]:
    """Of `Ada Lovelace` and of `Lovelace, Ada` the same two."""
    words = re.split(r"[\s,]+", name.strip())
    return {letters(name), letters("".join([*words[-1:], *words[:-1]]))} - {""}
