"""Runs that end with a fault: a deadlock, a rank that fails, messages that no rank takes."""

import pytest

from autograder.model.verdict import Verdict
from autograder.tests.cluster.ranks import fault_of


def test_a_deadlock_is_a_sentence() -> None:
    """Everyone receives first: who waits for whom, and where."""
    source = "def f(comm):\n    comm.recv((comm.rank + 1) % comm.size)\n"
    found = fault_of(source, 3)
    assert found.verdict is Verdict.WRONG
    assert found.message.what == (
        "deadlock: rank 0 waits for rank 1 in line 4 of parallel.py,"
        " rank 1 waits for rank 2 in line 4 of parallel.py,"
        " rank 2 waits for rank 0 in line 4 of parallel.py: a ring of 3"
    )
    assert "send before you receive" in found.message.hint


@pytest.mark.parametrize(
    ("body", "verdict", "what"),
    [
        ("comm.recv(1)", Verdict.WRONG, "rank 0 waits for rank 1 in line 5 of parallel.py, which"),
        ("comm.barrier()", Verdict.WRONG, "waits for all others at a barrier"),
        ("comm.send(1, np.zeros(2))", Verdict.WRONG, "a message to rank 1 that no rank received"),
        ("x = np.zeros(2); comm.isend(1, x); x += 1", Verdict.WRONG, "changed between isend and"),
        ("return lambda: 0", Verdict.WRONG, "rank 0 of 2: f() returned"),
        ("1 / 0", Verdict.CRASHED, "rank 0 of 2: f() raised ZeroDivisionError"),
        ("os._exit(3)", Verdict.CRASHED, "rank 0 of 2: f() ended its own process (exit status 3)"),
        ("os.kill(os.getpid(), 9)", Verdict.MEMORY_LIMIT, "rank 0 of 2: the process was killed"),
        ("comm.send(0, np.zeros(2))", Verdict.CRASHED, "has no messages to itself"),
        ("comm.send(9, np.zeros(2))", Verdict.CRASHED, "there is no rank 9 among 2"),
        ("comm.send(1, [1.0])", Verdict.CRASHED, "a message is one numpy array, not list"),
        ("comm.compute(-1.0)", Verdict.CRASHED, "seconds are a finite number"),
        ("comm.compute(np.inf)", Verdict.CRASHED, "seconds are a finite number"),
        (
            "comm.send(1, np.zeros(9 * 10**6))",
            Verdict.CRASHED,
            "a message of 72 MB (at most 67 MB)",
        ),
        ("[comm.compute(0.0) for _ in range(10_001)]", Verdict.OVER_OPERATION_BUDGET, "10000"),
        (
            "t = threading.Thread(target=comm.barrier); t.start(); t.join(); comm.recv()",
            Verdict.WRONG,
            "waits for a message of any rank",
        ),
    ],
)
def test_a_fault_of_one_rank_is_named(body: str, verdict: Verdict, what: str) -> None:
    """What rank 0 does, while rank 1 ends at once."""
    found = fault_of(f"def f(comm):\n    if not comm.rank:\n        {body}\n", 2)
    assert (found.verdict, what in found.message.what) == (verdict, True), found.message


def test_others_wait_for_a_rank_that_fails() -> None:
    """The one that raised is named, with the call in which another waits for it."""
    source = """
def f(comm):
    if comm.rank == 2:
        raise ValueError("no data")
    comm.recv((comm.rank + 1) % comm.size)
"""
    found = fault_of(source)
    assert found.message.what == "rank 2 of 4: f() raised ValueError: no data"
    assert "rank 1 waits for rank 2 in line 7 of parallel.py" in found.message.detail


def test_an_array_that_changes_in_flight_is_wrong() -> None:
    """Between isend and wait the array belongs to the network."""
    source = """
def f(comm):
    if comm.rank:
        return comm.recv(0)
    x = np.zeros(3)
    request = comm.isend(1, x)
    x += 1
    request.wait()
"""
    found = fault_of(source, 2)
    assert found.message.what == "rank 0 of 2: an array was changed between isend and wait"
