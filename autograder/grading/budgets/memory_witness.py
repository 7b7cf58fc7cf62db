"""Memory as the operating system sees it: a witness from outside of what the worker counted.

Called by memory budgets and by the counters of the fixture `accounting`.
"""

from contextlib import closing
from typing import Any, NamedTuple

from autograder.grading.budgets.measured_call import MeasuredCall, Verification
from autograder.grading.budgets.timed_calls import REPLAY, no_fault_of_the_student
from autograder.grading.cluster.fixture import Unwatched
from autograder.grading.context.grading_context import GradingContext
from autograder.machine.resident_memory import Unseen
from autograder.model.values import weight
from autograder.sandbox.remote import RemoteWorker
from autograder.sandbox.time_limits import OurLimit

UNCOUNTED = "memory that is neither numpy's nor torch's nor Python's counts as well"  # a hint
_OBSERVER = "autograder.worker.observers.high_water"
_MOVING = 4  # times the weight of what is moved: buffers and copies
_LOOSE = 32 * 10**6  # what libraries touch for the first time, and the kernel's own rounding


class Sighting(NamedTuple):
    """A value, and by how many bytes the worker's resident memory rose to make it."""

    value: Any
    risen: int


def most_let_pass(budget: float) -> float:
    """The witness is loose: it sees pages, and also what libraries load on first use."""
    return budget + _LOOSE


class Sight(Unwatched):
    """By how many bytes the resident memory of a worker rises around one call that it holds.

    The inputs exist when the mark is set back, so they do not count. What is used while they arrive
    counts if it is more than their own bytes: beyond what they take to arrive in a worker of ours.
    While the value leaves, what counts is beyond what moving it takes: computing too early or too
    late must not pay. Every method raises Unseen where the system keeps no mark.
    """

    def __init__(self, context: GradingContext, worker: RemoteWorker) -> None:
        """Before the inputs are sent."""
        self._context, self._worker, self.risen = context, worker, 0
        self._mark = context.high_water_mark(worker)

    def sent(self, inputs: tuple[Any, ...]) -> None:
        """The inputs are there."""
        early = self._mark.risen()
        if early > weight(inputs) + _LOOSE:
            self.risen = early - _arrival(self._context, inputs)
        self._mark = self._context.high_water_mark(self._worker)

    def ran(self) -> None:
        """The call has returned."""
        self.risen = max(self.risen, self._mark.risen())

    def fetched(self, value: Any) -> None:
        """Its value is here."""
        self.risen = max(self.risen, self._mark.risen() - _MOVING * weight(value))


def watch_call(call: MeasuredCall, verification: Verification) -> Sighting | None:
    """Call in a worker that has done nothing before, and watch it; None where the system cannot.

    In a fresh worker, because free or kept memory of a call before could be used again unseen;
    and apart from the count, whose own records would be seen. The value that a check judges is this
    one.
    """
    run, arguments = call.run, call.arguments()
    with closing(run.context.new_worker(run.isolation)) as worker:
        try:
            sight = Sight(run.context, worker)
            call.send(worker, arguments, _OBSERVER, lend=True)
            sight.sent(arguments)
            worker.run_held(run.call_limit())
            sight.ran()
            value = worker.fetch(run.call_limit())
            sight.fetched(value)
            worker.require_unchanged(run.random, run.call_limit())
        except Unseen:
            return None
    altered = run.context.alter(value)
    verification.verify(0, arguments, altered)
    return Sighting(altered, sight.risen)


def _arrival(context: GradingContext, arguments: tuple[Any, ...]) -> int:
    """By how many bytes the arrival of the same inputs lets a worker of ours rise."""
    with (
        no_fault_of_the_student(),
        closing(RemoteWorker(context.launcher, REPLAY, context.limits, None)) as ours,
    ):
        mark, limit = context.high_water_mark(ours), OurLimit(context.limits.call_s)
        ours.call("ignore", arguments, {}, limit=limit, observer=_OBSERVER, hold=True)
        return mark.risen()
