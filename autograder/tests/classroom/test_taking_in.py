"""A class is taken in from a folder, and nothing that one student handed in ends it."""

import os
import stat
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from autograder.classroom.submissions import ClassSubmission, Member
from autograder.classroom.taking_in import found
from autograder.classroom.taking_in.found import id_of
from autograder.classroom.taking_in.handed import Handed, take_in_class
from autograder.model.assignment import Assignment, load_assignment
from autograder.model.errors import UsageError
from autograder.submission.intake import Submission, take_in
from autograder.tests.classroom.exports import WORK, zipped
from autograder.tests.grading.tiny import Tiny


@pytest.fixture
def assignment(tiny: Tiny) -> Assignment:
    """An assignment that asks for work.py."""
    return load_assignment(tiny.public)


@pytest.fixture
def handed_in(tmp_path: Path) -> Path:
    """A folder of submissions, of which Grace's is right."""
    folder = tmp_path / "handed in"
    (folder / "grace").mkdir(parents=True)
    (folder / "grace" / "work.py").write_bytes(WORK)
    return folder


def taken(path: Path, assignment: Assignment) -> Handed:
    """The class at `path`, copied beside it."""
    return take_in_class(path, assignment, path.parent / "copies")


def by_id(handed: Handed) -> dict[str, ClassSubmission]:
    """The submissions by their ids."""
    return {submission.id: submission for submission in handed.submissions}


def test_folders_zips_and_files_are_submissions(handed_in: Path, assignment: Assignment) -> None:
    """Each is copied under the name that the assignment asks for, and graded as the original."""
    (handed_in / "ada.py").write_bytes(b"y = 2\n")
    (handed_in / "eve.zip").write_bytes(zipped({"work.py": WORK, "__MACOSX/._work.py": b"junk"}))
    submissions = by_id(taken(handed_in, assignment))
    assert list(submissions) == ["ada.py", "eve.zip", "grace"]
    for name, submission in submissions.items():
        assert submission.folder == handed_in.parent / "copies" / name
        original = take_in(handed_in / name, assignment)
        assert take_in(submission.folder, assignment).digest() == original.digest()
        assert (submission.problem, submission.notes) == ("", ())
    assert submissions["ada.py"].members == (Member(name="ada"),)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_copies_are_closed_to_others(handed_in: Path, assignment: Assignment) -> None:
    """Folders have mode 0700 and files 0600, whatever the umask."""
    os.chmod(handed_in / "grace" / "work.py", 0o777)
    old = os.umask(0)
    try:
        taken(handed_in, assignment)
    finally:
        os.umask(old)
    copies = handed_in.parent / "copies"
    modes = {p.name: stat.S_IMODE(p.stat().st_mode) for p in (copies, *copies.rglob("*"))}
    assert modes == {"copies": 0o700, "grace": 0o700, "work.py": 0o600}


def folder(files: Mapping[str, bytes]) -> Callable[[Path], None]:
    """Makes a submission of these files."""

    def make(path: Path) -> None:
        path.mkdir()
        for name, data in files.items():
            (path / name).parent.mkdir(exist_ok=True)
            (path / name).write_bytes(data)

    return make


def file(data: bytes) -> Callable[[Path], None]:
    """Makes a submission of one file."""

    def make(path: Path) -> None:
        path.write_bytes(data)

    return make


def link_to_a_folder(path: Path) -> None:
    """The submission is a link to the folder around."""
    path.symlink_to(path.parent.parent)


def link_to_a_file(path: Path) -> None:
    """The submitted file is a link to another student's."""
    path.mkdir()
    (path / "work.py").symlink_to(path.parent / "grace" / "work.py")


def pipe(path: Path) -> None:
    """The submitted file is a pipe without a writer."""
    path.mkdir()
    os.mkfifo(path / "work.py")


BOMB, ESCAPE = zipped({"work.py": b"#" * 9_000_000}), zipped({"../grace/work.py": b"0"})
NOTHING: dict[str, tuple[str, Callable[[Path], None], str]] = {
    "link": ("eve", link_to_a_folder, "eve is a link, which is not followed: copy the files"),
    "link inside": ("eve", link_to_a_file, "work.py cannot be read"),
    "pipe": ("eve", pipe, "work.py is not a regular file"),
    "empty": ("eve", folder({}), "work.py is not in the submission; found: nothing"),
    "wrong name": ("eve", folder({"Work.py": WORK}), "found: Work.py; hint: name it work.py"),
    "nested": ("eve", folder({"hw/work.py": WORK}), "hand in work.py without a folder around it"),
    "litter": ("eve", folder({"__MACOSX/work.py": WORK}), "work.py is not in the submission"),
    "notebook": ("eve", folder({"work.py": b'{"cells": [], "nbformat": 4}'}), "is a notebook"),
    "UTF-16": ("eve", folder({"work.py": "x = 1".encode("utf-16")}), "is saved as UTF-16"),
    "giant": ("eve", folder({"work.py": b"#" * 10_000_001}), "at most 10 MB are read"),
    "bomb": ("eve.zip", file(BOMB), "unpacks to over 100 times its size"),
    "no zip": ("eve.zip", file(b"PK"), "is no readable zip"),
    "escape": ("eve.zip", file(ESCAPE), "leads out of its folder"),
    "archive": ("eve.tar.gz", file(b"\x1f\x8b"), "an archive (gz)"),
}


@pytest.mark.parametrize("kind", NOTHING)
def test_what_cannot_be_graded_is_reported_and_ends_nothing(
    handed_in: Path, assignment: Assignment, kind: str
) -> None:
    """The submission has a problem, which says what a person can do; Grace's is taken in."""
    name, make, expected = NOTHING[kind]
    make(handed_in / name)
    submissions = by_id(taken(handed_in, assignment))
    assert expected in submissions[name].problem
    assert submissions["grace"].problem == ""
    assert (handed_in.parent / "copies" / "grace" / "work.py").read_bytes() == WORK


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (PermissionError(13, "Permission denied"), "Permission denied"),
        (RecursionError("too deep\x1b[2J"), "RecursionError: too deep"),
    ],
)
def test_a_fault_of_ours_at_one_submission_ends_nothing(
    handed_in: Path,
    assignment: Assignment,
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
    said: str,
) -> None:
    """An exception, also one that no one foresaw, is the problem of that submission alone."""

    def fails(path: Path, assignment: Assignment) -> Submission:
        if path.name == "ada.py":
            raise error
        return take_in(path, assignment)

    (handed_in / "ada.py").write_bytes(WORK)
    monkeypatch.setattr(found, "take_in", fails)
    submissions = by_id(taken(handed_in, assignment))
    assert submissions["ada.py"].problem == f"cannot be read: {said}"
    assert submissions["grace"].folder is not None


@pytest.mark.parametrize(
    ("source", "why"),
    [(b"# coding: nosuch\n", "unknown encoding"), (b"x = '\xe9'\n", "invalid or missing encoding")],
)
def test_source_that_python_cannot_decode_is_noted(
    handed_in: Path, assignment: Assignment, source: bytes, why: str
) -> None:
    """It is graded as at home, where Python refuses it, and staff read why."""
    folder({"work.py": source})(handed_in / "eve")
    submission = by_id(taken(handed_in, assignment))["eve"]
    assert submission.problem == "" and submission.folder is not None
    assert why in submission.notes[0]


def test_what_is_not_asked_for_is_not_copied(handed_in: Path, assignment: Assignment) -> None:
    """Files beside the work stay behind; those that could be meant are named, as in a report."""
    folder({"work.py": WORK, "helpers.py": WORK, "notes.md": b""})(handed_in / "eve")
    submission = by_id(taken(handed_in, assignment))["eve"]
    assert submission.folder and [p.name for p in submission.folder.iterdir()] == ["work.py"]
    assert submission.ignored == ("helpers.py",)
    assert submission.notes == ("not taken: helpers.py",)


def test_a_second_intake_replaces_the_first(handed_in: Path, assignment: Assignment) -> None:
    """A copy holds what is handed in now, and what is no longer there to grade is gone."""
    taken(handed_in, assignment)
    (handed_in / "grace" / "work.py").rename(handed_in / "grace" / "Work.py")
    submission = by_id(taken(handed_in, assignment))["grace"]
    assert submission.folder is None
    assert not (handed_in.parent / "copies" / "grace").exists()


def test_what_is_no_submission_is_named(handed_in: Path, assignment: Assignment) -> None:
    """A roster beside the folders is left out with a notice; litter without one."""
    for name in ("roster.csv", ".DS_Store", "Thumbs.db"):
        (handed_in / name).write_bytes(b"")
    (handed_in / "__MACOSX").mkdir()
    handed = taken(handed_in, assignment)
    assert list(by_id(handed)) == ["grace"]
    assert handed.notices == ("no submissions, left out: roster.csv",)


def test_one_submission_is_a_class_of_one(handed_in: Path, assignment: Assignment) -> None:
    """A folder with the file at its top, the file, and a zip of it are one submission each."""
    (handed_in / "eve.zip").write_bytes(zipped({"work.py": WORK}))
    for name in ("grace", "grace/work.py", "eve.zip"):
        handed = take_in_class(handed_in / name, assignment, handed_in.parent / "copies")
        assert [submission.id for submission in handed.submissions] == [Path(name).name]
        assert handed.submissions[0].folder is not None


def test_places_without_a_submission_are_refused(handed_in: Path, assignment: Assignment) -> None:
    """The error says what a place should hold; nothing is written."""
    (handed_in / "grace" / "work.py").unlink()
    (handed_in / "grace").rmdir()
    nested = handed_in.parent / "class.zip"
    nested.write_bytes(zipped({"ada/work.py": WORK}))
    broken = handed_in.parent / "broken.zip"
    broken.write_bytes(b"PK")
    for path, message in (
        (handed_in, "there is no submission in .*: each is a folder, a zip or a .py file"),
        (handed_in / "none", "none does not exist: name an export of Gradescope, a folder, or"),
        (nested, "holds neither submission_metadata.yml, .* nor work.py .*: unpack it"),
        (broken, "broken.zip is no readable zip"),
    ):
        with pytest.raises(UsageError, match=message):
            take_in_class(path, assignment, handed_in.parent / "copies")
    assert not (handed_in.parent / "copies").exists()


def test_copies_among_the_submissions_are_refused(handed_in: Path, assignment: Assignment) -> None:
    """The next command would take them for submissions."""
    with pytest.raises(UsageError, match=r"is inside .*: write to a folder outside"):
        take_in_class(handed_in, assignment, handed_in / "out" / "copies")


def test_progress_is_reported(handed_in: Path, assignment: Assignment) -> None:
    """After each submission, with how many there are."""
    (handed_in / "ada.py").write_bytes(WORK)
    seen: list[tuple[int, int]] = []
    copies = handed_in.parent / "copies"
    take_in_class(handed_in, assignment, copies, on_taken=lambda *counts: seen.append(counts))
    assert seen == [(1, 2), (2, 2)]


def test_ids_are_harmless_everywhere() -> None:
    """An id is a file name, a word of a command and a cell; equal names alone have equal ids."""
    assert id_of("Zoë van Dijk_1.py") == "Zoë van Dijk_1.py"
    assert id_of("Zoe\u0308") == "Zoë"  # as a Mac spells it
    names = ("=1+1", "-x", "../a", "..", "a\x1b[2Jb", "<b>", "a\udcffb", "x" * 300, "CON ", "@", "")
    ids = [id_of(name) for name in names]
    assert len(set(ids)) == len(names)
    for id_ in ids:
        assert not set(id_) & set("/\\<>=+@\x1b\udcff") and id_[0] not in "-. "
        assert len(id_.encode()) < 200
