"""`autograder check`, each time in a process of its own, as a student runs it."""

import tempfile
import zipfile
from pathlib import Path

import pytest

from autograder.render.json_report import loads
from autograder.tests.authoring.course import CHECKS, copy_of, replace, scaffolded, write
from autograder.tests.cli.commands import run_apart

FIRST = "check_mean_square_of_three_numbers"
LOOP = "check_mean_square_agrees_with_a_loop"
STEPS = "check_mean_square_is_vectorised"


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course that no test changes."""
    return scaffolded(tmp_path_factory)


def test_right_work_gives_0_and_the_reports_asked_for(shared: Path, tmp_path: Path) -> None:
    """It writes readable JSON and a self-contained page, and creates their folders."""
    page, data = tmp_path / "new" / "page.html", tmp_path / "report.json"
    submission = shared / "reference" / "tiny" / "tiny.py"
    ended = run_apart(
        tmp_path, "check", "tiny", "--submission", submission, "--html", page, "--json", data
    )
    assert (ended.status, ended.err) == (0, "")
    assert "Total: 8 of 8 points." in ended.out
    assert f"wrote {page}\nwrote {data}\n" in ended.out
    report = loads(data.read_text(encoding="utf-8"))
    assert [outcome.check.id for outcome in report.outcomes] == [FIRST, LOOP, STEPS]
    assert report.exit_status == 0
    html = page.read_text(encoding="utf-8")
    assert html.lower().startswith("<!doctype html>")
    assert "The mean square of 1, 2, 3 is 4.66667" in html
    assert "An example done by hand shows what is meant" in html  # as `explain` says


def test_the_template_gives_1(shared: Path) -> None:
    """A stub is a failed check, and the summary says which part to begin with."""
    folder = shared / "student_templates" / "tiny"
    ended = run_apart(folder, "check", "tiny")
    assert (ended.status, ended.err) == (1, "")
    assert "mean_square() is not implemented yet (part 1.1" in ended.out
    assert "autograder check tiny --part 1.1" in ended.out


def test_a_wrong_name_gives_1_and_says_which_was_found(shared: Path, tmp_path: Path) -> None:
    """Every check is reported with 0 points, and the message says how to name the file."""
    write(tmp_path, "mine/tiny_final.py", "")
    ended = run_apart(shared, "check", "tiny", "--submission", tmp_path / "mine")
    assert (ended.status, ended.err) == (1, "")
    assert "tiny.py is not in the submission" in ended.out
    assert "found: tiny_final.py" in ended.out
    assert "Total: 0 of 8 points." in ended.out


def test_a_zip_is_graded_as_its_folder(shared: Path, tmp_path: Path) -> None:
    """A zip made by `pack` is a submission. A harmful zip is a usage error that says what to do."""
    reference = shared / "reference" / "tiny"
    packed = run_apart(
        shared, "pack", "tiny", "--submission", reference, "--out", tmp_path / "work.zip"
    )
    assert packed.status == 0
    ended = run_apart(shared, "check", "tiny", "--submission", tmp_path / "work.zip")
    assert (ended.status, ended.err) == (0, "")
    assert "Total: 8 of 8 points." in ended.out
    with zipfile.ZipFile(tmp_path / "work.zip", "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../bomb.txt", bytes(5_000_000))
    ended = run_apart(shared, "check", "tiny", "--submission", tmp_path / "work.zip")
    assert (ended.status, ended.out) == (2, "")
    assert "work.zip holds '../bomb.txt', which leads out of its folder: pack the" in ended.err


def test_staff_see_hidden_checks_and_a_broken_one_gives_2(course: Path) -> None:
    """A grader error outweighs a failure, because it decides no points."""
    broken = (
        '\n\n@check(part="1.1", points=1)\ndef check_broken():\n    """It breaks."""\n    1 / 0\n'
    )
    write(course, "reference/tiny/checks/check_2.py", CHECKS + broken)
    reference = course / "reference" / "tiny"
    ended = run_apart(course, "check", "tiny", "--submission", reference, "--hidden")
    assert ended.status == 2
    assert "tiny: 5 checks" in ended.out
    assert "4 passed, 1 grader error" in ended.out
    assert "ZeroDivisionError" in ended.out
    visible = ("check", "tiny", "--submission", reference, "--check", FIRST)
    assert run_apart(course, *visible).status == 0


def test_one_check_comes_with_what_it_needs(shared: Path) -> None:
    """Only that check and its needs run. Two checks can be named."""
    reference = shared / "reference" / "tiny"
    ended = run_apart(shared, "check", "tiny", "--submission", reference, "--check", STEPS)
    assert ended.status == 0
    assert "tiny: 2 checks" in ended.out
    assert "Total: 5 of 5 points." in ended.out


def test_one_part_and_an_unknown_part(course: Path) -> None:
    """`--part` runs the checks of that part only. An unknown part is a usage error."""
    toml = course / "assignments" / "tiny" / "assignment.toml"
    more = '[[parts]]\nid = "2"\ntitle = "More"\npoints = 3\nhours = 1\n\n[budgets'
    replace(toml, "[budgets", more)
    checks = course / "assignments" / "tiny" / "checks" / "check_1_mean_square.py"
    text = checks.read_text()
    checks.write_text(text.replace('part="1.1", points=3, hint', 'part="2", points=3, hint'))
    reference = course / "reference" / "tiny"
    ended = run_apart(course, "check", "tiny", "--submission", reference, "--part", "2")
    assert ended.status == 0
    assert "tiny: 1 check\n" in ended.out
    ended = run_apart(course, "check", "tiny", "--submission", reference, "--part", "1.2")
    assert ended.status == 2
    assert ended.err == "autograder: there is no part '1.2'; did you mean '1.1'?\n"


def test_a_stream_without_unicode_is_enough(shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On such a stream, as pipes are on Windows, the bar of a budget must not end the command."""
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    reference = shared / "reference" / "tiny"
    ended = run_apart(shared, "check", "tiny", "--submission", reference, "--check", STEPS)
    assert ended.status == 0
    assert "of 100 interpreter steps" in ended.out


def test_a_file_where_one_stands_does_not_win_over_the_submissions(shared: Path) -> None:
    """`python -m` and PYTHONPATH=. would import it where the worker's user sees the folder."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        course = copy_of(shared, Path(folder) / "course")
        toml = course / "assignments" / "tiny" / "assignment.toml"
        replace(toml, 'submit = ["tiny.py"]', 'submit = ["tiny.py", "rule.py"]')
        right = (course / "reference" / "tiny" / "tiny.py").read_text(encoding="utf-8")
        write(course, "mine/tiny.py", "from rule import mean_square\n")
        write(course, "mine/rule.py", right)
        write(course, "here/rule.py", "raise SystemExit\n")
        ended = run_apart(course / "here", "check", "tiny", "--submission", course / "mine")
    assert (ended.status, ended.err) == (0, ""), ended.out
