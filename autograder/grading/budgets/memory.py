"""Memory budgets: bytes above the inputs during one call, at their peak.

Logical bytes decide: what the code asks for, counted in the worker, the same on every machine. The
operating system is the witness, because that count could be switched off or forged, and does not
see what libraries take by themselves:

- Over by the count: over, also if the system saw less, because pages that are asked for and never
  written to take no memory.
- Within by the count: the system must not see more than the budget and 32 MB. Otherwise it is over
  as well, and staff read that the two disagree. The problem that is watched may be another one: so
  large that what is forbidden takes 64 MB more, which a count does not need.
- Where the system keeps no such mark (macOS), the count stands alone.
"""

from collections.abc import Mapping
from typing import NamedTuple

from autograder.grading.budgets.hotspots import memory_hotspots
from autograder.grading.budgets.judging import budget_of, counted_measurement, require_within
from autograder.grading.budgets.measured_call import Expected, MeasuredCall, Verification, Verify
from autograder.grading.budgets.memory_selftest import require_memory_is_seen
from autograder.grading.budgets.memory_witness import UNCOUNTED, most_let_pass, watch_call
from autograder.grading.context.counters import BYTES, budgeted_count
from autograder.model.assignment import Assignment
from autograder.model.formula import largest_arrays
from autograder.model.outcome import Measurement, Message
from autograder.model.units import show_bytes
from autograder.model.verdict import Verdict
from autograder.sandbox.faults import StudentFault


class Watched(NamedTuple):
    """A problem for the witness, larger than the one that is counted."""

    call: MeasuredCall
    sizes: Mapping[str, float]
    verify: Verify | None = None
    expected: Expected | None = None


def measure_memory(
    assignment: Assignment,
    name: str,
    call: MeasuredCall,
    sizes: Mapping[str, float],
    verify: Verify | None,
    expected: Expected | None,
    watched: Watched | None = None,
) -> None:
    """Count the bytes of one call, and watch another one from outside, of `watched` if given."""
    budget = budget_of(assignment, name, "memory")
    require_memory_is_seen(call.run.context)
    call.warm_up()
    verification = Verification.of(call, verify, expected, pairs=1)
    _, counts = verification.observed(call, BYTES.observer)
    counted = counted_measurement(name, budget, budgeted_count(BYTES, counts), sizes)
    arrays = largest_arrays(budget.memory or "", sizes)
    require_within(call.run, counted, explain=lambda: memory_hotspots(call, counted.value, arrays))
    if watched is not None:
        call, sizes = watched.call, watched.sizes
        verification = Verification.of(call, watched.verify, watched.expected, pairs=1)
        counted = counted_measurement(name, budget, counted.value, sizes)
    seen = watch_call(call, verification)
    if seen is not None and seen.risen > most_let_pass(counted.budget):
        raise contradicted(counted, seen.risen)


def contradicted(counted: Measurement, risen: float) -> StudentFault:
    """Over by what the operating system saw alone."""
    most = most_let_pass(counted.budget)
    message = Message(
        f"the operating system saw the call use {show_bytes(risen)};"
        f" the budget is {show_bytes(counted.budget)}",
        counted.detail,
        hint=UNCOUNTED,
    )
    staff = (
        f"the worker itself counted {show_bytes(counted.value)}, and the operating system saw"
        f" {show_bytes(risen)}, more than budget + 32 MB = {show_bytes(most)}: the count was"
        " switched off or forged, or the memory is not numpy's, torch's or Python's"
    )
    return StudentFault(Verdict.OVER_MEMORY_BUDGET, message, staff=staff)
