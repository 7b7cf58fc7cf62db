"""A submission is read as bytes: only files that the assignment names, and only regular ones."""

import bz2
import gzip
import lzma
import os
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from autograder.model.assignment import Assignment, load_assignment
from autograder.model.errors import SubmissionError
from autograder.model.outcome import StudentLine
from autograder.submission.intake import Submission, take_in
from autograder.tests.grading.tiny import Tiny


@pytest.fixture
def assignment(tiny: Tiny) -> Assignment:
    """An assignment that asks for work.py."""
    return load_assignment(tiny.public)


def as_fifo(path: Path) -> None:
    """A pipe without a writer."""
    os.mkfifo(path)


def as_link(path: Path) -> None:
    """A link out of the submission."""
    path.symlink_to("/etc/hostname")


def as_giant(path: Path) -> None:
    """Eleven megabytes."""
    path.write_bytes(b"#" * 11_000_000)


UNREADABLE: dict[str, tuple[Callable[[Path], None], str]] = {
    "folder": (Path.mkdir, "work.py is not a regular file"),
    "fifo": (as_fifo, "work.py is not a regular file"),
    "link": (as_link, "work.py cannot be read"),
    "giant": (as_giant, r"work.py has 11.0 MB; at most 10 MB are read"),
}


@pytest.mark.parametrize("kind", UNREADABLE)
def test_what_is_no_plain_file_is_refused(tiny: Tiny, assignment: Assignment, kind: str) -> None:
    """A folder, pipe, link or huge file in place of the file is refused at once with a reason."""
    make, expected = UNREADABLE[kind]
    make(tiny.submission / "work.py")
    with pytest.raises(SubmissionError, match=expected):
        take_in(tiny.submission, assignment)


def test_a_file_without_permission_is_refused(
    tiny: Tiny, assignment: Assignment, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An unreadable file is refused, with the reason of the system and what to do."""

    def deny(*arguments: Any) -> int:
        raise PermissionError(13, "Permission denied")

    tiny.hand_in("")
    monkeypatch.setattr(os, "open", deny)  # root may read everything
    with pytest.raises(SubmissionError, match=r"\(Permission denied\): submit a plain, readable"):
        take_in(tiny.submission, assignment)


def test_only_named_files_are_taken(tiny: Tiny, assignment: Assignment) -> None:
    """Other files that Python would read are listed as ignored."""
    for name in ("work.py", "numpy.py", "notes.txt", "quickstart.py", "course.toml"):
        tiny.hand_in("x = 1\n", name)  # the last two are in the student's zip
    submission = take_in(tiny.submission, assignment)
    assert submission.files == {"work.py": b"x = 1\n"}
    assert submission.ignored == ("numpy.py",)
    assert submission.problem is None


@pytest.mark.parametrize(
    ("present", "found"),
    [
        ([], "found: nothing"),
        (["WORK.PY"], "found: WORK.PY"),
        (["wrok.py", "other.txt"], "found: wrok.py"),
        (["a.py", "b.py", "c.txt"], "found: a.py, b.py"),
        (["notes"], "found: notes"),
        (["wrok.py", "work.zip"], "found: wrok.py"),
    ],
)
def test_a_missing_file_names_what_was_found(
    tiny: Tiny, assignment: Assignment, present: list[str], found: str
) -> None:
    """The message names the likeliest file, or all Python files, or all files."""
    for name in present:
        tiny.hand_in("", name)
    problem = take_in(tiny.submission, assignment).problem
    assert problem is not None
    assert problem.lines() == ["work.py is not in the submission", found, "hint: name it work.py"]


@pytest.mark.parametrize("name", ["work.zip", "WORK.ZIP", "old.tar.gz", "all.7z"])
def test_an_archive_in_place_of_the_file_says_what_to_do(
    tiny: Tiny, assignment: Assignment, name: str
) -> None:
    """The message names the archive, and the file to hand in."""
    tiny.hand_in(b"PK", name)
    submission = take_in(tiny.submission, assignment)
    assert submission.problem is not None
    assert submission.problem.lines()[1:] == [
        f"found: {name}",
        "hint: unpack it, and hand in work.py itself",
    ]


def test_an_archive_beside_the_file_is_ignored_with_the_reason(
    tiny: Tiny, assignment: Assignment
) -> None:
    """It could hold newer work, so the student reads that it was not opened."""
    tiny.hand_in("x = 1\n")
    tiny.hand_in(b"PK", "work.zip")
    submission = take_in(tiny.submission, assignment)
    assert submission.problem is None
    assert submission.ignored == (
        "work.zip (an archive, not looked into: hand in the files themselves)",
    )


OTHER_KINDS = {
    "zip": (b"PK\x03\x04rest", "is a zip", "unpack it"),
    "tar.gz": (gzip.compress(b"x = 1\n"), "is an archive (gz)", "unpack it"),
    "tar": (b"work.py".ljust(257, b"\0") + b"ustar\x0000", "is an archive (tar)", "unpack it"),
    "xz": (lzma.compress(b"x = 1\n"), "is an archive (xz)", "unpack it"),
    "bz2": (bz2.compress(b"x = 1\n"), "is an archive (bz2)", "unpack it"),
    "notebook": (b'{\n "cells": [],\n "nbformat": 4}', "is a notebook", "copy the code of its"),
    "web page": (b"\n<!DOCTYPE html>\n<title>sgd</title>", "is a web page", "as plain text"),
    "RTF": (b"{\\rtf1\\ansi x = 1}", "is a text with formatting (RTF)", "as plain text"),
    "PDF": (b"%PDF-1.7\n", "is a PDF", "as plain text"),
    "UTF-16": ("x = 1\n".encode("utf-16"), "is saved as UTF-16", "save it as UTF-8"),
    "UTF-16, no mark": ("x = 1\n".encode("utf-16-le"), "is saved as UTF-16", "save it as UTF-8"),
    "UTF-32": ("x = 1\n".encode("utf-32-be"), "is saved as UTF-16", "save it as UTF-8"),
}


@pytest.mark.parametrize("kind", OTHER_KINDS)
def test_a_file_of_another_kind_says_what_it_is(
    tiny: Tiny, assignment: Assignment, kind: str
) -> None:
    """In a folder, alone, and under a name of its own; Python's message would be a riddle."""
    data, what, hint = OTHER_KINDS[kind]
    tiny.hand_in(data)
    tiny.hand_in(data, "mine.dat")
    for path in (tiny.submission, tiny.submission / "work.py", tiny.submission / "mine.dat"):
        problem = take_in(path, assignment).problem
        assert problem is not None
        name = "mine.dat" if path.suffix == ".dat" else "work.py"
        assert problem.what.startswith(f"{name} {what}")
        assert problem.hint.startswith(hint) or hint in problem.hint


@pytest.mark.parametrize("source", [b"", b"{}\n", b"BZh = 1\n", b"{'nbformat': 1}\n", b"\xff\n"])
def test_what_may_be_python_is_left_to_python(
    tiny: Tiny, assignment: Assignment, source: bytes
) -> None:
    """Its own message is better there."""
    tiny.hand_in(source)
    assert take_in(tiny.submission, assignment).problem is None


@pytest.mark.parametrize("present", [["work.ipynb"], ["Untitled.ipynb", "report.ipynb"]])
def test_a_notebook_in_place_of_the_file_says_what_to_do(
    tiny: Tiny, assignment: Assignment, present: list[str]
) -> None:
    """The lab report is none: it belongs there."""
    for name in present:
        tiny.hand_in("{}", name)
    problem = take_in(tiny.submission, assignment).problem
    assert problem is not None
    assert problem.lines()[1] == f"found: {present[0]}"
    assert "copy the code of its cells into work.py" in problem.hint


@pytest.mark.parametrize("zipped", [False, True])
@pytest.mark.parametrize("around", ["mine", "mine/sgd", "a/b/c/d"])
def test_a_folder_around_the_file_is_told(
    tiny: Tiny, assignment: Assignment, around: str, zipped: bool
) -> None:
    """The message says to hand it in without the folder around it, however deep; the nearest."""
    for folder in (around, ".git", "__MACOSX", "zzz/y/x/w"):
        (tiny.submission / folder).mkdir(parents=True)
        tiny.hand_in("", f"{folder}/work.py")
    path = tiny.submission
    if zipped:
        path = path.with_name("work.zip")
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(f"{around}/work.py", "")
            archive.writestr("z/y/x/w/v/work.py", "")
    problem = take_in(path, assignment).problem
    assert problem is not None
    assert problem.lines()[1:] == [
        f"found: {around}/work.py",
        "hint: hand in work.py without a folder around it",
    ]


@pytest.mark.parametrize(
    "name",
    [
        *("conftest.py", "sitecustomize.py", "numpy.pyc", "NUMPY.PY", "evil.pth", "numpy.so"),
        *("setup.cfg", "pytest.ini", "tox.ini", "pyproject.toml", "torch/__init__.py"),
    ],
)
def test_what_python_or_pytest_would_read_is_listed(
    tiny: Tiny, assignment: Assignment, name: str
) -> None:
    """It is not read, and is listed as ignored."""
    (tiny.submission / name).parent.mkdir(exist_ok=True)
    tiny.hand_in("x = 1\n")
    tiny.hand_in("", name)
    submission = take_in(tiny.submission, assignment)
    assert list(submission.files) == ["work.py"]
    assert submission.ignored == (name.removesuffix("__init__.py"),)


def test_a_flood_of_files_is_not_listed(
    tiny: Tiny, assignment: Assignment, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Up to the cap twenty are named and the rest counted; above it the folder is refused."""
    tiny.hand_in("x = 1\n")
    for number in range(30):
        tiny.hand_in("", f"extra{number:02}.py")
    ignored = take_in(tiny.submission, assignment).ignored
    assert (len(ignored), ignored[0], ignored[-1]) == (21, "extra00.py", "10 more files")
    monkeypatch.setattr("autograder.submission.intake.MAX_NAMES", 30)
    with pytest.raises(SubmissionError, match="holds more than 30 files: hand in only those that"):
        take_in(tiny.submission, assignment)


@pytest.mark.skipif(sys.platform != "linux", reason="names of any bytes are Linux's")
def test_a_name_of_any_bytes_becomes_one_line_of_text(tiny: Tiny, assignment: Assignment) -> None:
    """Such a name can be encoded, and cannot forge a line of a report."""
    path = os.fsencode(tiny.submission) + b"/a\xff\nignored: b.py"
    with open(path, "wb"):
        pass
    submission = take_in(tiny.submission, assignment)
    assert submission.ignored == ("a? ignored: b.py",)
    assert submission.problem is not None
    assert submission.problem.lines()[1] == "found: a? ignored: b.py"


def test_the_digest_depends_on_names_and_contents() -> None:
    """The digest changes with any byte and any name, and with nothing else."""
    digests = {
        Submission(module="a", files=files).digest()
        for files in (
            {"a": b"1"},
            {"a": b"2"},
            {"b": b"1"},
            {"a": b"1", "b": b""},
            {"b": b"", "a": b"1"},
        )
    }
    assert len(digests) == 4


def test_lines_are_counted_as_python_counts_them() -> None:
    """A form feed, or a separator within a string, ends no line; a line out of range is empty."""
    data = "\ufeffa = 1\r\n\x0cb = '\x1c\u2028'\rc = 3\n".encode()
    submission = Submission(module="w.py", files={"w.py": data})
    texts = [submission.line(StudentLine("w.py", n, "f")).text for n in (1, 2, 3, 4, 99, -1)]
    assert texts == ["a = 1", "b = '\x1c\u2028'", "c = 3", "", "", ""]
    assert submission.line(StudentLine("other.py", 1, "")) == StudentLine("other.py", 1)
