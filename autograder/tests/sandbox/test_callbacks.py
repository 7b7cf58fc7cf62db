"""Functions of a check that the student's code calls, programs, and held calls."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autograder.model.errors import GraderError
from autograder.model.verdict import Verdict
from autograder.sandbox.callables import LimitedCallable
from autograder.sandbox.faults import StudentFault
from autograder.sandbox.launcher import Launcher
from autograder.sandbox.time_limits import TimeLimit
from autograder.tests.sandbox.launchers import call, worker
from autograder.tests.sandbox.test_remote import fault


def test_functions_of_the_grader_are_called_back(fork: Launcher) -> None:
    """A callable gets the student's arguments in order, and the student gets its values."""
    seen: list[Any] = []

    def gradient(w: np.ndarray, index: list[int]) -> np.ndarray:
        seen.append(index)
        return w * 2

    source = "def f(g, w):\n    for i in range(3):\n        w = g(w, index=[i])\n    return w\n"
    with worker(fork, source) as remote:
        assert np.array_equal(call(remote, "f", gradient, np.ones(2)), [8.0, 8.0])
    assert seen == [[0], [1], [2]]


def test_a_function_has_a_budget_of_calls(fork: Launcher) -> None:
    """The budget itself passes; one call more is OVER_OPERATION_BUDGET and names the function."""
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
        got = call(remote, "f", lambda n: n * n, limit=TimeLimit(5))
    assert got == [n * n for n in range(200)]


def slow() -> int:
    """Slow."""
    time.sleep(0.3)
    return 1


def test_the_time_of_a_callback_is_not_the_students(fork: Launcher) -> None:
    """A slow function of the check does not use up the student's time."""
    with worker(fork, "def f(g):\n    return g() + g()\n") as remote:
        assert call(remote, "f", slow, limit=TimeLimit(0.4)) == 2


@pytest.mark.parametrize(
    "argument",
    ["None", "np.ones(3)", "'a'", "[[1], 2]", "{}"],
)
def test_bad_arguments_for_a_callback_are_the_students(fork: Launcher, argument: str) -> None:
    """Arguments that a function of the check cannot use are CRASHED, and the message names them."""

    def gradient(w: Any) -> Any:
        return {"a": np.ones((2, 2))}["a"] @ np.asarray(w, float) @ w["a" if w == {} else 0]

    found = fault_of_callback(fork, gradient, argument)
    assert found.verdict is Verdict.CRASHED
    assert found.message.what.startswith("gradient(")
    assert "cannot be computed" in found.message.what


def fault_of_callback(fork: Launcher, function: Callable[..., Any], argument: str) -> StudentFault:
    """The fault of a submission that calls `function` with this expression."""
    source = f"import numpy as np\ndef f(g):\n    return g({argument})\n"
    with worker(fork, source) as remote:
        return fault(lambda: call(remote, "f", function))


def test_torchs_way_of_refusing_shapes_is_the_students_too(fork: Launcher) -> None:
    """RuntimeError, which torch raises for shapes that do not fit, is not a fault of the grader."""

    def loss(w: Any) -> Any:
        raise RuntimeError("mat1 and mat2 shapes cannot be multiplied")

    assert fault_of_callback(fork, loss, "1").verdict is Verdict.CRASHED


def test_a_callback_given_something_odd_names_the_students_line(fork: Launcher) -> None:
    """An argument that cannot be sent to the grader is a TypeError in the student's own line."""
    with worker(fork, "def f(g):\n    return g(x for x in ())\n") as remote:
        found = fault(lambda: call(remote, "f", lambda x: x))
    assert "TypeError: called with a generator ([0])" in found.message.what
    assert found.traceback[-1].line == 2


def test_our_own_slip_in_a_callback_is_ours(fork: Launcher) -> None:
    """A NameError in a function of the check, or a value that cannot be sent, is not charged."""

    def broken(value: Any) -> Any:
        return undefined + value  # type: ignore[name-defined]  # noqa: F821

    with worker(fork, "def f(g):\n    return g(1)\n") as remote, pytest.raises(NameError):
        call(remote, "f", broken)
    with worker(fork, "def f(g):\n    return g(1)\n") as remote, pytest.raises(GraderError):
        call(remote, "f", lambda value: {1, 2})


PROGRAMS = "def twice(student, x):\n    return student.f(x) * 2\n"


def test_programs_run_beside_the_submission(fork: Launcher, tmp_path: Path) -> None:
    """A program gets the student's module; when it fails, the student's lines are reported."""
    path = tmp_path / "programs.py"
    path.write_text(PROGRAMS)
    source = "def f(x):\n    if x < 0:\n        raise ValueError('no')\n    return x + 1\n"
    with worker(fork, source, programs=path) as remote:
        assert call(remote, "twice", 3, program=True) == 8
        found = fault(lambda: call(remote, "twice", -1, program=True))
    assert [line.line for line in found.traceback] == [3]


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
    """A held call uses no CPU time until it is run, and then as much as its work."""
    source = (
        "import time\ndef f(seconds):\n    end = time.process_time() + seconds\n"
        "    while time.process_time() < end:\n        pass\n    return seconds\n"
    )
    with worker(launcher, source) as remote:
        call(remote, "f", 0.2, hold=True)
        before = remote.cpu_s()
        remote.run_held(TimeLimit(5))
        after = remote.cpu_s()
        assert remote.fetch(TimeLimit(1)) == 0.2
    assert 0.19 < after - before
    assert remote.cpu_s() >= after


def test_a_held_call_may_call_back_each_time_it_runs(fork: Launcher) -> None:
    """Functions of the grader work in held calls, and each run has their whole budget of calls."""
    with worker(fork, "def f(g):\n    return g() + g()\n") as remote:
        call(remote, "f", LimitedCallable(lambda: 1, 2), hold=True)
        for _ in range(5):
            remote.run_held(TimeLimit(1))
        assert remote.fetch(TimeLimit(1)) == 2


def test_what_a_function_of_the_check_computes_counts_for_the_call(fork: Launcher) -> None:
    """A submission that asks again and again is stopped, although it computes nothing itself."""

    def slow(x: int) -> int:
        return sum(range(400_000)) * x

    source = "def f(g):\n    for k in range(9000):\n        g(k)\n"
    with worker(fork, source) as remote, pytest.raises(StudentFault) as caught:
        call(remote, "f", slow)
    assert caught.value.verdict is Verdict.TIME_LIMIT
