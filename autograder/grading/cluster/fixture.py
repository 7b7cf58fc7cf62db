"""The fixture `cluster`: run a function of the submission as the ranks of a virtual cluster."""

from collections.abc import Callable
from contextlib import ExitStack, closing
from typing import Any, NamedTuple

import numpy as np

from autograder.grading.cluster.network import Network, VirtualNetwork
from autograder.grading.cluster.ranks import Ranks
from autograder.grading.cluster.timeline import timeline_of
from autograder.grading.cluster.transfer import Transfer
from autograder.grading.context.check_run import CheckRun
from autograder.grading.context.counters import BYTES, budgeted_count
from autograder.grading.context.student import RemoteFunction
from autograder.grading.context.transcript import Exchange
from autograder.model.outcome import Stretch
from autograder.sandbox.faults import StudentFault
from autograder.sandbox.remote import RemoteWorker

OBSERVER = "autograder.worker.observers.rank"  # around the call of a rank
WATCHED = "autograder.worker.observers.watched_rank"  # the same of one with an onlooker


class ClusterRun(NamedTuple):
    """What the ranks returned, and what the network counted; each list has one entry a rank."""

    values: list[Any]
    sent_bytes: list[int]
    messages: list[int]  # sent
    clock_s: list[float]  # virtual seconds at the end
    peak_bytes: list[float]  # above the inputs; empty unless they were asked for
    transfers: list[Transfer]  # all messages, by sender, in the order of sending
    spans: list[Stretch]  # what the ranks did, in virtual time


class Unwatched:
    """What is told about the worker of one rank, step by step; budgets have one that watches."""

    def sent(self, inputs: tuple[Any, ...]) -> None:
        """The inputs are there."""

    def ran(self) -> None:
        """The call has returned, and so have those of all other ranks."""

    def fetched(self, value: Any) -> None:
        """Its value is here."""


class _Rank(NamedTuple):
    worker: RemoteWorker
    exchange: Exchange
    sight: Unwatched


class Cluster:
    """Runs rank programs: `def f(comm, ...)`, one worker for each rank."""

    def __init__(self, run: CheckRun) -> None:
        self._run = run

    def run(
        self,
        function: RemoteFunction,
        *,
        size: int,
        inputs: Callable[[int], tuple[Any, ...]],
        network: Network | None = None,
        order: np.random.Generator | None = None,
        memory: bool = False,
        look: Callable[[RemoteWorker], Unwatched] | None = None,
    ) -> ClusterRun:
        """Call `function(comm, *inputs(rank))` on each of `size` ranks at once.

        `order` decides among messages for a receive that names no source; without it the earliest
        arrival counts. `memory`: also count the bytes of each rank. `look`: budgets watch them from
        outside. Raises StudentFault when a rank has a fault, when all of them wait, and for
        messages that no rank took.
        """
        net = VirtualNetwork(size, network or Network(), order)
        calls = Ranks(net, memory)
        self._run.context.launcher.warm(size)
        with ExitStack() as workers:
            workers.callback(self._keep_timeline, net)
            ranks = []
            for rank in range(size):
                worker = workers.enter_context(closing(self._run.context.new_worker()))
                workers.callback(self._keep_prints, rank, worker)
                sight, given = look(worker) if look else Unwatched(), inputs(rank)
                if memory or look:
                    worker.imported.require_little(self._run.context.submission.module)
                observer = WATCHED if look else OBSERVER
                exchange = self._send(worker, function, [calls.comm(rank), *given], observer)
                sight.sent(given)
                ranks.append(_Rank(worker, exchange, sight))
            counts = calls.run([rank.worker for rank in ranks], self._run.call_limit)
            for each in ranks:
                each.sight.ran()
            net.require_all_taken()
            values = [self._value(calls, *each) for each in enumerate(ranks)]
        peaks = [budgeted_count(BYTES, count) for count in counts] if memory else []
        return summary_of(net, values, peaks)

    def _send(
        self, worker: RemoteWorker, function: RemoteFunction, arguments: list[Any], observer: str
    ) -> Exchange:
        """Send a rank its call, which it holds until all have theirs."""
        self._run.announce(function, arguments)
        exchange, listened, _ = self._run.transcript.begin(function.name, arguments, {})
        worker.call(
            function.name,
            listened,
            {},
            limit=self._run.call_limit(),
            program=function.program,
            observer=observer,
            hold=True,
        )
        return exchange

    def _value(self, calls: Ranks, number: int, rank: _Rank) -> Any:
        try:
            value = rank.worker.fetch(self._run.call_limit())
        except StudentFault as fault:
            raise calls.named(number, fault) from None
        rank.sight.fetched(value)
        altered = self._run.context.alter(value)
        self._run.transcript.end(rank.exchange, altered)
        return altered

    def _keep_timeline(self, net: VirtualNetwork) -> None:
        self._run.timeline = timeline_of(net)

    def _keep_prints(self, rank: int, worker: RemoteWorker) -> None:
        if printed := worker.output():
            self._run.printed += f"rank {rank} printed:\n{printed.rstrip()}\n"


def summary_of(virtual: VirtualNetwork, values: list[Any], peaks: list[float]) -> ClusterRun:
    """What the network counted, beside what the ranks returned."""
    transfers = sorted(virtual.transfers, key=lambda transfer: transfer.source)
    sent = [[t for t in transfers if t.source == rank] for rank in range(virtual.size)]
    return ClusterRun(
        values=values,
        sent_bytes=[sum(t.nbytes for t in mine) for mine in sent],
        messages=[len(mine) for mine in sent],
        clock_s=virtual.clock_s,
        peak_bytes=peaks,
        transfers=transfers,
        spans=sorted(virtual.spans),
    )
