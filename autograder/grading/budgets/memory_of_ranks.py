"""Memory budgets of ranks: bytes above the inputs at their peak, of the rank that needs most.

As in `memory`, what each worker counts decides, and the operating system is the witness, in fresh
workers and of a larger problem if the check gives one. A message is memory of the rank that has
received it, for as long as it keeps the array.
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from autograder.grading.budgets.judging import (
    budget_of,
    counted_measurement,
    require_within,
    shown_name,
)
from autograder.grading.budgets.memory import contradicted
from autograder.grading.budgets.memory_selftest import require_memory_is_seen
from autograder.grading.budgets.memory_witness import Sight, most_let_pass
from autograder.grading.cluster.fixture import Cluster, ClusterRun
from autograder.grading.cluster.network import Network
from autograder.grading.context.check_run import CheckRun
from autograder.grading.context.student import RemoteFunction
from autograder.machine.resident_memory import Unseen
from autograder.model.assignment import Assignment
from autograder.sandbox.remote import RemoteWorker


class RanksCall(NamedTuple):
    """A rank program, what its ranks are given, and who judges what they return."""

    function: RemoteFunction
    size: int
    inputs: Callable[[int], tuple[Any, ...]]
    sizes: Mapping[str, float]
    verify: Callable[[ClusterRun], None]
    network: Network | None = None


def measure_memory_of_ranks(
    assignment: Assignment, run: CheckRun, name: str, call: RanksCall, watched: RanksCall
) -> None:
    """Count the bytes of the ranks of one run, and watch those of another one from outside."""
    budget = budget_of(assignment, name, "memory")
    require_memory_is_seen(run.context)
    cluster = Cluster(run)
    if run.context.modes.debug:  # ranks are threads of one process
        _run(cluster, call)
        run.notes.append(f"{shown_name(name)}: not counted while debugging")
        return
    ran = _run(cluster, call, memory=True)
    counted = counted_measurement(name, budget, max(ran.peak_bytes), call.sizes)
    require_within(run, counted)
    sights: list[Sight] = []

    def look(worker: RemoteWorker) -> Sight:
        sights.append(Sight(run.context, worker))
        return sights[-1]

    try:
        _run(cluster, watched, look=look)
    except Unseen:
        return
    allowed = counted_measurement(name, budget, counted.value, watched.sizes)
    risen = max(sight.risen for sight in sights)
    if risen > most_let_pass(allowed.budget):
        raise contradicted(allowed, risen)


def _run(cluster: Cluster, call: RanksCall, **options: Any) -> ClusterRun:
    run = cluster.run(
        call.function, size=call.size, inputs=call.inputs, network=call.network, **options
    )
    call.verify(run)
    return run
