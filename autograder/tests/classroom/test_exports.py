"""An export of Gradescope is taken in as it comes, unpacked, and zipped again."""

import sys
import zipfile
from datetime import datetime, timezone
from pathlib import Path

import msgspec
import pytest

from autograder.classroom.submissions import ClassSubmission, Member
from autograder.classroom.taking_in.handed import Handed, take_in_class
from autograder.model.assignment import Assignment, load_assignment
from autograder.model.errors import UsageError
from autograder.submission.intake import take_in
from autograder.tests.classroom.exports import METADATA, ROOT, WORK, export, metadata
from autograder.tests.grading.tiny import Tiny

COURSE = 'name = "C"\nterm = "T"\nsecret_file = "secret"\n[due]\ntiny = {}\n'


@pytest.fixture
def assignment(tiny: Tiny) -> Assignment:
    """An assignment that asks for work.py."""
    return load_assignment(tiny.public)


def taken(path: Path, assignment: Assignment, roster: Path | None = None) -> Handed:
    """The class at `path`, copied beside it."""
    return take_in_class(path, assignment, path.parent / "copies", roster)


def by_id(handed: Handed) -> dict[str, ClassSubmission]:
    """The submissions by their ids."""
    return {submission.id: submission for submission in handed.submissions}


def test_an_export_says_who_handed_in_what(tmp_path: Path, assignment: Assignment) -> None:
    """Members, moment and earlier results are those of the active submission, never of history."""
    files = {"submission_12/work.py": WORK, "submission_9/work.py": b"y = 2\n"}
    handed = taken(export(tmp_path / "s.zip", files, metadata(12, 9)), assignment)
    assert [submission.id for submission in handed.submissions] == ["9", "12"]
    submission = by_id(handed)["12"]
    ada = Member(name="Ada Lovelace", sid="00012", email="student12@example.edu")
    assert submission.members == (ada,)
    assert submission.created_at == datetime(2026, 9, 26, 4, 59, 1, 938335, timezone.utc)
    assert submission.late_by_s is None
    assert msgspec.json.decode(submission.earlier) == {
        "score": 4.5,
        "tests": [{"name": "1.1 Loss"}],
    }
    assert submission.folder and (submission.folder / "work.py").read_bytes() == WORK
    assert handed.notices == ()


@pytest.mark.parametrize("root", ["", ROOT, "another name/"])
@pytest.mark.parametrize("unpacked", [False, True])
def test_an_export_is_known_in_every_form(
    tmp_path: Path, assignment: Assignment, root: str, unpacked: bool
) -> None:
    """With and without its outer folder, unpacked or zipped again by a Mac."""
    files = {
        "submission_7/work.py": WORK,
        "submission_7/.DS_Store": b"",
        f"__MACOSX/{root}submission_7/._work.py": b"\0\5\x16\7",
        f"__MACOSX/{root}._{METADATA}": b"\0\5\x16\7",
    }
    path = export(tmp_path / "s.zip", files, metadata(7), root)
    if unpacked:
        with zipfile.ZipFile(path) as archive:
            archive.extractall(tmp_path / "s")
        path = tmp_path / "s"
    (submission,) = taken(path, assignment).submissions
    assert (submission.id, submission.problem, submission.notes) == ("7", "", ())
    assert submission.members[0].sid == "00007"


def test_of_the_file_only_what_is_named_is_unpacked(tmp_path: Path, assignment: Assignment) -> None:
    """A bomb beside the work, or thousands of files, are no concern of a grading of the work."""
    beside = {f"submission_7/junk/{n}.txt": b"" for n in range(1100)}
    beside |= {"submission_7/zeros.bin": bytes(20_000_000), "submission_7/work.py": WORK}
    handed = taken(export(tmp_path / "s.zip", beside, metadata(7)), assignment)
    submission = by_id(handed)["7"]
    assert submission.problem == ""
    assert submission.folder and [p.name for p in submission.folder.iterdir()] == ["work.py"]


def test_what_a_submission_lacks_is_reported(tmp_path: Path, assignment: Assignment) -> None:
    """A bomb, a link, a file twice, no folder, no record: each is said of its submission."""
    files = {
        "submission_1/work.py": b"#" * 9_000_000,
        "submission_3/hw/work.py": WORK,
        "submission_5/work.py": WORK,
        "submission_6/work.py": WORK,
    }
    path = export(tmp_path / "s.zip", files, metadata(1, 2, 3, 4, 6))
    link = zipfile.ZipInfo(f"{ROOT}submission_2/work.py")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr(link, "/etc/passwd")
        archive.writestr(f"{ROOT}submission_6/work.py", b"y = 2\n")
    found = by_id(taken(path, assignment))
    said = {name: submission.problem for name, submission in found.items()}
    assert "unpacks to over 100 times its size" in said["1"]
    assert "a link or a device" in said["2"]
    assert "hand in work.py without a folder around it" in said["3"]
    assert said["4"] == f"the export holds no folder of it, although {METADATA} names it"
    assert said["5"] == "" and "whose it is is not known" in found["5"].notes[0]
    assert "s.zip, submission_6 holds 'work.py' twice" in said["6"]
    assert (found["5"].members, found["5"].created_at) == ((), None)


def test_an_unpacked_link_is_not_followed(tmp_path: Path, assignment: Assignment) -> None:
    """Also in an export that was unpacked, a link is a problem of its submission."""
    with zipfile.ZipFile(export(tmp_path / "s.zip", {}, metadata(7))) as archive:
        archive.extractall(tmp_path)
    (tmp_path / ROOT / "submission_7").symlink_to(tmp_path)
    (submission,) = taken(tmp_path / ROOT, assignment).submissions
    assert submission.problem == "submission_7 is a link, which is not followed: copy the files"


def test_a_damaged_export_is_refused(tmp_path: Path, assignment: Assignment) -> None:
    """Half a download is no smaller class: it ends with what to do."""
    data = export(tmp_path / "s.zip", {"submission_7/work.py": WORK}, metadata(7)).read_bytes()
    (tmp_path / "half.zip").write_bytes(data[: len(data) // 2])
    with pytest.raises(UsageError, match=r"half.zip is no readable zip .*: download it again"):
        taken(tmp_path / "half.zip", assignment)
    start = data.index(METADATA.encode()) + len(METADATA)
    (tmp_path / "bad.zip").write_bytes(data[:start] + b"\xff" * 9 + data[start + 9 :])
    with pytest.raises(UsageError, match=r"bad.zip is damaged at .*: download the export again"):
        taken(tmp_path / "bad.zip", assignment)


def test_the_missing_library_is_named(
    tmp_path: Path, assignment: Assignment, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PyYAML is not in the core; a folder of submissions needs none."""
    path = export(tmp_path / "s.zip", {"submission_7/work.py": WORK}, metadata(7))
    monkeypatch.setitem(sys.modules, "autograder.classroom.taking_in.metadata", None)
    with pytest.raises(UsageError, match=r"without PyYAML .*: run `pip install pyyaml`"):
        taken(path, assignment)
    (tmp_path / "class" / "ada").mkdir(parents=True)
    (tmp_path / "class" / "ada" / "work.py").write_bytes(WORK)
    assert by_id(taken(tmp_path / "class", assignment))["ada"].folder


@pytest.mark.parametrize(
    ("due", "late_by_s"),
    [("2026-09-25T23:59:00-04:00", 3601.938335), ("2026-09-27T00:00:00Z", 0.0)],
)
def test_lateness_is_from_the_due_date_of_the_course(
    tiny: Tiny, tmp_path: Path, assignment: Assignment, due: str, late_by_s: float
) -> None:
    """In seconds after it, and none before."""
    (tiny.root / "course.toml").write_text(COURSE.format(due))
    handed = taken(
        export(tmp_path / "s.zip", {"submission_7/work.py": WORK}, metadata(7)), assignment
    )
    assert handed.submissions[0].late_by_s == pytest.approx(late_by_s)
    assert handed.notices == ()


def test_a_due_date_without_a_time_zone_is_not_guessed(
    tiny: Tiny, tmp_path: Path, assignment: Assignment
) -> None:
    """No lateness is known then, and a notice says what to write."""
    (tiny.root / "course.toml").write_text(COURSE.format("2026-09-25T23:59:00"))
    handed = taken(
        export(tmp_path / "s.zip", {"submission_7/work.py": WORK}, metadata(7)), assignment
    )
    assert handed.submissions[0].late_by_s is None
    assert "[due] has no time zone" in handed.notices[0]
    assert "write tiny = 2026-09-25T23:59:00-04:00" in handed.notices[0]


def test_a_copy_is_graded_as_the_original(tmp_path: Path, assignment: Assignment) -> None:
    """Secret seeds follow from the hash of the files: that of the copy is that of the export."""
    files = {"submission_7/work.py": b"\xef\xbb\xbfx = 1\r\n", "submission_7/extra.py": WORK}
    handed = taken(export(tmp_path / "s.zip", files, metadata(7)), assignment)
    with zipfile.ZipFile(tmp_path / "s.zip") as archive:
        archive.extractall(tmp_path)
    original = take_in(tmp_path / ROOT / "submission_7", assignment)
    folder = handed.submissions[0].folder
    assert folder and take_in(folder, assignment).digest() == original.digest()
    assert handed.submissions[0].ignored == original.ignored == ("extra.py",)
