"""The lab's cluster: the network of the checks, with threads as ranks."""

import threading
from typing import Any

import numpy as np
import pytest

from autograder.lab import virtual_run
from autograder.tests.cluster.ranks import run_once

SOURCE = """
def f(comm, x):
    after, before = (comm.rank + 1) % comm.size, (comm.rank - 1) % comm.size
    total, passed = x.copy(), x
    for _ in range(comm.size - 1):
        sending = comm.isend(after, passed)
        passed = comm.irecv(before).wait()
        sending.wait()
        total += passed
        comm.compute(1e-6 * comm.rank)
    comm.barrier()
    return total
"""


def ring(comm: Any, x: Any) -> Any:
    """The same in this process."""
    names: dict[str, Any] = {"np": np}
    exec(SOURCE, names)
    return names["f"](comm, x)


def test_a_run_is_that_of_a_check() -> None:
    """Values, bytes, messages, clocks and transfers are equal."""

    def inputs(rank: int) -> tuple[np.ndarray]:
        return (np.arange(5.0) * rank,)

    mine, theirs = virtual_run(ring, 4, inputs), run_once(SOURCE, 4, inputs=inputs)
    assert np.array_equal(mine.values, theirs.values)
    assert mine.sent_bytes == theirs.sent_bytes and mine.messages == theirs.messages
    assert mine.clock_s == theirs.clock_s and min(mine.clock_s) > 0
    assert mine.spans == theirs.spans


def test_a_message_is_a_copy() -> None:
    """What the sender writes later does not arrive."""

    def program(comm: Any) -> Any:
        x = np.zeros(2)
        if comm.rank:
            return comm.recv(0)
        comm.send(1, x)
        x += 1
        return x

    assert np.array_equal(virtual_run(program, 2, lambda rank: ()).values, [[1, 1], [0, 0]])


def test_failures_are_raised_and_no_thread_is_left() -> None:
    """The exception of a rank; a deadlock and left messages in the network's words."""

    def raises(comm: Any) -> Any:
        if comm.rank == 1:
            raise KeyError("mine")
        return comm.recv(1)

    before = threading.active_count()
    with pytest.raises(KeyError, match="mine"):
        virtual_run(raises, 3, lambda rank: ())
    with pytest.raises(RuntimeError, match=r"^deadlock: .*: a ring of 2$"):
        virtual_run(lambda comm: comm.recv(1 - comm.rank), 2, lambda rank: ())
    with pytest.raises(RuntimeError, match=r"^rank 0 sent a message to rank 1 that no rank rec"):
        virtual_run(lambda comm: comm.rank or comm.send(1, np.zeros(1)), 2, lambda rank: ())
    with pytest.raises(RuntimeError, match="an array was changed between isend and wait"):
        virtual_run(_changes_in_flight, 2, lambda rank: ())
    assert threading.active_count() == before


def _changes_in_flight(comm: Any) -> Any:
    x = np.zeros(3)
    if comm.rank:
        return comm.recv(0)
    sending = comm.isend(1, x)
    x += 1
    return sending.wait()
