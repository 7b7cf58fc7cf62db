"""Bytes above the inputs during one call, at their peak.

Logical bytes decide: what the code asks for, counted in the worker, the same on every machine. The
operating system is the witness, because that count could be switched off or forged, and does not
see what libraries take by themselves:

- Over by the count: over, also if the system saw less, for pages that are asked for and never
  written to take no memory.
- Within by the count: the system must not see more than twice the budget and 32 MB. Else it is
  over as well, and staff are told that the two disagree.
- Where the system keeps no such mark (macOS), the count stands alone.
"""

from collections.abc import Mapping
from typing import Any

from autograder.grading.budgets.counting import Inputs, count_call
from autograder.grading.budgets.memory_selftest import COUNTER, require_memory_is_seen
from autograder.grading.budgets.memory_witness import most_let_pass, watch_call
from autograder.grading.budgets.verdict import budget_of, hold
from autograder.grading.budgets.where_memory_went import where_memory_went
from autograder.grading.context.check_run import CheckRun
from autograder.grading.context.seeds import generator
from autograder.grading.context.student import RemoteFunction
from autograder.model.assignment import Assignment
from autograder.model.formula import evaluate
from autograder.model.outcome import Measurement, Message
from autograder.model.units import show_bytes
from autograder.model.verdict import Verdict
from autograder.sandbox.faults import StudentFault

OBSERVER = COUNTER


def hold_memory(
    assignment: Assignment,
    run: CheckRun,
    name: str,
    function: RemoteFunction,
    inputs: Inputs,
    sizes: Mapping[str, float],
) -> Any:
    """Count the bytes of one call, and have another one watched; gives its value."""
    budget = budget_of(assignment, name, "memory")
    allowed = evaluate(budget.memory or "", sizes)
    require_memory_is_seen(run.context)
    value, counts = count_call(run, function, inputs, OBSERVER)
    measurement = Measurement(
        name=name,
        kind="memory",
        value=counted_bytes(counts),
        budget=allowed,
        unit=budget.counted_in,
        detail=f"budget: {budget.memory}",
    )
    over = not measurement.within
    more = where_memory_went(run, function, inputs(generator(run.seed + 1))) if over else ()
    hold(run, measurement, more=more)
    seen = watch_call(run, function, inputs)
    if seen is None:
        return value
    if seen.risen > most_let_pass(allowed):
        raise _contradicted(measurement, seen.risen)
    return seen.value


def counted_bytes(counts: Mapping[str, float]) -> float:
    """The bytes, as the worker reports them.

    Raises StudentFault when the submission has switched the counting off.
    """
    if counts.get("switched_off") or counts.get("bytes", -1.0) < 0:
        what = "the counting of memory was switched off during the call"
        message = Message(what, hint="remove what uses tracemalloc")
        raise StudentFault(Verdict.OVER_MEMORY_BUDGET, message)
    return counts["bytes"]


def _contradicted(counted: Measurement, risen: float) -> StudentFault:
    """Over by what the operating system saw alone."""
    most = most_let_pass(counted.budget)
    message = Message(
        f"the operating system saw the call use {show_bytes(risen)};"
        f" the budget is {show_bytes(counted.budget)}",
        counted.detail,
        hint="memory that is neither numpy's nor torch's nor Python's counts as well",
    )
    staff = (
        f"the worker itself counted {show_bytes(counted.value)}, and the operating system saw"
        f" {show_bytes(risen)}, more than 2 x budget + 32 MB = {show_bytes(most)}: the count was"
        " switched off or forged, or the memory is not numpy's, torch's or Python's"
    )
    return StudentFault(Verdict.OVER_MEMORY_BUDGET, message, staff=staff)
