"""quickstart.py: its decisions, with a fake in place of pip and of every other command."""

import ast
import importlib.util
import runpy
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType as Module

import pytest

Patch = pytest.MonkeyPatch
Capture = pytest.CaptureFixture[str]
SOURCE = Path(__file__).resolve().parents[2] / "quickstart.py"


class FakeRun:
    """Records commands; those for which `fails` holds end with status 1."""

    def __init__(self, fails: Callable[[list[str]], bool] = lambda command: False) -> None:
        self.commands: list[list[str]] = []
        self.fails = fails

    def __call__(self, command: list[str], quiet: bool = False) -> int:
        self.commands.append(command)
        if command[1:3] == ["-m", "venv"]:
            bin_folder = Path(command[3]) / ("Scripts" if sys.platform == "win32" else "bin")
            bin_folder.mkdir(parents=True)
            (bin_folder / ("python.exe" if sys.platform == "win32" else "python")).touch()
            (bin_folder / "activate").write_text(f"VIRTUAL_ENV='{command[3]}'\n")
        return int(self.fails(command))

    def installs(self) -> list[list[str]]:
        """What pip was asked to install, each time."""
        pips = [command for command in self.commands if command[1:4] == ["-m", "pip", "install"]]
        assert all(command[4] == "--constraint" for command in pips)
        return [command[6:] for command in pips]


@pytest.fixture
def quickstart(monkeypatch: Patch) -> Module:
    """The file, imported as a module of its own."""
    return imported(monkeypatch)


def imported(monkeypatch: Patch) -> Module:
    """The same, for other tests."""
    spec = importlib.util.spec_from_file_location("quickstart_under_test", SOURCE)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, spec.name, module)  # dataclasses look themselves up there
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A folder like the course's repository."""
    return checked_out(tmp_path)


def checked_out(tmp_path: Path) -> Path:
    """The same, for other tests."""
    folder = tmp_path / "course"
    (folder / "ci").mkdir(parents=True)
    (folder / "ci" / "check.py").touch()
    (folder / "ci" / "constraints.txt").write_text("# pins\ntorch==2.13.0; python_version\n")
    (folder / "pyproject.toml").write_text("[project]\n")
    return folder


@pytest.fixture
def student_zip(tmp_path: Path) -> Path:
    """A folder like an unpacked student zip."""
    return unpacked(tmp_path)


def unpacked(tmp_path: Path) -> Path:
    """The same, for other tests."""
    folder = tmp_path / "student"
    (folder / "wheels").mkdir(parents=True)
    (folder / "wheels" / "autograder-0.1.0-py3-none-any.whl").write_bytes(b"wheel")
    (folder / "constraints.txt").write_text("torch==2.13.0\n")
    (folder / "assignments" / "sgd").mkdir(parents=True)
    (folder / "assignments" / "sgd" / "assignment.toml").write_text('libraries = ["numpy"]\n')
    return folder


def test_an_old_python_is_turned_away_by_name(monkeypatch: Patch) -> None:
    """Below 3.10 nothing is imported; the message names the version and a way on."""
    monkeypatch.setattr(sys, "version_info", (3, 9, 18))
    with pytest.raises(SystemExit, match=r"needs Python 3\.10 or newer(.|\n)*python3\.12"):
        runpy.run_path(str(SOURCE))


def test_it_parses_on_the_pythons_it_turns_away() -> None:
    """No syntax newer than Python 3.7 stands in the file, so that the message can appear."""
    ast.parse(SOURCE.read_text(encoding="utf-8"), feature_version=(3, 7))


def test_it_imports_the_standard_library_only() -> None:
    """It runs before anything is installed."""
    tree = ast.parse(SOURCE.read_text(encoding="utf-8"))
    names = {alias.name for n in ast.walk(tree) if isinstance(n, ast.Import) for alias in n.names}
    names |= {n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
    assert {name.split(".")[0] for name in names} <= sys.stdlib_module_names


def test_only_the_cpu_build_is_asked_for(quickstart: Module) -> None:
    """On Linux both requests name the `+cpu` version, without dependencies, from safe places."""
    local, online = quickstart.torch_arguments("linux", "2.13.0")
    assert local == ["--no-index", "--no-deps", "torch==2.13.0+cpu"]
    index = "https://download.pytorch.org/whl/cpu"
    assert online == ["--index-url", index, "--no-deps", "torch==2.13.0+cpu"]
    for system in ("darwin", "win32"):  # there the ordinary build is the CPU's
        local, online = quickstart.torch_arguments(system, "2.13.0")
        assert (local[0], online) == ("--no-index", ["--no-deps", "torch"])


def test_the_course_gets_its_sources_after_torch(quickstart: Module, course: Path) -> None:
    """An environment, torch by a step of its own, then the framework with its development tools."""
    run = FakeRun()
    quickstart.set_up(quickstart.plan(course, complete=True), run)
    assert run.commands[0][1:] == ["-m", "venv", str(course / ".venv")]
    torch, framework = run.installs()
    assert torch[-1].startswith("torch")
    assert framework == ["--quiet", "-e", ".[torch,lab,report,instructor,similarity,dev]"]


def test_the_demonstration_needs_little(quickstart: Module, course: Path) -> None:
    """Neither torch nor nbgrader; who has installed everything has that too."""
    run = FakeRun()
    quickstart.set_up(quickstart.plan(course), run)
    assert run.installs() == [["--quiet", "-e", ".[zip]"]]
    run = FakeRun()
    quickstart.set_up(quickstart.plan(course, complete=True), run)
    assert len(run.installs()) == 2
    again = FakeRun()
    quickstart.set_up(quickstart.plan(course), again)
    quickstart.set_up(quickstart.plan(course, complete=True), again)
    assert again.commands == []


def test_a_second_run_does_nothing(quickstart: Module, course: Path) -> None:
    """With the same files, Python and folder no command is run at all."""
    quickstart.set_up(quickstart.plan(course), FakeRun())
    again = FakeRun()
    quickstart.set_up(quickstart.plan(course), again)
    assert again.commands == []


@pytest.mark.parametrize("changed", ["pyproject.toml", "ci/constraints.txt"])
def test_a_changed_file_installs_again(quickstart: Module, course: Path, changed: str) -> None:
    """What says what to install is part of the stamp; the environment itself is kept."""
    quickstart.set_up(quickstart.plan(course, complete=True), FakeRun())
    (course / changed).write_text("torch==2.13.1\n")
    again = FakeRun()
    quickstart.set_up(quickstart.plan(course, complete=True), again)
    assert len(again.installs()) == 2
    assert "venv" not in [command[2] for command in again.commands]


def test_a_moved_folder_installs_again(quickstart: Module, course: Path) -> None:
    """An editable install points to the old folder, so the stamp of a copy does not count."""
    quickstart.set_up(quickstart.plan(course, complete=True), FakeRun())
    copy = shutil.copytree(course, course.with_name("copy"))
    (copy / ".venv" / "leftover").touch()
    again = FakeRun()
    quickstart.set_up(quickstart.plan(copy, complete=True), again)
    assert again.commands[0][1:] == ["-m", "venv", str(copy / ".venv")]
    assert len(again.installs()) == 2
    assert not (copy / ".venv" / "leftover").exists()
    moved = course.rename(course.with_name("moved"))
    again = FakeRun()
    quickstart.set_up(quickstart.plan(moved, complete=True), again)
    assert again.commands[0][1:] == ["-m", "venv", str(moved / ".venv")]


def test_a_venv_of_another_python_is_replaced(quickstart: Module, course: Path) -> None:
    """When the probe of an existing `.venv` fails, it is replaced."""
    quickstart.make_venv(quickstart.plan(course), FakeRun())
    leftover = course / ".venv" / "leftover"
    leftover.touch()
    quickstart.make_venv(quickstart.plan(course), FakeRun(lambda command: command[1] == "-c"))
    assert (course / ".venv").is_dir() and not leftover.exists()


def test_a_local_torch_wheel_spares_the_download(quickstart: Module, course: Path) -> None:
    """The network is asked only after the local wheels were."""
    run = FakeRun()
    quickstart.install_torch(quickstart.plan(course, complete=True), run)
    assert [arguments[0] for arguments in run.installs()] == ["--no-index"]


def test_a_numpy_assignment_spares_torch(quickstart: Module, student_zip: Path) -> None:
    """A numpy assignment spares the download; the zip's own wheel replaces any older one."""
    run = FakeRun()
    quickstart.set_up(quickstart.plan(student_zip), run)
    wheel = (student_zip / "wheels" / "autograder-0.1.0-py3-none-any.whl").as_uri()
    forced = ["--quiet", "--force-reinstall", "--no-deps", wheel]
    assert run.installs() == [forced, ["--quiet", f"autograder[lab] @ {wheel}"]]


def test_an_assignment_lists_torch_and_extras(quickstart: Module, student_zip: Path) -> None:
    """`libraries` decides on torch, `extras` are further requirements."""
    toml = student_zip / "assignments" / "sgd" / "assignment.toml"
    toml.write_text('libraries = [\n  "numpy",\n  "torch", # big\n]\nextras = ["scipy[x]>=1"]\n')
    run = FakeRun()
    quickstart.set_up(quickstart.plan(student_zip), run)
    torch, _, everything = run.installs()
    assert torch[-1].startswith("torch")
    assert (
        everything[-2].startswith("autograder[torch,lab] @ file:///")
        and everything[-1] == "scipy[x]>=1"
    )


def test_toml_strings_reads_what_is_written(quickstart: Module, tmp_path: Path) -> None:
    """A string, a list over lines, a commented entry and an absent key."""
    path = tmp_path / "a.toml"
    path.write_text('one = "1"\nmany = [\n  "a[x]", "b",\n  # "c",\n]\nnone = []\n')
    read = {key: quickstart.toml_strings(path, key) for key in ("one", "many", "none", "absent")}
    assert read == {"one": ["1"], "many": ["a[x]", "b"], "none": [], "absent": []}


def test_one_install_at_a_time(quickstart: Module, tmp_path: Path) -> None:
    """While one run holds the lock another cannot take it; afterwards it can."""
    path = tmp_path / "lock"
    with path.open("w") as other:
        with quickstart.lock(path):
            assert not quickstart.acquire(other)
        assert quickstart.acquire(other)


def test_a_command_inherits_no_other_environment(quickstart: Module, monkeypatch: Patch) -> None:
    """PYTHONPATH, an active environment and pip's own target stay outside."""
    for name in quickstart.MISLEADING - {"PYTHONHOME"}:
        monkeypatch.setenv(name, "somewhere")
    script = f"import os, sys; sys.exit(bool(set(os.environ) & {quickstart.MISLEADING!r}))"
    assert quickstart.run_command([sys.executable, "-c", script]) == 0


@pytest.mark.parametrize(
    ("arguments", "script"),
    [
        ([], ["ci/demo.py"]),
        (["test"], ["ci/check.py"]),
        (["test", "-k", "x"], ["ci/check.py", "-k", "x"]),
    ],
)
def test_after_the_set_up_it_runs_what_was_asked_for(
    quickstart: Module, course: Path, monkeypatch: Patch, arguments: list[str], script: list[str]
) -> None:
    """Nothing means the demonstration; what follows `test` reaches pytest."""
    monkeypatch.setattr(quickstart, "HERE", course)
    run = FakeRun()
    assert quickstart.main(arguments, run) == 0
    assert run.commands[-1][1:] == script


def test_a_student_is_told_what_to_type(
    quickstart: Module, student_zip: Path, monkeypatch: Patch, capsys: Capture
) -> None:
    """`doctor` runs, and the last line is the command to check the assignment."""
    monkeypatch.setattr(quickstart, "HERE", student_zip)
    run = FakeRun()
    assert quickstart.main([], run) == 0
    assert run.commands[-1][1:] == ["doctor"]
    assert capsys.readouterr().out.splitlines()[-1] == "    autograder check sgd"


def test_the_report_is_opened_with_what_it_needs(
    quickstart: Module, student_zip: Path, monkeypatch: Patch, capsys: Capture
) -> None:
    """JupyterLab comes when it is asked for, and only where there is a report."""
    monkeypatch.setattr(quickstart, "HERE", student_zip)
    run = FakeRun()
    assert quickstart.main(["report"], run) == 2
    assert "holds no report.ipynb" in capsys.readouterr().err and not run.commands
    (student_zip / "report.ipynb").touch()
    assert quickstart.main(["report"], run) == 0
    assert run.installs()[-1][1].startswith("autograder[lab,report] @ ")
    assert run.commands[-1][1:] == ["lab", "report.ipynb"]


def test_an_unknown_command_shows_the_usage(quickstart: Module, capsys: Capture) -> None:
    """Nothing is installed for a command that does not exist."""
    run = FakeRun()
    assert quickstart.main(["tests"], run) == 2
    assert run.commands == [] and "python3 quickstart.py test" in capsys.readouterr().out
