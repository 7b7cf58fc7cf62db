"""`autograder grade`: a class on the tiny assignment, graded whole, in part, and with kills."""

import json
import random
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.classroom.engine.out_folder import opened
from autograder.model.errors import UsageError
from autograder.tests.authoring.once import once, shared_folder
from autograder.tests.classroom.tiny_class import BROKEN, RIGHT, TEMPLATE, WRONG, TinyClass
from autograder.tests.cli.commands import TIMEOUT_S, alive, family
from autograder.tests.grading.tiny import Tiny

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="a class is graded on Linux")

CLASS = {"kim": RIGHT, "lee": WRONG, "mo": RIGHT, "broken": BROKEN, "stub": TEMPLATE}
SCORES = {"kim": 2.0, "lee": 1.0, "mo": 2.0, "broken": 0.0, "stub": 0.0}
KILLS = 3
HANGS = """
import time
def f(x):
    open("hangs", "w").close()
    time.sleep(6000)
"""


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> TinyClass:
    """A class that was graded without an interruption; tests only read it."""
    folder = shared_folder(tmp_path_factory) / "graded class"
    done = folder / "class.json"

    def grade() -> None:
        folder.mkdir()
        whole = TinyClass(Tiny(folder / "course"))
        whole.hand_in(**CLASS)
        (whole.handed_in / "empty").mkdir()
        process = whole.start()
        out, err = process.communicate(timeout=TIMEOUT_S)
        done.write_text(json.dumps([process.returncode, out, err]))

    once(folder.with_name("graded class made"), grade)
    return TinyClass.at(folder / "course")


@pytest.fixture
def scratch() -> Iterator[Path]:
    """A folder for temporary files of its own, which workers with other uids can enter."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o711)
        yield Path(folder)


def test_each_submission_has_its_grade_and_its_pages(graded: TinyClass) -> None:
    """What is for students stands apart from what is for staff; who has no grade has no zero."""
    status, out, err = json.loads((graded.root.parent / "class.json").read_text())
    assert (status, err) == (2, "")
    assert "graded 5, not graded 1" in out
    found = {name: graded.results(name)["score"] for name in CLASS}
    assert found == SCORES
    for name in CLASS:
        assert graded.names("students", name) == ["report.html", "results.json"]
        assert graded.names("staff", name) == ["log.txt", "report.html", "report.json"]
    assert not (graded.out / "students" / "empty").exists()
    assert "not in the submission" in (graded.out / "staff" / "empty" / "log.txt").read_text()
    assert "WRONG 0/1" in (graded.out / "staff" / "lee" / "log.txt").read_text()


def test_students_pages_tell_nothing_hidden(graded: TinyClass) -> None:
    """What the hidden check asks for stands in the staff's page alone."""
    students, staff = (
        (graded.out / whose / "broken" / "report.html").read_text()
        for whose in ("students", "staff")
    )
    assert "students see" in staff and "students see" not in students


def test_only_the_owner_can_enter(graded: TinyClass) -> None:
    """Grades are private, whatever the umask was."""
    folders = [path for path in (graded.out, *graded.out.rglob("*")) if path.is_dir()]
    assert len(folders) > 10
    assert {stat.S_IMODE(path.stat().st_mode) for path in folders} == {0o700}


def test_the_ledger_holds_a_hash_of_the_secret_and_not_the_secret(graded: TinyClass) -> None:
    """Who reads the ledger cannot draw hidden inputs."""
    data = (graded.out / "ledger.sqlite").read_bytes()
    assert b"course secret" in data
    assert (graded.root / "secret").read_bytes() not in data


def test_same_files_are_graded_once(graded: TinyClass) -> None:
    """They have the same grade then: kim, mo and the reference, and the stub is the template."""
    assert len(graded.decided()) == 4


def test_killed_at_any_moment_it_goes_on(
    graded: TinyClass, tmp_path: Path, scratch: Path, request: pytest.FixtureRequest
) -> None:
    """Killed with SIGKILL again and again, it leaves no process, and ends with the same ledger,
    pages and scores as a run without a kill; what it has left behind is swept."""
    other = TinyClass.at(Path(shutil.copytree(graded.root, tmp_path / "course")))
    rng = random.Random(request.node.name)
    for kill in range(KILLS):
        process = other.start(TMPDIR=str(scratch))
        while process.poll() is None and other.count() < kill + rng.randrange(2):
            time.sleep(0.01)
        time.sleep(rng.random() * 0.3)
        everyone = family(process.pid)
        process.kill()
        process.communicate()
        assert alive(everyone) == []
    process = other.start(TMPDIR=str(scratch))
    _, err = process.communicate(timeout=TIMEOUT_S)
    assert (process.returncode, err) == (2, "")
    assert other.decided() == graded.decided()
    assert {name: other.results(name)["score"] for name in CLASS} == SCORES
    assert other.files() == graded.files()
    assert other.grades() == graded.grades()
    assert list(scratch.iterdir()) == []


def test_what_was_graded_is_not_graded_again(graded: TinyClass, tmp_path: Path) -> None:
    """Only a submission that has changed is; members are read anew, and pages stay as they are."""
    other = TinyClass.at(Path(shutil.copytree(graded.root, tmp_path / "course")))
    shutil.copytree(graded.out, other.out)
    times = {name: other.written_at(name) for name in CLASS}
    other.hand_in(lee="def f(x):\n    return x * x * 1\n")
    out, _ = other.start().communicate(timeout=TIMEOUT_S)
    assert "grading 1 of 5 submissions," in out
    assert "preflight" not in out
    assert other.results("lee")["score"] == 2
    assert [name for name in CLASS if other.written_at(name) != times[name]] == ["lee"]


def test_the_end_of_the_driver_ends_the_gradings(tiny: Tiny, scratch: Path) -> None:
    """However it ends: nothing that runs is left, nor, after the next run, a folder. Two runs
    never use the same folder."""
    tiny.toml(call_s=6000, check_s=6000, run_s=6000)
    course = TinyClass(tiny)
    course.hand_in(kim=HANGS)
    killed = hanging(course, scratch)
    everyone = family(killed.pid)
    with pytest.raises(UsageError, match=f"process {killed.pid} grades into"):
        with opened(course.out, print):
            pass
    killed.kill()
    killed.communicate()
    assert alive(everyone) == []
    interrupted = hanging(course, scratch)
    everyone = family(interrupted.pid)
    interrupted.send_signal(signal.SIGINT)
    out, err = interrupted.communicate(timeout=TIMEOUT_S)
    assert (interrupted.returncode, err) == (130, "autograder: interrupted\n")
    assert "preflight" not in out  # the killed run has kept it
    assert out.endswith("what is graded is kept: the same command goes on\n")
    assert len(everyone) > 3
    assert alive(everyone) == []
    assert list(scratch.iterdir()) == []


def hanging(course: TinyClass, scratch: Path) -> "subprocess.Popen[str]":
    """A run whose submission sleeps."""
    before = {*scratch.glob("*/*/*/hangs")}
    process = course.start(TMPDIR=str(scratch))
    while not {*scratch.glob("*/*/*/hangs")} - before:
        assert process.poll() is None
        time.sleep(0.01)
    return process
