"""The cluster of the checks without its workers: ranks are threads of the process that measures.

The network is the grader's own, so that bytes, messages and virtual time are those of a check.
"""

import queue
import threading
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from autograder.grading.cluster.fixture import ClusterRun, summary_of
from autograder.grading.cluster.network import BLOCKED, Network, VirtualNetwork
from autograder.sandbox.faults import StudentFault
from autograder.worker.observers.rank import Comm

_NOWHERE = "\0"  # a folder with no files: messages here name no lines
_Called = tuple[int, Callable[[], Any] | BaseException | None]  # None: the rank has ended


def run_ranks(
    program: Callable[..., Any],
    *,
    size: int,
    inputs: Callable[[int], tuple[Any, ...]],
    network: Network | None = None,
) -> ClusterRun:
    """Call `program(comm, *inputs(rank))` on each of `size` ranks at once.

    Raises the exception of the first rank that raises one, and RuntimeError where the network would
    end a check: when all ranks wait, for messages that no rank took.
    """
    net = VirtualNetwork(size, network or Network(), None)
    ranks = _Threads(net, program, inputs)
    try:
        ranks.run()
        net.require_all_taken()
    except StudentFault as fault:
        raise RuntimeError(fault.message.what) from None
    finally:
        ranks.stop()
    return summary_of(net, ranks.values, [])


class _Stopped(BaseException):
    """Ends a rank that waits for an answer which it will not get."""


class _Threads:
    """One thread for each rank; calls are made once every rank has one, in the order of ranks."""

    def __init__(
        self,
        net: VirtualNetwork,
        program: Callable[..., Any],
        inputs: Callable[[int], tuple[Any, ...]],
    ) -> None:
        self._net, self._program, self._inputs = net, program, inputs
        self.values: list[Any] = [None] * net.size
        self._called: queue.SimpleQueue[_Called] = queue.SimpleQueue()
        self._answers = [queue.SimpleQueue[Any]() for _ in range(net.size)]
        self._threads = [
            threading.Thread(target=self._work, args=(rank,), daemon=True)
            for rank in range(net.size)
        ]

    def run(self) -> None:
        """Until all ranks have ended."""
        for thread in self._threads:
            thread.start()
        busy = self._net.size
        while busy:
            calls = dict(self._called.get() for _ in range(busy))
            answers = self._settle(calls)
            for rank, answer in answers.items():
                self._answers[rank].put(answer)
            busy = len(answers)

    def stop(self) -> None:
        """End those that still wait."""
        for answers in self._answers:
            answers.put(_Stopped())
        for thread in self._threads:
            thread.join()

    def _settle(self, calls: dict[int, Callable[[], Any] | BaseException | None]) -> dict[int, Any]:
        """Make the calls; returns the answers of the ranks that go on, none once all have ended."""
        answers = {}
        for rank, call in sorted(calls.items()):
            if isinstance(call, BaseException):
                raise call
            if call is None:
                self._net.end(rank)
            elif (answer := call()) is not BLOCKED:
                answers[rank] = answer
        answers.update(self._net.go_on())
        if not answers and self._net.waiting:
            answers = self._net.decide()
        return answers

    def _work(self, rank: int) -> None:
        """What the thread of one rank does."""

        def ask(call: str, line: str, *arguments: Any) -> Any:
            sent = [np.array(a) if isinstance(a, np.ndarray) else a for a in arguments]
            self._called.put((rank, partial(getattr(self._net, call), rank, line, *sent)))
            answer = self._answers[rank].get()
            if isinstance(answer, _Stopped):
                raise answer
            return answer

        try:
            comm = Comm(rank, self._net.size, ask, _NOWHERE)
            self.values[rank] = self._program(comm, *self._inputs(rank))
            comm.end()
        except BaseException as error:  # of any kind: it is raised again in the thread of `run`
            self._called.put((rank, error))
        else:
            self._called.put((rank, None))
