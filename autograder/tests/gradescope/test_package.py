"""The autograder zip and its self-test: what is in it, what is not, and that nothing varies."""

import json
import stat
import subprocess
import zipfile
from importlib import resources
from pathlib import Path

import msgspec
import pytest

from autograder.gradescope.package import EXECUTABLE, zip_files
from autograder.gradescope.plan import Plan, empty_report, read_plan
from autograder.gradescope.rehearsal.reading import find_problems
from autograder.gradescope.runner.selftest import GradeFolder, selftest
from autograder.model.assignment import Assignment
from autograder.model.course import find_assignment
from autograder.model.errors import AutograderError, GraderError, ReleaseError
from autograder.model.outcome import Outcome
from autograder.model.report import Report
from autograder.model.verdict import Verdict
from autograder.release.archive import write_zip
from autograder.tests.gradescope.samples import ASSIGNMENT, COURSE, DECLARED, make_root, passed

SECRET = b"s" * 32
FILES = {
    "course.toml": COURSE,
    "ci/constraints.txt": "numpy==2.0\r\n",
    "assignments/demo/assignment.toml": ASSIGNMENT,
    "assignments/demo/checks/check_a.py": "visible = 1\r\n",
    "assignments/demo/expectations.py": "shared = 1\n",
    "assignments/demo/checks/__pycache__/check_a.pyc": "compiled",
    "assignments/demo/.DS_Store": "finder",
    "assignments/demo/table.bin": "a\r\nb",
    "reference/demo/demo.py": "solution = 1\n",
    "reference/demo/oracles.py": "oracle = 1\n",
    "reference/demo/report.ipynb": "{}\n",
    "reference/demo/checks/check_b.py": "hidden = 1\n",
    "reference/demo/submissions/wrong/a.py": "wrong = 1\n",
    "student_templates/demo/demo.py": "stub = 1\n",
    "student_templates/demo/handout.md": "# Demo\n",
}


def checkout(root: Path) -> Assignment:
    """A repository with the demo assignment in it."""
    for name, text in FILES.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    return find_assignment(root, "demo")


def test_the_zip_holds_what_grading_needs_and_no_more(tmp_path: Path) -> None:
    """Scripts at the root, checks, reference and template below private; of the must-fail
    programs the wrong ones, by which mistakes are recognised."""
    files = zip_files(checkout(tmp_path), tmp_path, DECLARED, SECRET)
    assert sorted(files) == [
        "constraints.txt",
        "not_started.json",
        "private/assignments/demo/assignment.toml",
        "private/assignments/demo/checks/check_a.py",
        "private/assignments/demo/expectations.py",
        "private/assignments/demo/table.bin",
        "private/course.toml",
        "private/declared.json",
        "private/reference/demo/checks/check_b.py",
        "private/reference/demo/demo.py",
        "private/reference/demo/oracles.py",
        "private/reference/demo/submissions/wrong/a.py",
        "private/secret",
        "private/template/demo.py",
        "requirements.txt",
        "run_autograder",
        "setup.sh",
    ]
    assert files["private/secret"] == SECRET


def test_text_has_unix_line_ends_and_other_files_are_left_alone(tmp_path: Path) -> None:
    """Gradescope repairs only its two scripts."""
    files = zip_files(checkout(tmp_path), tmp_path, DECLARED, SECRET)
    crlf = [name for name, data in files.items() if b"\r" in data]
    assert crlf == ["private/assignments/demo/table.bin"]


def test_the_driver_reads_its_plan_from_the_zip(tmp_path: Path) -> None:
    """What was packed is what the container plans to grade."""
    files = zip_files(checkout(tmp_path / "repo"), tmp_path / "repo", DECLARED, SECRET)
    layout = make_root(tmp_path / "autograder")
    for name, data in files.items():
        path = layout.root / "source" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    plan = read_plan(layout)
    assert plan.declared == DECLARED
    assert plan.layout.secret.read_bytes() == SECRET


def test_results_for_a_grader_that_does_not_start_name_every_check(tmp_path: Path) -> None:
    """The results of a run that never started are valid, with score 0."""
    assignment = checkout(tmp_path)
    data = zip_files(assignment, tmp_path, DECLARED, SECRET)["not_started.json"]
    assert find_problems(data) == []
    assert len(json.loads(data)["tests"]) == 4
    assert json.loads(data)["score"] == 0


def test_shared_files_go_along(tmp_path: Path) -> None:
    """Beside the assignment, as in the repository; text with LF line ends."""
    assignment = msgspec.structs.replace(checkout(tmp_path), shared=("table.csv",))
    (tmp_path / "assignments" / "shared").mkdir()
    (tmp_path / "assignments" / "shared" / "table.csv").write_bytes(b"1,2\r\n")
    files = zip_files(assignment, tmp_path, DECLARED, SECRET)
    assert files["private/assignments/shared/table.csv"] == b"1,2\n"


@pytest.mark.parametrize(
    ("libraries", "extras", "lines"),
    [(("numpy",), (), ""), (("numpy", "torch"), ("pandas>=2",), "torch\npandas>=2\n")],
)
def test_torch_is_required_only_where_the_assignment_uses_it(
    tmp_path: Path, libraries: tuple[str, ...], extras: tuple[str, ...], lines: str
) -> None:
    """numpy comes with the wheel; torch is 700 MB and comes only if it is listed."""
    assignment = msgspec.structs.replace(checkout(tmp_path), libraries=libraries, extras=extras)
    files = zip_files(assignment, tmp_path, DECLARED, SECRET)
    assert files["requirements.txt"].decode() == lines


@pytest.mark.parametrize(
    ("missing", "fix"),
    [
        ("student_templates/demo/demo.py", "autograder release demo"),
        ("ci/constraints.txt", "constraints.txt is missing"),
        ("course.toml", "course.toml is missing"),
    ],
)
def test_what_is_missing_is_named(tmp_path: Path, missing: str, fix: str) -> None:
    """A zip is complete, or it is not built."""
    assignment = checkout(tmp_path)
    (tmp_path / missing).unlink()
    with pytest.raises(AutograderError, match=fix):
        zip_files(assignment, tmp_path, DECLARED, SECRET)


def test_an_assignment_without_reference_cannot_be_packed(tmp_path: Path) -> None:
    """A checkout without the reference cannot grade hidden checks."""
    assignment = msgspec.structs.replace(checkout(tmp_path), private=None)
    with pytest.raises(ReleaseError, match="no reference/demo"):
        zip_files(assignment, tmp_path, DECLARED, SECRET)


def test_same_files_make_the_same_zip(tmp_path: Path) -> None:
    """Order, time and modes depend on the content alone; the scripts can be executed."""
    files = zip_files(checkout(tmp_path), tmp_path, DECLARED, SECRET)
    write_zip(tmp_path / "a.zip", files, EXECUTABLE)
    write_zip(tmp_path / "b.zip", dict(reversed(files.items())), EXECUTABLE)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        modes = {info.filename: info.external_attr >> 16 for info in archive.infolist()}
        assert archive.infolist()[0].date_time == (1980, 1, 1, 0, 0, 0)
    executable = {name for name, mode in modes.items() if mode & stat.S_IXUSR}
    assert executable == {"setup.sh", "run_autograder"}


def script(name: str) -> str:
    """The text of a shipped script."""
    return (resources.files("autograder.gradescope") / "templates" / name).read_text()


@pytest.mark.parametrize("name", EXECUTABLE)
def test_the_scripts_are_bash(name: str) -> None:
    """bash parses them, and the first line finds bash wherever it is."""
    assert script(name).startswith("#!/usr/bin/env bash\n")
    subprocess.run(["bash", "-n"], input=script(name).encode(), check=True)


def test_setup_stops_at_the_first_failure() -> None:
    """Without this, Gradescope takes a failed installation for a good image."""
    assert "set -euo pipefail" in script("setup.sh")


def run_script(root: Path) -> "subprocess.CompletedProcess[str]":
    """Run the shipped run_autograder under this root."""
    path = root / "run_autograder"
    path.write_text(script("run_autograder"))
    return subprocess.run(["bash", str(path)], capture_output=True, text=True, cwd=root)


def test_without_an_interpreter_the_results_are_those_of_the_zip(tmp_path: Path) -> None:
    """Every check is listed, although Python never started."""
    layout = make_root(tmp_path)
    prepared = b'{"score": 0, "output": "every check"}'
    (tmp_path / "source" / "not_started.json").write_bytes(prepared)
    done = run_script(tmp_path)
    assert (done.returncode, layout.results.read_bytes()) == (2, prepared)
    assert "setup.sh did not finish" in done.stdout


def test_with_nothing_at_all_the_results_are_valid(tmp_path: Path) -> None:
    """Also without any file of ours the results say what happened."""
    assert run_script(tmp_path).returncode == 2
    data = (tmp_path / "results" / "results.json").read_bytes()
    assert find_problems(data) == []
    assert b"nothing was decided" in data


def test_the_driver_starts_with_a_clean_environment(tmp_path: Path) -> None:
    """The interpreter replaces bash, in isolated mode, with nothing of the platform in reach."""
    make_root(tmp_path)
    python = tmp_path / "venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text('#!/usr/bin/env bash\necho "$@"; env | cut -d= -f1\n')
    python.chmod(0o755)
    (tmp_path / "source" / "venv_path").write_text(f"{tmp_path}/venv\n")
    done = run_script(tmp_path)
    command, *names = done.stdout.splitlines()
    assert command == f"-I -B -m autograder.gradescope.runner.driver {tmp_path}"
    assert set(names) - {"PWD", "SHLVL", "_"} == {"PATH", "HOME", "LANG", "TIMEOUT_SECONDS"}


def graded(reference: Verdict, template: Verdict, score: float = 0) -> GradeFolder:
    """A grading with these verdicts for every check of reference and template."""

    def grade(plan: Plan, submission: Path) -> Report:
        is_reference = (submission / "demo.py").read_text() == FILES["reference/demo/demo.py"]
        verdict = reference if is_reference else template
        outcomes = tuple(
            passed(c)
            if verdict is Verdict.PASSED
            else Outcome(check=c, verdict=verdict, score=score)
            for c in plan.declared
        )
        return Report(assignment="demo", title="", parts=plan.assignment.parts, outcomes=outcomes)

    return grade


def image(root: Path) -> Plan:
    """A container's root with reference and template in it."""
    layout = make_root(root)
    for name in ("reference/demo/demo.py", "template/demo.py"):
        path = layout.private / name
        path.parent.mkdir(parents=True)
        path.write_text(FILES.get(name, "stub = 1\n"))
    return read_plan(layout)


def test_the_self_test_passes_on_a_good_image(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Full marks for the reference, none for the template; the build log shows both."""
    selftest(image(tmp_path), graded(Verdict.PASSED, Verdict.NOT_IMPLEMENTED))
    said = "reference: 10 of 10 points, and 2 of 2 of extra credit\ntemplate: 0 of 10 points, and 0"
    assert said in capsys.readouterr().out


@pytest.mark.parametrize(
    ("reference", "template", "score", "what"),
    [
        (Verdict.WRONG, Verdict.WRONG, 0, "the reference fails check_mean: WRONG"),
        (Verdict.GRADER_ERROR, Verdict.WRONG, 0, "the reference fails check_mode: GRADER_ERROR"),
        (Verdict.PASSED, Verdict.WRONG, 1, "gets points from check_mean, check_mean_of_many"),
        (Verdict.PASSED, Verdict.GRADER_ERROR, 0, "on the template, check_median breaks"),
    ],
)
def test_the_self_test_fails_an_image_that_cannot_grade(
    tmp_path: Path, reference: Verdict, template: Verdict, score: float, what: str
) -> None:
    """The build must not succeed if students would get wrong marks."""
    with pytest.raises(GraderError, match=what):
        selftest(image(tmp_path), graded(reference, template, score))


def test_a_reference_without_checks_is_no_proof(tmp_path: Path) -> None:
    """An empty report is not taken for full marks."""

    def grade(plan: Plan, submission: Path) -> Report:
        return empty_report(plan.assignment)

    with pytest.raises(GraderError, match="no check ran"):
        selftest(image(tmp_path), grade)


def test_the_self_test_grades_the_data_of_the_lab_too(tmp_path: Path) -> None:
    """The reference is graded with its measurements, which the template does not have."""
    plan = image(tmp_path)
    root = plan.layout.private
    (root / "assignments" / "demo" / "experiments.py").write_text("")
    (root / "reference" / "demo" / "measurements.json").write_text("{}")
    handed_in: list[list[str]] = []

    def grade(plan: Plan, submission: Path) -> Report:
        handed_in.append(sorted(path.name for path in submission.iterdir()))
        return graded(Verdict.PASSED, Verdict.NOT_FOUND)(plan, submission)

    selftest(plan, grade)
    assert handed_in == [["demo.py", "measurements.json"], ["demo.py"]]
