"""The command `regrade-diff`: its status, its files, and measuring again what is near a budget."""

import csv
import json
import re
import shutil
import sys
import textwrap
from pathlib import Path
from types import SimpleNamespace

import msgspec
import pytest

from autograder.classroom.regrades import repeating
from autograder.classroom.regrades.repeating import repeat
from autograder.classroom.regrades.sides import read_side
from autograder.grading.provenance.content import content_hashes
from autograder.model.course import find_assignment
from autograder.model.errors import UsageError
from autograder.model.outcome import Outcome
from autograder.model.verdict import Verdict
from autograder.tests.classroom.made_up import loss, timed
from autograder.tests.classroom.regraded import (
    AFTER,
    compared,
    graded_into,
    new_report,
    old_report,
)
from autograder.tests.classroom.tiny_class import RIGHT, TinyClass
from autograder.tests.cli.commands import Ended, run_apart, run_here
from autograder.tests.gradescope.samples import results_of
from autograder.tests.grading.tiny import SECRET, Tiny

Capture = pytest.CaptureFixture[str]
PASSED, WRONG = loss(Verdict.PASSED), loss(Verdict.WRONG)
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="a class is graded on Linux")


def sides(folder: Path, before: Outcome, now: Outcome) -> tuple[Path, Path]:
    """Two folders of `grade` with one submission and one check."""
    old = graded_into(folder / "old", {"1": old_report(before)})
    return old, graded_into(folder / "new", {"1": new_report(now)})


def of_square(outcome: Outcome) -> Outcome:
    """The same outcome, of the visible check of the tiny class."""
    check = msgspec.structs.replace(outcome.check, id="check_square", part="1.1")
    return msgspec.structs.replace(outcome, check=check)


@pytest.fixture
def noisy(tiny: Tiny) -> tuple[TinyClass, Path, Path]:
    """A class whose one submission was near a time budget, with its copy in the newer folder."""
    class_ = TinyClass(tiny)
    content = content_hashes(class_.root, find_assignment(class_.root, "tiny"), SECRET)

    def graded(name: str, outcome: Outcome, content: dict[str, str]) -> Path:
        report = new_report(of_square(outcome), assignment="tiny", content=content)
        return graded_into(class_.root.parent / name, {"kim": report, "lee": report})

    old = graded("old", timed(2.9), {**content, "grader": "before"})
    new = graded("new", timed(3.1), content)
    (new / "lock").touch()
    (new / "copies" / "kim").mkdir(parents=True)
    (new / "copies" / "kim" / "work.py").write_text(RIGHT)
    return class_, old, new


def test_a_change_is_status_1(tmp_path: Path, capsys: Capture) -> None:
    """The terminal, a CSV and a page show it; both files are for their owner alone."""
    old, new = sides(tmp_path, WRONG, PASSED)
    files = tmp_path / "changes.csv", tmp_path / "changes.html"
    ended = run_here(capsys, "regrade-diff", old, new, "--csv", files[0], "--html", files[1])
    assert (ended.status, ended.err) == (1, "")
    assert "changed by the grader: 1 check of 1 submission, +6 and 0 points" in ended.out
    assert [f"wrote {path}" for path in files] == ended.out.splitlines()[-2:]
    assert len(list(csv.DictReader(files[0].read_text().splitlines()))) == 2
    assert "By student" in files[1].read_text()
    if sys.platform != "win32":
        assert [path.stat().st_mode & 0o777 for path in files] == [0o600, 0o600]


def test_no_change_is_status_0(tmp_path: Path, capsys: Capture) -> None:
    """Also where another grader came to the same results."""
    ended = run_here(capsys, "regrade-diff", *sides(tmp_path, PASSED, PASSED))
    assert ended.status == 0
    assert "1 submission graded twice, 0 with another result" in ended.out


def test_another_secret_is_status_2(tmp_path: Path, capsys: Capture) -> None:
    """Both hashes are named, and nothing is written."""
    old = graded_into(tmp_path / "old", {"1": old_report(PASSED)})
    other = new_report(WRONG, content={**AFTER, "course secret": "0badc0de"})
    new = graded_into(tmp_path / "new", {"1": other})
    ended = run_here(capsys, "regrade-diff", old, new, "--csv", tmp_path / "changes.csv")
    assert ended.status == 2
    assert re.search(r"5ec4e700.*0badc0de", ended.err)
    assert not (tmp_path / "changes.csv").exists()


@pytest.mark.parametrize("name", ["missing", "empty", "text.zip"])
def test_what_cannot_be_compared_is_status_2(tmp_path: Path, capsys: Capture, name: str) -> None:
    """A place that does not exist, an empty folder, a file that is no zip."""
    old, _ = sides(tmp_path, PASSED, PASSED)
    (tmp_path / "empty").mkdir()
    (tmp_path / "text.zip").write_text("no zip")
    ended = run_here(capsys, "regrade-diff", old, tmp_path / name)
    assert ended.status == 2
    assert name in ended.err


def yaml_of(number: int, results: str) -> str:
    """What an export says of a submission; JSON is YAML too."""
    return textwrap.dedent(f"""\
        submission_{number}:
          :submitters:
          - :name: Ada Lovelace
            :sid: '007'
            :email: ada@example.edu
          :created_at: 2026-09-26 04:59:01.938335000 Z
          :results:
            {results}
        """)


@pytest.mark.parametrize("zipped", [False, True])
def test_an_export_holds_the_grading_before(tmp_path: Path, capsys: Capture, zipped: bool) -> None:
    """With the results in it, and the names; one without results is said to have none."""
    export = tmp_path / "export" / "assignment_1_export"
    export.mkdir(parents=True)
    results = json.dumps(results_of(old_report(WRONG, timed(1.0))))
    about = "---\n" + yaml_of(11, results) + yaml_of(12, results) + yaml_of(13, "")
    (export / "submission_metadata.yml").write_text(about)
    place = export.parent
    if zipped:
        place = Path(shutil.make_archive(str(tmp_path / "export"), "zip", export.parent))
    reports = {id_: new_report(PASSED, timed(1.0)) for id_ in ("11", "12", "13")}
    ended = run_here(capsys, "regrade-diff", place, graded_into(tmp_path / "new", reports))
    said = " ".join(ended.out.split())
    assert ended.status == 1
    assert "2 submissions graded twice, 2 with another result" in said
    assert "11 Ada Lovelace 4 10 +6 1 by the grader" in said
    # a line of the terminal may end within the path
    assert re.search(r"without a grading in .+: 13: it has no results", said)


@on_linux
def test_noise_is_measured_again(noisy: tuple[TinyClass, Path, Path]) -> None:
    """With the copy of the submission, by the grader that is here; without a copy it is said."""
    class_, old, new = noisy
    page = class_.root / "changes.html"
    options = ("--repeat", 2, "--i-trust-these", "--html", page)
    ended: Ended = run_apart(class_.root, "regrade-diff", old, new, *options)
    said = " ".join(ended.out.split())
    assert (ended.status, ended.err) == (1, "")
    assert "not repeated, because no copy of the submission is at hand: 1" in said
    assert "repeated 2 of 2 gradings" in said
    kim, _, lee = said.partition("Not put down to the grader")[2].partition("lee ")
    assert "repeated 2 times: over in 0" in kim and "repeated" not in lee
    assert "changed by the grader" not in said
    assert "repeated 2 times: over in 0" in page.read_text()
    left = {path.name for path in new.iterdir()}
    assert left == {"copies", "lock", "staff"}


@on_linux
def test_another_grader_does_not_repeat(noisy: tuple[TinyClass, Path, Path]) -> None:
    """A measurement by another grader would say nothing about the newer grading."""
    class_, old, new = noisy
    oracles = class_.root / "reference" / "tiny" / "oracles.py"
    oracles.write_text(oracles.read_text() + "\nX = 1\n")
    assignment = find_assignment(class_.root, "tiny")
    comparison = compared(old, new)
    with pytest.raises(UsageError, match=r"what graded kim is not what is here \(reference\)"):
        repeat(comparison, read_side(new), assignment, class_.root, 1, True, print)


@on_linux
def test_strangers_code_is_not_run_without_isolation(
    noisy: tuple[TinyClass, Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As `grade` refuses it, unless the submissions are trusted."""
    class_, old, new = noisy
    monkeypatch.setattr(repeating, "Isolation", lambda _: SimpleNamespace(layers={"seccomp": "no"}))
    assignment = find_assignment(class_.root, "tiny")
    with pytest.raises(UsageError, match="submissions of a class are not run here: no seccomp"):
        repeat(compared(old, new), read_side(new), assignment, class_.root, 1, False, print)


def test_without_copies_nothing_is_repeated(tmp_path: Path) -> None:
    """The comparison stays as it is."""
    old, new = sides(tmp_path, timed(2.9), timed(3.1))
    comparison, said = compared(old, new), list[str]()
    assignment = find_assignment(Path(__file__).parents[3], "sgd")
    again = repeat(comparison, read_side(new), assignment, tmp_path, 3, False, said.append)
    assert again == comparison
    assert said == ["not repeated, because no copy of the submission is at hand: 1"]
