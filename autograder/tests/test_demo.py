"""ci/demo.py: which commands the demonstration runs, with a fake in place of the command line."""

import importlib.util
import os
from pathlib import Path
from types import ModuleType

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "ci" / "demo.py"
EXPECTED = {"check sgd --submission build/demo --html build/feedback.html": 1}


@pytest.fixture
def demo() -> ModuleType:
    """The file, imported as a module of its own."""
    spec = importlib.util.spec_from_file_location("demo_under_test", SOURCE)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course with a reference, one must-fail program and a secret."""
    (tmp_path / "secret").write_bytes(os.urandom(32))
    toml = f'name = "n"\nterm = "t"\nsecret_file = "{(tmp_path / "secret").as_posix()}"\n'
    (tmp_path / "course.toml").write_text(toml)
    wrong = tmp_path / "reference" / "sgd" / "submissions" / "wrong"
    wrong.mkdir(parents=True)
    (wrong / "sign_error.py").write_text("def f(x):\n    return -x\n")
    (tmp_path / "reference" / "sgd" / "sgd.py").write_text("def f(x):\n    return x\n")
    return tmp_path


def test_it_grades_builds_and_simulates(demo: ModuleType, course: Path) -> None:
    """The commands a maintainer would type, in order; a failing check is expected of one only."""
    commands: list[str] = []

    def run(arguments: str) -> int:
        commands.append(arguments)
        return EXPECTED.get(arguments, 0)

    demo.demonstrate(course, run)
    assert [command.split()[0] for command in commands] == ["check", "check", "zip", "simulate"]


def test_the_wrong_submission_redefines_what_it_changes(demo: ModuleType, course: Path) -> None:
    """The must-fail program stands after the reference, so that its definitions win."""
    assert demo.write_wrong_submission(course, course / "build" / "demo") == "sign error"
    names: dict[str, object] = {}
    exec((course / "build" / "demo" / "sgd.py").read_text(), names)
    assert names["f"](3) == -3  # type: ignore[operator]  # a function, read from a file


def test_a_missing_secret_is_made_first(demo: ModuleType, course: Path) -> None:
    """Without it the hidden checks cannot run."""
    (course / "secret").unlink()
    commands: list[str] = []

    def run(arguments: str) -> int:
        commands.append(arguments)
        return EXPECTED.get(arguments, 0)

    demo.demonstrate(course, run)
    assert commands[0] == "new --secret"


def test_a_wrong_submission_that_passes_stops_it(demo: ModuleType, course: Path) -> None:
    """Any other status than the expected one is named, with the command."""
    with pytest.raises(demo.Unexpected, match=r"build/demo.* ended with status 0, not 1"):
        demo.demonstrate(course, lambda arguments: 0)
