"""`check` keeps its report, `pack` adds it to the zip, and neither fails because of it."""

import os
import zipfile
from pathlib import Path
from typing import Any

import msgspec
import pytest

from autograder.cli import kept as kept_module
from autograder.cli.kept import keep, kept, kept_path, merged
from autograder.model.check import CheckDeclaration
from autograder.model.outcome import Outcome
from autograder.model.report import Report
from autograder.model.verdict import Verdict
from autograder.submission.intake import HOME_REPORT
from autograder.tests.authoring.course import write
from autograder.tests.cli.commands import Run, run_apart

RIGHT = "def mean_square(x):\n    return float(x @ x) / len(x)\n"
NAMES = ("a", "b", "c")


def report(verdicts: dict[str, Verdict], partial: bool = False, **more: object) -> Report:
    """A report of checks by name."""
    outcomes = tuple(
        Outcome(check=CheckDeclaration(id=n, title=n, part="1", points=1), verdict=verdict)
        for n, verdict in verdicts.items()
    )
    fields: dict[str, Any] = {"files": {"tiny.py": "1"}, "content": {"assignment": "x"}, **more}
    return Report(
        assignment="tiny", title="t", parts=(), outcomes=outcomes, partial=partial, **fields
    )


WHOLE = report(dict.fromkeys(NAMES, Verdict.WRONG))


def verdicts(found: Report) -> dict[str, str]:
    """The verdicts by check."""
    return {outcome.check.id: outcome.verdict.value for outcome in found.outcomes}


def test_a_check_is_kept_and_packed(run: Run, in_course: Path) -> None:
    """The zip holds the report that the student saw last. Gradings by staff keep nothing."""
    mine = in_course / "mine"
    write(mine, "tiny.py", RIGHT)
    assert run_apart(in_course, "check", "tiny", "--submission", "mine", "--hidden").status == 0
    assert not kept_path(mine, "tiny").exists()
    assert run_apart(in_course, "check", "tiny", "--submission", "mine").status == 0
    path = mine / ".autograder" / "tiny-report.json"
    assert path == kept_path(mine, "tiny")
    assert [p.name for p in path.parent.iterdir()] == [path.name]
    packed = run("pack", "tiny", "--submission", "mine")
    assert (packed.status, "run autograder check" in packed.out) == (0, False)
    with zipfile.ZipFile("tiny-submission.zip") as archive:
        assert archive.namelist() == [HOME_REPORT, "tiny.py"]
        assert archive.read(HOME_REPORT) == path.read_bytes()
    told = run_apart(in_course, "check", "tiny", "--submission", "tiny-submission.zip", "--hidden")
    assert "3 visible checks: the same verdicts as on your machine" in told.out


def test_pack_says_when_the_report_is_old_or_missing(run: Run, in_course: Path) -> None:
    """The message names the command to run. The zip is written in any case."""
    mine = in_course / "mine"
    write(mine, "tiny.py", RIGHT)
    told = run("pack", "tiny", "--submission", "mine")
    missing = "no report of a check is in the zip: run autograder check tiny, then pack again"
    assert (told.status, missing in told.out) == (0, True)
    assert keep(WHOLE, mine) == ""
    told = run("pack", "tiny", "--submission", "mine")
    old = "your last check was of another tiny.py: run autograder check tiny, then pack again"
    assert (told.status, old in told.out) == (0, True)
    kept_path(mine, "tiny").write_text("{}")
    told = run("pack", "tiny", "--submission", "mine")
    assert (told.status, missing in told.out) == (0, True)
    with zipfile.ZipFile("tiny-submission.zip") as archive:
        assert archive.namelist() == ["tiny.py"]


def test_it_is_kept_beside_a_file_or_a_zip(tmp_path: Path) -> None:
    """It is kept in the folder that holds the file."""
    path = write(tmp_path, "tiny.py", "")
    assert kept_path(path, "tiny") == kept_path(tmp_path, "tiny")


def test_a_partial_check_is_merged(tmp_path: Path) -> None:
    """Its outcomes replace those of the same checks, and the report stays a whole one."""
    keep(WHOLE, tmp_path)
    keep(report({"b": Verdict.PASSED}, partial=True), tmp_path)
    found = kept(tmp_path, "tiny")
    assert found is not None
    assert verdicts(found[1]) == {"a": "WRONG", "b": "PASSED", "c": "WRONG"}
    assert not found[1].partial


@pytest.mark.parametrize(
    "changes",
    [
        {"files": {"tiny.py": "2"}},
        {"content": {"assignment": "y"}},
        {"machine": {"numpy": "3"}},
        {"seed": "public and secret"},
        {"assignment": "other"},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_a_partial_check_of_something_else_replaces(changes: dict[str, object]) -> None:
    """Verdicts of different files, checks or machines are not mixed."""
    partial = report({"b": Verdict.PASSED}, partial=True)
    partial = msgspec.structs.replace(partial, **changes)
    assert merged(WHOLE, partial) == partial


def test_a_whole_check_replaces(tmp_path: Path) -> None:
    """Checks that a later version of the assignment no longer has are removed too."""
    keep(WHOLE, tmp_path)
    keep(report({"a": Verdict.PASSED}), tmp_path)
    found = kept(tmp_path, "tiny")
    assert found is not None
    assert verdicts(found[1]) == {"a": "PASSED"}


def test_a_broken_report_is_replaced(tmp_path: Path) -> None:
    """A student may have edited the file."""
    path = write(tmp_path, ".autograder/tiny-report.json", "[[[")
    assert kept(tmp_path, "tiny") is None
    assert keep(report({"a": Verdict.PASSED}, partial=True), tmp_path) == ""
    assert kept(tmp_path, "tiny") is not None
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def test_a_report_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    """The check itself went well, so nothing is raised."""
    write(tmp_path, ".autograder", "a file is in the way")
    problem = keep(WHOLE, tmp_path)
    assert problem.startswith(str(kept_path(tmp_path, "tiny")))
    assert "\n" not in problem


def test_the_check_passes_although_nothing_can_be_kept(in_course: Path) -> None:
    """Status and points do not change. The last line says what is missing."""
    write(in_course, "mine/tiny.py", RIGHT)
    write(in_course, "mine/.autograder", "a file is in the way")
    told = run_apart(in_course, "check", "tiny", "--submission", "mine")
    assert told.status == 0
    last = told.out.splitlines()[-1]
    assert last.startswith("note: `autograder pack` will lack this report, not written to ")


def test_a_disk_that_is_full_leaves_the_old_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file is replaced as a whole or not at all."""
    keep(WHOLE, tmp_path)

    def fail(path: Path, data: bytes) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(kept_module, "write_atomically", fail)
    assert os.strerror(28) in keep(report({"a": Verdict.PASSED}), tmp_path)
    found = kept(tmp_path, "tiny")
    assert found is not None
    assert len(found[1].outcomes) == 3
