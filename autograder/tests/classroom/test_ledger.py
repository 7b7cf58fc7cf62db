"""The ledger keeps gradings, and its keys follow everything that decides one."""

import math
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from autograder.classroom.engine.key import Surroundings, key_of, surroundings
from autograder.classroom.engine.ledger import Ledger
from autograder.classroom.engine.task import decode_graded, encode_graded
from autograder.classroom.submissions import Graded, Status
from autograder.model.course import find_assignment
from autograder.model.errors import ConfigError, SubmissionError
from autograder.tests.classroom.made_up import a_class, report, timed
from autograder.tests.classroom.tiny_class import RIGHT, TinyClass
from autograder.tests.grading.tiny import Tiny, check_source

LAYERS = {"seccomp": "active"}


def test_it_returns_what_it_was_given(tmp_path: Path) -> None:
    """Every status, with its report, its problem and its facts; also by another process later."""
    _, gradings = a_class()
    with closing(Ledger(tmp_path / "ledger")) as ledger:
        for graded in gradings:
            ledger.keep(graded)
    with closing(Ledger(tmp_path / "ledger")) as ledger:
        assert tuple(ledger.find(graded.id) for graded in gradings) == gradings
        decided = [ledger.is_decided(graded.id) for graded in gradings]
        assert decided == [graded.status is Status.GRADED for graded in gradings]
        assert ledger.find("another") is None and not ledger.is_decided("another")


def test_a_new_grading_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    """And the pages of the old one are no longer what is to be shown."""
    with closing(Ledger(tmp_path / "ledger")) as ledger:
        ledger.keep(Graded(id="key", status=Status.SET_ASIDE))
        ledger.note_written("kim", "key", "[]")
        assert ledger.is_written("kim", "key", "[]")
        assert not ledger.is_written("kim", "key", '["a note"]')
        ledger.keep(Graded(id="key", status=Status.GRADED, report=report()))
        assert ledger.is_decided("key")
        assert not ledger.is_written("kim", "key", "[]")


def test_a_number_that_is_not_finite_loses_no_grading() -> None:
    """JSON has none: it comes back as NaN."""
    graded = Graded(id="key", status=Status.GRADED, report=report(timed(math.inf)))
    found = decode_graded(encode_graded(graded))
    assert found.report and graded.report
    assert found.score == graded.score
    assert math.isnan(found.report.outcomes[0].measurements[0].value)


@pytest.mark.parametrize("content", ["a text", "an old ledger"])
def test_another_file_is_refused(tmp_path: Path, content: str) -> None:
    """The error says what to do; the file stays as it is."""
    path = tmp_path / "ledger.sqlite"
    if content == "a text":
        path.write_text("no database\n" * 100)
    else:
        with closing(sqlite3.connect(path)) as database:
            database.execute("PRAGMA user_version = 99")
    before = path.read_bytes()
    with pytest.raises(ConfigError, match=r"cannot be used: .*; grade into a new folder"):
        Ledger(path)
    assert path.read_bytes() == before


class Keys:
    """The key of one submission, again and again."""

    def __init__(self, tiny: Tiny) -> None:
        self.course = TinyClass(tiny)
        self.course.hand_in(kim=RIGHT)
        self.checks: tuple[str, ...] = ()
        self.layers = LAYERS
        self.change: Callable[[Surroundings], Surroundings] = lambda found: found

    def key(self, student: str = "kim") -> str:
        """The key as things are now."""
        assignment = find_assignment(self.course.root, "tiny")
        found = surroundings(assignment, self.course.root, self.layers, self.checks)
        return key_of(self.course.handed_in / student, assignment, self.change(found))


def changed_file(keys: Keys) -> None:
    keys.course.hand_in(kim=RIGHT + "\n")


def changed_hidden_check(keys: Keys) -> None:
    source = check_source("zero", "expect.equal(student.f(1), 1, what='f(1)')", part="1.2")
    keys.course.tiny.checks(source, hidden=True, name="check_hidden.py")


def changed_limit(keys: Keys) -> None:
    keys.course.tiny.toml(call_s=3)


def changed_secret(keys: Keys) -> None:
    (keys.course.root / "secret").write_bytes(b"another secret, long enough too")


def changed_policy(keys: Keys) -> None:
    with (keys.course.root / "course.toml").open("a") as file:
        file.write("tell_hidden_mistakes = true\n")


def changed_library(keys: Keys) -> None:
    versions = {"python": "3.11.2", "numpy": "9.9"}
    keys.change = lambda found: msgspec.structs.replace(found, versions=versions)


def changed_isolation(keys: Keys) -> None:
    keys.layers = {"seccomp": "switched off"}


def changed_options(keys: Keys) -> None:
    keys.checks = ("check_square",)


CHANGES = [
    *(changed_file, changed_hidden_check, changed_limit, changed_secret, changed_policy),
    *(changed_library, changed_isolation, changed_options),
]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_what_decides_a_grading_changes_its_key(tiny: Tiny, change: Callable[[Keys], None]) -> None:
    """Then it is graded again."""
    keys = Keys(tiny)
    before = keys.key()
    assert keys.key() == before
    change(keys)
    assert keys.key() != before


def test_who_handed_it_in_does_not_change_its_key(tiny: Tiny) -> None:
    """Nor what lies beside the files, nor when an assignment is due."""
    keys = Keys(tiny)
    before = keys.key()
    keys.course.hand_in(lee=RIGHT)
    (keys.course.handed_in / "lee" / "notes.py").write_text("notes = 1\n")
    with (keys.course.root / "course.toml").open("a") as file:
        file.write("[due]\ntiny = 2026-09-25T23:59:00-04:00\n")
    assert keys.key("lee") == before


def test_what_cannot_be_read_has_no_key(tiny: Tiny) -> None:
    """Nor is it a reason to end."""
    keys = Keys(tiny)
    with pytest.raises(SubmissionError):
        keys.key("nobody")
