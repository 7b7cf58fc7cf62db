"""The release of a real assignment: a student's folder grades as the repository does."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from autograder.grading.context.request import GradingRequest
from autograder.grading.mistakes.known_mistakes import MISTAKES_FILE
from autograder.grading.running.subprocess_grading import grade_in_subprocess
from autograder.model.course import find_assignment
from autograder.model.verdict import Verdict
from autograder.release import record, release_assignment
from autograder.tests.release.small import COPIED, REPOSITORY


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the repository's own files, in which everything is generated anew, but for the
    traces of mistakes, which take minutes and are made of what stands here."""
    root = tmp_path_factory.mktemp("course").resolve()
    ignored = shutil.ignore_patterns("__pycache__", "tests")
    for name in ("assignments/sgd", "assignments/shared", "reference/sgd", "autograder"):
        shutil.copytree(REPOSITORY / name, root / name, ignore=ignored)
    (root / "ci").mkdir()
    (root / "student_templates" / "sgd").mkdir(parents=True)
    for name in (*COPIED, f"student_templates/sgd/{MISTAKES_FILE}"):
        shutil.copyfile(REPOSITORY / name, root / name)
    return root


@pytest.fixture(scope="module")
def unpacked(course: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The student zip of SGD, unpacked elsewhere."""
    with pytest.MonkeyPatch.context() as patch:  # `verify` proves it, for every assignment
        patch.setattr(record, "_PERTURBATIONS", ())
        result = release_assignment(find_assignment(course, "sgd"), course, course / "build")
    folder = tmp_path_factory.mktemp("student").resolve()
    zipfile.ZipFile(result.zip).extractall(folder)
    return folder / "sgd"


def test_the_reference_gets_full_marks_in_the_student_folder(course: Path, unpacked: Path) -> None:
    """Every visible check passes with recorded answers in place of the oracles."""
    request = GradingRequest(root=unpacked, assignment="sgd", submission=course / "reference/sgd")
    report = grade_in_subprocess(request, timeout_s=900)
    failed = {o.check.id: o.staff for o in report.outcomes if o.verdict is not Verdict.PASSED}
    assert failed == {}
    assert len(report.outcomes) > 30 and report.score >= report.points


def test_the_template_is_not_implemented(unpacked: Path) -> None:
    """A student who starts reads that, SKIPPED, and that the lab's data are NOT_FOUND."""
    request = GradingRequest(root=unpacked, assignment="sgd", submission=unpacked)
    report = grade_in_subprocess(request, timeout_s=900)
    expected = {Verdict.NOT_IMPLEMENTED, Verdict.SKIPPED, Verdict.NOT_FOUND}
    assert {o.verdict for o in report.outcomes} == expected
    assert report.score == 0 and report.exit_status == 1


def test_the_wheel_of_the_zip_can_grade(course: Path, unpacked: Path, tmp_path: Path) -> None:
    """The framework as students get it has everything that grading needs."""
    wheel = next(unpacked.glob("wheels/autograder-*.whl"))
    zipfile.ZipFile(wheel).extractall(tmp_path / "installed")
    environment = os.environ | {"PYTHONPATH": str(tmp_path / "installed")}
    check = "check sgd --part 1.1 --html report.html --submission".split()
    command = [sys.executable, "-m", "autograder", *check, str(course / "reference/sgd")]
    done = subprocess.run(command, cwd=unpacked, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    where = [sys.executable, "-c", "import autograder; print(autograder.__file__)"]
    found = subprocess.run(where, cwd=unpacked, env=environment, capture_output=True, text=True)
    assert found.stdout.startswith(str(tmp_path / "installed"))
