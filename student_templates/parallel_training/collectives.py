"""Collectives: what ranks compute together, by messages from one to another.

    N, r    number of ranks, one of them: comm.size and comm.rank
    x       an array of one rank; all ranks have arrays of one shape and dtype, and other values

A collective is ordinary code that every rank runs, in the same order. Messages have the dtype of
x. The ring's are pieces of x: each goes from rank r to rank (r + 1) mod N. All of them work also
where a send waits until the other side receives. Results are new arrays; arguments are never
changed. With N = 1 no message is sent.
"""

from collections.abc import Sequence
from typing import Protocol

import numpy as np

Array = np.ndarray


class Request(Protocol):
    """What `isend` and `irecv` return."""

    def wait(self) -> Array | None:
        """Return the array that was received; None once an array was sent and may change again."""


class Comm(Protocol):
    """How a rank talks to the others: the grader, the lab and a real network have one each."""

    rank: int
    size: int

    def send(self, dst: int, x: Array) -> None:
        """Send the array x to rank dst."""

    def recv(self, src: int | None = None) -> Array:
        """Return the next array from rank src, or from any rank; arrays of one rank keep order."""

    def isend(self, dst: int, x: Array) -> Request:
        """Begin to send x, which may not change before the request's `wait` returns."""

    def irecv(self, src: int) -> Request:
        """Begin to receive from rank src."""

    def barrier(self) -> None:
        """Wait for all ranks."""

    def compute(self, seconds: float) -> None:
        """Advance this rank's clock, as work of so many seconds would."""


# Task 2.1
def ring_reduce_scatter(comm: Comm, x: Array, op: str = "sum") -> Array:
    """Return chunk r of the sum of x (n,) over all ranks, or with op="max" of the largest entries.

    x is cut into N chunks in order, the first n mod N of them one entry longer; some are empty
    where n < N. A chunk travels round the ring, from rank to rank, until it has met all of them and
    arrives at the rank of its number.
    Messages: N - 1 a rank, each one chunk: n entries less those of chunk r.
    Raises ValueError for another op.
    Ref: Patarasuk and Yuan, "Bandwidth optimal all-reduce algorithms", JPDC 2009.
    """
    raise NotImplementedError("part 2.1: reduce-scatter")


# Task 2.2
def ring_all_gather(comm: Comm, chunk: Array) -> Array:
    """Return the chunks (k_r,) of all ranks one after the other, in the order of ranks.

    Chunks have one dtype and any lengths, which other ranks do not know beforehand.
    Messages: N - 1 a rank, each one chunk: all but that of rank (r + 1) mod N.
    """
    raise NotImplementedError("part 2.2: all-gather")


# Task 2.3
def ring_all_reduce(comm: Comm, x: Array, op: str = "sum") -> Array:
    """Return the sum of x (n,) over all ranks, or with op="max" the largest entries, on every rank.

    The results of all ranks have the same bits. A reduce-scatter, then an all-gather:
    2(N - 1) messages a rank, and 2(N - 1) n entries in all. Where each message costs
    latency + bytes / bandwidth, it takes 2(N - 1) times that of the longest chunk.
    Raises ValueError for another op.
    """
    raise NotImplementedError("part 2.3: all-reduce")


# Task 2.4
def tree_all_reduce(comm: Comm, x: Array, op: str = "sum") -> Array:
    """Return what `ring_all_reduce` returns, by recursive doubling with whole arrays (optional).

    p is the largest power of two that is at most N. Rank r >= p first sends its array to rank
    r - p, which adds it to its own. Then ranks r < p exchange their arrays with rank r XOR 1,
    then r XOR 2, r XOR 4, ..., p/2, and add what they receive. At last rank r - p sends the result
    back to rank r. So a rank sends n entries at most log2(p) + 1 times.
    The results of all ranks have the same bits.
    Ref: Thakur, Rabenseifner and Gropp, "Optimization of collective communication operations in
    MPICH", IJHPCA 2005.
    """
    raise NotImplementedError("part 2.4: a tree")


# Task 2.5
def all_to_all(comm: Comm, chunks: Sequence[Array]) -> list[Array]:
    """Send chunks[s] to each rank s; return what each of them sends here, by rank (optional).

    Chunks may have any lengths, 0 too; item r of the result is this rank's own chunk.
    Messages: N - 1 a rank. In round s = 1, ..., N - 1 rank r sends to (r + s) mod N, so that no two
    ranks send to one at the same time.
    """
    raise NotImplementedError("part 2.5: all-to-all")
