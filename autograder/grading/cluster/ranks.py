"""Runs the ranks: one step of one worker after the other, all of them on one network.

The network decides when every rank waits for it or has ended, so the order of the steps changes
nothing.
"""

from collections.abc import Sequence
from contextlib import ExitStack, closing
from typing import Any

from autograder.grading.cluster.deadlock import said
from autograder.grading.cluster.network import BLOCKED, VirtualNetwork
from autograder.model.outcome import Message
from autograder.sandbox.callables import Later
from autograder.sandbox.conversation import Steps
from autograder.sandbox.faults import StudentFault
from autograder.sandbox.remote import RemoteWorker
from autograder.sandbox.time_limits import TimeLimit
from autograder.wire.channel import wait_for_any

_CALLS = ("send", "isend", "recv", "irecv", "wait", "barrier", "compute")


class Ranks:
    """All ranks of one run, and the network between them."""

    def __init__(self, network: VirtualNetwork, memory: bool) -> None:
        """`memory`: each rank counts its bytes."""
        self.network, self._memory = network, memory
        self._answers: dict[int, Later] = {}  # that ranks wait for
        self._counts: dict[int, dict[str, float]] = {}  # of ranks that have returned
        self._faults: dict[int, StudentFault] = {}

    def run(self, workers: Sequence[RemoteWorker], limit: TimeLimit) -> list[dict[str, float]]:
        """Run the call that each worker holds; returns what was observed in each.

        Raises the StudentFault of the first rank that has one, or that of all when none can go on.
        """
        with ExitStack() as begun:
            steps = {
                rank: begun.enter_context(closing(worker.steps_of_held(limit)))
                for rank, worker in enumerate(workers)
            }
            ready = list(steps)
            while steps:
                for rank in ready:
                    self._step(rank, steps)
                running = {workers[r].channel: r for r in steps if r not in self._answers}
                if running:
                    ready = [running[channel] for channel in wait_for_any(list(running))]
                else:
                    ready = self._settle()
        if self._faults:
            raise self._first_fault()
        return [self._counts[rank] for rank in range(len(workers))]

    def answer(self, rank: int, call: str, line: str, *arguments: Any) -> Any:
        """What a call of `comm` returns; it may take until other ranks have made theirs."""
        if call == "place":
            return rank, self.network.size, self._memory
        if call not in _CALLS:
            raise ValueError(f"comm has no {call!r:.40}")
        answer = getattr(self.network, call)(rank, line[:200], *arguments)
        if answer is BLOCKED:
            answer = self._answers[rank] = Later()
        return answer

    def _step(self, rank: int, steps: dict[int, Steps]) -> None:
        """Let a rank go on until it waits."""
        try:
            next(steps[rank])
            return
        except StopIteration as done:
            self._counts[rank] = done.value[1]
        except StudentFault as fault:
            self._faults[rank] = fault
        del steps[rank]
        self.network.ended.add(rank)

    def _settle(self) -> list[int]:
        """Every rank waits or has ended: let those go on that can."""
        if self._faults:  # the others wait for a rank that has failed, or would in the end
            raise self._first_fault()
        answers = self.network.settle() if self._answers else {}
        for rank, value in answers.items():
            self._answers.pop(rank).become(value)
        return list(answers)

    def _first_fault(self) -> StudentFault:
        """Of the lowest rank that has one: with its number, and what the others wait for."""
        rank = min(self._faults)
        fault, waiting = self._faults[rank], self.network.waiting
        message = fault.message
        others = [f"rank {other} {said(wait)}" for other, wait in sorted(waiting.items())]
        detail = "; ".join(filter(None, [message.detail, *others[:3]]))
        what = f"rank {rank} of {self.network.size}: {message.what}"
        named = Message(what, detail, hint=message.hint)
        return StudentFault(fault.verdict, named, fault.traceback, fault.staff)
