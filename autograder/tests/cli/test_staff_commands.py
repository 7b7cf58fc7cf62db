"""release, verify, zip and simulate: their options are passed on, and their results printed."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from autograder.authoring.proofs.kinds.programs import ProgramLine
from autograder.authoring.proofs.record import write_record
from autograder.authoring.proofs.score import COLUMNS
from autograder.cli.commands import release as release_command
from autograder.cli.commands import simulate as simulate_command
from autograder.cli.commands import verify as verify_command
from autograder.cli.commands import zip as zip_command
from autograder.grading.declaring.proving_programs import programs_of
from autograder.machine.facts import usable_cpus
from autograder.model.assignment import Assignment
from autograder.tests.authoring.course import SECRET, replace, tiny_of
from autograder.tests.cli.commands import Run

Patch = pytest.MonkeyPatch


@pytest.fixture
def asked(monkeypatch: Patch) -> list[Any]:
    """The calls of `verify`, which has a finding for every assignment called `bad`."""
    calls: list[Any] = []

    def verify(
        assignment: Assignment,
        root: Path,
        *,
        quick: bool,
        jobs: int,
        say: object,
        published: bool,
        release: bool,
    ) -> Any:
        calls.append((assignment.id, root, quick, jobs))
        assert say is print and published >= release
        return ["wrong"] if assignment.id == "bad" else []

    monkeypatch.setattr(verify_command, "verify", verify)
    return calls


def test_verify_passes_its_options_on(run: Run, in_course: Path, asked: list[Any]) -> None:
    """Without options it is a whole run on every CPU. Without findings the status is 0."""
    assert run("verify", "tiny").status == 0
    assert run("verify", "tiny", "--quick", "--jobs", "3").status == 0
    root = in_course.resolve()
    assert asked == [("tiny", root, False, usable_cpus()), ("tiny", root, True, 3)]


def test_verify_all_goes_on_after_a_finding(run: Run, in_course: Path, asked: list[Any]) -> None:
    """Every assignment is tried, and one finding makes the status 1."""
    for top in ("assignments", "reference"):
        (in_course / top / "tiny").rename(in_course / top / "bad")
        for name in ("first", "last"):
            (in_course / top / name).mkdir()
    text = (in_course / "assignments" / "bad" / "assignment.toml").read_text()
    for order, name in ((1, "first"), (100, "last")):
        toml = in_course / "assignments" / name / "assignment.toml"
        toml.write_text(text.replace("order = 99", f"order = {order}"))
    assert run("verify", "--all").status == 1
    assert [call[0] for call in asked] == ["first", "bad", "last"]


def test_verify_compares_the_score_with_the_readme(
    run: Run, in_course: Path, asked: list[Any]
) -> None:
    """Once a score is recorded, missing records and fewer programs are findings."""
    readme, private = in_course / "README.md", in_course / "reference" / "tiny"
    readme.write_text("<!-- generated: score -->\n<!-- end -->\n")
    said = run("verify", "tiny").out
    assert said.count("not measured") == len(COLUMNS)
    tiny = tiny_of(in_course)
    names = [program.name for program in programs_of(tiny).usable]
    write_record(tiny, "programs", {name: ProgramLine(unit=name, code="c") for name in names})
    recorded = run("verify", "--all", "--quick", "--record")
    assert (recorded.status, recorded.out.splitlines()[-1]) == (0, "written: README.md")
    assert "| wrong rejected | 2 of 2 |\n| right accepted | 1 of 1 |" in readme.read_text()
    assert run("verify", "--all").status == 0
    before = readme.read_text()
    (private / "submissions" / "wrong" / "divided_by_three.py").unlink()
    worse = run("verify", "--all", "--record")
    assert worse.status == 1
    assert "NOT  tiny, wrong rejected: 1 of 1, before 2 of 2" in worse.out
    assert worse.out.splitlines()[-1] == "README.md stays as it is: there are findings"
    assert readme.read_text() == before
    readme.write_text(before.replace("`tiny`", "`gone`"))
    assert "NOT  gone: README.md has its score, but there" in run("verify", "--all").out


def test_one_assignment_is_not_recorded(run: Run, in_course: Path, asked: list[Any]) -> None:
    """A table of part of the assignments would be wrong."""
    refused = run("verify", "tiny", "--record")
    assert refused.status == 2
    assert "--record writes the scores of all assignments: say --all" in refused.err
    assert asked == []


def test_release_tells_what_it_wrote(run: Run, in_course: Path, monkeypatch: Patch) -> None:
    """`--out` is the folder for the zip. Without it, the folder is build/."""
    folders: list[Path] = []

    class Result:
        def lines(self) -> list[str]:
            return ["one line", "another"]

    def release(
        assignment: Assignment, root: Path, out: Path, say: Callable[[str], None]
    ) -> Result:
        say("a step")
        folders.append(out)
        return Result()

    monkeypatch.setattr(release_command, "release_assignment", release)
    assert run("release", "tiny") == (0, "tiny: a step\none line\nanother\n", "")
    assert run("release", "--all", "--out", "elsewhere").status == 0
    assert folders == [in_course.resolve() / "build", Path("elsewhere")]


def test_release_check_says_why_it_would_be_refused(
    run: Run, in_course: Path, monkeypatch: Patch
) -> None:
    """Every reason with status 1, and nothing is written; status 0 where there is none."""
    problems = ["the student zip would give this away"]
    monkeypatch.setattr(release_command, "release_problems", lambda *_: problems)
    before = sorted(in_course.rglob("*"))
    refused = run("release", "tiny", "--check")
    told = "NOT  the student zip would give this away\ntiny: would be refused\n"
    assert refused == (1, told, "")
    problems.clear()
    assert run("release", "--all", "--check") == (0, "tiny: can be released\n", "")
    assert sorted(in_course.rglob("*")) == before


def test_zip_passes_the_secret_and_says_what_to_choose(
    run: Run, in_course: Path, monkeypatch: Patch
) -> None:
    """The settings and the total come from assignment.toml. The next step is to try the zip."""
    calls: list[Any] = []

    def build(assignment: Assignment, root: Path, out: Path, secret: bytes) -> Path:
        calls.append((assignment.id, root, out, secret))
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_bytes(b"x" * 5000)
        return out

    monkeypatch.setattr(zip_command, "build_zip", build)
    root = in_course.resolve()
    default = root / "build" / "tiny-gradescope.zip"
    told = run("zip", "tiny")
    assert told.status == 0
    assert told.out.splitlines() == [
        "tiny: the Gradescope zip: the wheel, the checks and the secret",
        f"wrote {default} (5 kB)",
        "in Gradescope choose: Ubuntu 22.04, 1 CPU, 1.5 GB, time limit 20 minutes",
        "set the total to 10 points",
        f"try it here first: autograder simulate {default} SUBMISSION",
    ]
    more = '[[parts]]\nid = "2"\ntitle = "M"\npoints = 5\nhours = 1\noptional = true\n\n[budgets'
    replace(in_course / "assignments" / "tiny" / "assignment.toml", "[budgets", more)
    extra = run("zip", "tiny", "--out", "my.zip")
    assert "set the total to 10 points, and up to 5 of extra credit above it\n" in extra.out
    assert calls == [("tiny", root, default, SECRET), ("tiny", root, Path("my.zip"), SECRET)]


def test_simulate_passes_its_options_on(run: Run, monkeypatch: Patch) -> None:
    """Its status is that of the printed run."""
    calls: list[Any] = []

    def simulated_run(*arguments: Any, **options: Any) -> str:
        options.pop("say")("a step")
        calls.append((arguments, options))
        return "the run"

    monkeypatch.setattr(simulate_command, "simulate", simulated_run)
    monkeypatch.setattr(simulate_command, "show_run", lambda run: 7 if run == "the run" else 0)
    told = f"simulate: a.zip, rehearsed in {Path('build/simulated')}\nsimulate: a step\n"
    assert run("simulate", "a.zip", "mine") == (7, told, "")
    run("simulate", "a.zip", "mine", "--out", "there", "--time-limit", "90", "--fresh")
    files = (Path("a.zip"), Path("mine"))
    assert calls == [
        ((*files, Path("build/simulated")), {"time_limit_s": 1200.0, "reuse": True}),
        ((*files, Path("there")), {"time_limit_s": 90.0, "reuse": False}),
    ]
