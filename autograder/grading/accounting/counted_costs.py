"""Costs of one call, counted in the worker, with the witnesses that there are; and of a value.

What a worker says of itself can be forged, so each counted call is made again in a fresh worker
that counts nothing. Its value must be the same: who computes less while being counted is found out.
The operating system sees that second call, and must not see much more memory than was counted.
"""

from typing import Any, NamedTuple

from autograder.grading.budgets.memory_selftest import COUNTER, require_memory_is_seen
from autograder.grading.budgets.memory_witness import most_let_pass, watch_call
from autograder.grading.context.check_run import CheckRun
from autograder.grading.context.fingerprint import fingerprint
from autograder.grading.context.student import RemoteFunction
from autograder.grading.expectations import expect
from autograder.model.assignment import Assignment
from autograder.model.errors import GraderError
from autograder.model.outcome import Fingerprint, Message
from autograder.model.units import show_bytes
from autograder.model.verdict import Verdict
from autograder.sandbox.faults import StudentFault


class Counter(NamedTuple):
    """An observer, which of its counts is meant, and what it counts."""

    observer: str
    name: str
    unit: str


ARRAY_FLOPS = Counter("autograder.worker.observers.array_flops", "flops", "FLOPs")
TORCH_FLOPS = Counter("autograder.worker.observers.torch_flops", "flops", "FLOPs")
SAVED_BYTES = Counter("autograder.worker.observers.saved_bytes", "bytes", "saved bytes")
BYTES = Counter(COUNTER, "bytes", "bytes")

_ALIKE = 1e-3  # of the size: float32, summed in another order, stays far below; garbage does not
_NUMBER, _LARGEST_COUNT = 8, 1e18


def count(
    run: CheckRun, function: RemoteFunction, arguments: tuple[Any, ...], counter: Counter
) -> float:
    """What the observer counts in one call. Raises StudentFault when a witness contradicts."""
    if counter.observer == COUNTER:
        require_memory_is_seen(run.context)
    value, counts = run.call(function, arguments, {}, counter.observer)
    counted = _believable(counts, counter)
    seen = watch_call(run, function, lambda _: arguments)
    if seen is None:  # no such witness on this system
        return counted
    if not _alike(fingerprint(value), fingerprint(seen.value)):
        expect.fail(
            f"{function.name} returns something else while its {counter.unit} are counted",
            hint="the same arguments must give the same result, whoever is watching",
        )
    if counter.observer == COUNTER and seen.risen > most_let_pass(counted):
        raise _contradicted(function, counted, seen.risen)
    return counted


def require_library(assignment: Assignment, name: str) -> None:
    """Raises GraderError when workers of the assignment have not imported it."""
    if name not in assignment.libraries:
        raise GraderError(f"this counter needs {name!r}: add it to `libraries` of the assignment")


def state(value: Any) -> int:
    """Bytes of arrays, tensors and text at any depth; 8 for a number, more for a large integer.

    Keys of dicts and what holds the items together do not count. Raises StudentFault for a value
    of another type, such as a slice.
    """
    if value is None:
        return 0
    if isinstance(value, dict):
        return sum(map(state, value.values()))
    if isinstance(value, (list, tuple)):
        return sum(map(state, value))
    if isinstance(value, (bytes, str)):
        return len(value if isinstance(value, bytes) else value.encode("utf-8", "surrogatepass"))
    if hasattr(value, "nbytes"):
        return int(value.nbytes)
    if isinstance(value, complex):
        return 2 * _NUMBER
    if isinstance(value, int):  # one integer could hold a whole file
        return max(_NUMBER, -(-value.bit_length() // 8))
    if isinstance(value, float):
        return _NUMBER
    message = Message(f"{type(value).__name__} is not a value whose bytes can be counted")
    raise StudentFault(Verdict.WRONG, message)


def _believable(counts: dict[str, float], counter: Counter) -> float:
    counted = counts.get(counter.name, -1.0)
    if counts.get("switched_off") or not 0 <= counted <= _LARGEST_COUNT:  # not NaN either
        expect.fail(
            f"the counting of {counter.unit} was switched off during the call",
            hint="remove debuggers, profilers and what uses tracemalloc",
        )
    return counted


def _alike(left: Fingerprint, right: Fingerprint) -> bool:
    if left.structure != right.structure:
        return False
    allowed = _ALIKE * max(left.scale, right.scale)
    pairs = zip((left.scale, *left.projections), (right.scale, *right.projections), strict=True)
    return all(abs(a - b) <= allowed for a, b in pairs)


def _contradicted(function: RemoteFunction, counted: float, risen: int) -> StudentFault:
    message = Message(
        f"the operating system saw {function.name} use {show_bytes(risen)},"
        f" while {show_bytes(counted)} were counted",
        hint="memory that is neither numpy's nor torch's nor Python's counts as well",
    )
    staff = f"at most {show_bytes(most_let_pass(counted))}, 2 x the count + 32 MB, are let pass"
    return StudentFault(Verdict.WRONG, message, staff=staff)
