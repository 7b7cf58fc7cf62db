"""What Gradescope's export says of each submission, in submission_metadata.yml: its members, its
time, and the results that it had.

The file is Ruby's YAML. Its values were written by students and graders of any kind, so only plain
data is made of it, within caps, and what does not fit costs that submission its members or its
results, and no other submission anything.
"""

from collections.abc import Callable
from datetime import datetime
from typing import IO, Any

import msgspec

from autograder.classroom.submissions import Member
from autograder.classroom.taking_in.plain_yaml import NotPlain, read_texts, read_values
from autograder.classroom.taking_in.records import Record, records
from autograder.gradescope.runner.metadata import read_moment
from autograder.render.disclosure import one_line

MOST_MEMBERS = 100
_LONGEST = 200  # characters of a name


class Described(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of one submission; empty or None is what is not."""

    members: tuple[Member, ...] = ()
    created_at: datetime | None = None
    earlier: bytes = b""  # its results, as JSON, without the texts for students
    notes: tuple[str, ...] = ()


def read_metadata(file: IO[bytes]) -> dict[str, Described]:
    """By submission, `submission_216975964`; of two records of one name the first.

    Never raises for what is in the file: `notes` say what could not be read.
    """
    found: dict[str, Described] = {}
    for record in records(file):
        if record.name not in found:
            found[record.name] = _described(record)
    return found


def _described(record: Record) -> Described:
    notes: list[str] = []

    def take(section: str, read: Callable[[bytes], Any]) -> Any:
        if section in record.cut:
            notes.append(f"submission_metadata.yml: its {section} are too large to be read")
        elif lines := record.sections.get(section):
            try:
                return read(bytes(lines))
            except NotPlain as error:
                where = f"submission_metadata.yml: its {section} cannot be read"
                notes.append(one_line(f"{where}: {error}", 300))
        return None

    return Described(
        members=tuple(take("submitters", _members) or ()),
        created_at=take("created_at", _created_at),
        earlier=take("results", _results) or b"",
        notes=tuple(notes),
    )


def _members(lines: bytes) -> list[Member]:
    listed = read_texts(lines)
    if not isinstance(listed, list) or len(listed) > MOST_MEMBERS:
        raise NotPlain(f"no list of at most {MOST_MEMBERS} students")
    return [_member(each) for each in listed]


def _member(value: object) -> Member:
    if not isinstance(value, dict):
        raise NotPlain("a student is described by a mapping")
    fields = {str(key).lstrip(":").lower(): item for key, item in value.items()}

    def text(key: str) -> str:
        found = fields.get(key)
        return one_line(found, _LONGEST) if isinstance(found, str) and found != "null" else ""

    section = text("section") or text("sections")
    return Member(name=text("name"), sid=text("sid"), email=text("email"), section=section)


def _created_at(lines: bytes) -> datetime:
    text = read_texts(lines)
    try:
        return read_moment(str(text).strip())
    except ValueError as error:
        raise NotPlain(str(error)) from None


def _results(lines: bytes) -> bytes | None:
    """As JSON, without `output`: it is most of the file, and no comparison needs it."""
    results = read_values(lines)
    if results is None:
        return None
    if not isinstance(results, dict):
        raise NotPlain("they are no mapping")
    tests = results.get("tests")
    for table in (results, *(tests if isinstance(tests, list) else ())):
        if isinstance(table, dict):
            table.pop("output", None)
    return msgspec.json.encode(results)
