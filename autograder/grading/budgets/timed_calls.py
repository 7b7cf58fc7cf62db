"""The two sides of a timed pair: a call of the student's, and the yardstick.

Called by `time` and, for what both kinds of timing share, by `speedup`.
"""

import math
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import msgspec

from autograder.grading.budgets.measured_call import MeasuredCall, Verification
from autograder.grading.budgets.timing import Sample, total
from autograder.grading.context.check_run import CheckRun
from autograder.machine.threads import threads_of
from autograder.model.assignment import Yardstick
from autograder.model.errors import GraderError
from autograder.sandbox.faults import StudentFault
from autograder.sandbox.remote import RemoteWorker
from autograder.sandbox.time_limits import OurLimit, TimeLimit
from autograder.submission.intake import Submission
from autograder.worker.yardstick import MODULE

REPLAY = Submission(module="yardstick.py", files={"yardstick.py": MODULE})
SPARE = 1_000_003  # between the seeds of the calls of one sample
_ARRIVALS = 3
_UNEVEN, _MESSAGE_S = 1.25, 0.001  # how much more the same inputs may take the next time
_SHORTEST_S = 1e-6  # a clock that has not ticked must not divide by zero


class TimedCall:
    """A student function on new inputs for every call, stopped while it is not its turn.

    All that its process does from when it has the inputs until we have the value is billed. While
    the inputs arrive, what its other threads do is billed, and what the first one does beyond
    `arrival_s`, the CPU seconds that the same inputs take in a worker of ours.
    """

    def __init__(
        self,
        call: MeasuredCall,
        verification: Verification,
        arrival_s: float = math.inf,
        beside: "TimedCall | None" = None,
    ) -> None:
        """`beside`: another call of the same function, whose worker this one shares."""
        self._call, self._verification = call, verification
        self._arrival_s = _UNEVEN * arrival_s + _MESSAGE_S
        self._rng = random.Random(call.run.seed)
        fresh = beside._worker if beside else call.run.fresh_worker()
        self._worker: RemoteWorker = fresh
        self._worker.pause()

    def sample(self, pair: int, calls: int) -> Sample:
        """Time the calls; one of them, the worker cannot know which, has the pair's own inputs."""
        verified = self._rng.randrange(calls)
        self._worker.resume()
        samples = [self._once(pair, number, number == verified) for number in range(calls)]
        self._worker.pause()
        return total(samples)

    def _once(self, pair: int, number: int, verified: bool) -> Sample:
        arguments = self._call.arguments(pair + (0 if verified else (number + 1) * SPARE))
        others, all_threads = self._worker.other_threads_s(), self._worker.cpu_s()
        self._call.send(self._worker, arguments)
        meanwhile = self._worker.other_threads_s() - others
        first = self._worker.cpu_s() - all_threads - meanwhile
        meanwhile += max(0.0, first - self._arrival_s)
        timed, value = run_held(self._worker, self._call.run.call_limit)
        if verified:
            self._verification.verify(pair, arguments, self._call.run.context.alter(value))
        return timed._replace(cpu_s=timed.cpu_s + meanwhile)


class TimedYardstick:
    """The replayed operations, in a worker that never sees the submission."""

    def __init__(self, run: CheckRun, yardstick: Yardstick) -> None:
        context = run.context
        self._call_s = context.limits.call_s
        operations = msgspec.to_builtins(yardstick.operations)
        with no_fault_of_the_student():
            self._worker = RemoteWorker(context.launcher, REPLAY, context.limits, None)
            try:
                self._send("prepare", operations, yardstick.interpreter_steps, run.seed, hold=False)
            except StudentFault:
                self.close()
                raise

    def arrival_s(self, call: MeasuredCall) -> float:
        """CPU seconds in which inputs like the student's arrive in a worker; the most of a few."""
        taken = []
        for number in range(_ARRIVALS):
            arguments, before = call.arguments(number), self._worker.cpu_s()
            with no_fault_of_the_student():
                self._send("ignore", *arguments)
            taken.append(self._worker.cpu_s() - before)
        return max(taken)

    def close(self) -> None:
        """End its worker."""
        self._worker.close()

    def sample(self, pair: int, calls: int) -> Sample:
        """Replay so many times; operands stay the same, for it has no answers to remember."""
        with no_fault_of_the_student():
            self._send("run", calls)
            sample, _ = run_held(self._worker, self._limit)
        if pair == 0:
            self._require_single_thread()
        return sample

    def _send(self, function: str, *arguments: Any, hold: bool = True) -> None:
        self._worker.call(function, arguments, {}, limit=self._limit(), hold=hold)

    def _require_single_thread(self) -> None:
        """After its first operations, when libraries have started what threads they use."""
        count = threads_of(self._worker.pid)
        if count is not None and count > 1:
            raise GraderError(
                f"the yardstick runs in {count} threads, so its time means nothing: a library here"
                " does not heed OMP_NUM_THREADS=1; install the versions of ci/constraints.txt"
            )

    def _limit(self) -> TimeLimit:
        """Not within the check's: what the yardstick takes is not the submission's."""
        return OurLimit(self._call_s)


@contextmanager
def no_fault_of_the_student() -> Iterator[None]:
    """A yardstick that fails must not cost the student's points."""
    try:
        yield
    except StudentFault as fault:
        reason = "; ".join(fault.message.lines())
        raise GraderError(f"the yardstick cannot be replayed: {reason}") from None


def run_held(worker: RemoteWorker, limit: Callable[[], TimeLimit]) -> tuple[Sample, Any]:
    """Run the held call and take its value, timed from outside."""
    started, wall, cpu = worker.stopwatch.read(), time.perf_counter(), worker.cpu_s()
    worker.run_held(limit())
    value = worker.fetch(limit())
    cpu_s, wall_s = worker.cpu_s() - cpu, time.perf_counter() - wall
    slept_s = worker.stopwatch.slept_s(started)
    return Sample(max(cpu_s, _SHORTEST_S), max(wall_s, _SHORTEST_S), slept_s), value
