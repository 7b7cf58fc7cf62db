"""The files of a grading are compiled once, by its first worker, before any of them runs."""

from pathlib import Path

import pytest

from autograder.model.verdict import Verdict
from autograder.sandbox.launcher import Launcher
from autograder.sandbox.time_limits import TimeLimit
from autograder.tests.sandbox.launchers import call, worker
from autograder.tests.sandbox.test_remote import fault

WORK = """
import pathlib
from autograder.worker.observers import steps

HERE = pathlib.Path(__file__)

def cached():
    return sorted(path.name.partition(".")[0] for path in HERE.parents[1].rglob("*.pyc"))

def sum_of(values):
    total = 0
    for value in values:
        total += value
    return total

def fail():
    (lambda: 1 / 0)()
"""
PROGRAMS = "def double(student, x):\n    return 2 * student.sum_of([x])\n"


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """The programs of an assignment."""
    path = tmp_path / "programs.py"
    path.write_text(PROGRAMS)
    return path


def test_later_workers_import_what_the_first_has_compiled(
    launcher: Launcher, programs: Path
) -> None:
    """Submission and programs; lines of a traceback and counted steps stay the same."""
    bytecode: dict[str, bytes] = {}
    seen = []
    for shared in (None, bytecode, bytecode):
        with worker(launcher, WORK, programs=programs, bytecode=shared) as remote:
            files = call(remote, "cached")
            assert files == ([] if shared is None else ["programs", "work"])
            _, counts = remote.call(
                "sum_of",
                [[1, 2]],
                {},
                limit=TimeLimit(9),
                observer="autograder.worker.observers.steps",
            )
            assert call(remote, "double", 4, program=True) == 8
            found = fault(lambda: call(remote, "fail"))
            seen.append((counts, found.traceback, found.message))
    assert seen[0] == seen[1] == seen[2]
    assert [line.line for line in seen[0][1]] == [17, 17]


def test_bytecode_is_used_in_place_of_the_source(fork: Launcher) -> None:
    """Later workers do not compile: with the bytecode of another file, that one is imported."""
    bytecode: dict[str, bytes] = {}
    with worker(fork, "def f():\n    return 1\n", bytecode=bytecode):
        pass
    with worker(fork, "def f():\n    return 2\n", bytecode=bytecode) as remote:
        assert call(remote, "f") == 1


def test_a_submission_cannot_change_what_the_next_worker_imports(fork: Launcher) -> None:
    """It is compiled before it is imported, and writes into the folder of its own worker alone."""
    source = """
import pathlib
def f():
    return 1
for path in pathlib.Path(__file__).parents[1].rglob("*.pyc"):
    path.write_bytes(b"mine")
"""
    bytecode: dict[str, bytes] = {}
    for _ in range(3):
        with worker(fork, source, bytecode=bytecode) as remote:
            assert call(remote, "f") == 1
    assert list(bytecode) and b"mine" not in bytecode.values()


def test_a_file_that_python_warns_of_is_compiled_by_every_worker(fork: Launcher) -> None:
    """So each of them prints the warning, as ever."""
    bytecode: dict[str, bytes] = {}
    for _ in range(2):
        with worker(fork, "def f():\n    return 1 is 1\n", bytecode=bytecode) as remote:
            assert call(remote, "f") is True
            assert 'SyntaxWarning: "is" with' in remote.output()
    assert bytecode == {}


def test_a_file_that_cannot_be_compiled_says_why(fork: Launcher) -> None:
    """The import raises what it would raise by itself."""
    found = fault(lambda: worker(fork, "x = 1\ndef f(:\n", bytecode={}).__enter__())
    assert found.verdict is Verdict.CRASHED
    assert "importing the file raised SyntaxError" in found.message.what
    assert [line.line for line in found.traceback] == [2]


def test_limits_hold_while_a_file_is_compiled(fork: Launcher) -> None:
    """The verdict and the message are those of the import."""
    source = "def f(): return 1\n" * 300_000
    nothing: dict[str, bytes] = {}
    found = [fault(worker(fork, source, bytecode=each).__enter__) for each in (None, nothing)]
    assert {each.verdict for each in found} == {Verdict.MEMORY_LIMIT}
    assert all(each.message.what.startswith("importing work.py") for each in found)
