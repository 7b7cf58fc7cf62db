"""What observers in the worker count, and how their counts are read: by budgets and accounting."""

from collections.abc import Mapping
from typing import NamedTuple

from autograder.model.outcome import Message
from autograder.model.verdict import Verdict
from autograder.sandbox.faults import StudentFault

_LARGEST = 1e18


class Counter(NamedTuple):
    """An observer, which of its counts is meant, and the unit of that count."""

    observer: str
    name: str
    unit: str

    def read(self, counts: Mapping[str, float], verdict: Verdict, counted: str, hint: str) -> float:
        """The count, as the worker reports it.

        Raises StudentFault with `verdict` when the submission has switched the counting off.
        """
        count = counts.get(self.name, -1.0)
        if counts.get("switched_off") or not 0 <= count <= _LARGEST:  # not NaN either
            what = f"the counting of {counted} was switched off during the call"
            raise StudentFault(verdict, Message(what, hint=hint))
        return count


BYTES = Counter("autograder.worker.observers.allocations", "bytes", "bytes")
STEPS = Counter("autograder.worker.observers.steps", "steps", "interpreter steps")
ARRAY_FLOPS = Counter("autograder.worker.observers.array_flops", "flops", "FLOPs")
TORCH_FLOPS = Counter("autograder.worker.observers.torch_flops", "flops", "FLOPs")
SAVED_BYTES = Counter("autograder.worker.observers.saved_bytes", "bytes", "saved bytes")


def budgeted_count(counter: Counter, counts: Mapping[str, float]) -> float:
    """The count of a call that has a budget. Raises StudentFault when it was switched off."""
    if counter is BYTES:
        verdict, counted, hint = (
            Verdict.OVER_MEMORY_BUDGET,
            "memory",
            "remove what uses tracemalloc",
        )
    else:
        verdict, counted = Verdict.OVER_OPERATION_BUDGET, counter.name
        hint = "remove debuggers and profilers: sys.settrace, sys.monitoring"
    return counter.read(counts, verdict, counted, hint)
