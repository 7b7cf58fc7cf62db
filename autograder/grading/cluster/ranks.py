"""Runs the ranks side by side: each goes on until it calls `comm`, and waits for all others to.

Then the calls are made, in the order of ranks, so that nothing depends on which one was first.
"""

from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from functools import partial
from typing import Any

import numpy as np

from autograder.grading.cluster.deadlock import said
from autograder.grading.cluster.network import BLOCKED, VirtualNetwork
from autograder.model.outcome import Message
from autograder.sandbox.callables import Later, LimitedCallable
from autograder.sandbox.conversation import Steps
from autograder.sandbox.faults import StudentFault
from autograder.sandbox.remote import RemoteWorker
from autograder.sandbox.time_limits import TimeLimit
from autograder.wire.channel import wait_for_any
from autograder.wire.codec import MAX_BYTES

MOST_CALLS = 10_000  # of `comm`, by one rank
_INTEGER, _OPTIONAL, _ARRAY = (int,), (int, type(None)), (np.ndarray,)
# the types of their arguments: a worker may send anything in the name of our own code
_CALLS: dict[str, tuple[tuple[type, ...], ...]] = {
    "send": (_INTEGER, _ARRAY),
    "isend": (_INTEGER, _ARRAY),
    "recv": (_OPTIONAL,),
    "irecv": (_INTEGER,),
    "wait": (_INTEGER, _OPTIONAL),
    "drop": (_INTEGER, _INTEGER),
    "barrier": (),
    "compute": ((float,),),
}


class Ranks:
    """All ranks of one run, and the network between them."""

    def __init__(self, network: VirtualNetwork, memory: bool) -> None:
        """`memory`: each rank counts its bytes."""
        self.network, self._memory = network, memory
        self._steps: dict[int, Steps] = {}  # of ranks that have not ended
        self._called: dict[int, Callable[[], Any]] = {}  # calls that are not made yet
        self._answers: dict[int, Later] = {}  # that ranks wait for
        self._counts: dict[int, dict[str, float]] = {}  # of ranks that have returned
        self._faults: dict[int, StudentFault] = {}

    def run(
        self, workers: Sequence[RemoteWorker], limit: Callable[[], TimeLimit]
    ) -> list[dict[str, float]]:
        """Run the call that each worker holds; returns what was observed in each.

        `limit()` is that of one rank. Raises the StudentFault of the first rank that has one, or
        that of all when none can go on.
        """
        with ExitStack() as begun:
            for rank, worker in enumerate(workers):
                self._steps[rank] = begun.enter_context(closing(worker.steps_of_held(limit())))
            ready = list(self._steps)
            while ready:
                for rank in ready:
                    self._step(rank)
                ready = self._next(workers)
        self._raise_first_fault()
        return [self._counts[rank] for rank in range(len(workers))]

    def comm(self, rank: int) -> LimitedCallable:
        """What a rank asks: first for its place."""
        comm = LimitedCallable(partial(self._answer, rank), MOST_CALLS, MAX_BYTES)
        comm.__name__ = "comm"
        return comm

    def _answer(self, rank: int, call: str, line: str, *arguments: Any) -> Any:
        """What a call of `comm` returns, once all ranks have made theirs. Raises ValueError for
        what our own code would not send."""
        if call == "place":
            return rank, self.network.size, self._memory
        kinds = _CALLS.get(call)
        if kinds is None or type(line) is not str or len(kinds) != len(arguments):
            raise ValueError(f"comm has no such call {call!r:.40}")
        if not all(type(each) in kind for each, kind in zip(arguments, kinds, strict=True)):
            raise ValueError(f"comm.{call} has other arguments")
        self._called[rank] = partial(getattr(self.network, call), rank, line[:200], *arguments)
        answer = self._answers[rank] = Later()
        return answer

    def named(self, rank: int, fault: StudentFault) -> StudentFault:
        """The fault of a rank: with its number, and what the others wait for."""
        message, waiting = fault.message, sorted(self.network.waiting.items())
        others = [f"rank {other} {said(wait)}" for other, wait in waiting if other != rank]
        detail = "; ".join(filter(None, [message.detail, *others[:3]]))
        what = f"rank {rank} of {self.network.size}: {message.what}"
        words = Message(what, detail, hint=message.hint)
        return StudentFault(fault.verdict, words, fault.traceback, fault.staff)

    def _next(self, workers: Sequence[RemoteWorker]) -> list[int]:
        """The ranks to go on with; none once all have ended."""
        busy = {workers[r].channel: r for r in self._steps if r not in self._answers}
        if busy:
            # after a while of silence all are looked at: each has limits
            return [busy[each] for each in wait_for_any(list(busy))] or list(self._steps)
        return self._settle() if self._steps else []

    def _step(self, rank: int) -> None:
        """Let a rank go on until it waits."""
        try:
            next(self._steps[rank])
        except StopIteration as done:
            self._counts[rank] = done.value[1]
            self._end(rank)
        except StudentFault as fault:
            self._faults[rank] = fault
            self._end(rank)

    def _end(self, rank: int) -> None:
        del self._steps[rank]
        self._answers.pop(rank, None)
        self._called.pop(rank, None)
        self.network.end(rank)

    def _settle(self) -> list[int]:
        """Every rank has made a call or has ended: let those go on that can."""
        answers = {}
        for rank, call in sorted(self._called.items()):
            try:
                answers[rank] = call()
            except StudentFault as fault:
                self._faults[rank] = fault
        self._called.clear()
        self._raise_first_fault()
        answers = {rank: value for rank, value in answers.items() if value is not BLOCKED}
        answers.update(self.network.go_on())
        answers = answers or self.network.decide()
        for rank, value in answers.items():
            self._answers.pop(rank).become(value)
        return list(answers)

    def _raise_first_fault(self) -> None:
        """Of the lowest rank that has one."""
        for rank, fault in sorted(self._faults.items()):
            raise self.named(rank, fault)
