"""Why a check has another result than before: the grader, other files, or the noise of a clock.

Called by `comparing`.
"""

import math
from collections.abc import Iterator
from enum import Enum

from autograder.classroom.regrades.past import CheckResult, PastGrading
from autograder.grading.provenance.agreement import changed_content, changed_files
from autograder.grading.provenance.content import ASSIGNMENT, GRADER
from autograder.model.outcome import Measurement
from autograder.model.units import show_quantity
from autograder.model.verdict import Verdict

NEAR = 1.25  # times a time budget, above or below: the next measurement may be on the other side
_TIMED = {Verdict.PASSED, Verdict.OVER_TIME_BUDGET}
_BY_CLOCK = ("time", "speedup")  # kinds of budgets; counted ones come out the same each time


class Why(Enum):
    """What a change is put down to; the first that holds."""

    FILES = "other files"  # were graded: the student handed in again
    ERROR = "grader error"  # on one side, so the change says nothing about the work
    NOISE = "noise"  # of a time budget, near its limit
    GRADER = "the grader"
    UNKNOWN = "not known"  # the same grader, and yet another result


def cause(
    old: PastGrading, new: PastGrading, before: CheckResult | None, now: CheckResult | None
) -> Why:
    """Why a check changed from `before` to `now`; None: the check was not there."""
    if changed_files(old.report, new.report) and old.report.files and new.report.files:
        return Why.FILES
    if not all(result.decided for result in (before, now) if result):
        return Why.ERROR
    if before and now and is_noise(before, now):
        return Why.NOISE
    return Why.UNKNOWN if _same_grader(old, new) else Why.GRADER


def is_noise(before: CheckResult, now: CheckResult) -> bool:
    """Whether a time budget that did not change is kept on one side only, and is near on both.

    A side whose measurement was not kept does not count against it.
    """
    if {before.verdict, now.verdict} != _TIMED:
        return False
    deciding = _deciding(before, now)
    same = all(math.isclose(sides[0].budget, sides[-1].budget) for sides in deciding)
    return bool(deciding) and same and all(is_near(m) for sides in deciding for m in sides)


def is_near(measurement: Measurement) -> bool:
    """Whether another measurement may well be on the other side of the budget."""
    value, budget = measurement.value, measurement.budget
    return measurement.undecided or budget / NEAR <= value <= budget * NEAR


def measured_text(before: CheckResult, now: CheckResult) -> str:
    """The measurements that decide: `one epoch: 2.9 before, 3.1 now, budget 3 x yardstick`."""
    return "; ".join(_text(before, now, name) for name in _names(before, now))


def _deciding(before: CheckResult, now: CheckResult) -> list[tuple[Measurement, ...]]:
    """The measurements by which the two sides differ, each of both sides or of the known one."""
    then, after = _by_name(before), _by_name(now)
    both = [(then[name], after[name]) for name in then if name in after]
    if both:
        return [sides for sides in both if sides[0].within != sides[1].within]
    known = [*then.values(), *after.values()]
    over = [each for each in known if not each.within]
    return [(each,) for each in over or filter(is_near, known)]


def _by_name(result: CheckResult) -> dict[str, Measurement]:
    return {m.name: m for m in result.measurements if m.kind in _BY_CLOCK}


def _names(before: CheckResult, now: CheckResult) -> Iterator[str]:
    yield from dict.fromkeys(sides[0].name for sides in _deciding(before, now))


def _text(before: CheckResult, now: CheckResult, name: str) -> str:
    then, after = _by_name(before).get(name), _by_name(now).get(name)
    known = after or then
    budget = show_quantity(known.budget, known.unit) if known else ""
    sides = f"{_value(then)} before, {_value(after)} now"
    return f"{name.replace('_', ' ')}: {sides}, budget {budget}"


def _value(measurement: Measurement | None) -> str:
    if measurement is None:
        return "not kept"
    shown = show_quantity(measurement.value, measurement.unit)
    shown = shown.removesuffix(f" {measurement.unit}")
    return f"{shown} (too noisy to tell)" if measurement.undecided else shown


def _same_grader(old: PastGrading, new: PastGrading) -> bool:
    """Whether both sides say what graded them, and it was the same."""
    known = all({ASSIGNMENT, GRADER} <= side.report.content.keys() for side in (old, new))
    return known and not changed_content(old.report, new.report)
