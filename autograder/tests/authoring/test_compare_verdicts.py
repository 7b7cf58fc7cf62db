"""ci/compare_verdicts.py: two commits of a course, graded by each commit's own grader."""

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from autograder.tests.authoring.course import REPOSITORY, replace, with_sources

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or shutil.which("git") is None, reason="needs Linux and git"
)
Captured = pytest.CaptureFixture[str]
Patch = pytest.MonkeyPatch
CHECKS = "assignments/tiny/checks/check_1_mean_square.py"


def script(name: str, course: Path, monkeypatch: Patch) -> ModuleType:
    """A file of ci/ as a module that works on this course."""
    spec = importlib.util.spec_from_file_location(
        f"{name}_under_test", REPOSITORY / "ci" / f"{name}.py"
    )
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "ROOT", course)
    return module


def commit(course: Path) -> None:
    """Commit all files of a course, which becomes a repository."""
    author = ("-c", "user.name=a", "-c", "user.email=a@example.com")
    for command in (("init", "-q"), ("add", "-A"), (*author, "commit", "-q", "-m", "m")):
        subprocess.run(["git", *command], cwd=course, check=True)


@pytest.mark.parametrize(
    ("old", "new", "said", "status"),
    [
        ("points=3", "points=3.5", ["score: 3.0, after 3.5", "1 of 1 submissions"], 1),
        ("float(x @ x)", "float( x @ x)", ["0 of 1 submissions get different results, 0 texts"], 0),
        ('what="the mean square"', 'what="the mean"', ["1 times: ", "0 of 1 submissions"], 1),
    ],
)
def test_differences_of_results_and_of_texts_are_printed(
    course: Path,
    monkeypatch: Patch,
    capsys: Captured,
    old: str,
    new: str,
    said: list[str],
    status: int,
) -> None:
    """Other points and another message are printed, and the exit status is 1; else it is 0."""
    with_sources(course)
    commit(course)
    for name in (CHECKS, "reference/tiny/tiny.py"):
        if old in (course / name).read_text():
            replace(course / name, old, new)
    commit(course)
    module = script("compare_verdicts", course, monkeypatch)
    assert module.main(["HEAD~1", "--only", "tiny/wrong", "--jobs", "1"]) == status
    shown = capsys.readouterr().out
    assert "1 submissions, 0 of them by all checks\n" in shown
    assert all(text in shown for text in said)
