"""One worker from the grader's side: values come back, and every misbehaviour has its verdict."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest

from autograder.model.errors import GraderError
from autograder.model.verdict import Verdict
from autograder.sandbox.callables import LimitedCallable
from autograder.sandbox.faults import StudentFault
from autograder.sandbox.recipe import recipe
from autograder.sandbox.worker_process import Launcher
from autograder.tests.sandbox.launchers import QUICK, call, worker


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
        assert call(remote, "f", array, deadline=time.monotonic() + 10).sum() == array.size


def test_recipes_are_built_in_the_worker(fork: Launcher) -> None:
    """A recipe as an argument arrives as the array it describes."""
    wanted = recipe("standard_normal", seed=3, shape=(4, 5))
    with worker(fork, "def f(a):\n    return a\n") as remote:
        assert np.array_equal(call(remote, "f", wanted), wanted.build())


def test_an_import_that_hangs_is_a_time_limit(launcher: Launcher) -> None:
    """The import has a deadline of its own, and the line it hangs in is told."""
    limits = msgspec.structs.replace(QUICK, import_s=0.4)
    found = fault(lambda: worker(launcher, "x = 1\nwhile True:\n    x += 1\n", limits).__enter__())
    assert found.verdict is Verdict.TIME_LIMIT
    assert "importing work.py did not finish within 0.4 s" in found.message.what
    assert found.frames[-1].line in (2, 3)


def test_a_call_that_hangs_is_a_time_limit_with_its_line(launcher: Launcher) -> None:
    """A hanging call is stopped at its deadline, and the student's line is told, not ours."""
    source = "print('é' * 50)\n\ndef f():\n    g()\n\ndef g():\n    while True:\n        pass\n"
    with worker(launcher, source) as remote:
        started = time.monotonic()
        found = fault(lambda: call(remote, "f", deadline=started + 0.3))
        printed = remote.output()
    assert found.verdict is Verdict.TIME_LIMIT
    assert [(frame.file, frame.function) for frame in found.frames] == [
        ("work.py", "f"), ("work.py", "g")
    ]  # fmt: skip
    assert found.frames[-1].line in (7, 8)
    assert time.monotonic() - started < 3
    assert printed == "é" * 50 + "\n"  # the stacks we asked for are not the student's prints


def test_a_call_that_hangs_after_much_printing_still_has_its_line(fork: Launcher) -> None:
    """What was printed before does not push out where it hangs."""
    source = "def f():\n    print('x' * 200_000)\n    while True:\n        pass\n"
    found = fault_of(fork, source, deadline=time.monotonic() + 0.4)
    assert [frame.function for frame in found.frames] == ["f"]


def test_a_worker_that_stops_reading_is_a_time_limit(launcher: Launcher) -> None:
    """Sending 50 MB to a worker whose student stopped it ends at the deadline."""
    source = "import os, signal\ndef f():\n    os.kill(os.getpid(), signal.SIGSTOP)\n"
    with worker(launcher, source) as remote:
        found = fault(lambda: call(remote, "f", deadline=time.monotonic() + 0.3))
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
    """What the kernel refuses at once is the same verdict as what the grader stops."""
    found = fault_of(fork, f"def f():\n    return {ask}\n")
    assert found.verdict is Verdict.MEMORY_LIMIT


def test_a_gigabyte_of_prints_is_stopped(launcher: Launcher) -> None:
    """Printing without end is stopped early, and the beginning is kept."""
    source = "def f():\n    for _ in range(10_000):\n        print('x' * 100_000)\n"
    with worker(launcher, source) as remote:
        found = fault(lambda: call(remote, "f", deadline=time.monotonic() + 5))
        assert remote.output().startswith("xxx")
        assert len(remote.output()) <= 64 * 1024
    assert found.verdict is Verdict.CRASHED
    assert "f() printed more than 1 MB" in found.message.what


def test_the_output_limit_does_not_depend_on_when_we_look(fork: Launcher) -> None:
    """A little over the limit is over it even when the pipe still holds all of it at the reply."""
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
        deadline = time.monotonic() + 2
        while "two" not in remote.output() and time.monotonic() < deadline:
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


def test_functions_of_the_grader_are_called_back(fork: Launcher) -> None:
    """A callable sees the student's arguments in order, and the student its values."""
    seen: list[Any] = []

    def gradient(w: np.ndarray, index: list[int]) -> np.ndarray:
        seen.append(index)
        return w * 2

    source = "def f(g, w):\n    for i in range(3):\n        w = g(w, index=[i])\n    return w\n"
    with worker(fork, source) as remote:
        assert np.array_equal(call(remote, "f", gradient, np.ones(2)), [8.0, 8.0])
    assert seen == [[0], [1], [2]]


def test_a_function_has_a_budget_of_calls(fork: Launcher) -> None:
    """Exactly the budget passes, one more is OVER_OPERATION_BUDGET and names the function."""
    source = "def f(g, n):\n    for _ in range(n):\n        g()\n"

    def step() -> None:
        """Nothing."""

    with worker(fork, source) as remote:
        call(remote, "f", LimitedCallable(step, 5), 5)
        call(remote, "f", LimitedCallable(step, 5), 5)  # each call starts counting anew
        found = fault(lambda: call(remote, "f", LimitedCallable(step, 5), 6))
    assert found.verdict is Verdict.OVER_OPERATION_BUDGET
    assert found.message.what == "step was called more than 5 times"


def test_functions_may_be_called_from_threads(fork: Launcher) -> None:
    """Callbacks from several threads of the student's code do not mix up their answers."""
    source = (
        "from concurrent.futures import ThreadPoolExecutor\n"
        "def f(g):\n"
        "    with ThreadPoolExecutor(8) as pool:\n"
        "        return list(pool.map(g, range(200)))\n"
    )
    with worker(fork, source) as remote:
        got = call(remote, "f", lambda n: n * n, deadline=time.monotonic() + 5)
    assert got == [n * n for n in range(200)]


def slow() -> int:
    """Takes its time."""
    time.sleep(0.3)
    return 1


def test_the_time_of_a_callback_is_not_the_students(fork: Launcher) -> None:
    """A slow function of the check does not use up the student's time."""
    with worker(fork, "def f(g):\n    return g() + g()\n") as remote:
        assert call(remote, "f", slow, deadline=time.monotonic() + 0.4) == 2


@pytest.mark.parametrize(
    "argument",
    ["None", "np.ones(3)", "'a'", "[[1], 2]", "{}"],
)
def test_bad_arguments_for_a_callback_are_the_students(fork: Launcher, argument: str) -> None:
    """What a function of the check cannot compute with is CRASHED with what was given."""

    def gradient(w: Any) -> Any:
        return {"a": np.ones((2, 2))}["a"] @ np.asarray(w, float) @ w["a" if w == {} else 0]

    found = fault_of_callback(fork, gradient, argument)
    assert found.verdict is Verdict.CRASHED
    assert found.message.what.startswith("gradient(")
    assert "cannot be computed" in found.message.what


def fault_of_callback(fork: Launcher, function: Callable[..., Any], argument: str) -> StudentFault:
    """The fault of a student who calls `function` with this expression."""
    source = f"import numpy as np\ndef f(g):\n    return g({argument})\n"
    with worker(fork, source) as remote:
        return fault(lambda: call(remote, "f", function))


def test_torchs_way_of_refusing_shapes_is_the_students_too(fork: Launcher) -> None:
    """RuntimeError, which torch raises for shapes that do not fit, is no fault of the grader."""

    def loss(w: Any) -> Any:
        raise RuntimeError("mat1 and mat2 shapes cannot be multiplied")

    assert fault_of_callback(fork, loss, "1").verdict is Verdict.CRASHED


def test_a_callback_given_something_odd_names_the_students_line(fork: Launcher) -> None:
    """What cannot cross towards the grader is a TypeError in the student's own line."""
    with worker(fork, "def f(g):\n    return g(x for x in ())\n") as remote:
        found = fault(lambda: call(remote, "f", lambda x: x))
    assert "TypeError: called with a generator ([0])" in found.message.what
    assert found.frames[-1].line == 2


def test_our_own_slip_in_a_callback_is_ours(fork: Launcher) -> None:
    """A NameError in a function of the check, or a value that cannot be sent, is not charged."""

    def broken(value: Any) -> Any:
        return undefined + value  # type: ignore[name-defined]  # noqa: F821

    with worker(fork, "def f(g):\n    return g(1)\n") as remote, pytest.raises(NameError):
        call(remote, "f", broken)
    with worker(fork, "def f(g):\n    return g(1)\n") as remote, pytest.raises(GraderError):
        call(remote, "f", lambda value: {1, 2})


def test_arguments_that_cannot_be_sent_are_ours(fork: Launcher) -> None:
    """A check that sends a set, or too much text, gets a GraderError that says so."""
    with worker(fork, "def f(a):\n    return a\n") as remote:
        with pytest.raises(GraderError, match=r"f cannot be given a set \[0\]"):
            call(remote, "f", {1})
        with pytest.raises(GraderError, match="40 MB of text"):
            call(remote, "f", "a" * 40_000_000)


def test_too_much_text_is_wrong_and_says_so(fork: Launcher) -> None:
    """A result beyond the caps is refused with a reason, not as unreadable bytes."""
    found = fault_of(fork, "def f():\n    return 'a' * 40_000_000\n")
    assert found.verdict is Verdict.WRONG
    assert "f() returned 40 MB of text" in found.message.what


PROGRAMS = "def twice(student, x):\n    return student.f(x) * 2\n"


def test_programs_run_beside_the_submission(fork: Launcher, tmp_path: Path) -> None:
    """A program gets the student's module, and the student's lines are told when it fails."""
    path = tmp_path / "programs.py"
    path.write_text(PROGRAMS)
    source = "def f(x):\n    if x < 0:\n        raise ValueError('no')\n    return x + 1\n"
    with worker(fork, source, programs=path) as remote:
        assert call(remote, "twice", 3, program=True) == 8
        found = fault(lambda: call(remote, "twice", -1, program=True))
    assert [frame.line for frame in found.frames] == [3]


def test_a_missing_or_broken_program_is_ours(fork: Launcher, tmp_path: Path) -> None:
    """A program that does not exist, or programs.py that cannot be imported, is a GraderError."""
    path = tmp_path / "programs.py"
    path.write_text(PROGRAMS)
    with worker(fork, "", programs=path) as remote, pytest.raises(GraderError, match="thrice"):
        call(remote, "thrice", program=True)
    with worker(fork, "") as remote, pytest.raises(GraderError, match="twice"):
        call(remote, "twice", program=True)
    path.write_text("import no_such_library\n")
    with pytest.raises(GraderError, match=r"programs.py .* ModuleNotFoundError"):
        worker(fork, "", programs=path).__enter__()


def test_a_held_call_runs_when_told_and_is_timed_from_outside(launcher: Launcher) -> None:
    """The clock of the worker stands still until the held call is run, and tells its work."""
    source = (
        "import time\ndef f(seconds):\n    end = time.process_time() + seconds\n"
        "    while time.process_time() < end:\n        pass\n    return seconds\n"
    )
    with worker(launcher, source) as remote:
        call(remote, "f", 0.2, hold=True)
        before = remote.cpu_s()
        remote.run_held(time.monotonic() + 5)
        after = remote.cpu_s()
        assert remote.fetch(time.monotonic() + 1)[0] == 0.2
    assert 0.19 < after - before < 0.3
    assert remote.cpu_s() >= after


def test_a_held_call_may_call_back_each_time_it_runs(fork: Launcher) -> None:
    """Functions of the grader work in held calls, and their budget is one of each run."""
    with worker(fork, "def f(g):\n    return g() + g()\n") as remote:
        call(remote, "f", LimitedCallable(lambda: 1, 2), hold=True)
        for _ in range(5):
            remote.run_held(time.monotonic() + 1)
        assert remote.fetch(time.monotonic() + 1)[0] == 2


HOSTILE = {
    "garbage": "os.write(4, os.urandom(100))",
    "text": "os.write(4, b'hello')\n    os.close(4)\n    time.sleep(0.1)",
    "wrong nonce": "send({'kind': 'return', 'nonce': 1, 'buffers': [], 'value': 7})",
    "unknown kind": "send({'kind': 'passed', 'nonce': 1})",
    "bad callback": "send({'kind': 'callback', 'nonce': nonce(), 'handle': 9,"
    " 'arguments': [], 'keywords': {'$': 'dict', 'items': []}})",
    "bad tree": "send({'kind': 'return', 'nonce': nonce(), 'value': {'$': []}})",
    "a function": "send({'kind': 'return', 'nonce': nonce(), 'value': {'$': 'callable'}})",
}
_SEND = """
import gc, json, os, struct, sys, time
def send(header):
    text = json.dumps(header).encode()
    os.write(4, struct.pack('!IQ', len(text), 0) + text)
def nonce():
    from autograder.sandbox.serve import Worker
    return next(o for o in gc.get_objects() if isinstance(o, Worker))._nonce
"""


@pytest.mark.parametrize("name", HOSTILE)
def test_bad_frames_are_the_submissions(fork: Launcher, name: str) -> None:
    """Bytes that a submission writes to its descriptors end the check as CRASHED, never as ours."""
    found = fault_of(fork, f"{_SEND}\ndef f():\n    {HOSTILE[name]}\n    time.sleep(0.2)\n")
    assert found.verdict is Verdict.CRASHED
    assert "f()" in found.message.what


def test_a_forged_value_is_only_a_value(fork: Launcher) -> None:
    """A hostile worker that knows the nonce can send another value, and nothing else."""
    source = f"{_SEND}\ndef f():\n    send({{'kind': 'return', 'nonce': nonce(), 'value': 7}})\n"
    with worker(fork, source + "    time.sleep(9)\n") as remote:
        assert call(remote, "f") == 7


def test_what_the_worker_says_is_cut(fork: Launcher) -> None:
    """A hostile worker cannot fill the report: texts and frames are capped by the grader."""
    source = (
        f"{_SEND}\ndef f():\n    send({{'kind': 'raised', 'nonce': nonce(), 'type': 'E' * 10**6,"
    )
    source += " 'text': 'x' * 10**6, 'frames': [frame] * 100})\n"
    found = fault_of(fork, source + "    time.sleep(9)\n")
    assert len(found.message.what) < 5000
    assert 0 < len(found.frames) <= 20
    assert len(found.frames[0].function) <= 200


def test_missing_functions_name_the_nearest(fork: Launcher) -> None:
    """NOT_FOUND says what was looked for and what is there."""
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


def test_strange_exceptions_are_reported(fork: Launcher) -> None:
    """An exception whose text cannot be made, or has no end, is CRASHED with its type."""
    source = (
        "class Odd(Exception):\n    def __str__(self):\n        raise SystemExit\n"
        "def f(kind):\n    raise Odd if kind else ValueError('x\\ud800' * 10**6)\n"
    )
    with worker(fork, source) as remote:
        assert "Odd" in fault(lambda: call(remote, "f", 1)).message.what
        assert len(fault(lambda: call(remote, "f", 0)).message.what) < 3000
