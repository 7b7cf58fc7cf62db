"""The two sides of a timed pair: a call of the student's, and the yardstick."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Any

import msgspec

from autograder.budgets.replay import MODULE
from autograder.grading.check_run import CheckRun
from autograder.grading.seeds import generator
from autograder.grading.student import RemoteFunction
from autograder.model.assignment import Yardstick
from autograder.model.errors import GraderError
from autograder.sandbox.faults import StudentFault
from autograder.sandbox.intake import Submission
from autograder.sandbox.remote import RemoteWorker

Verify = Callable[[tuple[Any, ...], Any], None]

_REPLAY = Submission(module="yardstick.py", files={"yardstick.py": MODULE})


class TimedCall:
    """A student function on new inputs for each pair."""

    def __init__(
        self,
        run: CheckRun,
        function: RemoteFunction,
        inputs: Callable[[Any], tuple[Any, ...]],
        verify: Verify,
    ) -> None:
        self._run, self._function = run, function
        self._inputs, self._verify = inputs, verify
        self._arguments: tuple[Any, ...] = ()

    def prepare(self, pair: int) -> None:
        """Draw and send new arguments."""
        self._arguments = self._inputs(generator(self._run.seed + pair))
        self._run.worker().call(
            self._function.name,
            self._arguments,
            {},
            deadline=self._run.call_deadline(),
            program=self._function.program,
            hold=True,
        )

    def run(self) -> float:
        """Run the held call."""
        return run_held(self._run, self._run.worker())

    def verify(self) -> None:
        """Judge the value of the timed run."""
        value, _ = self._run.worker().fetch(self._run.call_deadline())
        self._verify(self._arguments, value)


class TimedYardstick:
    """The replayed operations, in a worker that never sees the submission."""

    def __init__(self, run: CheckRun, yardstick: Yardstick) -> None:
        self._run, self._yardstick = run, yardstick
        bench = run.bench
        with _not_the_students():
            self._worker = RemoteWorker(bench.launcher, _REPLAY, bench.limits, None)

    def __enter__(self) -> "TimedYardstick":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._worker.close()

    def prepare(self, pair: int) -> None:
        """Draw new operands."""
        operations = msgspec.to_builtins(self._yardstick.operations)
        arguments = (operations, self._yardstick.interpreter_steps, self._run.seed + pair)
        with _not_the_students():
            self._worker.call("prepare", arguments, {}, deadline=self._run.call_deadline())
            self._worker.call("run", (), {}, deadline=self._run.call_deadline(), hold=True)

    def run(self) -> float:
        """Replay once."""
        with _not_the_students():
            return run_held(self._run, self._worker)

    def verify(self) -> None:
        """Nothing to judge."""


@contextmanager
def _not_the_students() -> Iterator[None]:
    """A yardstick that fails must not cost the student's points."""
    try:
        yield
    except StudentFault as fault:
        reason = "; ".join(fault.message.lines())
        raise GraderError(f"the yardstick cannot be replayed: {reason}") from None


def run_held(run: CheckRun, worker: RemoteWorker) -> float:
    """Run the held call; gives its CPU seconds, read from outside."""
    before = worker.cpu_s()
    worker.run_held(run.call_deadline())
    return worker.cpu_s() - before
