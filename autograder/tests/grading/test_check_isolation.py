"""Isolation is a matter of a check: its workers alone may do what it asks for."""

import sys

import pytest

from autograder.tests.grading.tiny import Tiny, by_name, check_source

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the layers are Linux's")
WORK = """
import os, threading
def child():
    try:
        pid = os.fork()
    except OSError:
        return "refused"
    if pid == 0:
        os._exit(0)
    os.waitpid(pid, 0)
    return "allowed"
def shared():
    try:
        open(f"/dev/shm/{os.getpid()}", "w").close()
    except OSError:
        return "refused"
    os.remove(f"/dev/shm/{os.getpid()}")
    return "allowed"
def thread():
    each = threading.Thread(target=str)
    each.start()
    each.join()
    return "allowed"
def rank(comm):
    return child()
"""
REFUSED = 'expect.equal([student.child(), student.shared()], ["refused"] * 2, what="both")'


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """One grading: checks that ask for something stand before and after one that does not."""
    tiny = Tiny(tmp_path_factory.mktemp("isolation") / "course")
    child = 'expect.equal(student.child(), "allowed", what="it")'
    ranks = (
        "expect.equal(cluster.run(student.rank, size=1, inputs=lambda rank: ()).values,"
        ' ["refused"], what="it")'
    )
    tiny.checks(
        check_source("first", child, isolation="processes")
        + check_source("plain", REFUSED)
        + check_source("threads", REFUSED + "\nstudent.thread()", isolation="threads")
        + check_source("shared", child.replace("child", "shared"), isolation="shared memory")
        + check_source("both", child, isolation=("processes", "shared memory"))
        + check_source("ranks", ranks, isolation="processes")
        + check_source("last", REFUSED)
    )
    return {name: outcome.verdict.value for name, outcome in by_name(tiny.grade(WORK)).items()}


@pytest.mark.parametrize("name", ["first", "plain", "threads", "shared", "both", "ranks", "last"])
def test_a_check_gets_what_it_asks_for(verdicts: dict[str, str], name: str) -> None:
    """Processes and shared memory where they are named, and nowhere else."""
    assert verdicts[name] == "PASSED"
