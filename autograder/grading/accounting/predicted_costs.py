"""Predictions of the student beside measurements: which are off, by how much, and why perhaps.

Called by the fixture `accounting`.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from numbers import Real
from typing import Any

from autograder.grading.accounting.common_slips import common_slip
from autograder.grading.budgets.measured_call import MeasuredCall
from autograder.grading.context.check_run import CheckRun
from autograder.grading.context.counters import BYTES
from autograder.grading.context.student import Observed, RemoteFunction
from autograder.grading.expectations import expect
from autograder.model.errors import GraderError
from autograder.model.outcome import Message, Prediction
from autograder.model.units import show_count, show_ratio
from autograder.model.verdict import Verdict
from autograder.sandbox.faults import StudentFault

Configuration = Mapping[str, float]
_SHOWN = 6  # configurations in a message
_FORESIGHT = 64 * 1024  # bytes: a function that takes more pays the cost that it predicts
_STEP = 200  # bytes: where steps are predicted, a loop may keep something of each


def compare_predictions(
    run: CheckRun,
    prediction: RemoteFunction,
    configurations: Sequence[Configuration],
    measure: Callable[..., float],
    unit: str,
    tolerance: tuple[float, float],  # relative, absolute
    constant: float,
) -> None:
    """Record a `Prediction` for each configuration, and fail when one is off."""
    _require_sensible(configurations, tolerance)

    def predict(configuration: Configuration) -> Observed:
        return run.call(prediction, tuple(configuration.values()), {}, BYTES.observer)

    first = tuple(configurations[0].values())
    MeasuredCall(run, prediction, lambda _: first).warm_up()  # imports are not counted
    predicted = [
        _foreseen(predict(c), f"{prediction.name}({_show(c)})", unit) for c in configurations
    ]
    _number(measure(**configurations[-1]), unit)  # warms up: some things are allocated once
    measured = [_number(measure(**configuration), unit) for configuration in configurations]
    allowed = [tolerance[1] + tolerance[0] * each for each in measured]
    over = (m - p - a for m, p, a in zip(measured, predicted, allowed, strict=True))
    excess = math.ceil(max(over))  # whole bytes: with a part of one, rounding would decide
    # the same for all configurations, so it does not grow with the problem
    left_out = excess if 0 < excess <= constant else 0
    predictions = [
        Prediction(
            name=prediction.name,
            configuration=_show(configuration),
            predicted=predicted[k],
            measured=measured[k] - left_out,
            allowed=allowed[k],
            unit=unit,
        )
        for k, configuration in enumerate(configurations)
    ]
    run.predictions += predictions
    _require_within(predictions)


def _require_sensible(
    configurations: Sequence[Configuration], tolerance: tuple[float, float]
) -> None:
    names = {tuple(configuration) for configuration in configurations}
    different = {tuple(configuration.values()) for configuration in configurations}
    if len(names) != 1 or len(different) < max(len(configurations), 2):
        raise GraderError(
            "a prediction is compared for two or more different configurations with the same names"
            f" in the same order, not for {[dict(c) for c in configurations]}"
        )
    if not all(math.isfinite(part) and part >= 0 for part in tolerance):
        raise GraderError(f"the tolerance of a prediction is {tolerance}: give numbers from 0 on")


def _foreseen(observed: Observed, what: str, unit: str) -> float:
    """One prediction. Raises StudentFault when it is no number, or was measured."""
    value, counts = observed
    cost = expect.number(value, low=0, what=what)
    used = counts.get("bytes", 0.0)
    most = _FORESIGHT + (0 if unit.endswith(("FLOPs", "bytes")) else _STEP * cost)
    off = counts.get("switched_off")
    if used > most or off:
        seen = "uses tracemalloc" if off else f"takes {show_count(used, 'bytes')}"
        expect.fail(
            f"{what} {seen} itself: a cost is predicted before it is paid",
            hint="compute it from the arguments, without making the arrays or running the code",
        )
    return cost


def _number(value: Any, unit: str) -> float:
    number = isinstance(value, Real) and not isinstance(value, bool)
    if not number or not math.isfinite(value) or value < 0:
        raise GraderError(f"`measure` returned {value!r}, not a number of {unit}")
    return float(value)


def _require_within(predictions: Sequence[Prediction]) -> None:
    off = [p for p in predictions if not p.within]
    if not off:
        return
    first = off[0]
    allowed = show_count(math.floor(first.allowed), first.unit) if first.allowed else "none"
    others = [p for p in predictions if p is not first][: _SHOWN - 1]
    message = Message(
        f"{first.name} is {show_count(first.predicted)} for {first.configuration}, but"
        f" {show_count(first.measured, first.unit)} were measured",
        f"allowed difference: {allowed}; ratio {show_ratio(first.ratio)}",
        common_slip(predictions),
        more=tuple(map(_row, others)),
    )
    raise StudentFault(Verdict.WRONG, message)


def _row(p: Prediction) -> str:
    kept = "within" if p.within else "off"
    return (
        f"{p.configuration}: predicted {show_count(p.predicted)},"
        f" measured {show_count(p.measured)}, ratio {show_ratio(p.ratio)} ({kept})"
    )


def _show(configuration: Configuration) -> str:
    return ", ".join(f"{name} = {value}" for name, value in configuration.items())
