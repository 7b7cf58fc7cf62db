"""Costs of one call, counted in the worker, with the witnesses that there are; and of a value.

What a worker says of itself can be forged, so each counted call is made again in a fresh worker
that counts nothing. Its value must be the same, which finds a submission that computes less while
it is counted. The operating system watches that second call, and must not see much more memory
than was counted. Called by the fixture `accounting`.
"""

from typing import Any

from autograder.grading.budgets.measured_call import Expected, MeasuredCall, Verification, Verify
from autograder.grading.budgets.memory_selftest import require_memory_is_seen
from autograder.grading.budgets.memory_witness import UNCOUNTED, most_let_pass, watch_call
from autograder.grading.context.counters import BYTES, Counter
from autograder.grading.context.fingerprint import fingerprint_of, same
from autograder.grading.expectations import expect
from autograder.model.outcome import Message
from autograder.model.units import show_bytes
from autograder.model.values import leaves
from autograder.model.verdict import Verdict
from autograder.sandbox.faults import StudentFault

_ALIKE = 1e-3  # of the size: float32, summed in another order, stays far below; garbage does not
_NUMBER = 8  # bytes
_HINT = "remove debuggers, profilers and what uses tracemalloc"


def count(
    call: MeasuredCall, counter: Counter, verify: Verify | None, expected: Expected | None
) -> float:
    """What the observer counts in one call. Raises StudentFault when a witness contradicts."""
    if counter is BYTES:
        require_memory_is_seen(call.run.context)
    name = call.function.name
    verification = Verification.of(call, verify, expected, pairs=1)
    value, counts = verification.observed(call, counter.observer)
    counted = counter.read(counts, Verdict.WRONG, counter.unit, _HINT)
    seen = watch_call(call, verification)
    if seen is None:  # no such witness on this system
        return counted
    if not same(fingerprint_of(value), fingerprint_of(seen.value), _ALIKE):
        expect.fail(
            f"{name} returns something else while its {counter.unit} are counted",
            hint="the same arguments must give the same result, counted or not",
        )
    if counter is BYTES and seen.risen > most_let_pass(counted):
        message = Message(
            f"the operating system saw {name} use {show_bytes(seen.risen)},"
            f" while {show_bytes(counted)} were counted",
            hint=UNCOUNTED,
        )
        most = show_bytes(most_let_pass(counted))
        staff = f"at most {most}, the count + 32 MB, are let pass"
        raise StudentFault(Verdict.WRONG, message, staff=staff)
    return counted


def state(value: Any) -> int:
    """Bytes of arrays, tensors and text at any depth; 8 for a number, more for a large integer.

    Keys of dicts and what holds the items together do not count. Raises StudentFault for a value
    of another type, such as a slice.
    """
    return sum(map(_bytes_of, leaves(value)))


def _bytes_of(value: Any) -> int:
    if value is None:
        return 0
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
