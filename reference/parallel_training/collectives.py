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


### BEGIN SOLUTION
_OPERATIONS = {"sum": np.add, "max": np.maximum}


def _operation(op: str) -> np.ufunc:
    if op not in _OPERATIONS:
        raise ValueError(f"{op!r} is none of {', '.join(_OPERATIONS)}")
    return _OPERATIONS[op]


def _exchange(comm: Comm, dst: int, x: Array, src: int) -> Array:
    """Send x to one rank while receiving from another: no rank waits for a send first."""
    sending = comm.isend(dst, x)
    received = comm.recv(src)
    sending.wait()
    return received


def _pass_on(comm: Comm, x: Array) -> Array:
    """Send x to the next rank of the ring; returns what the previous one sends."""
    return _exchange(comm, (comm.rank + 1) % comm.size, x, (comm.rank - 1) % comm.size)


### END SOLUTION


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
    ### BEGIN SOLUTION part 2.1: reduce-scatter
    reduce, N, r = _operation(op), comm.size, comm.rank
    chunks = np.array_split(x, N)
    chunk = chunks[r - 1].copy()  # it has the longest way to its rank
    for step in range(N - 1):
        chunk = reduce(_pass_on(comm, chunk), chunks[(r - 2 - step) % N])
    return chunk
    ### END SOLUTION


# Task 2.2
def ring_all_gather(comm: Comm, chunk: Array) -> Array:
    """Return the chunks (k_r,) of all ranks one after the other, in the order of ranks.

    Chunks have one dtype and any lengths, which other ranks do not know beforehand.
    Messages: N - 1 a rank, each one chunk: all but that of rank (r + 1) mod N.
    """
    ### BEGIN SOLUTION part 2.2: all-gather
    N, r = comm.size, comm.rank
    chunks = [chunk] * N
    for step in range(N - 1):
        chunk = _pass_on(comm, chunk)
        chunks[(r - 1 - step) % N] = chunk
    return np.concatenate(chunks)
    ### END SOLUTION


# Task 2.3
def ring_all_reduce(comm: Comm, x: Array, op: str = "sum") -> Array:
    """Return the sum of x (n,) over all ranks, or with op="max" the largest entries, on every rank.

    The results of all ranks have the same bits. A reduce-scatter, then an all-gather:
    2(N - 1) messages a rank, and 2(N - 1) n entries in all. Where each message costs
    latency + bytes / bandwidth, it takes 2(N - 1) times that of the longest chunk.
    Raises ValueError for another op.
    """
    ### BEGIN SOLUTION part 2.3: all-reduce
    return ring_all_gather(comm, ring_reduce_scatter(comm, x, op))
    ### END SOLUTION


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
    ### BEGIN SOLUTION part 2.4: a tree
    reduce, N, r = _operation(op), comm.size, comm.rank
    p = 1 << (N.bit_length() - 1)
    if r >= p:
        comm.send(r - p, x)
        return comm.recv(r - p)
    total = x.copy()
    if r + p < N:
        total = reduce(total, comm.recv(r + p))
    distance = 1
    while distance < p:
        total = reduce(total, _exchange(comm, r ^ distance, total, r ^ distance))
        distance *= 2
    if r + p < N:
        comm.send(r + p, total)
    return total
    ### END SOLUTION


# Task 2.5
def all_to_all(comm: Comm, chunks: Sequence[Array]) -> list[Array]:
    """Send chunks[s] to each rank s; return what each of them sends here, by rank (optional).

    Chunks may have any lengths, 0 too; item r of the result is this rank's own chunk.
    Messages: N - 1 a rank. In round s = 1, ..., N - 1 rank r sends to (r + s) mod N, so that no two
    ranks send to one at the same time.
    """
    ### BEGIN SOLUTION part 2.5: all-to-all
    N, r = comm.size, comm.rank
    received = [chunk.copy() for chunk in chunks]
    for shift in range(1, N):
        dst, src = (r + shift) % N, (r - shift) % N
        received[src] = _exchange(comm, dst, chunks[dst], src)
    return received
    ### END SOLUTION
