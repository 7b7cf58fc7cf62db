"""A roster says who handed in nothing, and completes what a name of a folder leaves open."""

from pathlib import Path

import pytest

from autograder.classroom.people import People
from autograder.classroom.submissions import ClassSubmission, Member
from autograder.classroom.taking_in.handed import take_in_class
from autograder.classroom.taking_in.roster import Roster, read_roster
from autograder.model.assignment import load_assignment
from autograder.model.errors import UsageError
from autograder.tests.classroom.exports import WORK, export, metadata
from autograder.tests.grading.tiny import Tiny

ADA = Member(name="Ada Lovelace", sid="0675", email="al1@example.edu", section="1")
GRACE = Member(name="Grace Hopper", sid="0042", email="gh2@example.edu", section="2")
PLAIN = (
    "name,sid,email,section\n"
    "Ada Lovelace,0675,al1@example.edu,1\n"
    "Grace Hopper,0042,gh2@example.edu,2\n"
)
GRADESCOPE = (
    "First Name,Last Name,SID,Email,Role,Sections\n"
    "Ada,Lovelace,0675,al1@example.edu,Student,1\n"
    "Barbara,Liskov,1,bl@example.edu,Instructor,1\n"
    "Grace,Hopper,0042,gh2@example.edu,Student,2\n"
)
CANVAS = (
    "Student,ID,SIS User ID,SIS Login ID,Section,PA1 (1)\n"
    ",,,,,Manual Posting\n"
    "    Points Possible,,,,,100\n"
    'Ada Lovelace,77,0675,al1@example.edu,1,\n"Grace Hopper",78,0042,gh2@example.edu,2,\n'
    '"Student, Test",79,,12ab,1,\n'
)


def roster(tmp_path: Path, text: str, encoding: str = "utf-8") -> Roster:
    """The roster in a file of this text."""
    path = tmp_path / "roster.csv"
    path.write_bytes(text.encode(encoding))
    return read_roster(path)


def handed_in(*members: Member) -> ClassSubmission:
    """A submission of these members."""
    return ClassSubmission(id="1", members=members)


@pytest.mark.parametrize(
    "text",
    [
        PLAIN,
        GRADESCOPE,
        CANVAS,
        "\ufeff" + PLAIN.replace("\n", "\r\n"),
        PLAIN.replace(",", ";"),
        PLAIN.replace(",", "\t"),
        PLAIN + PLAIN.partition("\n")[2] + ",,,\n",
        "Section;Student ID;E-Mail;Full Name\n1;0675;al1@example.edu;Ada Lovelace\n"
        "2;0042;gh2@example.edu;Grace Hopper\n",
    ],
)
def test_rosters_of_every_origin_are_read(tmp_path: Path, text: str) -> None:
    """Those of Gradescope, of Canvas, of a spreadsheet, and simple ones; each student once."""
    assert roster(tmp_path, text).members == [ADA, GRACE]


@pytest.mark.parametrize(
    ("text", "encoding", "message"),
    [
        ("", "utf-8", "is empty: save it as `CSV UTF-8"),
        (
            "colour,size\nred,1\n",
            "utf-8",
            "has no column that names a student: it has colour, size",
        ),
        ("name,sid\n", "utf-8", "names no student: below its head"),
        ("name\nZo\xeb\n", "latin-1", "is not saved as UTF-8 .*: save it as"),
        ("name\n" + '"' + "x" * 200_000, "utf-8", "is no CSV .*: save it as"),
    ],
)
def test_what_is_no_roster_is_refused(
    tmp_path: Path, text: str, encoding: str, message: str
) -> None:
    """The error says what is wrong with the file, and what to do."""
    with pytest.raises(UsageError, match=f"roster.csv {message}"):
        roster(tmp_path, text, encoding)


def test_a_missing_roster_is_refused(tmp_path: Path) -> None:
    """Its absence is no empty class."""
    with pytest.raises(UsageError, match=r"none.csv cannot be read: No such file"):
        read_roster(tmp_path / "none.csv")


def test_a_giant_table_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not read into memory."""
    monkeypatch.setattr("autograder.classroom.tables._MOST_BYTES", 10)
    with pytest.raises(UsageError, match=r"has more than .* it is no table"):
        roster(tmp_path, PLAIN)


def test_the_missing_are_those_in_no_submission() -> None:
    """A SID decides, else the e-mail address, in any case of its letters; never the name."""
    known = Roster([ADA, GRACE])
    assert known.missing([]) == (ADA, GRACE)
    by_email = Member(email="AL1@Example.edu")
    assert known.missing([handed_in(by_email, Member(sid="0042"))]) == ()
    namesake = Member(name="Grace Hopper", sid="9", email="other@example.edu")
    assert known.missing([handed_in(namesake)]) == (ADA, GRACE)


def test_one_address_with_two_sids_is_two_students() -> None:
    """Where both have a SID, nothing else decides."""
    people: People[str] = People()
    people.add(Member(sid="1", email="shared@example.edu"), "first")
    assert people.find(Member(sid="2", email="shared@example.edu")) is None
    assert people.find(Member(email="shared@example.edu")) == "first"
    assert people.find(Member()) is None


@pytest.mark.parametrize(
    "name",
    [
        "0675",
        "al1",
        "AL1@example.edu",
        "Ada Lovelace",
        "ada_lovelace",
        "lovelaceada",
        "Lovelace, Ada",
    ],
)
def test_a_folder_is_of_the_only_student_it_can_mean(name: str) -> None:
    """By SID, address, its part before the @, or name."""
    assert Roster([ADA, GRACE]).completed(Member(name=name)) == ADA


def test_no_folder_is_given_to_a_student_by_a_guess() -> None:
    """Two students of a name, or a part of a name, leave it open."""
    known = Roster([ADA, Member(name="ada lovelace", sid="1")])
    for name in ("Ada Lovelace", "ada", "675"):
        assert known.completed(Member(name=name)) == Member(name=name)


def test_a_roster_completes_an_export(tiny: Tiny, tmp_path: Path) -> None:
    """Sections come from it; who handed in nothing is named, and who is not in it."""
    path = export(tmp_path / "s.zip", {"submission_7/work.py": WORK}, metadata(7, 8))
    text = "sid,name,section\n00007,Ada King,3\n0042,Grace Hopper,2\n"
    (tmp_path / "roster.csv").write_text(text)
    handed = take_in_class(
        path, load_assignment(tiny.public), tmp_path / "copies", tmp_path / "roster.csv"
    )
    (ada,) = handed.submissions[0].members
    assert ada == Member(
        name="Ada Lovelace", sid="00007", email="student7@example.edu", section="3"
    )
    assert handed.missing == (Member(name="Grace Hopper", sid="0042", section="2"),)
    assert handed.notices == ("not in the roster: Ada Lovelace",)
