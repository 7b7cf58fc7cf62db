"""`reference/<id>/calibration.toml`: what was measured when the budgets were last found good."""

import ast
import hashlib
import json
import statistics
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from autograder.grading.declare import check_files
from autograder.model.assignment import Assignment
from autograder.model.outcome import Measurement
from autograder.model.toml import read_toml

_PROVING = ("accepted", "over_time_budget", "over_memory_budget", "over_operation_budget")
REFERENCE = "reference"


class Reading(NamedTuple):
    """One measurement of one program."""

    budget: str
    program: str  # REFERENCE, or folder/name
    condition: str
    measurement: Measurement

    @property
    def value(self) -> float:
        """What was measured, in the budget's unit."""
        return self.measurement.value

    @property
    def is_time(self) -> bool:
        """Whether it is of a time budget."""
        return self.measurement.kind == "time"


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """One budget, in its own unit."""

    kind: str
    budget: float
    reference: float  # the median over all conditions
    lowest: float  # of the reference's medians, by condition
    highest: float
    highest_accepted: float
    which_accepted: str
    lowest_too_much: float = 0.0  # 0: no must-fail program of this kind is caught by its check
    which_too_much: str = ""

    @property
    def drift(self) -> float:
        """How far conditions move what should not depend on them."""
        return self.highest / self.lowest if self.lowest > 0 else 1.0


class Calibration(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The whole file."""

    fingerprint: str
    date: str
    machine: dict[str, str]
    conditions: list[str]
    budgets: dict[str, Figure]


def calibration_file(assignment: Assignment) -> Path:
    """Where it is kept."""
    assert assignment.private is not None
    return assignment.private / "calibration.toml"


def stale_calibration(assignment: Assignment) -> Iterator[str]:
    """Why the time budgets cannot be relied on; never because the machine is another one."""
    if all(budget.kind != "time" for budget in assignment.budgets.values()):
        return
    mend = f"run `autograder calibrate {assignment.id}`"
    path = calibration_file(assignment)
    if not path.exists():
        yield f"there is no {path.name} for its time budgets: {mend}"
    elif read_toml(path, Calibration).fingerprint != fingerprint(assignment):
        yield f"{path.name} is of other budgets, yardsticks, checks or programs: {mend}"


def fingerprint(assignment: Assignment) -> str:
    """A hash of all that was measured: reference, programs, checks with budgets, and budgets."""
    assert assignment.private is not None
    parts = [msgspec.json.encode([assignment.budgets, assignment.yardsticks], order="sorted")]
    parts += [(assignment.private / name).read_bytes() for name in assignment.submit]
    for folder in _PROVING:
        for path in sorted((assignment.private / "submissions" / folder).glob("*.py")):
            parts += [path.name.encode(), path.read_bytes()]
    for path in check_files(assignment, hidden=True):
        parts += [ast.unparse(node).encode() for node in _with_budgets(path)]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:16]


def budget_checks(assignment: Assignment, method: str = "") -> tuple[str, ...]:
    """The ids of the checks that measure; with `method`, of those that call `budgets.method`."""
    paths = check_files(assignment, hidden=True)
    return tuple(
        node.name
        for path in paths
        for node in _with_budgets(path)
        if f"budgets.{method}" in ast.unparse(node)
    )


def figures(readings: Sequence[Reading]) -> dict[str, Figure]:
    """By budget, for those that the reference was measured against."""
    found = {}
    for name in dict.fromkeys(reading.budget for reading in readings):
        mine = [reading for reading in readings if reading.budget == name]
        found[name] = _figure(mine)
    return found


def _figure(readings: list[Reading]) -> Figure:
    own = [r for r in readings if r.program == REFERENCE]
    medians = [
        statistics.median(r.value for r in own if r.condition == condition)
        for condition in dict.fromkeys(r.condition for r in own)
    ]
    right = [r for r in readings if r.program == REFERENCE or r.program.startswith("accepted/")]
    # what a witness of a count has caught is within the count itself
    wrong = [r for r in readings if r not in right and (own[0].is_time or not r.measurement.within)]
    most = max(right, key=lambda r: r.value)
    least = min(wrong, key=lambda r: r.value, default=None)
    return Figure(
        kind=own[0].measurement.kind,
        budget=own[0].measurement.budget,
        reference=statistics.median(r.value for r in own),
        lowest=min(medians),
        highest=max(medians),
        highest_accepted=most.value,
        which_accepted=most.program,
        lowest_too_much=least.value if least else 0.0,
        which_too_much=least.program if least else "",
    )


def _with_budgets(path: Path) -> Iterator[ast.FunctionDef]:
    for node in ast.parse(path.read_bytes()).body:
        if isinstance(node, ast.FunctionDef):
            if any(argument.arg == "budgets" for argument in node.args.args):
                yield node


def write_calibration(path: Path, calibration: Calibration) -> None:
    """Write the file; four significant digits are more than repeats agree on."""
    rows = [
        "# Written by `autograder calibrate`: figures in each budget's own unit.",
        f"fingerprint = {json.dumps(calibration.fingerprint)}",
        f"date = {json.dumps(calibration.date)}",
        f"conditions = {json.dumps(calibration.conditions)}",
        *("", "[machine]", *_table(calibration.machine)),
    ]
    for name, figure in calibration.budgets.items():
        rows += ["", f"[budgets.{name}]", *_table(msgspec.to_builtins(figure))]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")


def _table(content: dict[str, Any]) -> Iterator[str]:
    for key, value in content.items():
        shown = float(f"{value:.4g}") if isinstance(value, float) else value
        yield f"{key} = {json.dumps(shown, ensure_ascii=False)}"
