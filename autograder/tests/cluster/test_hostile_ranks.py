"""Ranks that hang, die, flood the network, or speak in its language by themselves."""

import numpy as np
import psutil
import pytest

from autograder.grading.cluster import network
from autograder.grading.cluster.network import Network, VirtualNetwork
from autograder.model.assignment import Limits
from autograder.model.verdict import Verdict
from autograder.sandbox.faults import StudentFault
from autograder.tests.cluster.ranks import cluster_of, fault_of, run_once
from autograder.tests.sandbox.launchers import ForkLauncherElsewhere

QUICK = Limits(import_s=20, call_s=1, memory="300 MB", output="1 MB")
# rank 0 writes each frame in two pieces
HALVES = """
from autograder.wire.channel import BlockingChannel
def f(comm, seconds):
    if comm.rank == 0:
        def slowly(channel, parts):
            data = b"".join(bytes(part) for part in parts)
            for piece in (data[:7], data[7:]):
                channel.writer.write(piece)
                channel.writer.flush()
                time.sleep(seconds)
        BlockingChannel.send = slowly
    after, before = (comm.rank + 1) % comm.size, (comm.rank - 1) % comm.size
    comm.send(after, np.array([comm.rank]))
    return int(comm.recv(before)[0])
"""


def test_a_rank_that_never_ends_is_named() -> None:
    """With the call in which another waits for it; then no rank is left."""
    source = """
def f(comm):
    while comm.rank == 2:
        pass
    comm.recv((comm.rank + 1) % comm.size)
"""
    with cluster_of(source, limits=QUICK) as (cluster, run):
        with pytest.raises(StudentFault) as raised:
            cluster.run(run.student.f, size=4, inputs=lambda rank: ())
        launcher = run.context.launcher
        assert isinstance(launcher, ForkLauncherElsewhere)
        assert psutil.Process(launcher.pid).children() == []
    message = raised.value.message
    assert raised.value.verdict is Verdict.TIME_LIMIT
    assert message.what == "rank 2 of 4: f() did not finish within 1 s and was stopped"
    assert "rank 1 waits for rank 2 in line 7 of parallel.py" in message.detail


def test_a_frame_in_pieces_is_read_as_they_come() -> None:
    """A rank that writes slowly only takes its time; one that writes half a frame is named."""
    run = run_once(HALVES, inputs=lambda rank: (0.05,))
    assert run.values == [3, 0, 1, 2]
    found = fault_of(HALVES, limits=QUICK, inputs=lambda rank: (600.0,))
    assert found.verdict is Verdict.TIME_LIMIT
    assert found.message.what.startswith("rank 0 of 4: f() did not finish within 1 s")


def test_ranks_that_wait_have_limits_too() -> None:
    """A thread of a rank that waits may not take more memory than any other."""
    source = """
def f(comm):
    if comm.rank == 0:
        threading.Thread(target=lambda: kept.append(np.ones(10**7)), daemon=True).start()
        return comm.recv(1)
    time.sleep(600)
kept = []
"""
    limits = Limits(import_s=20, call_s=20, memory="40 MB")
    found = fault_of(source, 2, limits=limits)
    assert found.verdict is Verdict.MEMORY_LIMIT
    assert found.message.what.startswith("rank 0 of 2: f()")


def test_prints_of_ranks_are_kept() -> None:
    """What each of them has printed, also when another failed."""
    source = "def f(comm):\n    print('here', comm.rank)\n    comm.recv(1 - comm.rank)\n"
    with cluster_of(source) as (cluster, run):
        with pytest.raises(StudentFault):
            cluster.run(run.student.f, size=2, inputs=lambda rank: ())
        assert "rank 0 printed:\nhere 0\n" in run.output()
        assert "rank 1 printed:\nhere 1\n" in run.output()


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ("comm._ask('send', '')", "comm has no such call"),
        ("comm._ask('settle', '')", "comm has no such call"),
        ("comm._ask('send', ['line'], 1, np.zeros(1))", "comm has no such call"),
        ("comm._ask('send', '', 1, [1.0])", "comm.send has other arguments"),
        ("comm._ask('send', '', True, np.zeros(1))", "comm.send has other arguments"),
        ("comm._ask('send', '', 10**9, np.zeros(1))", "there is no rank 1000000000"),
        ("comm._ask('send', '', 0, np.zeros(1))", "has no messages to itself"),
        ("comm._ask('recv', '', 'all')", "comm.recv has other arguments"),
        ("comm._ask('compute', '', float('nan'))", "seconds are a finite number"),
        ("comm._ask('compute', '', 10**400)", "comm.compute has other arguments"),
        ("comm._ask('wait', '', 7, None)", "comm has no request 7 that is not done"),
        ("comm._ask('wait', '', comm.irecv(1)._number, np.zeros(3))", "comm.wait has other"),
        ("comm._ask('drop', '', 1, 1)", "comm has no request 1 that is not done"),
        ("comm._ask(rank=1)", "cannot be computed"),
        ("comm._ask()", "cannot be computed"),
    ],
)
def test_forged_calls_are_refused(body: str, what: str) -> None:
    """What our own code in the worker would never send is the student's fault, and no crash."""
    found = fault_of(f"def f(comm):\n    if not comm.rank:\n        {body}\n", 2)
    assert found.verdict is Verdict.CRASHED
    assert what in found.message.what, found.message


def test_a_rank_cannot_send_in_the_name_of_another() -> None:
    """The grader knows whose channel it reads, whatever a rank says about itself."""
    source = """
def f(comm):
    if comm.rank == 1:
        return comm.recv(0)
    if comm.rank == 2:
        comm.rank = 0
        comm.send(1, np.zeros(1))
"""
    found = fault_of(source, 3)
    assert "rank 1 waits for rank 0 in line 6 of parallel.py, which has ended" in found.message.what


def test_a_million_messages_end_early() -> None:
    """Calls of `comm` have a cap, which is no limit of time."""
    source = """
def f(comm):
    for _ in range(10**6):
        comm.send(1 - comm.rank, np.zeros(1))
"""
    found = fault_of(source, 2)
    assert found.verdict is Verdict.OVER_OPERATION_BUDGET
    assert found.message.what == "rank 0 of 2: comm was called more than 10000 times"


def test_messages_that_nobody_takes_have_a_cap(monkeypatch: pytest.MonkeyPatch) -> None:
    """The network holds so many bytes, and those that were taken do not count."""
    monkeypatch.setattr(network, "MOST_UNDELIVERED", 100)
    net = VirtualNetwork(2, Network(), None)
    for _ in range(5):
        net.send(0, "line 3 of a.py", 1, np.zeros(10))
        net.recv(1, "", 0)
    net.send(0, "", 1, np.zeros(10))
    with pytest.raises(StudentFault, match="not received yet") as raised:
        net.send(0, "line 7 of a.py", 1, np.zeros(10))
    assert raised.value.message.detail == "sent in line 7 of a.py"
