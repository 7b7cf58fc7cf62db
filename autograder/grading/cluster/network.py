"""A network in virtual time: who waits for whom, when messages arrive, and what is counted.

It knows nothing of processes: `ranks` makes the calls of each rank, in the order of ranks and once
all of them have one, so that nothing depends on the machine. Its rules stand in docs/cluster.md.
"""

import math
from collections import defaultdict
from typing import Any, NamedTuple

import numpy as np

from autograder.grading.cluster.deadlock import PAIRS, Wait, deadlock
from autograder.grading.cluster.transfer import Transfer
from autograder.model.outcome import Message as Words
from autograder.model.outcome import Stretch
from autograder.model.units import show_bytes
from autograder.model.verdict import Verdict
from autograder.sandbox.faults import StudentFault
from autograder.wire.checksum import checksum_of

MOST_UNDELIVERED = 256 * 2**20  # bytes of messages that no rank has taken yet
BLOCKED = object()  # in place of an answer: the rank has to wait


class Network(NamedTuple):
    """What a message costs: latency + bytes / bandwidth, on the sender's and the receiver's port.

    With `rendezvous` it starts when both sides are there; without it a send is buffered.
    """

    latency_s: float = 1e-5
    bytes_per_s: float = 1e10
    rendezvous: bool = False

    def cost_s(self, nbytes: int) -> float:
        """Seconds for which a message occupies each of the two ports."""
        return self.latency_s + nbytes / self.bytes_per_s


_Pair = tuple[int, int]  # source, target


class VirtualNetwork:
    """The state of all ranks: what each of them calls, and what is decided for all."""

    def __init__(self, size: int, network: Network, order: np.random.Generator | None) -> None:
        self.size, self.network, self._order = size, network, order
        self.clock_s, self._out_free_s, self._in_free_s = ([0.0] * size for _ in range(3))
        self.transfers: list[Transfer] = []  # in the order of sending, for each rank
        self.spans: list[Stretch] = []
        self.waiting: dict[int, Wait] = {}
        self.ended: set[int] = set()
        self._sent: dict[_Pair, list[Transfer]] = defaultdict(list)
        self._posted: dict[_Pair, list[float]] = defaultdict(list)  # clocks of posted receives
        self._requests: dict[tuple[int, int], Wait] = {}  # by rank and number, until waited for
        self._numbers = [0] * size  # of requests, by rank
        self._unmet: list[Transfer] = []  # with rendezvous, until both sides are there
        self._undelivered = 0

    # What a rank calls
    def send(self, rank: int, line: str, target: int, payload: np.ndarray) -> Any:
        """Blocks only where the receiver has to be there."""
        transfer = self._post(rank, line, target, payload)
        return self._wait(rank, Wait("send", line, target, transfer))

    def isend(self, rank: int, line: str, target: int, payload: np.ndarray) -> int:
        """The number of a request."""
        transfer = self._post(rank, line, target, payload)
        transfer.checksum = checksum_of(payload)
        return self._request(rank, Wait("isend", line, target, transfer))

    def recv(self, rank: int, line: str, source: int | None) -> Any:
        """The next message of a rank, or of any."""
        if source is None:
            return self._wait(rank, Wait("recv", line, None, None))
        return self._wait(rank, self._receive(rank, line, source))

    def irecv(self, rank: int, line: str, source: int) -> int:
        """The number of a request."""
        return self._request(rank, self._receive(rank, line, source))

    def wait(self, rank: int, line: str, request: int, checksum: int | None) -> Any:
        """The message of an `irecv`, or None once an `isend` is done."""
        return self._wait(rank, self._asked(rank, request, checksum)._replace(line=line))

    def drop(self, rank: int, line: str, request: int, checksum: int) -> None:
        """At the end of a rank, for an `isend` that it never waited for."""
        self._asked(rank, request, checksum)

    def barrier(self, rank: int, line: str) -> Any:
        """Until all ranks are there."""
        return self._wait(rank, Wait("barrier", line, None, None))

    def compute(self, rank: int, line: str, seconds: float) -> None:
        """Advance the rank's clock."""
        if not 0 <= seconds < math.inf:
            raise _refused(f"comm.compute({seconds}): seconds are a finite number from 0 on")
        self._until(rank, self.clock_s[rank] + seconds, "compute")

    # What is decided for all
    def end(self, rank: int) -> None:
        """The rank has ended."""
        self.waiting.pop(rank, None)
        self.ended.add(rank)

    def go_on(self) -> dict[int, Any]:
        """The answers of the ranks that need not wait any longer."""
        if self.network.rendezvous:
            self._meet()
        ready = [rank for rank, wait in sorted(self.waiting.items()) if self._is_ready(rank, wait)]
        return {rank: self._finish(rank, self.waiting.pop(rank)) for rank in ready}

    def decide(self) -> dict[int, Any]:
        """The same when every rank waits or has ended. Raises StudentFault when none can go on."""
        if len(self.waiting) == self.size and all(
            w.kind == "barrier" for w in self.waiting.values()
        ):
            return self._pass_barrier()
        served = self._serve_any()
        if served is None:
            raise deadlock(self.waiting, self.ended)
        return {served: self._finish(served, self.waiting.pop(served))}

    def require_all_taken(self) -> None:
        """At the end. Raises StudentFault for messages that no rank took."""
        left = [transfer for transfer in self.transfers if transfer.payload is not None]
        if left:
            first = min(left, key=lambda transfer: transfer.source)
            count = sum(t.source == first.source and t.target == first.target for t in left)
            messages = "a message" if count == 1 else f"{count} messages"
            pair = f"rank {first.source} sent {messages} to rank {first.target}"
            what = f"{pair} that no rank received"
            raise StudentFault(Verdict.WRONG, Words(what, _sent(first.line), hint=PAIRS))

    def _post(self, rank: int, line: str, target: int, payload: np.ndarray) -> Transfer:
        self._require_rank(rank, target)
        sent = self._sent[rank, target]
        transfer = Transfer(rank, target, len(sent), line, payload, self.clock_s[rank])
        self.transfers.append(transfer)
        sent.append(transfer)
        self._undelivered += payload.nbytes
        if self._undelivered > MOST_UNDELIVERED:
            held = f"the network holds more than {show_bytes(MOST_UNDELIVERED)} of messages"
            what = f"{held} that were not received yet"
            raise StudentFault(Verdict.MEMORY_LIMIT, Words(what, _sent(line)))
        if self.network.rendezvous:
            self._unmet.append(transfer)
        else:
            transfer.start_s = max(self.clock_s[rank], self._out_free_s[rank])
            transfer.sent_s = transfer.start_s + self.network.cost_s(payload.nbytes)
            self._out_free_s[rank] = transfer.sent_s
        return transfer

    def _receive(self, rank: int, line: str, source: int) -> Wait:
        """Post a receive: it gets the next message of the pair that no other has."""
        self._require_rank(rank, source)
        posted = self._posted[source, rank]
        posted.append(self.clock_s[rank])
        return Wait("recv", line, source, len(posted) - 1)

    def _require_rank(self, rank: int, other: int) -> None:
        if not 0 <= other < self.size:
            raise _refused(f"there is no rank {other} among {self.size}")
        if other == rank:
            raise _refused(f"rank {rank} has no messages to itself")

    def _request(self, rank: int, asked: Wait) -> int:
        self._numbers[rank] += 1
        self._requests[rank, self._numbers[rank]] = asked
        return self._numbers[rank]

    def _asked(self, rank: int, request: int, checksum: int | None) -> Wait:
        """What the request stands for, which must not be done; the checksum is of an `isend`."""
        asked = self._requests.pop((rank, request), None)
        if asked is None:
            raise _refused(f"comm has no request {request} that is not done")
        if asked.kind == "isend" and asked.what.checksum != checksum:
            what = "an array was changed between isend and wait"
            hint = "send a copy, or wait before you write into the array"
            raise StudentFault(Verdict.WRONG, Words(what, _sent(asked.line), hint=hint))
        return asked

    def _wait(self, rank: int, wait: Wait) -> Any:
        if self._is_ready(rank, wait):
            return self._finish(rank, wait)
        self.waiting[rank] = wait
        return BLOCKED

    def _is_ready(self, rank: int, wait: Wait) -> bool:
        if wait.kind in ("send", "isend"):
            return not self.network.rendezvous or wait.what.arrived
        transfer = self._matched(rank, wait)
        return transfer is not None and (transfer.arrived or not self.network.rendezvous)

    def _matched(self, rank: int, wait: Wait) -> Transfer | None:
        """The message of a posted receive, if it was sent."""
        if wait.kind != "recv" or wait.peer is None:
            return None
        sent = self._sent[wait.peer, rank]
        return sent[wait.what] if wait.what < len(sent) else None

    def _finish(self, rank: int, wait: Wait) -> Any:
        """Advance the rank's clock to the end of what it waits for; returns what it receives."""
        if wait.kind in ("send", "isend"):
            if wait.kind == "isend" or self.network.rendezvous:
                self._until(rank, wait.what.sent_s, "wait")
            return None
        transfer = self._matched(rank, wait)
        if transfer is None:
            return None  # a barrier
        if not transfer.arrived:
            self._arrive(transfer, max(transfer.start_s, self._in_free_s[rank]))
        self._undelivered -= transfer.nbytes
        self._until(rank, transfer.arrived_s, "wait")
        payload, transfer.payload = transfer.payload, None
        return payload

    def _arrive(self, transfer: Transfer, start_s: float) -> None:
        transfer.arrived_s = start_s + self.network.cost_s(transfer.nbytes)
        self._in_free_s[transfer.target] = transfer.arrived_s

    def _meet(self) -> None:
        """Rendezvous: start each transfer whose two sides are there, by rank, then as posted."""
        for transfer in sorted(self._unmet, key=lambda t: t.source):
            source, target = transfer.source, transfer.target
            posted = self._posted[source, target]
            if transfer.number >= len(posted):
                continue
            both_s = max(transfer.posted_s, posted[transfer.number])
            transfer.start_s = max(both_s, self._out_free_s[source], self._in_free_s[target])
            self._arrive(transfer, transfer.start_s)
            self._out_free_s[source] = transfer.sent_s = transfer.arrived_s
        self._unmet = [transfer for transfer in self._unmet if not transfer.arrived]

    def _pass_barrier(self) -> dict[int, Any]:
        end_s = max(self.clock_s) + math.ceil(math.log2(self.size)) * self.network.latency_s
        for rank in range(self.size):
            self._until(rank, end_s, "wait")
        self.waiting.clear()
        return dict.fromkeys(range(self.size))

    def _serve_any(self) -> int | None:
        """Give one receive that names no source its message; returns its rank."""
        heads = [
            (self._earliest_s(sent[len(self._posted[source, rank])]), rank, source)
            for rank, wait in sorted(self.waiting.items())
            if wait.kind == "recv" and wait.peer is None
            for source in range(self.size)
            if len(sent := self._sent[source, rank]) > len(self._posted[source, rank])
        ]
        if not heads:
            return None
        if self._order is None:
            _, rank, source = min(heads)
        else:
            _, rank, source = heads[int(self._order.integers(len(heads)))]
        self.waiting[rank] = self._receive(rank, self.waiting[rank].line, source)
        if self.network.rendezvous:
            self._meet()
        return rank

    def _earliest_s(self, transfer: Transfer) -> float:
        start_s = transfer.posted_s if self.network.rendezvous else transfer.start_s
        free_s = self._in_free_s[transfer.target]
        return max(start_s, free_s) + self.network.cost_s(transfer.nbytes)

    def _until(self, rank: int, time_s: float, kind: str) -> None:
        if time_s > self.clock_s[rank]:
            self.spans.append(Stretch(rank, kind, self.clock_s[rank], time_s))
            self.clock_s[rank] = time_s


def _sent(line: str) -> str:
    return f"sent in {line}" if line else ""


def _refused(what: str) -> StudentFault:
    """What our own code in the worker would have refused with the student's line."""
    return StudentFault(Verdict.CRASHED, Words(what))
