"""One worker from the grader's side: values come back, and each kind of fault has its verdict."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest

from autograder.model.errors import GraderError
from autograder.model.verdict import Verdict
from autograder.sandbox.faults import StudentFault
from autograder.sandbox.launcher import Launcher
from autograder.sandbox.time_limits import TimeLimit
from autograder.tests.sandbox.launchers import PATIENCE_S, QUICK, call, worker
from autograder.wire.recipe import recipe


def fault(work: Callable[[], Any]) -> StudentFault:
    """The fault that `work` ends with."""
    with pytest.raises(StudentFault) as caught:
        work()
    return caught.value


def fault_of(launcher: Launcher, source: str, **options: Any) -> StudentFault:
    """The fault of importing `source` and calling its f()."""

    def work() -> None:
        with worker(launcher, source) as remote:
            call(remote, "f", **options)

    return fault(work)


def test_values_cross_both_ways(fork: Launcher) -> None:
    """Arguments, keywords and results are what they were, read-only arrays included."""
    source = "def f(a, *, b):\n    return a.flags.writeable, a * b['x'], b\n"
    array = np.arange(6.0).reshape(2, 3)
    array.setflags(write=False)
    with worker(fork, source) as remote:
        got = call(remote, "f", array, keywords={"b": {"x": 2}})
    assert got[0] is False
    assert np.array_equal(got[1], array * 2)
    assert got[2] == {"x": 2}


def test_fifty_megabytes_cross_both_ways(launcher: Launcher) -> None:
    """Large arrays go there and back without a deadlock."""
    array = np.ones(50_000_000, np.uint8)
    with worker(launcher, "def f(a):\n    return a\n") as remote:
        assert call(remote, "f", array, limit=TimeLimit(10)).sum() == array.size


def test_recipes_are_built_in_the_worker(fork: Launcher) -> None:
    """A recipe as an argument arrives as the array it describes."""
    wanted = recipe("standard_normal", seed=3, shape=(4, 5))
    with worker(fork, "def f(a):\n    return a\n") as remote:
        assert np.array_equal(call(remote, "f", wanted), wanted.build())


def test_an_import_that_hangs_is_a_time_limit(launcher: Launcher) -> None:
    """The import has a deadline of its own, and the line in which it hangs is reported."""
    limits = msgspec.structs.replace(QUICK, import_s=0.4)
    found = fault(lambda: worker(launcher, "x = 1\nwhile True:\n    x += 1\n", limits).__enter__())
    assert found.verdict is Verdict.TIME_LIMIT
    assert "importing work.py did not finish within 0.4 s" in found.message.what
    assert found.traceback[-1].line in (2, 3)


def test_a_call_that_hangs_is_a_time_limit_with_its_line(launcher: Launcher) -> None:
    """A hanging call is stopped at its deadline, and only lines of the student are reported."""
    source = "print('é' * 50)\n\ndef f():\n    g()\n\ndef g():\n    while True:\n        pass\n"
    with worker(launcher, source) as remote:
        found = fault(lambda: call(remote, "f", limit=TimeLimit(0.3)))
        printed = remote.output()
    assert found.verdict is Verdict.TIME_LIMIT
    assert [(line.file, line.function) for line in found.traceback] == [
        ("work.py", "f"), ("work.py", "g")
    ]  # fmt: skip
    assert found.traceback[-1].line in (7, 8)
    assert printed == "é" * 50 + "\n"  # the stacks we asked for are not the student's prints


def test_a_call_that_hangs_after_much_printing_still_has_its_line(fork: Launcher) -> None:
    """Much that was printed before does not hide the line in which it hangs."""
    source = "def f():\n    print('x' * 200_000)\n    while True:\n        pass\n"
    found = fault_of(fork, source, limit=TimeLimit(0.4))
    assert [line.function for line in found.traceback] == ["f"]


def test_a_worker_that_stops_reading_is_a_time_limit(launcher: Launcher) -> None:
    """Sending 50 MB to a worker that has stopped itself ends at the deadline."""
    source = "import os, signal\ndef f():\n    os.kill(os.getpid(), signal.SIGSTOP)\n"
    with worker(launcher, source) as remote:
        found = fault(lambda: call(remote, "f", limit=TimeLimit(0.3)))
    assert found.verdict is Verdict.TIME_LIMIT


def test_memory_over_the_limit_is_stopped(fork: Launcher) -> None:
    """A worker that touches more than the limit is stopped by the grader's own reading."""
    source = "def f():\n    import time\n    a = bytearray(300_000_000)\n    time.sleep(5)\n"
    found = fault_of(fork, source)
    assert found.verdict is Verdict.MEMORY_LIMIT
    assert "(limit 200 MB)" in found.message.what


@pytest.mark.parametrize(
    "ask", ["bytearray(10**10)", "__import__('numpy').ones(10**10 // 8)"], ids=["bytes", "numpy"]
)
def test_asking_for_ten_gigabytes_is_a_memory_limit(fork: Launcher, ask: str) -> None:
    """Memory that the kernel refuses has the same verdict as growth that the grader stops."""
    found = fault_of(fork, f"def f():\n    return {ask}\n")
    assert found.verdict is Verdict.MEMORY_LIMIT


def test_a_gigabyte_of_prints_is_stopped(launcher: Launcher) -> None:
    """Printing without end is stopped early, and the beginning is kept."""
    source = "def f():\n    for _ in range(10_000):\n        print('x' * 100_000)\n"
    with worker(launcher, source) as remote:
        found = fault(lambda: call(remote, "f", limit=TimeLimit(5)))
        assert remote.output().startswith("xxx")
        assert len(remote.output()) <= 64 * 1024
    assert found.verdict is Verdict.CRASHED
    assert "f() printed more than 1 MB" in found.message.what


def test_the_output_limit_does_not_depend_on_when_we_look(fork: Launcher) -> None:
    """Output slightly over the limit is found even if the pipe still holds it at the reply."""
    source = "import os\ndef f(n):\n    os.write(1, b'x' * n)\n"
    with worker(fork, source) as remote:
        call(remote, "f", 1_000_000)
        assert "printed more than 1 MB" in fault(lambda: call(remote, "f", 1)).message.what


def test_prints_and_odd_characters_are_kept(launcher: Launcher) -> None:
    """stdout and stderr arrive in order, lone surrogates escaped, stdin is empty."""
    source = (
        "import sys\ndef f():\n    print('one')\n    print('two \\ud800', file=sys.stderr)\n"
        "    return sys.stdin.read()\n"
    )
    with worker(launcher, source) as remote:
        assert call(remote, "f") == ""
        end = time.monotonic() + PATIENCE_S
        while "two" not in remote.output() and time.monotonic() < end:
            time.sleep(0.01)
        assert remote.output() == "one\ntwo \\ud800\n"


EXITS = {
    "os._exit(7)": "f() ended its own process (exit status 7)",
    "os.kill(os.getpid(), signal.SIGSEGV)": "the process died during f(): Segmentation fault",
    "os.kill(os.getpid(), 40)": "the process died during f(): ",
    "os.abort()": "the process died during f(): Aborted",
    "sys.exit(3)": "f() raised SystemExit: 3",
    "raise KeyboardInterrupt": "f() raised KeyboardInterrupt",
}


@pytest.mark.parametrize("statement", EXITS)
def test_how_a_process_ended_is_told(fork: Launcher, statement: str) -> None:
    """Exit status, signal or exception: each way to end is CRASHED and says which it was."""
    found = fault_of(fork, f"import os, signal, sys\ndef f():\n    {statement}\n")
    assert found.verdict is Verdict.CRASHED
    assert found.message.what.startswith(EXITS[statement])


def test_killed_by_the_system_is_most_likely_memory(fork: Launcher) -> None:
    """SIGKILL from outside is what the kernel does when memory runs out."""
    found = fault_of(fork, "import os\ndef f():\n    os.kill(os.getpid(), 9)\n")
    assert found.verdict is Verdict.MEMORY_LIMIT


def test_arguments_that_cannot_be_sent_are_ours(fork: Launcher) -> None:
    """A check that sends a set, or too much text, gets a GraderError that says so."""
    with worker(fork, "def f(a):\n    return a\n") as remote:
        with pytest.raises(GraderError, match=r"f cannot be given a set \[0\]"):
            call(remote, "f", {1})
        with pytest.raises(GraderError, match="40 MB of text"):
            call(remote, "f", "a" * 40_000_000)


def test_too_much_text_is_wrong_and_says_so(fork: Launcher) -> None:
    """A result that exceeds the caps is refused with the reason, not as unreadable bytes."""
    found = fault_of(fork, "def f():\n    return 'a' * 40_000_000\n")
    assert found.verdict is Verdict.WRONG
    assert "f() returned 40 MB of text" in found.message.what


def test_missing_functions_name_the_nearest(fork: Launcher) -> None:
    """NOT_FOUND names the missing function and those that exist."""
    found = fault_of(fork, "def F():\n    pass\n")
    assert found.verdict is Verdict.NOT_FOUND
    assert found.message.what == "work.py has no function f"
    assert "F" in found.message.detail
    assert fault_of(fork, "f = 3\n").verdict is Verdict.NOT_FOUND


def test_a_wrong_signature_is_told_before_the_call(fork: Launcher) -> None:
    """Parameters that differ from the handout's are named with the student's signature."""
    with worker(fork, "def f(w, x):\n    return 1\n") as remote:
        found = fault(lambda: call(remote, "f", 1, keywords={"gamma": 2}))
    assert found.verdict is Verdict.CRASHED
    assert "f(w, x) cannot be called with the arguments of the handout" in found.message.what


def test_a_worker_survives_an_exception_and_its_folder_goes(fork: Launcher) -> None:
    """After an exception the same worker still answers; its folder is removed at the end."""
    with worker(fork, "import os\ndef f(x):\n    return os.getcwd() if x else 1 / 0\n") as remote:
        assert fault(lambda: call(remote, "f", 0)).verdict is Verdict.CRASHED
        folder = Path(call(remote, "f", 1))
        assert folder.is_dir()
    assert not folder.exists()
