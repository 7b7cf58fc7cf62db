"""Whose fault an exception in a check is: the check's own, or that of values it was given.

A check may compute what it expects from what the submission has returned, and a value that it
cannot compute with must not look like our fault. Each check passes with the reference, with the
same inputs, so what it raises once it has received something is about that. The judge asks.
"""

import traceback
from types import ModuleType
from typing import Any

import numpy as np

from autograder.grading.context.transcript import Exchange, Transcript
from autograder.model.errors import UnusableValue
from autograder.model.outcome import Message
from autograder.model.values import is_tensor, leaves, weight
from autograder.model.verdict import Verdict
from autograder.sandbox.callables import OF_ARGUMENTS
from autograder.sandbox.faults import StudentFault

_LARGEST = 1e100  # numbers beyond it overflow in what is computed from them
_MOST_BYTES = 2**20


def fault_of_values(
    error: Exception, transcript: Transcript, handed_in: str = ""
) -> StudentFault | None:
    """WRONG, where the values of the submission explain the exception; None: the check is broken.

    `handed_in` is the file whose numbers the check has read, if any.

    A NameError, or a library that lacks a function, is the check's own; so is an expected value
    that is not finite, unless the submission's are not either.
    """
    received = [each for each in transcript.exchanges if each.returned or each.asked]
    strange = [each for each in received if _is_strange(each)]
    if not transcript.complete:  # the rest was too large to be kept
        strange += transcript.exchanges[-1:]
    ours = isinstance(error, AttributeError) and isinstance(error.obj, ModuleType)
    explained = isinstance(error, OF_ARGUMENTS) and not ours
    suspects = strange or (received if explained else [])
    explained = explained or isinstance(error, UnusableValue)
    if not explained or not (suspects or handed_in):
        return None
    holds = f"what {suspects[-1].function}() returned" if suspects else f"what {handed_in} holds"
    told = f"{type(error).__name__}: {error}"
    hint = (
        "NaN, infinity or None where numbers are expected?" if strange else "wrong type or shape?"
    )
    message = Message(f"{holds} cannot be used", told, hint=hint)
    trace = "".join(traceback.format_exception(error))
    return StudentFault(Verdict.WRONG, message, staff=f"the check raised with this value: {trace}")


def _is_strange(exchange: Exchange) -> bool:
    """Whether it holds None, NaN, numbers whose square overflows, or very much."""
    values = [exchange.asked, exchange.returned]
    return weight(values) > _MOST_BYTES or any(map(_is_odd, leaves(values)))


def _is_odd(leaf: Any) -> bool:
    if isinstance(leaf, (float, int)):
        return not abs(leaf) <= _LARGEST  # NaN either
    if is_tensor(leaf):
        leaf = leaf.detach().double().numpy()
    if isinstance(leaf, (np.ndarray, np.generic)) and leaf.dtype.kind in "fc":
        return not bool(np.all(np.abs(leaf).astype(np.float64) <= _LARGEST))
    return leaf is None
