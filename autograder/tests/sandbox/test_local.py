"""A worker in the grader's own process, for `check --debug`."""

import os
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autograder.grading.cluster.fixture import Cluster
from autograder.grading.context.check_run import CheckRun
from autograder.grading.context.debugging import DebuggingContext
from autograder.grading.context.grading_context import GradingContext
from autograder.grading.context.seeds import Seed
from autograder.machine.resident_memory import Unseen
from autograder.model.assignment import Limits
from autograder.model.outcome import Message
from autograder.model.verdict import Verdict
from autograder.sandbox.callables import LimitedCallable
from autograder.sandbox.faults import StudentFault
from autograder.sandbox.remote import RemoteWorker
from autograder.sandbox.time_limits import TimeLimit
from autograder.submission.intake import Submission
from autograder.tests.cluster.test_cluster import RING

HEAD = "import numpy as np\n"


def context_of(source: str, programs: Path | None = None) -> GradingContext:
    """Its workers have imported this source into this process."""
    files = {"debugged.py": (HEAD + source).encode()}
    submission = Submission(module="debugged.py", files=files)
    return DebuggingContext(_Cold(), submission, Limits(), programs)


@contextmanager
def local(source: str, programs: Path | None = None) -> Iterator[RemoteWorker]:
    """One such worker."""
    with closing(context_of(source, programs).new_worker()) as worker:
        yield worker


def called(worker: RemoteWorker, *arguments: Any, **options: Any) -> Any:
    """What its function f returns."""
    return worker.call("f", arguments, {}, limit=TimeLimit(60), **options)[0]


def test_prints_go_to_the_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    """They are not collected, and the process is this one."""
    with local("import os\nprint('imported')\ndef f(): print('called'); return os.getpid()") as one:
        assert called(one) == os.getpid()
        assert one.output() == ""
    assert capfd.readouterr().out == "imported\ncalled\n"


def test_values_are_copies_as_always() -> None:
    """What a submission writes into its arguments does not reach the check, and is seen."""
    x = np.zeros(3)
    with local("def f(x):\n    x += 1\n    return x") as worker:
        assert called(worker, x).tolist() == [1, 1, 1]
        assert x.tolist() == [0, 0, 0]
        x.setflags(write=False)
        with pytest.raises(StudentFault) as raised:
            called(worker, x)
        assert "read-only" in raised.value.message.what
        assert [(line.file, line.line) for line in raised.value.traceback] == [("debugged.py", 3)]


def test_nothing_stays_behind() -> None:
    """Neither its folder, nor the search path, nor the working directory; each has a new module."""
    source = "import os\ncalls = []\ndef f(): calls.append(1); return [len(calls), os.getcwd()]"
    before = sys.path[:], os.getcwd()
    context = context_of(source)
    for _ in range(2):
        with closing(context.new_worker()) as worker:
            count, folder = called(worker)
            assert count == 1 and Path(folder).is_dir() and folder != before[1]
        assert (sys.path, os.getcwd()) == before and not Path(folder).exists()


def test_functions_of_the_check_are_called_at_once() -> None:
    """Their values are copies, too."""
    with local("def f(g):\n    return [g(i) for i in range(3)]") as worker:
        assert called(worker, lambda i: i * 10) == [0, 10, 20]


def test_a_fault_of_a_callback_cannot_be_caught() -> None:
    """The submission that catches it has the fault all the same."""
    source = "def f(g):\n    try:\n        g(); g()\n    except BaseException:\n        return 1\n"
    with local(source) as worker, pytest.raises(StudentFault) as raised:
        called(worker, LimitedCallable(lambda: 0, 1))
    assert raised.value.verdict is Verdict.OVER_OPERATION_BUDGET
    fault = StudentFault(Verdict.WRONG, Message("told"))

    def fail() -> None:
        raise fault

    with local(source) as worker, pytest.raises(StudentFault) as raised:
        called(worker, fail)
    assert raised.value is fault


@pytest.mark.parametrize("end", ["raise bdb.BdbQuit", "raise KeyboardInterrupt"])
def test_quitting_the_debugger_ends_the_check(end: str) -> None:
    """As Ctrl-C does; it is no fault of the submission."""
    with local(f"import bdb\ndef f(): {end}") as worker, pytest.raises(KeyboardInterrupt):
        called(worker)


def test_programs_and_held_calls_work(tmp_path: Path) -> None:
    """Budgets hold their calls and fetch the values; programs get the module."""
    (tmp_path / "programs.py").write_text("def f(module, x): return module.f(x) + 1\n")
    with local("def f(x): return 2 * x", tmp_path / "programs.py") as worker:
        assert called(worker, 5, program=True) == 11
        called(worker, 7, hold=True)
        worker.pause()
        worker.resume()
        assert worker.run_held(TimeLimit(60)) == {}
        assert worker.fetch(TimeLimit(60)) == 14
        assert (worker.cpu_s(), worker.other_threads_s()) == (0.0, 0.0)


def test_ranks_run_side_by_side() -> None:
    """Each in a thread, so that one may stand at a breakpoint while the others wait."""
    source = RING.replace("total += passed", "total += passed; print(comm.rank)")
    run = CheckRun(context_of(source), Seed(7, public=True), TimeLimit(200))
    ran = Cluster(run).run(run.student.f, size=3, inputs=lambda rank: (np.full(2, float(rank)),))
    assert [value.tolist() for value in ran.values] == [[3, 3]] * 3
    assert ran.messages == [2, 2, 2]


def test_ranks_that_wait_for_each_other_end() -> None:
    """The deadlock is told, and no thread keeps the process."""
    run = CheckRun(context_of("def f(comm): comm.recv()"), Seed(7, public=True), TimeLimit(200))
    with pytest.raises(StudentFault) as raised:
        Cluster(run).run(run.student.f, size=2, inputs=lambda rank: ())
    assert raised.value.verdict is Verdict.WRONG


def test_its_memory_is_no_witness() -> None:
    """The high-water mark would be the grader's."""
    context = context_of("")
    with closing(context.new_worker()) as worker, pytest.raises(Unseen):
        context.high_water_mark(worker)


class _Cold:
    """A launcher that is asked to warm up, and starts nothing."""

    def warm(self, count: int) -> None:
        """Nothing."""
