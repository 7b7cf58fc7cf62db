"""Expected errors: one message that says what to do, status 2, never a traceback."""

import json
import os
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from autograder.cli.commands import list as list_command
from autograder.tests.authoring.course import replace, secret_of, write
from autograder.tests.cli.commands import Ended, Run, command_line, run_apart


def message(ended: Ended) -> str:
    """The one message of a command that could not start."""
    assert ended.status == 2
    assert ended.out == ""
    assert ended.err.startswith("autograder: ")
    assert "Traceback" not in ended.err
    return ended.err


@pytest.mark.parametrize("command", ["check", "pack", "release", "verify", "zip"])
def test_an_unknown_assignment_names_the_nearest(run: Run, in_course: Path, command: str) -> None:
    """The message lets the user correct a misspelt id at once."""
    assert message(run(command, "tinny")) == (
        "autograder: there is no assignment 'tinny'; did you mean 'tiny'?\n"
    )


@pytest.mark.parametrize(
    "arguments", [("list",), ("check", "tiny"), ("pack", "tiny"), ("verify", "tiny"), ("zip", "t")]
)
def test_a_folder_without_assignments_says_where_to_go(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    """The message is about the working directory, not about a folder that an option names."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    monkeypatch.chdir(folder)
    extra = ("--submission", tmp_path / "mine") if arguments[0] in ("check", "pack") else ()
    told = message(run(*arguments, *extra))
    assert f"no assignments/ folder at or above {folder.resolve()}: change into" in told


@pytest.mark.parametrize("command", ["check", "pack"])
def test_a_missing_submission_says_what_is_wanted(run: Run, in_course: Path, command: str) -> None:
    """The message names the path and the file that should be there."""
    told = message(run(command, "tiny", "--submission", "nowhere"))
    assert told == (
        "autograder: there is no submission at nowhere: name the folder that holds tiny.py\n"
    )


def test_the_course_is_found_from_the_submission(
    run: Run, course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A submission in the course's folder is enough, whatever the working directory is."""
    monkeypatch.chdir(tmp_path)
    submission = course / "student_templates" / "tiny"
    assert run("pack", "tiny", "--submission", submission).status == 0


@pytest.mark.parametrize("option", ["--html", "--json"])
@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("course.toml/report", "cannot be written: course.toml is no folder"),
        ("course.toml/deep/report", f"cannot be written: {Path('course.toml/deep')} is no folder"),
        ("assignments", "cannot be written: it is a folder; name a file"),
    ],
)
def test_a_report_that_cannot_be_written_is_said_before_grading(
    run: Run, in_course: Path, option: str, name: str, reason: str
) -> None:
    """After minutes of grading, the message would come too late."""
    told = message(run("check", "tiny", "--submission", "reference/tiny", option, name))
    assert told.startswith(f"autograder: {Path(name)} {reason}")


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_permission_is_said_before_grading(run: Run, in_course: Path) -> None:
    """A missing permission is found as early as other problems."""
    (in_course / "assignments").chmod(0o500)
    told = message(run("check", "tiny", "--html", "assignments/report.html"))
    assert "you have no permission to do so" in told


@pytest.mark.parametrize(
    "arguments",
    [("check", "tiny", "--hidden"), ("verify", "tiny"), ("release", "tiny"), ("zip", "tiny")],
)
def test_what_needs_the_reference_says_so(
    run: Run, in_course: Path, arguments: tuple[str, ...]
) -> None:
    """A student who tries such a command learns that it is for staff."""
    (in_course / "reference").rename(in_course / "away")
    told = message(run(*arguments))
    assert told == (
        "autograder: reference/tiny is not here: this needs the course's own checkout\n"
    )


@pytest.mark.parametrize(
    "arguments", [("check", "tiny", "--hidden"), ("verify", "tiny"), ("zip", "tiny")]
)
def test_what_needs_the_secret_says_how_to_make_it(
    run: Run, in_course: Path, arguments: tuple[str, ...]
) -> None:
    """Hidden inputs are never drawn without a secret."""
    secret = secret_of(in_course).as_posix()
    replace(in_course / "course.toml", secret, f"{secret}.missing")
    assert "run `autograder new --secret` once" in message(run(*arguments))


@pytest.mark.parametrize("command", ["release", "verify"])
@pytest.mark.parametrize("arguments", [(), ("tiny", "--all")])
def test_one_assignment_or_all(
    run: Run, in_course: Path, command: str, arguments: tuple[str, ...]
) -> None:
    """Naming neither is refused, and so is naming both."""
    assert message(run(command, *arguments)) == "autograder: name one assignment, or say --all\n"


def test_a_broken_toml_names_the_key(run: Run, in_course: Path) -> None:
    """The message also names the nearest known key."""
    replace(in_course / "assignments" / "tiny" / "assignment.toml", "title", "titel")
    told = message(run("list"))
    assert "assignment.toml: unknown key 'titel'; did you mean 'title'?" in told


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (OSError(28, "No space left on device"), "No space left on device"),
        (PermissionError(13, "Permission denied", "build/x"), "build/x: Permission denied"),
    ],
)
def test_a_failing_disk_is_no_traceback(
    run: Run, in_course: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, told: str
) -> None:
    """Any command may meet a full disk. The message names the file where it is known."""

    def fail(options: object) -> int:
        raise error

    monkeypatch.setattr(list_command, "run", fail)
    assert message(run("list")) == f"autograder: {told}\n"


@pytest.mark.skipif(os.name != "posix", reason="pipes of Windows do not tell")
def test_a_reader_that_leaves_is_no_traceback(course: Path) -> None:
    """`autograder list | head -0` closes the pipe in this way."""
    with subprocess.Popen(
        command_line("list"), cwd=course, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout and process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 2


def test_a_folder_that_is_gone_is_a_message(tmp_path: Path) -> None:
    """The working directory may have been removed while the terminal was in it."""
    code = (
        "import os, sys; from autograder.cli.main import main;"
        "os.rmdir(os.getcwd()); sys.exit(main(['list']))"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", code], cwd=tmp_path, capture_output=True, text=True
    )
    assert done.returncode == 2
    assert "the folder that you are in has been removed" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unexpected_exception_is_one_sentence(
    run: Run, course: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """It says where the traceback is, which students send to the staff."""

    def fail(options: object) -> int:
        raise ZeroDivisionError("by nothing\nand more")

    monkeypatch.setattr(list_command, "run", fail)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    said = message(run("list"))
    (saved,) = tmp_path.glob("autograder-*.txt")
    what = "the grader itself failed (ZeroDivisionError: by nothing). Please send the staff"
    assert said == f"autograder: {what} {saved}\n"
    assert "in fail\n    raise ZeroDivisionError" in saved.read_text(encoding="utf-8")


def test_a_library_that_is_missing_says_how_to_install_it(
    run: Run, course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in a `.venv` of another Python, or after an installation that was interrupted."""

    def fail(options: object) -> int:
        raise ModuleNotFoundError("No module named 'numpy'")

    monkeypatch.setattr(list_command, "run", fail)
    assert "No module named 'numpy'): run quickstart.py again" in message(run("list"))


@pytest.mark.parametrize("variable", ["PYTHONPATH", "PYTHONOPTIMIZE", "PYTHONWARNINGS"])
def test_the_command_leaves_the_environment(
    course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    """Other modules first on the path, no asserts, warnings as errors: none of it is its own."""
    (tmp_path / "numpy.py").write_text("raise SystemExit('the wrong one')\n")
    value = {"PYTHONPATH": str(tmp_path), "PYTHONOPTIMIZE": "2", "PYTHONWARNINGS": "error"}
    monkeypatch.setenv(variable, value[variable])
    course.joinpath("assignments/tiny/expectations.py").write_text(
        "import sys\nif sys.flags.optimize or sys.warnoptions: raise SystemExit('not isolated')\n"
    )
    checked = run_apart(course, "check", "tiny", "--submission", "reference/tiny")
    assert checked.status == 0, checked


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
@pytest.mark.parametrize("gone", ["full", "closed", "reader left"])
def test_reports_do_not_depend_on_the_terminal(course: Path, tmp_path: Path, gone: str) -> None:
    """Where nothing can be printed, what was asked for is in its files all the same."""
    out = tmp_path / "report.json"
    arguments = command_line("check", "tiny", "--submission", "reference/tiny", "--json", out)
    target = {"full": ">/dev/full", "closed": ">&-", "reader left": "| true"}[gone]
    shell = f"{shlex.join(arguments)} {target}"
    done = subprocess.run(shell, shell=True, cwd=course, capture_output=True, text=True)
    assert json.loads(out.read_text(encoding="utf-8"))["exit_status"] == 0
    assert "Traceback" not in done.stderr and "Exception ignored" not in done.stderr


def test_the_cause_of_a_grader_error_is_in_the_report_that_is_sent(
    course: Path, tmp_path: Path
) -> None:
    """At home nothing is secret: the terminal, --json, --html and what `pack` takes have it."""
    expectations = course / "assignments/tiny/expectations.py"
    expectations.write_text("raise RuntimeError('a telling cause')\n")
    mine = write(tmp_path, "mine/tiny.py", "def mean_square(x):\n    return 0.0\n").parent
    reports = [tmp_path / "r.json", tmp_path / "r.html"]
    arguments = ("--submission", mine, "--json", reports[0], "--html", reports[1])
    checked = run_apart(course, "check", "tiny", *arguments)
    assert checked.status == 2
    assert "RuntimeError: a telling cause" in checked.out
    for path in (*reports, mine / ".autograder" / "tiny-report.json"):
        assert "a telling cause" in path.read_text(encoding="utf-8"), path
