"""A zip of unknown origin is checked before anything is unpacked."""

import io
import struct
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.gradescope.rehearsal.handing_in import lay_out
from autograder.model.assignment import Assignment, load_assignment
from autograder.model.errors import AutograderError, SubmissionError
from autograder.submission import zip_entries
from autograder.submission.intake import take_in
from autograder.submission.zip_entries import Archive
from autograder.tests.grading.tiny import Tiny

FLAGS, SIZES, KIND = 8, 24, 38  # offsets in an entry of the list
LINK, FIFO = 0o120777 << 16, 0o010644 << 16


@pytest.fixture
def assignment(tiny: Tiny) -> Assignment:
    """An assignment that asks for work.py."""
    return load_assignment(tiny.public)


def zipped(*names: str, data: bytes = b"x = 1\n", method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of many equal files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of names that come twice
        for name in names:
            archive.writestr(name, data)
    return buffer.getvalue()


def changed(data: bytes, offset: int, layout: str, value: int) -> bytes:
    """The zip with another value in the first entry of its list."""
    start = data.index(b"PK\x01\x02") + offset
    size = struct.calcsize(layout)
    return data[:start] + struct.pack(layout, value) + data[start + size :]


def bomb() -> bytes:
    """Nine megabytes of one letter in nine kilobytes."""
    return zipped("work.py", data=b"#" * 9_000_000)


HARMFUL: dict[str, tuple[Callable[[], bytes], str]] = {
    "bomb": (bomb, r"'work.py', which unpacks to over 100 times its size: pack the plain files"),
    "entries": (lambda: zipped(*map(str, range(1001))), "holds more than 1000 entries: pack the"),
    "absolute": (lambda: zipped("/etc/passwd"), "'/etc/passwd', an absolute path: pack"),
    "drive": (lambda: zipped("C:\\work.py"), "'C:/work.py', an absolute path: pack"),
    "dots": (lambda: zipped("a/../../work.py"), "leads out of its folder: pack the plain files"),
    "windows dots": (lambda: zipped("..\\work.py"), "leads out of its folder: pack"),
    "link": (lambda: changed(zipped("work.py"), KIND, "<I", LINK), "a link or a device: pack"),
    "fifo": (lambda: changed(zipped("work.py"), KIND, "<I", FIFO), "a link or a device: pack"),
    "encrypted": (
        lambda: changed(zipped("work.py"), FLAGS, "<H", 1),
        "'work.py', which is encrypted: pack without a password",
    ),
    "method": (
        lambda: zipped("work.py", method=zipfile.ZIP_BZIP2),
        "'work.py' by an unusual method: pack as an ordinary zip",
    ),
    "twice": (lambda: zipped("work.py", "work.py"), "'work.py' 2 times: pack each file once"),
    "no zip": (lambda: b"PK\x03\x04 and nothing", "is no readable zip .* pack it again"),
    "empty": (lambda: b"", "is no readable zip .* pack it again"),
    "cut": (lambda: zipped("work.py")[:-10], "is no readable zip .* pack it again"),
}


@pytest.mark.parametrize("kind", HARMFUL)
def test_a_harmful_zip_is_refused(tmp_path: Path, assignment: Assignment, kind: str) -> None:
    """Grading and the rehearsal of Gradescope both name the file, the reason and what to do."""
    make, expected = HARMFUL[kind]
    path = tmp_path / "work.zip"
    path.write_bytes(make())
    with pytest.raises(SubmissionError, match=expected) as caught:
        take_in(path, assignment)
    assert str(caught.value).startswith("work.zip ")
    with pytest.raises(SubmissionError, match=expected):
        lay_out(path, tmp_path / "laid out")


def test_what_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sizes of all files are added up before one is read."""
    monkeypatch.setattr(zip_entries, "MAX_TOTAL_BYTES", 2**20)
    data = zipped(*(f"{n}.txt" for n in range(12)), data=bytes(100_000))
    with pytest.raises(SubmissionError, match=r"unpacks to 1 MiB: at most 1 MiB are taken"):
        Archive(data, "work.zip")


def test_a_file_that_is_too_large_is_refused() -> None:
    """It is refused by the size that is declared, without unpacking it."""
    archive = Archive(zipped("work.py", data=bytes(2000)), "work.zip")
    with pytest.raises(SubmissionError, match=r"'work.py' with 0.0 MB: at most 0 MB are read"):
        archive.read("work.py", 1000)


@pytest.mark.parametrize("declared", [3, 60_000])
def test_a_size_that_is_not_true_is_refused(declared: int) -> None:
    """A wrong size is refused, and never more bytes are unpacked than declared."""
    archive = Archive(changed(zipped("work.py"), SIZES, "<I", declared), "work.zip")
    with pytest.raises(SubmissionError, match=r"'work.py'.*: pack it again"):
        archive.read("work.py", 100_000)


def test_bytes_that_do_not_unpack_are_refused() -> None:
    """A damaged archive is an error of the submission, not of the grader."""
    data = bytearray(zipped("work.py", data=bytes(range(256)) * 20))
    data[40:60] = bytes(20)
    archive = Archive(bytes(data), "work.zip")
    with pytest.raises(SubmissionError, match=r"is damaged at 'work.py' .*: pack it again"):
        archive.read("work.py", 10_000)


def test_a_folder_in_place_of_a_file_is_refused(tmp_path: Path, assignment: Assignment) -> None:
    """A folder with the name of the file is refused."""
    path = tmp_path / "work.zip"
    path.write_bytes(zipped("work.py/other.py"))
    with pytest.raises(SubmissionError, match=r"no file 'work.py' but a folder: pack the plain"):
        take_in(path, assignment)


def test_a_zip_in_a_zip_is_refused(tmp_path: Path, assignment: Assignment) -> None:
    """At any depth it is refused: the message names it, and what to pack instead."""
    path = tmp_path / "work.zip"
    path.write_bytes(zipped("work.py", "old/Work.ZIP"))
    expected = "holds 'old/Work.ZIP', an archive within the archive: unpack it, and pack the plain"
    with pytest.raises(SubmissionError, match=expected):
        take_in(path, assignment)


def test_names_cannot_steer_a_terminal(tmp_path: Path, assignment: Assignment) -> None:
    """Escapes and line ends in a file's name are written out in the message."""
    path = tmp_path / "work.zip"
    path.write_bytes(zipped("../\x1b[2J\n\u202ework.py"))
    with pytest.raises(AutograderError) as caught:
        take_in(path, assignment)
    assert r"'../\x1b[2J\n\u202ework.py'" in str(caught.value)


def test_a_zip_is_taken_as_its_folder_is(tiny: Tiny, assignment: Assignment) -> None:
    """Folder and zip have the same files, hashes and ignored names."""
    for name in ("work.py", "numpy.py", "notes.txt"):
        tiny.hand_in("x = 1\n", name)
    (tiny.submission / "torch").mkdir()
    tiny.hand_in("x = 1\n", "torch/__init__.py")
    path = tiny.root / "Work.ZIP"
    path.write_bytes(zipped("work.py", "numpy.py", "notes.txt", "torch/__init__.py"))
    folder, archive = take_in(tiny.submission, assignment), take_in(path, assignment)
    assert archive == folder
    assert archive.digest() == folder.digest()
    assert archive.ignored == ("numpy.py", "torch/")


def test_a_zip_around_a_folder_says_so(tmp_path: Path, assignment: Assignment) -> None:
    """A folder in the zip is not searched, as on Gradescope; the message says what to do."""
    path = tmp_path / "work.zip"
    path.write_bytes(zipped("mine/work.py", "__MACOSX/mine/._work.py"))
    problem = take_in(path, assignment).problem
    assert problem is not None
    assert problem.lines() == [
        "work.py is not in the submission",
        "found: mine/work.py",
        "hint: hand in work.py without a folder around it",
    ]


def test_a_zip_that_is_no_plain_file_is_refused(tmp_path: Path, assignment: Assignment) -> None:
    """A link leads elsewhere, and a giant is not read into memory."""
    (tmp_path / "real.zip").write_bytes(zipped("work.py"))
    (tmp_path / "work.zip").symlink_to(tmp_path / "real.zip")
    with pytest.raises(SubmissionError, match=r"work\.zip cannot be read"):
        take_in(tmp_path / "work.zip", assignment)
    (tmp_path / "giant.zip").write_bytes(bytes(11_000_000))
    with pytest.raises(SubmissionError, match=r"giant.zip has 11.0 MB; at most 10 MB are read"):
        take_in(tmp_path / "giant.zip", assignment)
