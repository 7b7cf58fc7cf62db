"""How far a right result may be from the exact one: tolerances that follow from rounding.

Checks call `rounding` and pass the result to `expect.close`.
"""

from typing import NamedTuple

from autograder.model.errors import GraderError
from autograder.model.toml import nearest

# For each type, the distance from 1 to the next larger number
_EPS = {"float64": 2.0**-52, "float32": 2.0**-23, "float16": 2.0**-10, "bfloat16": 2.0**-7}

# A sum of n terms is off by at most n eps times the size of what is added, to first order; the few
# operations before and after it add as much again where n is small. Right programs of SGD were
# measured to be off by at most 0.7 of n eps condition, and the proof of comparisons wants ten times
# that to be allowed: on the processors and libraries of students, rounding differs.
SAFETY = 16.0


class Tolerance(NamedTuple):
    """At most `absolute + relative * max|want|` is allowed."""

    relative: float
    absolute: float
    why: str  # shown to the student
    is_rounding: bool  # follows from rounding alone, so that it can be compared with measurements


def rounding(
    *,
    terms: int,
    condition: float = 1.0,
    dtype: str = "float64",
    size: float = 0.0,
    why: str = "",
) -> Tolerance:
    """What a result in `dtype` may be off by, when it comes from sums of `terms` terms.

    terms: of the longest sum that a result comes from, one after another: of a product of
    matrices the inner length, of a descent the steps.
    condition: how much a rounding error grows on its way: where terms cancel, the size of what is
    added over the size of the result.
    size: where the result itself may come out near zero, the size of what is added; the tolerance
    is then absolute.
    why: more than these, in words.
    Raises GraderError for a type without a known precision, or figures that are out of range.
    """
    if dtype not in _EPS:
        raise GraderError(f"rounding: unknown dtype {dtype!r}; {nearest(dtype, list(_EPS))}")
    if terms < 1 or condition < 1 or size < 0:
        raise GraderError(
            f"rounding: terms {terms} and condition {condition:g} must be at least 1, and size"
            f" {size:g} not negative"
        )
    allowed = SAFETY * _EPS[dtype] * terms * condition
    return Tolerance(
        relative=0.0 if size else allowed,
        absolute=allowed * size,
        why=_in_words(terms, condition, dtype, size, why),
        is_rounding=True,
    )


def _in_words(terms: int, condition: float, dtype: str, size: float, why: str) -> str:
    words = [dtype, f"{terms} term" if terms == 1 else f"{terms} terms"]
    words += [f"condition {condition:.3g}"] if condition != 1 else []
    words += [f"of size {size:.2g}"] if size else []
    return ", ".join(words) + (f": {why}" if why else "")
