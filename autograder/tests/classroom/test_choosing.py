"""Which assignment was handed in, and which submissions are graded; how far a run is."""

import argparse
import io
import sys
import time
import zipfile
from pathlib import Path

import pytest

from autograder.classroom.choosing import assignment_in, chosen
from autograder.classroom.engine.progress import ClassProgress, ClassProgressBar, progress_on
from autograder.classroom.submissions import ClassSubmission, Graded, Member, Status
from autograder.cli.class_commands import grade
from autograder.model.errors import UsageError
from autograder.tests.cli.commands import run_here
from autograder.tests.grading.tiny import Tiny

KIM = Member(name="Kim Lee", sid="0042", email="kim@example.edu")
CLASS = tuple(
    ClassSubmission(id=f"s{number}", members=(KIM,) if number == 3 else ()) for number in range(20)
)


def handed_in(folder: Path, kind: str, *names: str) -> Path:
    """The files in a folder, in a zip, or the only one alone."""
    if kind == "zip":
        with zipfile.ZipFile(folder / "export.zip", "w") as archive:
            for name in names:
                archive.writestr(f"top/{name}", "x = 1\n")
        return folder / "export.zip"
    for name in names:
        (folder / "class" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "class" / name).write_text("x = 1\n")
    return folder / "class" / (names[0] if kind == "file" else "")


@pytest.mark.parametrize("kind", ["folder", "zip", "file"])
def test_the_assignment_follows_from_the_files(tiny: Tiny, tmp_path: Path, kind: str) -> None:
    """Wherever they lie; other files do not matter."""
    path = handed_in(tmp_path, kind, "work.py", *["other.py"] * (kind != "file"))
    assert assignment_in(path, tiny.root) == "tiny"


def test_an_assignment_is_never_guessed(tiny: Tiny, tmp_path: Path) -> None:
    """Where the files are those of none, or of several, the error says which; so does a zip that
    is none."""
    with pytest.raises(UsageError, match=r"holds none of work\.py: say which with --assignment ID"):
        assignment_in(handed_in(tmp_path, "folder", "kim/notes.py"), tiny.root)
    other = tiny.root / "assignments" / "second" / "assignment.toml"
    other.parent.mkdir()
    text = (tiny.public / "assignment.toml").read_text()
    other.write_text(text.replace('"work.py"', '"second.py"'))
    path = handed_in(tmp_path, "folder", "lee/work.py", "mo/second.py")
    with pytest.raises(UsageError, match="holds files of second and tiny: say which"):
        assignment_in(path, tiny.root)
    with pytest.raises(UsageError, match="nowhere does not exist: name an export"):
        assignment_in(tmp_path / "nowhere", tiny.root)
    (tmp_path / "broken.zip").write_text("no zip")
    with pytest.raises(UsageError, match=r"broken\.zip cannot be read: .*; download the export"):
        assignment_in(tmp_path / "broken.zip", tiny.root)


@pytest.mark.parametrize("name", ["s3", "kim lee", "0042", "KIM@example.edu"])
def test_a_submission_is_found_by_what_it_is_called(name: str) -> None:
    """Its id, or a member's name, number or address."""
    assert chosen(CLASS, [name], None) == {"s3"}


def test_an_unknown_student_is_an_error() -> None:
    """It names the nearest one."""
    with pytest.raises(UsageError, match="no submission is of 'Kim Leo'; did you mean 'kim lee'"):
        chosen(CLASS, ["s1", "Kim Leo"], None)


def test_a_sample_is_the_same_each_time() -> None:
    """Whatever the order; without a number all are graded."""
    sample = chosen(CLASS, [], 5)
    assert len(sample) == 5 and sample == chosen(CLASS[::-1], [], 5)
    assert chosen(CLASS, [], None) == chosen(CLASS, [], 99) == {each.id for each in CLASS}
    assert chosen(CLASS, ["s1", "s2"], 1) < {"s1", "s2"}


def graded(status: Status, problem: str = "") -> Graded:
    """A grading with this end."""
    return Graded(id="key", status=status, problem=problem)


def test_progress_has_lines_for_what_a_person_must_see(monkeypatch: pytest.MonkeyPatch) -> None:
    """And now and then one that says how far it is, at which rate; texts of submissions are
    harmless."""
    stream = io.StringIO()
    shown = progress_on(stream)
    assert type(shown) is ClassProgress and shown.rate() == ""
    shown.begin(4)
    shown.graded(graded(Status.GRADED), ["kim"])
    shown.graded(graded(Status.SET_ASIDE, "gone\x1b[31m\nred"), ["lee", "mo"])
    assert stream.getvalue() == "lee, mo: set aside: gone red\n"
    now = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: now + 120)
    assert shown.rate().endswith("1.5 a minute, about 40 s left")
    shown.graded(graded(Status.GRADED), ["nia"])
    assert stream.getvalue().endswith("\n4 of 4 submissions, 2 a minute\n")
    shown.close()


def test_on_a_terminal_there_is_a_bar() -> None:
    """With the number of gradings, and the lines above it."""
    stream = io.StringIO()
    shown = ClassProgressBar(stream)
    shown.begin(2)
    shown.graded(graded(Status.GRADER_ERROR, "[red]no markup"), ["kim"])
    shown.close()
    assert "kim: grader error: [red]no markup\n" in stream.getvalue()


def test_elsewhere_than_on_linux_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing there keeps submissions apart."""
    monkeypatch.setattr(sys, "platform", "win32")
    with pytest.raises(UsageError, match="a class is graded on Linux: on Windows in WSL"):
        grade.run(argparse.Namespace())


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--check", "check_squire"], "no check 'check_squire'; did you mean 'check_square'?"),
        (["--out", "class/out"], "is inside"),
        (["--canvas", "work.txt"], "work.txt"),
        (["--assignment", "tinny"], "there is no assignment 'tinny'"),
    ],
)
def test_what_cannot_work_is_said_before_anything_is_graded(
    tiny: Tiny,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    options: list[str],
    said: str,
) -> None:
    """Not after hours; and no folder is made."""
    from autograder.tests.classroom.tiny_class import RIGHT, TinyClass

    TinyClass(tiny).hand_in(kim=RIGHT)
    (tiny.root / "work.txt").write_text("no gradebook\n")
    monkeypatch.chdir(tiny.root)
    status, _, err = run_here(capsys, "grade", "class", "--out", "out", *options)
    assert status == 2 and said in err
    assert not (tiny.root / "out").exists()
