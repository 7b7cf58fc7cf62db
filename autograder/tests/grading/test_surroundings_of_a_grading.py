"""What lies around a grading does not reach it: folders, their names and files, the environment."""

import os
import sys
from pathlib import Path

import pytest

from autograder.grading.running.subprocess_grading import grade_in_subprocess
from autograder.model.report import Report
from autograder.tests.grading.test_report import ECHO, GOOD, verdicts
from autograder.tests.grading.tiny import Tiny

_UNIX = pytest.mark.skipif(sys.platform == "win32", reason="not a name on Windows")


def graded(tiny: Tiny, environment: dict[str, str] | None = None) -> Report:
    """The report of right work, with these variables in the environment."""
    tiny.checks(GOOD)
    tiny.hand_in(ECHO)
    return grade_in_subprocess(tiny.request(), 900, environment)


@pytest.mark.parametrize(
    "name",
    [
        *("CS 4787 [Fall]", "x[", "$HOME", "%TEMP%", "a;b#c", "-p no:x", "io/re", "numpy/json"),
        *("/".join("deep" for _ in range(24)), "check_tiny.py", "été 🎓", "conftest"),
        *(pytest.param(name, marks=_UNIX) for name in ("hw::sgd", "two\nlines", "a'b\"c", "*?")),
    ],
)
def test_any_folder_will_do(tmp_path: Path, name: str) -> None:
    """Neither the name nor the depth of the folders matters, nor of those for temporary files."""
    root = tmp_path / name
    for packaged in (tmp_path, *list(root.parents)[: len(Path(name).parts)]):
        packaged.mkdir(parents=True, exist_ok=True)
        (packaged / "__init__.py").write_text("raise SystemExit('imported')\n")
    scratch = root / "tmp"
    scratch.mkdir(parents=True)
    tiny = Tiny(root / "course")
    assert verdicts(graded(tiny, {"TMPDIR": str(scratch)})) == {"good": "PASSED"}


@pytest.mark.parametrize(
    "place", ["", "assignments", "assignments/tiny", "assignments/tiny/checks"]
)
@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("__init__.py", "from tiny import *"),
        ("conftest.py", "raise SystemExit('imported')"),
        ("pytest.ini", "[pytest]\naddopts = --no-such-option\n"),
        ("pyproject.toml", "[tool.pytest.ini_options]\naddopts = '--no-such-option'\n"),
        ("tox.ini", "[pytest]\nrequired_plugins = none-such\n"),
        (".coveragerc", "[run]\nplugins = none_such\n"),
    ],
)
def test_no_file_around_the_checks_is_read(tiny: Tiny, place: str, name: str, text: str) -> None:
    """Files that pytest or an import would read, in any folder above the checks."""
    (tiny.root / place / name).write_text(text)
    assert verdicts(graded(tiny)) == {"good": "PASSED"}


@pytest.mark.parametrize(
    "variable",
    [
        *("PYTEST_PLUGINS=none_such", "PYTEST_ADDOPTS=--no-such-option", "PYTEST_DEBUG=1"),
        *("PYTEST_TIMEOUT=0.001", "PYTEST_THEME=none", "PYTEST_DISABLE_PLUGIN_AUTOLOAD="),
        *("PYTHONWARNINGS=error", "PYTHONOPTIMIZE=2", "PYTHONPATH=hides", "PYTHONSTARTUP=x.py"),
        *("PYTHONTRACEMALLOC=5", "PYTHONSAFEPATH=1", "PYTHONIOENCODING=ascii", "COV_CORE_SOURCE=x"),
    ],
)
def test_no_variable_of_the_user_reaches_a_grading(
    tiny: Tiny, capfd: pytest.CaptureFixture[str], variable: str
) -> None:
    """What steers pytest or Python in other projects changes no verdict and prints nothing."""
    name, _, value = variable.partition("=")
    hides = tiny.root / "hides"
    hides.mkdir()
    (hides / "numpy.py").write_text("raise SystemExit('imported')\n")
    value = str(hides) if value == "hides" else value
    assert verdicts(graded(tiny, {name: value})) == {"good": "PASSED"}
    assert capfd.readouterr() == ("", "")
    assert name not in os.environ
