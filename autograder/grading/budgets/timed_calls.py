"""The two sides of a timed pair: a call of the student's, and the yardstick."""

import math
import random
import time
from collections.abc import Callable
from typing import Any, Protocol

import msgspec

from autograder.grading.budgets.counting import Inputs
from autograder.grading.budgets.timing import Sample
from autograder.grading.context.check_run import CheckRun
from autograder.grading.context.seeds import generator
from autograder.grading.context.student import RemoteFunction
from autograder.machine.threads import threads_of
from autograder.model.assignment import Yardstick
from autograder.model.errors import GraderError
from autograder.sandbox.faults import StudentFault
from autograder.sandbox.remote import RemoteWorker
from autograder.submission.intake import Submission
from autograder.worker.yardstick import MODULE

_REPLAY = Submission(module="yardstick.py", files={"yardstick.py": MODULE})
_SPARE = 1_000_003  # between the seeds of the calls of one pair
_ARRIVALS = 3
_UNEVEN, _MESSAGE_S = 1.25, 0.001  # how much more the same inputs may take the next time
_SHORTEST_S = 1e-6  # a clock that has not ticked must not divide by zero

JudgeValue = Callable[[int, tuple[Any, ...], Any], None]  # (pair, arguments, value)


class Deadlines(Protocol):
    """What knows when a call that starts now must be finished."""

    def call_deadline(self) -> float:
        """By time.monotonic."""


class TimedCall:
    """A student function on new inputs for every call, stopped while it is not its turn.

    All that its process does from when it has the inputs until we have the value is billed. While
    the inputs arrive, what its other threads do is billed, and what the first one does beyond
    `arrival_s`, the CPU seconds that the same inputs take in a worker of ours.
    """

    def __init__(
        self,
        run: CheckRun,
        function: RemoteFunction,
        inputs: Inputs,
        judge: JudgeValue,
        arrival_s: float = math.inf,
    ) -> None:
        self._run, self._function = run, function
        self._arrival_s = _UNEVEN * arrival_s + _MESSAGE_S
        self._inputs, self._judge = inputs, judge
        self._rng = random.Random(run.seed)
        self._worker = run.fresh_worker()
        self._worker.pause()

    def sample(self, pair: int, calls: int) -> Sample:
        """Time the calls; one of them, the worker cannot know which, has the pair's own inputs."""
        judged = self._rng.randrange(calls)
        self._worker.resume()
        samples = [self._once(pair, number, number == judged) for number in range(calls)]
        self._worker.pause()
        return Sample(sum(s.cpu_s for s in samples), sum(s.wall_s for s in samples))

    def _once(self, pair: int, number: int, judged: bool) -> Sample:
        spare = 0 if judged else (number + 1) * _SPARE
        arguments = self._inputs(generator(self._run.seed + pair + spare))
        others, all_threads = self._worker.other_threads_s(), self._worker.cpu_s()
        self._worker.call(
            self._function.name,
            arguments,
            {},
            deadline=self._run.call_deadline(),
            program=self._function.program,
            hold=True,
        )
        meanwhile = self._worker.other_threads_s() - others
        first = self._worker.cpu_s() - all_threads - meanwhile
        meanwhile += max(0.0, first - self._arrival_s)
        timed, value = run_held(self._run, self._worker)
        if judged:
            self._judge(pair, arguments, self._run.context.alter(value))
        return timed._replace(cpu_s=timed.cpu_s + meanwhile)


class TimedYardstick:
    """The replayed operations, in a worker that never sees the submission."""

    def __init__(self, run: CheckRun, yardstick: Yardstick) -> None:
        self._run = run
        context = run.context
        operations = msgspec.to_builtins(yardstick.operations)
        arguments = (operations, yardstick.interpreter_steps, run.seed)
        try:
            self._worker = RemoteWorker(context.launcher, _REPLAY, context.limits, None)
        except StudentFault as fault:
            raise _ours(fault) from None
        try:
            self._worker.call("prepare", arguments, {}, deadline=self.call_deadline())
        except StudentFault as fault:
            self._worker.close()
            raise _ours(fault) from None

    def arrival_s(self, inputs: Inputs) -> float:
        """CPU seconds in which inputs like the student's arrive in a worker; the most of a few."""
        taken = []
        for number in range(_ARRIVALS):
            arguments, before = inputs(generator(self._run.seed + number)), self._worker.cpu_s()
            try:
                deadline = self.call_deadline()
                self._worker.call("ignore", arguments, {}, deadline=deadline, hold=True)
            except StudentFault as fault:
                raise _ours(fault) from None
            taken.append(self._worker.cpu_s() - before)
        return max(taken)

    def close(self) -> None:
        """End its worker."""
        self._worker.close()

    def sample(self, pair: int, calls: int) -> Sample:
        """Replay so many times; operands stay the same, for it has no answers to remember."""
        try:
            deadline = self.call_deadline()
            self._worker.call("run", (calls,), {}, deadline=deadline, hold=True)
            sample, _ = run_held(self, self._worker)
        except StudentFault as fault:
            raise _ours(fault) from None
        if pair == 0:
            self._require_single_thread()
        return sample

    def _require_single_thread(self) -> None:
        """After its first operations, when libraries have started what threads they use."""
        count = threads_of(self._worker.pid)
        if count is not None and count > 1:
            raise GraderError(
                f"the yardstick runs in {count} threads, so its time means nothing: a library here"
                " does not heed OMP_NUM_THREADS=1; install the versions of ci/constraints.txt"
            )

    def call_deadline(self) -> float:
        """Not the check's: who has used that up is the submission, at its next call."""
        return time.monotonic() + self._run.context.limits.call_s


def _ours(fault: StudentFault) -> GraderError:
    """A yardstick that fails must not cost the student's points."""
    return GraderError(f"the yardstick cannot be replayed: {'; '.join(fault.message.lines())}")


def run_held(side: Deadlines, worker: RemoteWorker) -> tuple[Sample, Any]:
    """Run the held call and take its value, timed from outside."""
    wall, cpu = time.perf_counter(), worker.cpu_s()
    worker.run_held(side.call_deadline())
    value, _ = worker.fetch(side.call_deadline())
    cpu_s, wall_s = worker.cpu_s() - cpu, time.perf_counter() - wall
    return Sample(max(cpu_s, _SHORTEST_S), max(wall_s, _SHORTEST_S)), value
