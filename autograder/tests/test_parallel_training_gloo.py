"""The rank programs of assignment 5 on a real network: gloo.py, with the reference."""

import importlib
import importlib.util
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import psutil
import pytest

from autograder.lab import virtual_run
from autograder.machine.files import import_file

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = ROOT / "reference" / "parallel_training"
GLOO = ROOT / "assignments" / "parallel_training" / "gloo.py"

pytestmark = [
    pytest.mark.skipif(not REFERENCE.exists(), reason="NOT TESTED HERE: a student's copy"),
    pytest.mark.skipif(
        importlib.util.find_spec("torch") is None, reason="NOT TESTED: gloo needs torch"
    ),
]


@pytest.fixture
def gloo(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """gloo.py, whose ranks find the reference, and of which none may be left."""
    monkeypatch.syspath_prepend(str(REFERENCE))
    before = set(psutil.Process().children(recursive=True))
    yield import_file(GLOO, "gloo_of_assignment_5")
    assert set(psutil.Process().children(recursive=True)) <= before


def every_collective(comm: Any, x: np.ndarray) -> list[Any]:
    """A rank program: what each collective returns, and messages of many kinds."""
    collectives = importlib.import_module("collectives")

    N, r = comm.size, comm.rank
    return [
        *(collectives.ring_reduce_scatter(comm, x, op) for op in ("sum", "max")),
        collectives.ring_all_gather(comm, x[:r]),
        *(collectives.ring_all_reduce(comm, x, op) for op in ("sum", "max")),
        *(collectives.tree_all_reduce(comm, x, op) for op in ("sum", "max")),
        *collectives.all_to_all(comm, [x[: s + r] for s in range(N)]),
        *all_kinds(comm),
    ]


def all_kinds(comm: Any) -> list[np.ndarray]:
    """Messages of other shapes and dtypes, waited for in another order; one from any rank; a
    message that changes once it is sent."""
    N, r = comm.size, comm.rank
    x = np.full((2, 3), r, np.float32)
    comm.send((r + 1) % N, x)
    x += 100
    sending = comm.isend((r + 1) % N, np.array(r, np.int16))
    first, second = (comm.irecv((r - 1) % N) for _ in range(2))
    received = [second.wait(), first.wait()]
    sending.wait()
    comm.barrier()
    if r == 0:
        received += sorted((comm.recv() for _ in range(1, N)), key=lambda x: int(x[0]))
    else:
        comm.send(0, np.array([r], np.uint16))
    return received


@pytest.mark.parametrize("N", [2, 4])
def test_gloo_and_the_cluster_have_the_same_values(gloo: ModuleType, N: int) -> None:
    """Every collective, to the last bit, in shape and dtype."""
    rng = np.random.default_rng(N)
    inputs = [(rng.standard_normal(7),) for _ in range(N)]
    real = gloo.run(every_collective, inputs)
    virtual = virtual_run(every_collective, N, lambda rank: inputs[rank]).values
    for mine, theirs in zip(real, virtual, strict=True):
        for a, b in zip(mine, theirs, strict=True):
            assert (a.dtype, a.shape, a.tobytes()) == (b.dtype, b.shape, b.tobytes())


def fails(comm: Any) -> Any:
    """Rank 1 raises, and the other waits for it."""
    if comm.rank == 1:
        raise KeyError("the second rank")
    return comm.recv(1)


def ends_early(comm: Any) -> None:
    """Rank 1 ends its process."""
    import os

    if comm.rank == 1:
        os._exit(3)
    comm.recv(1)


def never_ends(comm: Any) -> None:
    """Whatever is sent or received."""
    while True:
        time.sleep(0.1)


def test_a_rank_that_fails_is_named(gloo: ModuleType) -> None:
    """With its exception; the other, which waits for it, is ended."""
    with pytest.raises(RuntimeError, match=r"^rank 1 of 2 over gloo:\n(.*\n)*KeyError: 'the sec"):
        gloo.run(fails, [(), ()])


def test_a_rank_that_dies_is_named(gloo: ModuleType) -> None:
    """With its status."""
    with pytest.raises(RuntimeError, match=r"^rank 1 of 2 died over gloo: status 3$"):
        gloo.run(ends_early, [(), ()])


def test_ranks_that_never_end_are_ended(gloo: ModuleType) -> None:
    """After the time-out, which is shorter here than their start."""
    with pytest.raises(TimeoutError, match=r"^over gloo, these ranks .* in 0\.5 s: 0, 1$"):
        gloo.run(never_ends, [(), ()], timeout_s=0.5)


def test_ranks_end_with_the_process_that_started_them(gloo: ModuleType) -> None:
    """Also when it is killed."""
    source = f"""
import sys
sys.path[:0] = {[str(GLOO.parent), str(ROOT)]}
import gloo
from autograder.tests.test_parallel_training_gloo import never_ends
gloo.run(never_ends, [(), ()])
"""
    with subprocess.Popen([sys.executable, "-c", source]) as started:
        parent = psutil.Process(started.pid)
        while len(ranks := parent.children()) < 2:
            time.sleep(0.05)
        started.send_signal(getattr(signal, "SIGKILL", signal.SIGTERM))
        _, alive = psutil.wait_procs(ranks, timeout=60)
    assert not alive
