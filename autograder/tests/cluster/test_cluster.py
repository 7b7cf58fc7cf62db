"""Rank programs on a cluster whose network is the grader."""

import numpy as np
import pytest

from autograder.grading.cluster.network import Network
from autograder.tests.cluster.ranks import fault_of, run_once

RING = """
def f(comm, x):
    after, before = (comm.rank + 1) % comm.size, (comm.rank - 1) % comm.size
    total, passed = x.copy(), x
    for _ in range(comm.size - 1):
        comm.send(after, passed)
        passed = comm.recv(before)
        total += passed
    return total
"""
SLOW = Network(latency_s=1.0, bytes_per_s=8.0)


@pytest.mark.parametrize("kind", ["fork", "spawn", "spawn without polling"])
def test_ranks_exchange_messages_that_are_counted(kind: str) -> None:
    """Four ranks pass whole arrays round: values, bytes and messages of each are known."""
    run = run_once(RING, kind=kind, inputs=lambda rank: (np.full(5, float(rank)),))
    assert all(np.array_equal(value, np.full(5, 6.0)) for value in run.values)
    assert run.sent_bytes == [120] * 4 and run.messages == [3] * 4
    assert {transfer.dtype.str for transfer in run.transfers} == {"<f8"}


def test_time_is_virtual() -> None:
    """A ring of three steps takes three transfers, whatever the machine does."""
    run = run_once(RING, inputs=lambda rank: (np.zeros(4),), network=SLOW)
    assert run.clock_s == [3 * (1 + 32 / 8)] * 4


def test_a_rank_with_two_messages_sends_one_after_the_other() -> None:
    """One out-port and one in-port for each rank: gathering takes as long as all messages."""
    source = """
def f(comm):
    if comm.rank:
        comm.send(0, np.zeros(1))
        return 0.0
    comm.compute(0.5)
    for src in range(1, comm.size):
        comm.recv(src)
"""
    run = run_once(source, network=SLOW)
    assert run.clock_s == [6.0, 0.0, 0.0, 0.0]
    assert run.sent_bytes == [0, 8, 8, 8]


def test_ports_are_taken_in_order() -> None:
    """The port out in the order of sending, the port in in that of waiting."""
    source = """
def f(comm, order):
    if comm.rank == 0:
        comm.send(1, np.zeros(1))
        comm.send(2, np.zeros(1))
        for src in order:
            comm.recv(src)
    else:
        comm.recv(0)
        comm.send(0, np.zeros(1))
"""
    for order, end in (((1, 2), 6.0), ((2, 1), 8.0)):
        run = run_once(source, 3, inputs=lambda _, order=order: (order,), network=SLOW)
        assert run.clock_s == [end, 2.0, 4.0]


def test_waiting_overlaps_with_computing() -> None:
    """A posted receive arrives while the rank computes; waiting for it then costs the rest."""
    source = """
def f(comm, work):
    if comm.rank:
        comm.isend(0, np.zeros(1)).wait()
    else:
        request = comm.irecv(1)
        comm.compute(work)
        request.wait()
"""
    for work, end in ((1.5, 2.0), (5.0, 5.0)):
        run = run_once(source, 2, inputs=lambda _, work=work: (work,), network=SLOW)
        assert run.clock_s == [end, 2.0]


def test_a_rendezvous_starts_when_both_sides_are_there() -> None:
    """The sender waits for a receiver that computes first."""
    source = """
def f(comm):
    if comm.rank:
        comm.send(0, np.zeros(1))
    else:
        comm.compute(3.0)
        comm.recv(1)
"""
    assert run_once(source, 2, network=SLOW._replace(rendezvous=True)).clock_s == [5.0, 5.0]
    assert run_once(source, 2, network=SLOW).clock_s == [3.0, 0.0]


def test_a_rendezvous_can_deadlock() -> None:
    """Two ranks that both send first: buffered it works, with a rendezvous no rank receives."""
    source = (
        "def f(comm):\n    comm.send(1 - comm.rank, np.zeros(1))\n    comm.recv(1 - comm.rank)\n"
    )
    run_once(source, 2)
    found = fault_of(source, 2, network=SLOW._replace(rendezvous=True))
    assert found.message.what == (
        "deadlock: rank 0 waits to be received by rank 1 in line 4 of parallel.py,"
        " rank 1 waits to be received by rank 0 in line 4 of parallel.py: a ring of 2"
    )


def test_requests_end_in_any_order() -> None:
    """Receives match in the order of posting, and waiting twice returns the same array."""
    source = """
def f(comm):
    if comm.rank:
        requests = [comm.isend(0, np.array([n])) for n in range(3)]
        return [request.wait() for request in requests + requests]
    requests = [comm.irecv(1) for _ in range(3)]
    return [int(requests[n].wait()[0]) for n in (2, 0, 1, 2, 0)]
"""
    assert run_once(source, 2).values == [[2, 0, 1, 2, 0], [None] * 6]


def test_a_barrier_costs_latencies() -> None:
    """All clocks are set to the latest, and a latency for each doubling; nothing is sent."""
    source = "def f(comm):\n    comm.compute(float(comm.rank))\n    comm.barrier()\n"
    run = run_once(source, 5, network=SLOW)
    assert run.clock_s == [4.0 + 3.0] * 5
    assert run.sent_bytes == run.messages == [0] * 5


def test_functions_of_the_check_cost_no_virtual_time() -> None:
    """Each rank has its own, which answers while the others run; a cost is charged by compute."""
    source = """
def f(comm, double):
    for _ in range(comm.rank):
        double(0)
    comm.compute(1.0)
    return double(comm.rank)
"""
    run = run_once(source, 3, inputs=lambda rank: (lambda x: 2 * x + 10 * rank,))
    assert run.values == [0, 12, 24]
    assert run.clock_s == [1.0] * 3


def test_order_decides_who_is_served() -> None:
    """A receive without a source gets the earliest arrival, or one that the order draws."""
    source = """
def f(comm):
    if comm.rank:
        comm.compute(1.0 * (comm.size - comm.rank))
        comm.send(0, np.array([comm.rank]))
        return None
    return [int(comm.recv()[0]) for _ in range(comm.size - 1)]
"""
    assert run_once(source, 5).values[0] == [4, 3, 2, 1]
    drawn = [
        tuple(run_once(source, 5, order=np.random.default_rng(seed)).values[0])
        for seed in (1, 1, 2, 3)
    ]
    assert drawn[0] == drawn[1] and len(set(drawn)) > 1


def test_a_receive_without_a_source_is_served_last() -> None:
    """Once no rank can go on: a message that is sent after others, and is earlier, comes first."""
    source = """
def f(comm):
    if comm.rank == 0:
        return [int(comm.recv()[0]) for _ in range(2)]
    if comm.rank == 1:
        comm.compute(50.0)
    if comm.rank == 2:
        [comm.recv(3) for _ in range(3)]
    if comm.rank == 3:
        return [comm.send(2, np.zeros(1)) for _ in range(3)]
    comm.send(0, np.array([comm.rank]))
"""
    assert run_once(source, network=SLOW).values[0] == [2, 1]


def test_the_same_seed_is_the_same_run() -> None:
    """However long the ranks take in real time, and whichever of them calls first."""
    source = """
def f(comm, seconds):
    heard = []
    for turn in range(4):
        time.sleep(seconds[turn])
        comm.compute(0.1 * comm.rank)
        for other in range(comm.size):
            if other != comm.rank:
                comm.isend(other, np.array([comm.rank, turn]))
        heard += [tuple(map(int, comm.recv())) for _ in range(comm.size - 1)]
    return heard
"""
    runs = []
    for seed in (1, 2):
        seconds = np.random.default_rng(seed).uniform(0.0, 0.03, (4, 4))
        order = np.random.default_rng(5)
        runs.append(run_once(source, inputs=lambda r, s=seconds: (list(s[r]),), order=order))
    seen = [
        (run.values, run.clock_s, run.spans, [(t.target, t.arrived_s) for t in run.transfers])
        for run in runs
    ]
    assert seen[0] == seen[1]


def test_empty_and_large_messages_arrive() -> None:
    """An array of size 0 is a message; one of 20 MB too."""
    source = """
def f(comm, x):
    comm.send(1 - comm.rank, x)
    return comm.recv(1 - comm.rank).shape
"""
    run = run_once(source, 2, inputs=lambda rank: (np.zeros((rank * 10**5, 25)),))
    assert [tuple(shape) for shape in run.values] == [(10**5, 25), (0, 25)]


def test_views_are_sent_as_what_they_show() -> None:
    """An array may lie in memory in any way, and of its messages the first comes first."""
    source = """
ARRAYS = [np.arange(12.0).reshape(3, 4).T, np.arange(9)[::-2], np.array(3.0), np.zeros((0, 2))]
def f(comm):
    if comm.rank:
        requests = [comm.isend(0, x) for x in ARRAYS]
        return [request.wait() for request in requests]
    return [comm.recv(1) for _ in ARRAYS]
"""
    transposed, every_second, number, empty = run_once(source, 2).values[0]
    assert np.array_equal(transposed, np.arange(12.0).reshape(3, 4).T)
    assert every_second.tolist() == [8, 6, 4, 2, 0]
    assert (float(number), number.shape, empty.shape) == (3.0, (), (0, 2))


def test_bytes_of_a_rank_are_counted() -> None:
    """The peak of each rank is its own."""
    source = "def f(comm):\n    np.ones(10**5 * (1 + comm.rank)).sum()\n"
    peaks = run_once(source, 2, memory=True).peak_bytes
    assert 0.8e6 < peaks[0] < 0.85e6 and 1.6e6 < peaks[1] < 1.65e6
