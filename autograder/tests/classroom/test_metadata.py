"""submission_metadata.yml is read whatever its graders and students wrote into it."""

import io
import tracemalloc
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.classroom.submissions import Member
from autograder.classroom.taking_in import records
from autograder.classroom.taking_in.metadata import MOST_MEMBERS, Described, read_metadata
from autograder.classroom.taking_in.plain_yaml import NotPlain, read_texts, read_values
from autograder.tests.classroom.exports import metadata, record


def read(text: str) -> dict[str, Described]:
    """What is in a file of this text."""
    return read_metadata(io.BytesIO(text.encode()))


def with_submitters(lines: str) -> Described:
    """A record whose submitters are these lines; another one stands beside it."""
    head, _, rest = record(7).partition("  - :name")
    found = read(head + lines + rest[rest.index("  :created_at") :] + record(8))
    assert found["submission_8"].members[0].sid == "00008"
    return found["submission_7"]


def with_results(lines: str) -> Described:
    """A record with these results, as lines without indentation; another one stands beside it."""
    found = read(record(7, results=lines) + record(8))
    assert found["submission_8"].earlier
    return found["submission_7"]


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text,
        lambda text: text.replace(" :", " "),
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "\ufeff" + text.removeprefix("---\n"),
        lambda text: text.replace("submission_7:", '"submission_7":').replace(":sid:", '":sid":'),
        lambda text: text.replace("\n  ", "\n    "),
        lambda text: text.replace("submission_7:", ":submission_7: !ruby/hash:Some::Class"),
        lambda text: text.replace(":results:", ":results: !ruby/object:ActiveSupport::Hash"),
        lambda text: text.replace("- :name:", "- !ruby/hash:Hash\n    :name:"),
    ],
)
def test_every_spelling_says_the_same(change: Any) -> None:
    """Symbols or plain keys, line ends, marks, quotes, indentation and Ruby's tags."""
    (found,) = read(change(metadata(7))).values()
    ada = Member(name="Ada Lovelace", sid="00007", email="student7@example.edu")
    assert found.members == (ada,)
    assert found.created_at is not None and found.created_at.second == 1
    assert msgspec.json.decode(found.earlier)["tests"] == [{"name": "1.1 Loss"}]
    assert found.notes == ()


def test_history_is_dropped_unread() -> None:
    """It is not even parsed: what is no YAML in it does not matter."""
    history = "  :history:\n  - :submitters: [\n    : } & *\n    :results: ''''\n"
    found = read(record(7) + history + record(8))
    assert [each.notes for each in found.values()] == [(), ()]
    assert found["submission_7"].members[0].name == "Ada Lovelace"


def test_the_file_is_never_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """A history of 4 MB, half of it in a single line, costs what is read at once."""
    monkeypatch.setattr(records, "MOST_LINE_BYTES", 10_000)
    line = b"      output: " + b"x" * 1000 + b"\n"

    def pieces() -> Iterator[bytes]:
        yield record(7).encode() + b"  :history:\n  - :id: 1\n"
        yield from [line] * 2000
        yield b"    :output: "
        yield from [b"y" * 10_000] * 200
        yield b"\n" + record(8).encode()

    tracemalloc.start()
    try:
        found = read_metadata(_Stream(pieces()))  # type: ignore[arg-type]
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert [each.members[0].sid for each in found.values()] == ["00007", "00008"]
    assert peak < 300_000


class _Stream:
    """A file of pieces that are made when they are read."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces, self._rest = pieces, b""

    def readline(self, most: int) -> bytes:
        while b"\n" not in self._rest and len(self._rest) < most:
            piece = next(self._pieces, b"")
            if not piece:
                break
            self._rest += piece
        end = self._rest.find(b"\n") + 1 or most
        line, self._rest = self._rest[: min(end, most)], self._rest[min(end, most) :]
        return line


@pytest.mark.parametrize(
    ("lines", "member"),
    [
        ("  - :sid: 0675\n", Member(sid="0675")),
        ("  - :sid: 12:30\n", Member(sid="12:30")),
        ("  - :sid:\n    :name: Eve\n", Member(name="Eve")),
        ("  - :sid: null\n    :name: ~x\n", Member(name="~x")),
        ("  - :sid: [1]\n    :name: Eve\n", Member(name="Eve")),
        ("  - :name: \"E\\e[2Jv\\te\"\n    :Section: '3'\n", Member(name="Ev e", section="3")),
    ],
)
def test_a_key_is_the_text_that_stands_there(lines: str, member: Member) -> None:
    """No SID becomes a number, and no name is more than one line of harmless text."""
    assert with_submitters(lines).members == (member,)


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ("  - Ada\n", "a student is described by a mapping"),
        ("  :x\n", "it is no YAML"),
        ("  - :name: *unknown\n", "the alias 'unknown' stands for nothing"),
        ("  - :name: &a [*a]\n", "the alias 'a' stands for nothing that is complete"),
        ("  - ? [1]\n    : 2\n", "a key is no text"),
        ("  - :name: " + "[" * 51 + "]" * 51 + "\n", "more than 50 levels deep"),
        ("  - {}\n" * (MOST_MEMBERS + 1), f"no list of at most {MOST_MEMBERS} students"),
        (f"  - :name: {'x' * 70_000}\n", "its submitters are too large to be read"),
    ],
)
def test_unreadable_members_cost_their_submission_alone(lines: str, why: str) -> None:
    """They are not known, a note says why, and the moment and the results are read."""
    found = with_submitters(lines)
    assert found.members == ()
    assert len(found.notes) == 1 and why in found.notes[0]
    assert found.created_at is not None and found.earlier


def test_no_submitters_are_none() -> None:
    """An empty group is no error."""
    text = record(7)
    start, end = text.index(":submitters:"), text.index("  :created_at")
    found = read(text[:start] + ":submitters: []\n" + text[end:])["submission_7"]
    assert (found.members, found.notes) == ((), ())


BOMB = "a: &a0 [x]\n" + "".join(f"b{n}: &a{n + 1} [{f'*a{n}, ' * 9}]\n" for n in range(9))


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        (BOMB, "it has more than 10000000 characters"),
        ("a: &a\n  x: 1\nb:\n  <<: *a\n", ""),
        (f"a: {'[' * 300_000}\n", "more than 50 levels deep"),
        ("a: " + "[{a: " * 60 + "1" + "}]" * 60 + "\n", "more than 50 levels deep"),
        ("".join(f"{'  ' * depth}a:\n" for depth in range(60)), "more than 50 levels deep"),
        ("a: 'open\n", "it is no YAML"),
        ("a: \x00\n", "it is no YAML"),
        ("- 1\n", "they are no mapping"),
        (f"a: {'x' * 2**22}\n", "its results are too large to be read"),
        (f"x: {'y' * 1000}\n" * 5000, "its results are too large to be read"),
    ],
)
def test_hostile_results_cost_themselves_alone(lines: str, why: str) -> None:
    """Bombs of aliases, depths and sizes end early, with a note."""
    found = with_results(lines)
    assert bool(found.earlier) == (not why)
    assert [why in note for note in found.notes] == [True] * bool(why)
    assert found.members[0].sid == "00007"


def test_results_without_a_value_are_none() -> None:
    """A submission that was never graded has none."""
    text = record(7).partition("  :results:")[0]
    assert read(text + "  :results:\n")["submission_7"] == read(text)["submission_7"]
    assert read(text + "  :results:\n")["submission_7"].earlier == b""


def test_a_moment_that_is_none_is_noted() -> None:
    """It is not guessed."""
    found = read(record(7).replace("2026-09-26", "yesterday"))["submission_7"]
    assert found.created_at is None
    assert "its created_at cannot be read: 'yesterday" in found.notes[0]


def test_a_record_counts_once() -> None:
    """Of two records of one name the first counts; an unknown key at the top is no part of one."""
    text = record(7) + "unknown:\n  :submitters: []\n" + record(7, name="Eve")
    assert [r.members[0].name for r in read(text).values()] == ["Ada Lovelace"]


scalars = st.none() | st.booleans() | st.integers(-(10**17), 10**17) | st.text() | st.floats()
plain = st.recursive(
    scalars, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=6
)


def without_infinity(value: Any) -> Any:
    """What JSON makes of a value."""
    return msgspec.json.decode(msgspec.json.encode(value))


@settings(max_examples=30, deadline=None)
@given(plain)
def test_what_a_grader_wrote_is_read_again(value: object) -> None:
    """Plain data that PyYAML dumps comes back as JSON would bring it back."""
    dumped = yaml.safe_dump({"results": value}, allow_unicode=False).encode()
    assert without_infinity(read_values(dumped)) == without_infinity(value)


@settings(max_examples=30, deadline=None)
@given(st.binary(max_size=60))
def test_bytes_of_any_kind_are_read_or_refused(data: bytes) -> None:
    """There is no third way."""
    for read_them in (read_texts, read_values):
        try:
            read_them(data)
        except NotPlain:
            continue
