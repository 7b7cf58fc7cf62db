"""Gradings that are forked from a process which has everything imported."""

import sys
import time
from pathlib import Path

import psutil
import pytest

from autograder.grading.running.grading_server import GradingServers
from autograder.grading.running.subprocess_grading import SERVERS, grade_in_subprocess
from autograder.machine.process_tree import kill_tree
from autograder.model.errors import GraderError
from autograder.tests.grading.tiny import Tiny, by_name, check_source

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing is forked")
MODULE = "autograder.grading.running.subprocess_grading"
CHECK = check_source("one", "expect.equal(student.f(2), 4, what='f')")
RIGHT, WRONG = "def f(x):\n    return x * x\n", "def f(x):\n    return x\n"
SEEN = check_source(
    "seen",
    """
    import os
    expect.that(not os.environ.get("TOLD"), os.environ.get("TOLD", "") + " in " + os.getcwd())
    """,
)


def what_is_told(tiny: Tiny, source: str) -> list[tuple[str, object]]:
    """Verdict and message of each check."""
    return [(o.verdict.value, o.message) for o in tiny.grade(source).outcomes]


@pytest.mark.parametrize("source", [RIGHT, WRONG, "f = 1 / 0\n"])
def test_a_forked_grading_says_what_an_interpreter_says(tiny: Tiny, source: str) -> None:
    """Verdicts and messages are the same, also where the import fails."""
    tiny.checks(CHECK)
    forked = what_is_told(tiny, source)
    token = SERVERS.set(None)
    alone = what_is_told(tiny, source)
    SERVERS.reset(token)
    assert forked == alone


def test_it_works_in_the_folder_and_environment_of_whoever_asks(
    tiny: Tiny, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are those of the moment when the grading is asked for."""
    tiny.checks(SEEN)
    assert by_name(tiny.grade(RIGHT))["seen"].verdict.value == "PASSED"
    monkeypatch.setenv("TOLD", "a word")
    monkeypatch.chdir(tmp_path)
    message = by_name(tiny.grade(RIGHT))["seen"].message
    assert message and message.what == f"a word in {tmp_path}"


def test_an_environment_of_its_own_has_a_server_of_its_own() -> None:
    """What a library reads when it is imported cannot be changed later."""
    with GradingServers(MODULE) as servers:
        plain, other = servers.of({}), servers.of({"NPY_DISABLE_CPU_FEATURES": "AVX2"})
        assert plain is servers.of({}) and plain is not other


def test_once_closed_no_server_is_started() -> None:
    """A thread that asks too late must not leave a process behind."""
    servers = GradingServers(MODULE)
    servers.close()
    with pytest.raises(GraderError, match="the grading servers are closed"):
        servers.of({})


def test_what_cannot_be_graded_is_said(tiny: Tiny) -> None:
    """The error is the one that an interpreter of its own would raise."""
    with pytest.raises(GraderError, match="there is no assignment 'tinny'"):
        tiny.grade(RIGHT, assignment="tinny")


def test_a_grading_that_takes_too_long_is_ended(tiny: Tiny) -> None:
    """All that it started is ended with it, and the server goes on."""
    tiny.checks(check_source("slow", "import time; time.sleep(600)") + CHECK)
    tiny.hand_in(RIGHT)
    with GradingServers(MODULE) as servers:
        token = SERVERS.set(servers)
        tiny.grade(checks=("check_one",))
        started = descendants()
        with pytest.raises(GraderError, match="took over 3 s"):
            grade_in_subprocess(tiny.request(), 3)
        gone_by = time.monotonic() + 600
        while descendants() - started and time.monotonic() < gone_by:
            time.sleep(0.01)
        assert not descendants() - started
        assert by_name(tiny.grade(checks=("check_one",)))["one"].verdict.value == "PASSED"
        SERVERS.reset(token)


def descendants() -> set[int]:
    """The pids of everything below this process."""
    return {process.pid for process in psutil.Process().children(recursive=True)}


def test_a_server_that_was_killed_is_our_fault(tiny: Tiny) -> None:
    """The request fails at once, and the next request gets a new server."""
    with GradingServers(MODULE) as servers:
        server = servers.of({})
        process = psutil.Process(server.pid)
        kill_tree(server.pid)
        process.wait(600)
        with pytest.raises(GraderError, match=r"the grading server is gone|gave no report"):
            server.grade(b"", 10)
        assert servers.of({}) is not server and servers.of({}).alive
