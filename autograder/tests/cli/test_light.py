"""list, pack, new and doctor."""

import stat
import sys
import zipfile
from pathlib import Path

import pytest

from autograder.authoring import scaffold as scaffold_module
from autograder.sandbox import doctor as doctor_module
from autograder.sandbox.doctor import Finding, Mark
from autograder.tests.authoring.course import replace, secret_of, write
from autograder.tests.cli.commands import Run, run_apart


def test_list_shows_every_assignment(run: Run, in_course: Path) -> None:
    """It shows id, title, points, hours, number of checks, and the files to hand in."""
    listed = run("list")
    assert listed.status == 0
    assert [" ".join(row.split()) for row in listed.out.splitlines()] == [
        "tiny tiny - 10 points, 0.5 hours, 4 checks",
        "files: tiny.py",
    ]


def test_list_shows_extra_credit_apart(run: Run, in_course: Path) -> None:
    """It is no part of the total."""
    more = '[[parts]]\nid = "2"\ntitle = "M"\npoints = 5\nhours = 1\noptional = true\n\n[budgets'
    replace(in_course / "assignments" / "tiny" / "assignment.toml", "[budgets", more)
    assert "10 points and 5 of extra credit, 0.5 hours" in run("list").out


def test_list_for_a_student_counts_what_is_there(
    run: Run, in_course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It counts visible checks only, from any folder below the assignment's."""
    (in_course / "reference").rename(in_course / "away")
    monkeypatch.chdir(in_course / "assignments" / "tiny" / "checks")
    assert "3 checks" in run("list").out


def test_pack_zips_exactly_the_named_files(run: Run, in_course: Path) -> None:
    """Nothing else is added, and the files left out are named."""
    write(in_course, "mine/tiny.py", "def mean_square(x):\n    return 0.0\n")
    write(in_course, "mine/notes.py", "secret plans")
    packed = run("pack", "tiny", "--submission", "mine")
    assert packed.status == 0
    with zipfile.ZipFile("tiny-submission.zip") as archive:
        assert archive.namelist() == ["tiny.py"]
        assert archive.read("tiny.py") == (in_course / "mine" / "tiny.py").read_bytes()
    rows = [" ".join(row.split()) for row in packed.out.splitlines()]
    assert rows[0].startswith("tiny.py 35 bytes sha256 ")
    assert rows[1] == "notes.py left out: the assignment does not ask for it"
    assert rows[2].startswith("no report of a check is in the zip: run autograder check tiny")
    assert rows[3].startswith("wrote tiny-submission.zip: upload this file to Gradescope")


def test_pack_takes_optional_files_along(run: Run, in_course: Path) -> None:
    """Files of `may_submit` are added if they are there."""
    toml = in_course / "assignments" / "tiny" / "assignment.toml"
    replace(toml, "libraries", 'may_submit = ["notes.txt", "more.txt"]\nlibraries')
    write(in_course, "mine/tiny.py", "")
    write(in_course, "mine/notes.txt", "for the staff")
    assert run("pack", "tiny", "--submission", "mine", "--out", "out/my.zip").status == 0
    with zipfile.ZipFile(in_course / "out" / "my.zip") as archive:
        assert archive.namelist() == ["notes.txt", "tiny.py"]


def test_pack_refuses_when_a_file_is_missing(run: Run, in_course: Path) -> None:
    """The message says which files were found, and no zip is written."""
    write(in_course, "mine/Tiny1.py", "")
    packed = run("pack", "tiny", "--submission", "mine")
    assert packed.status == 2
    assert packed.err == (
        "autograder: tiny.py is not in the submission; found: Tiny1.py; hint: name it tiny.py\n"
    )
    assert not list(in_course.glob("*.zip"))


@pytest.mark.skipif(sys.platform != "linux", reason="names of any bytes are Linux's")
def test_names_of_files_cannot_steer_the_terminal(run: Run, in_course: Path) -> None:
    """This holds for the list of files left out and for the error that names what was found."""
    write(in_course, "mine/x\x1b[2J\ntiny.py", "")
    refused = run("pack", "tiny", "--submission", "mine")
    assert (refused.status, "found: x tiny.py" in refused.err) == (2, True)
    write(in_course, "mine/tiny.py", "")
    packed = run("pack", "tiny", "--submission", "mine")
    assert (packed.status, "\nx tiny.py " in packed.out) == (0, True)
    assert "\x1b" not in refused.err + packed.out


def test_pack_never_writes_over_what_is_handed_in(run: Run, in_course: Path) -> None:
    """`--out tiny.py` would destroy an evening's work."""
    mine = write(in_course, "mine/tiny.py", "x = 1\n")
    packed = run("pack", "tiny", "--submission", "mine", "--out", mine)
    assert packed.status == 2
    assert "the name of the zip must end in .zip" in packed.err
    assert mine.read_text() == "x = 1\n"


def test_new_works_in_a_course_without_assignments(
    run: Run, bare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The folder with course.toml is the course, even before its first assignment."""
    monkeypatch.chdir(bare)
    monkeypatch.setattr(scaffold_module, "write_template", lambda *_: [])
    made = run("new", "pruning")
    assert made.status == 0
    rows = made.out.splitlines()
    assert f"wrote {Path('assignments/pruning/assignment.toml')}" in rows
    assert rows[-1] == "next: autograder verify pruning"
    assert (bare / "reference" / "pruning" / "pruning.py").is_file()


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("Pruning", "'Pruning' cannot be an id"),
        ("numpy", "numpy.py would hide the module numpy"),
        ("tiny", "assignments/tiny exists already"),
    ],
)
def test_new_refuses_a_bad_or_taken_name(run: Run, in_course: Path, name: str, reason: str) -> None:
    """The status is 2, and nothing is written."""
    before = sorted(in_course.rglob("*"))
    refused = run("new", name)
    assert refused.status == 2
    assert reason in refused.err
    assert sorted(in_course.rglob("*")) == before


def test_new_secret_is_made_once(run: Run, bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its mode is 600. A second run is refused and leaves the secret as it is."""
    monkeypatch.chdir(bare)
    secret = secret_of(bare)
    secret.unlink()
    made = run("new", "--secret")
    assert made.status == 0
    assert made.out.startswith(f"wrote {secret}: keep a copy with the course")
    assert stat.S_IMODE(secret.stat().st_mode) & 0o077 == 0
    text = secret.read_text()
    assert text.strip() not in made.out
    again = run("new", "--secret")
    assert again.status == 2
    assert "exists already" in again.err
    assert secret.read_text() == text


def test_new_alone_is_a_usage_error(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In any folder, the message says what can be made."""
    monkeypatch.chdir(tmp_path)
    ended = run("new")
    assert (ended.status, ended.out) == (2, "")
    assert ended.err == "autograder: name the new assignment, or say --secret\n"


def test_new_outside_a_course_says_where_to_go(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No folders are created in an arbitrary working directory."""
    monkeypatch.chdir(tmp_path)
    ended = run("new", "pruning")
    assert ended.status == 2
    assert "no course.toml at or above" in ended.err
    assert list(tmp_path.iterdir()) == []


def test_doctor_finds_this_machine_fit(tmp_path: Path) -> None:
    """It works outside a course too. It starts a worker of each kind and calls it."""
    doctor = run_apart(tmp_path, "doctor")
    assert doctor.status == 0
    rows = doctor.out.splitlines()
    assert any(row.startswith("ok   a worker by spawn: answers after") for row in rows)
    layers = [n for n, row in enumerate(rows) if row[5:].startswith("isolation, ")]
    for n in layers:  # nothing is ok that is not, and what is not has its fix
        is_there = rows[n].endswith((": active", ": each worker's own, and cleared after it"))
        assert rows[n].startswith("ok ") is is_there
        assert rows[n].startswith("-- ") is rows[n + 1].startswith("     fix: ")
    assert layers and not any(row.startswith("ok   system") for row in rows)
    assert rows[-1].startswith("this machine can grade")


def test_doctor_says_what_does_not_work(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The status is 2, the line is marked, and the fix stands below."""
    findings = [
        Finding("python", "3.11", Mark.FACT),
        Finding("a worker by fork", "does not work", Mark.NOT, "turn it on"),
    ]
    monkeypatch.setattr(doctor_module, "diagnose", lambda libraries: iter(findings))
    doctor = run("doctor")
    assert doctor.status == 2
    assert doctor.out.splitlines() == [
        "     python: 3.11",
        "NOT  a worker by fork: does not work",
        "     fix: turn it on",
        "this machine cannot grade yet: fix the lines marked NOT, then try again",
    ]


def test_doctor_looks_for_what_the_assignments_need() -> None:
    """A library that is not there is no `ok`, and has its fix."""
    there, missing = map(doctor_module._library, ("numpy", "no_such_library"))
    assert there.mark is Mark.OK and not there.fix
    assert missing.mark is Mark.NOT and "quickstart.py" in missing.fix
