"""`reference/<id>/calibration.toml`: what was measured when the budgets were last found good."""

import ast
import statistics
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from autograder.authoring.proofs.toml_rows import toml_rows
from autograder.grading.declaring.declare import check_files
from autograder.grading.provenance import sources
from autograder.grading.provenance.sources import check_code, programs_and_data
from autograder.model.assignment import Assignment
from autograder.model.outcome import Measurement
from autograder.model.syntax import parse
from autograder.model.toml import read_toml

_PROVING = ("accepted", "over_time_budget", "over_memory_budget", "over_operation_budget")
REFERENCE = "reference"
CLOCK = "x yardstick"  # the unit of what a clock decides


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
        """Whether a clock measured it."""
        return self.measurement.unit == CLOCK


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """One budget, in its own unit."""

    unit: str
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
    if not clocked(assignment):
        return
    mend = f"run `autograder calibrate {assignment.id}`"
    path = calibration_file(assignment)
    if not path.exists():
        yield f"there is no {path.name} for its time budgets: {mend}"
    elif read_toml(path, Calibration).fingerprint != fingerprint(assignment):
        yield f"{path.name} is of other budgets, yardsticks, checks or programs: {mend}"


def clocked(assignment: Assignment) -> tuple[str, ...]:
    """The names of the budgets that a clock decides, as a time budget or as a witness."""
    held = assignment.budgets.items()
    return tuple(name for name, budget in held if budget.kind == "time" or budget.witness)


def fingerprint(assignment: Assignment) -> str:
    """A hash of all that was measured: budgets, reference, programs, and checks that measure.

    The wording of checks and comments do not change it.
    """
    assert assignment.private is not None
    paths = [assignment.private / name for name in assignment.submit]
    paths += programs_and_data(assignment)
    for folder in _PROVING:
        paths += sorted((assignment.private / "submissions" / folder).glob("*.py"))
    values = assignment.budgets, assignment.yardsticks
    return sources.fingerprint(values, paths, _measuring_code(assignment))


def _measuring_code(assignment: Assignment) -> list[ast.stmt]:
    """The checks that measure, with all that they use, directly or not."""
    code = list(check_code(assignment, hidden=True))
    used = set(budget_checks(assignment))
    while True:
        found = [statement for statement in code if used & set(_defined(statement))]
        more = {n.id for statement in found for n in ast.walk(statement) if isinstance(n, ast.Name)}
        if more <= used:
            return found
        used |= more


def _defined(statement: ast.stmt) -> Iterator[str]:
    """The names that a statement at the top of a module defines."""
    if isinstance(statement, (ast.FunctionDef, ast.ClassDef)):
        yield statement.name
    elif isinstance(statement, (ast.Import, ast.ImportFrom)):
        yield from (alias.asname or alias.name.partition(".")[0] for alias in statement.names)
    else:
        names = (node for node in ast.walk(statement) if isinstance(node, ast.Name))
        yield from (name.id for name in names if isinstance(name.ctx, ast.Store))


def budget_checks(
    assignment: Assignment, budgets: Collection[str] = (), *, hidden: bool = True
) -> tuple[str, ...]:
    """The ids of the checks that measure; with `budgets`, of those that name one of them."""
    nodes = [n for path in check_files(assignment, hidden=hidden) for n in _measuring(path)]
    if not budgets:
        return tuple(node.name for node in nodes)
    return tuple(node.name for node in nodes if _texts(node) & set(budgets))


def figures(readings: Sequence[Reading]) -> dict[str, Figure]:
    """By budget, for those that the reference was measured against.

    A budget that allows different amounts, as of two optimisers, has a figure for each.
    """
    found = {}
    for name in dict.fromkeys(reading.budget for reading in readings):
        mine = [reading for reading in readings if reading.budget == name]
        amounts = sorted({r.measurement.budget for r in mine if r.program == REFERENCE})
        for amount in amounts:
            label = name if len(amounts) == 1 else f"{name} of {amount:.4g}"
            found[label] = _figure([r for r in mine if r.measurement.budget == amount])
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
        unit=own[0].measurement.unit,
        budget=own[0].measurement.budget,
        reference=statistics.median(r.value for r in own),
        lowest=min(medians),
        highest=max(medians),
        highest_accepted=most.value,
        which_accepted=most.program,
        lowest_too_much=least.value if least else 0.0,
        which_too_much=least.program if least else "",
    )


def _measuring(path: Path) -> list[ast.FunctionDef]:
    """The checks in a file that take the fixture `budgets`; they may pass it on to helpers."""
    functions = [n for n in parse(path.read_bytes()).body if isinstance(n, ast.FunctionDef)]
    checks = [f for f in functions if f.name.startswith("check_")]
    return [f for f in checks if any(a.arg == "budgets" for a in f.args.args)]


def _texts(node: ast.AST) -> set[str]:
    constants = [n.value for n in ast.walk(node) if isinstance(n, ast.Constant)]
    return {value for value in constants if isinstance(value, str)}


def write_calibration(path: Path, calibration: Calibration) -> None:
    """Write the file; four significant digits are more than repeats agree on."""
    budgets = {name: _rounded(figure) for name, figure in calibration.budgets.items()}
    comment = "Written by `autograder calibrate`: figures in each budget's own unit."
    rows = toml_rows(comment, msgspec.structs.replace(calibration, budgets=budgets))
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")


def _rounded(figure: Figure) -> Figure:
    found = msgspec.structs.asdict(figure).items()
    numbers = {key: float(f"{value:.4g}") for key, value in found if isinstance(value, float)}
    return msgspec.structs.replace(figure, **numbers)
